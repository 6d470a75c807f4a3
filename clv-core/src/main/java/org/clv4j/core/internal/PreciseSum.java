// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.internal;

import java.util.Arrays;

/**
 * A sum of doubles that is rounded once, at its end, so that the order of the rows does not matter to the last bit.
 *
 * <p>The sum is held as parts that do not overlap (Shewchuk, 1997, doi:10.1007/PL00009321). Sums beyond the largest double are not
 * provided for; columns have bounds that keep them away.
 */
public final class PreciseSum {

    /** From the smallest to the largest. */
    private double[] parts = new double[4];

    private int count;

    /** Starts at 0. */
    public PreciseSum() {}

    /**
     * Sums the products of two columns, each product rounded.
     *
     * @param left a column
     * @param right the other, of the same length
     * @return the sum
     */
    public static double ofProducts(double[] left, double[] right) {
        PreciseSum sum = new PreciseSum();
        for (int i = 0; i < left.length; i++) {
            sum.add(left[i] * right[i]);
        }
        return sum.value();
    }

    /**
     * Sums a column.
     *
     * @param values the column
     * @return the sum; 0 of an empty one
     */
    public static double of(double[] values) {
        PreciseSum sum = new PreciseSum();
        for (double value : values) {
            sum.add(value);
        }
        return sum.value();
    }

    /**
     * Adds a value.
     *
     * @param value the value; finite
     */
    public void add(double value) {
        double rest = value;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            double larger = rest;
            double smaller = parts[i];
            if (Math.abs(larger) < Math.abs(smaller)) {
                larger = parts[i];
                smaller = rest;
            }
            rest = larger + smaller;
            double lost = smaller - (rest - larger);
            if (lost != 0) {
                parts[kept++] = lost;
            }
        }
        if (kept == parts.length) {
            parts = Arrays.copyOf(parts, 2 * kept);
        }
        parts[kept++] = rest;
        count = kept;
    }

    /**
     * Returns the sum so far.
     *
     * @return the sum, rounded once
     */
    public double value() {
        if (count == 0) {
            return 0;
        }
        int i = count - 1;
        double sum = parts[i];
        while (i > 0) {
            double before = sum;
            double part = parts[--i];
            sum = before + part;
            double lost = part - (sum - before);
            if (lost != 0) {
                // Half a unit was lost: what is left below decides on which side of the middle the sum lies.
                if (i > 0 && Math.signum(lost) == Math.signum(parts[i - 1])) {
                    double doubled = lost * 2;
                    double moved = sum + doubled;
                    if (moved - sum == doubled) {
                        sum = moved;
                    }
                }
                break;
            }
        }
        return sum;
    }
}
