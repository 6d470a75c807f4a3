// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.data.CustomerBase;

/**
 * Remembers a function of (frequency, age) over the rows of a batch. On a day grid few pairs are distinct, so that an expensive
 * function is evaluated once a pair instead of once a row, with the same bits.
 */
public final class RepeatedPairs {

    /** A function of a customer's frequency and age. */
    @FunctionalInterface
    public interface Function {
        /**
         * Evaluates the function.
         *
         * @param frequency x
         * @param age T
         * @return the value
         */
        double at(int frequency, double age);
    }

    /** Frequencies beyond are rare; they are computed each time. */
    private static final int FREQUENCIES = 64;

    private final Function function;
    private final CustomerBase base;
    private final int steps;
    private final double[] known;

    private RepeatedPairs(CustomerBase base, int from, int to, Function function) {
        this.base = base;
        this.function = function;
        int maxStep = 0;
        int maxFrequency = 0;
        if (base.isGridded()) {
            for (int row = from; row < to; row++) {
                maxStep = Math.max(maxStep, base.ageSteps(row));
                maxFrequency = Math.max(maxFrequency, base.frequency(row));
            }
        }
        steps = maxStep + 1;
        long cells = (long) steps * Math.min(maxFrequency + 1, FREQUENCIES);
        // A table larger than the batch would cost more than it saves.
        known = new double[base.isGridded() && cells <= 4L * (to - from) ? (int) cells : 0];
        Arrays.fill(known, Double.NaN);
    }

    /**
     * Prepares for rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param function the function; never NaN
     * @return the memory
     */
    public static RepeatedPairs of(CustomerBase base, int from, int to, Function function) {
        return new RepeatedPairs(base, from, to, function);
    }

    /**
     * Returns the function's value for a row.
     *
     * @param row a row of the batch
     * @return the value at its frequency and age
     */
    public double at(int row) {
        int frequency = base.frequency(row);
        return isKnown(frequency)
                ? at(frequency, base.ageSteps(row), row, true)
                : function.at(frequency, base.age(row));
    }

    /**
     * Returns the function's value for the recency of a row in the place of its age.
     *
     * @param row a row of the batch
     * @return the value at its frequency and recency
     */
    public double atRecency(int row) {
        int frequency = base.frequency(row);
        return isKnown(frequency)
                ? at(frequency, base.recencySteps(row), row, false)
                : function.at(frequency, base.recency(row));
    }

    private boolean isKnown(int frequency) {
        return known.length > 0 && frequency < FREQUENCIES;
    }

    private double at(int frequency, int step, int row, boolean ofAge) {
        int cell = frequency * steps + step;
        double value = known[cell];
        if (Double.isNaN(value)) {
            value = function.at(frequency, ofAge ? base.age(row) : base.recency(row));
            known[cell] = value;
        }
        return value;
    }
}
