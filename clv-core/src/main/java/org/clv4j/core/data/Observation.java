// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The window in which customers are observed: calibration from a start to an end, both days inclusive, and optionally a
 * holdout that begins the day after the calibration ends and lasts to its own end, inclusive.
 *
 * <p>A customer's age is the time from the first purchase to the calibration end. Without a start, everything before the
 * end counts. This class is immutable and thread-safe.
 */
public final class Observation {

    private final @Nullable LocalDate start;
    private final LocalDate end;
    private final @Nullable LocalDate holdoutEnd;

    private Observation(@Nullable LocalDate start, LocalDate end, @Nullable LocalDate holdoutEnd) {
        if (start != null && end.isBefore(start)) {
            throw new IllegalArgumentException("`end` must not be before `start` " + start + ", but was " + end);
        }
        if (holdoutEnd != null && !holdoutEnd.isAfter(end)) {
            throw new IllegalArgumentException(
                    "`holdoutEnd` must be after the calibration end " + end + ", but was " + holdoutEnd);
        }
        this.start = start;
        this.end = end;
        this.holdoutEnd = holdoutEnd;
    }

    /**
     * Observes everything up to a day.
     *
     * @param end the last day of the calibration, inclusive
     * @return the window
     */
    public static Observation until(LocalDate end) {
        return new Observation(null, Objects.requireNonNull(end, "end"), null);
    }

    /**
     * Observes everything up to a day given as an ISO date.
     *
     * @param isoEnd the last day of the calibration, inclusive, as {@code 1997-09-30}
     * @return the window
     * @throws java.time.format.DateTimeParseException if the text is not an ISO date
     */
    public static Observation untilIso(String isoEnd) {
        return until(LocalDate.parse(isoEnd));
    }

    /**
     * Observes the days from a start to an end.
     *
     * @param start the first day of the calibration, inclusive
     * @param end the last day of the calibration, inclusive; not before the start
     * @return the window
     */
    public static Observation of(LocalDate start, LocalDate end) {
        return new Observation(Objects.requireNonNull(start, "start"), Objects.requireNonNull(end, "end"), null);
    }

    /**
     * Returns this window with a holdout after it.
     *
     * @param newHoldoutEnd the last day of the holdout, inclusive; after the calibration end
     * @return a new window
     */
    public Observation withHoldoutEnd(LocalDate newHoldoutEnd) {
        return new Observation(start, end, Objects.requireNonNull(newHoldoutEnd, "holdoutEnd"));
    }

    /**
     * Returns the first day of the calibration.
     *
     * @return the day, or empty if everything before the end counts
     */
    public Optional<LocalDate> start() {
        return Optional.ofNullable(start);
    }

    /**
     * Returns the last day of the calibration, inclusive.
     *
     * @return the day
     */
    public LocalDate end() {
        return end;
    }

    /**
     * Returns the last day of the holdout, inclusive.
     *
     * @return the day, or empty if there is no holdout
     */
    public Optional<LocalDate> holdoutEnd() {
        return Optional.ofNullable(holdoutEnd);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Observation that
                && Objects.equals(start, that.start)
                && end.equals(that.end)
                && Objects.equals(holdoutEnd, that.holdoutEnd);
    }

    @Override
    public int hashCode() {
        return Objects.hash(start, end, holdoutEnd);
    }

    /** Returns the window in words, as {@code [1997-01-01, 1997-09-30], holdout to 1998-06-30}. */
    @Override
    public String toString() {
        return (start == null ? "(…, " : "[" + start + ", ")
                + end
                + "]"
                + (holdoutEnd == null ? "" : ", holdout to " + holdoutEnd);
    }
}
