// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Arrays;

/**
 * The places among the best of one draw after the other. A part of a place is a whole number of 2<sup>−32</sup> of a place, so that sums
 * over draws are the same in any order; a counter is to be had by each thread, and added up at the end.
 *
 * <p>Those who do not buy, and those whose purchases are worth nothing, are not touched: their part of a draw is the same of all of them,
 * and is kept once.
 */
final class TopPlaces {

    private static final double UNITS = 0x1p32;
    private static final long WHOLE = 1L << 32;

    private final double[] places;
    private final long customers;
    /** By share and row: what was given beyond the part of those who do not buy. */
    private final long[][] beyond;
    /** By share: the part of those who do not buy, over all draws. */
    private final long[] ofOthers;

    private int[] rows = new int[1024];
    private double[] values = new double[1024];
    private double[] sorted = new double[1024];
    private int count;

    TopPlaces(double[] places, long customers, int rowsOfBase) {
        this.places = places;
        this.customers = customers;
        this.beyond = new long[places.length][rowsOfBase];
        this.ofOthers = new long[places.length];
    }

    /** Notes what one of the customers of a row comes out at; called once for each who buys, not for others. */
    void add(int row, double value) {
        if (value == 0) {
            return;
        }
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
            sorted = Arrays.copyOf(sorted, 2 * count);
        }
        rows[count] = row;
        values[count] = value;
        count++;
    }

    /** Gives the places of a draw away, and starts the next. */
    void endDraw() {
        int positive = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] > 0) {
                positive++;
            }
        }
        for (int q = 0; q < places.length; q++) {
            give(places[q], positive, beyond[q], q);
        }
        count = 0;
    }

    private void give(double wanted, int positive, long[] given, int q) {
        long zeros = customers - count;
        double edge;
        long better;
        long equal;
        if (wanted > positive && wanted <= positive + zeros) {
            edge = 0;
            better = positive;
            equal = zeros;
        } else {
            // The last place is that of one who buys: of the values that are not 0, so many are at least as good.
            long rank = (long) Math.ceil(wanted <= positive ? wanted : wanted - zeros);
            System.arraycopy(values, 0, sorted, 0, count);
            edge = largest(sorted, count, (int) Math.min(count, rank));
            better = edge < 0 ? zeros : 0;
            equal = 0;
            for (int i = 0; i < count; i++) {
                if (values[i] > edge) {
                    better++;
                } else if (values[i] == edge) {
                    equal++;
                }
            }
        }
        long part = Math.min(WHOLE, (long) Math.rint((wanted - better) / equal * UNITS));
        long others = edge < 0 ? WHOLE : edge == 0 ? part : 0;
        ofOthers[q] += others;
        for (int i = 0; i < count; i++) {
            given[rows[i]] += (values[i] > edge ? WHOLE : values[i] == edge ? part : 0) - others;
        }
    }

    /** The value of a rank from 1, the largest; the array is put in another order. */
    private static double largest(double[] values, int count, int rank) {
        int low = 0;
        int high = count - 1;
        int place = count - rank;
        while (low < high) {
            // The median of three keeps sorted columns from being slow; columns of ties part in the middle.
            double pivot = median(values[low], values[(low + high) >>> 1], values[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = values[i];
                    values[i] = values[j];
                    values[j] = swap;
                    i++;
                    j--;
                }
            }
            if (place <= j) {
                high = j;
            } else if (place >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[place];
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Adds the places of other draws. */
    void add(TopPlaces other) {
        for (int q = 0; q < places.length; q++) {
            ofOthers[q] += other.ofOthers[q];
            for (int row = 0; row < beyond[q].length; row++) {
                beyond[q][row] += other.beyond[q][row];
            }
        }
    }

    /** The mean part of a place over so many draws of a row that stands for so many customers. */
    double probability(int q, int row, int draws, double copies) {
        double sum = beyond[q][row] + copies * ofOthers[q];
        return Math.max(0, Math.min(1, sum / UNITS / (draws * copies)));
    }
}
