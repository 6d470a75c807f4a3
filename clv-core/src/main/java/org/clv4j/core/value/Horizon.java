// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far into the future values reach: a number of periods of the base's time scale, or without end.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class Horizon {

    private static final Horizon INFINITE = new Horizon(Double.POSITIVE_INFINITY);

    private final double periods;

    private Horizon(double periods) {
        this.periods = periods;
    }

    /**
     * Returns a finite horizon.
     *
     * @param periods the length in periods; finite, above 0
     * @return the horizon
     * @throws IllegalArgumentException if the length is out of range
     */
    public static Horizon of(double periods) {
        if (!(periods > 0 && periods < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`horizon` must be finite and above 0, or infinite, but was " + periods);
        }
        return new Horizon(periods);
    }

    /**
     * Returns the horizon without end.
     *
     * @return the horizon
     */
    public static Horizon infinite() {
        return INFINITE;
    }

    /**
     * Parses a number of periods, or {@code infinite}.
     *
     * @param text the text
     * @return the horizon
     * @throws IllegalArgumentException if the text is neither
     */
    public static Horizon parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("infinite")) {
            return INFINITE;
        }
        try {
            return of(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "`horizon` must be a number of periods or 'infinite', but was '" + text + "'", e);
        }
    }

    /**
     * Tells whether the horizon has no end.
     *
     * @return true if infinite
     */
    public boolean isInfinite() {
        return periods == Double.POSITIVE_INFINITY;
    }

    /**
     * Returns the length of a finite horizon.
     *
     * @return the number of periods
     * @throws IllegalStateException if the horizon is infinite
     */
    public double periods() {
        if (isInfinite()) {
            throw new IllegalStateException("an infinite horizon has no number of periods");
        }
        return periods;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Horizon that && Double.compare(periods, that.periods) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(periods);
    }

    /** Returns the number of periods, or {@code infinite}; {@link #parse(String)} reads it. */
    @Override
    public String toString() {
        if (isInfinite()) {
            return "infinite";
        }
        return periods == Math.rint(periods) && periods < 1e15 ? Long.toString((long) periods) : "" + periods;
    }
}
