// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.TimeScale;

/**
 * Cut-off dates for learning from the past and testing on what came next, again and again.
 *
 * <p>At a cut-off c features are taken from the days up to and with c, and the target from the days after c to the end of its window,
 * c + horizon. Cut-offs are the first one, and that moved by each multiple of the step, up to the last one. To be tested at a cut-off, a
 * learner may have seen only cut-offs whose windows end on or before it: then no target that it learned from reaches past the day on
 * which it would have been used. Cut-offs before which no window has ended serve for training only.
 *
 * <p>This class is immutable and thread-safe. Source: Tashman (2000), <i>Out-of-sample tests of forecasting accuracy: an analysis and
 * review</i>, doi:10.1016/S0169-2070(00)00065-0.
 */
public final class RollingOrigin {

    /** A list for each cut-off of those before it must not fill the memory. */
    private static final int MOST = 5000;

    private final List<LocalDate> cutOffs;
    private final List<Origin> origins;

    private RollingOrigin(List<LocalDate> cutOffs, List<Origin> origins) {
        this.cutOffs = List.copyOf(cutOffs);
        this.origins = List.copyOf(origins);
    }

    /**
     * A test, and what may be learned from for it.
     *
     * @param trainingCutOffs the cut-offs whose windows end on or before the test's, in their order; at least one
     * @param testCutOff the last day that the features of the test know
     * @param testEnd the last day of the window of the test's target
     */
    public record Origin(List<LocalDate> trainingCutOffs, LocalDate testCutOff, LocalDate testEnd) {

        /**
         * Creates an origin.
         *
         * @param trainingCutOffs the cut-offs to learn from, in their order, copied; at least one, all before the test's
         * @param testCutOff the last day that the features of the test know
         * @param testEnd the last day of the window of the test's target; after the test's cut-off
         * @throws IllegalArgumentException if there is nothing to learn from, or dates are out of order
         */
        public Origin {
            trainingCutOffs = List.copyOf(trainingCutOffs);
            if (trainingCutOffs.isEmpty()) {
                throw new IllegalArgumentException("`trainingCutOffs` must have at least one date, but had none");
            }
            for (LocalDate cutOff : trainingCutOffs) {
                if (!cutOff.isBefore(testCutOff)) {
                    throw new IllegalArgumentException(
                            "`trainingCutOffs` must be before the test's " + testCutOff + ", but one was " + cutOff);
                }
            }
            if (!testEnd.isAfter(testCutOff)) {
                throw new IllegalArgumentException(
                        "`testEnd` must be after the cut-off " + testCutOff + ", but was " + testEnd);
            }
        }
    }

    /**
     * Lists the origins. See to it that the data reach at least from before the first cut-off to the end of the last one's window.
     *
     * @param firstCutOff the first cut-off
     * @param lastCutOff no cut-off is after this day
     * @param step the time from a cut-off to the next; a day at least
     * @param horizon the time that a target covers; above 0
     * @param scale the unit of step and horizon; the ends of times that are no whole days are those of {@link TimeScale#plus}
     * @return the origins
     * @throws IllegalArgumentException if an argument is out of its range, there are more than 5000 cut-offs, or there is nothing to
     *     learn from for any of them
     */
    public static RollingOrigin of(
            LocalDate firstCutOff, LocalDate lastCutOff, double step, double horizon, TimeScale scale) {
        Objects.requireNonNull(firstCutOff, "firstCutOff");
        Objects.requireNonNull(scale, "scale");
        requirePositive(step, "step");
        requirePositive(horizon, "horizon");
        if (lastCutOff.isBefore(firstCutOff)) {
            throw new IllegalArgumentException(
                    "`lastCutOff` must not be before the first one, " + firstCutOff + ", but was " + lastCutOff);
        }
        List<LocalDate> cutOffs = cutOffs(firstCutOff, lastCutOff, step, scale);
        List<LocalDate> ends =
                cutOffs.stream().map(cutOff -> scale.plus(cutOff, horizon)).toList();
        List<Origin> origins = new ArrayList<>();
        int ended = 0;
        for (int i = 0; i < cutOffs.size(); i++) {
            LocalDate cutOff = cutOffs.get(i);
            while (!ends.get(ended).isAfter(cutOff)) {
                ended++;
            }
            if (ended > 0) {
                origins.add(new Origin(cutOffs.subList(0, ended), cutOff, ends.get(i)));
            }
        }
        if (origins.isEmpty()) {
            throw new IllegalArgumentException(
                    "`lastCutOff` leaves nothing to learn from: the first window, of " + horizon
                            + " " + scale + " after " + firstCutOff + ", ends on " + ends.get(0)
                            + ", and no cut-off is on or after that day; the last one is "
                            + cutOffs.get(cutOffs.size() - 1));
        }
        return new RollingOrigin(cutOffs, origins);
    }

    private static List<LocalDate> cutOffs(LocalDate first, LocalDate last, double step, TimeScale scale) {
        List<LocalDate> cutOffs = new ArrayList<>();
        double length = scale.between(first, last);
        // Counted from the first one: months that are added one by one would drift off the last day of a month.
        for (int i = 0; i * step <= length; i++) {
            LocalDate cutOff = scale.plus(first, i * step);
            if (cutOff.isAfter(last)) {
                break;
            }
            if (i > 0 && !cutOff.isAfter(cutOffs.get(i - 1))) {
                throw new IllegalArgumentException("`step` must be a day at least, but was " + step + " " + scale);
            }
            if (i == MOST) {
                throw new IllegalArgumentException(
                        "`step` must give at most " + MOST + " cut-offs, but was " + step + " " + scale);
            }
            cutOffs.add(cutOff);
        }
        return cutOffs;
    }

    private static void requirePositive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and above 0, but was " + value);
        }
    }

    /**
     * Returns all cut-offs, also those that serve for training only.
     *
     * @return the dates in ascending order, unmodifiable
     */
    public List<LocalDate> cutOffs() {
        return cutOffs;
    }

    /**
     * Returns the tests.
     *
     * @return the origins in the order of their test cut-offs, at least one; unmodifiable
     */
    public List<Origin> origins() {
        return origins;
    }

    @Override
    public String toString() {
        return "RollingOrigin[" + origins.size() + " tests, of " + cutOffs.size() + " cut-offs from " + cutOffs.get(0)
                + " to " + cutOffs.get(cutOffs.size() - 1) + "]";
    }
}
