// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.linear;

import java.util.ArrayList;
import java.util.List;

/** Finds out which columns say something that an intercept and the columns before them do not: modified Gram–Schmidt, twice. */
public final class IndependentColumns {

    /** The part of a column's length that must be left: what depends on others but for rounding is dependent. */
    private static final double LEFT = 1e-7;

    private IndependentColumns() {}

    /**
     * Finds the independent columns.
     *
     * @param columns the columns, all of the same length; finite
     * @return the indices of those that are no linear combination of a constant and those kept before them, in their order
     */
    public static List<Integer> of(double[][] columns) {
        List<double[]> basis = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int j = 0; j < columns.length; j++) {
            double[] column = scaled(columns[j]);
            double whole = length(column);
            center(column);
            double before = length(column);
            if (before <= LEFT * whole) {
                continue;
            }
            for (int pass = 0; pass < 2; pass++) {
                for (double[] unit : basis) {
                    takeOff(column, unit);
                }
            }
            double left = length(column);
            if (left > LEFT * before) {
                for (int i = 0; i < column.length; i++) {
                    column[i] /= left;
                }
                basis.add(column);
                kept.add(j);
            }
        }
        return kept;
    }

    /** By a power of two, which rounds nothing, so that no square of large numbers overflows. */
    private static double[] scaled(double[] column) {
        double largest = 0;
        for (double value : column) {
            largest = Math.max(largest, Math.abs(value));
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        double[] copy = column.clone();
        if (Math.abs(exponent) > 400) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = Math.scalb(copy[i], -exponent);
            }
        }
        return copy;
    }

    private static double length(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static void center(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += value;
        }
        double mean = sum / column.length;
        for (int i = 0; i < column.length; i++) {
            column[i] -= mean;
        }
    }

    private static void takeOff(double[] column, double[] unit) {
        double product = 0;
        for (int i = 0; i < column.length; i++) {
            product += column[i] * unit[i];
        }
        for (int i = 0; i < column.length; i++) {
            column[i] -= product * unit[i];
        }
    }
}
