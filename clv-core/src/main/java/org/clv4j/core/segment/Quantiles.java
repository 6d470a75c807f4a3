// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Arrays;

/** Where numbers stand among all, by weight. Equal numbers stand together, in the middle of the room they take. */
final class Quantiles {

    /** A place on a border belongs beyond it, whatever the rounding of the sums made of it. */
    static final double ON_BORDER = 1e-9;

    private Quantiles() {}

    /** Row numbers by rising figure; rows with NaN are left out. */
    static int[] ascending(double[] figure) {
        int known = 0;
        for (double value : figure) {
            known += Double.isNaN(value) ? 0 : 1;
        }
        Integer[] rows = new Integer[known];
        int next = 0;
        for (int row = 0; row < figure.length; row++) {
            if (!Double.isNaN(figure[row])) {
                rows[next++] = row;
            }
        }
        // Adding 0 makes −0 and 0 equal.
        Arrays.sort(rows, (one, other) -> Double.compare(figure[one] + 0.0, figure[other] + 0.0));
        return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    }

    /**
     * The numbers at which the classes 2 to k begin. A number with a weight B below it and E equal to it, of W in all, is in class 1 +
     * ⌊k (B + E/2) / W⌋; a class that nobody is in begins where the next one does, and one beyond the largest number at infinity.
     */
    static double[] cuts(double[] figure, double[] weights, int classes) {
        int[] rows = ascending(figure);
        double all = 0;
        for (int row : rows) {
            all += weights[row];
        }
        double[] cuts = new double[classes - 1];
        Arrays.fill(cuts, Double.POSITIVE_INFINITY);
        int reached = 0;
        double below = 0;
        for (int from = 0; from < rows.length; ) {
            double value = figure[rows[from]];
            double equal = 0;
            int to = from;
            while (to < rows.length && figure[rows[to]] == value) {
                equal += weights[rows[to++]];
            }
            int above = (int) Math.min(classes - 1, Math.floor(classes * ((below + equal / 2) / all) + ON_BORDER));
            while (reached < above) {
                cuts[reached++] = value;
            }
            below += equal;
            from = to;
        }
        return cuts;
    }

    /** How many cuts a number has reached: its class, from 0. */
    static int classOf(double value, double[] cuts) {
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
