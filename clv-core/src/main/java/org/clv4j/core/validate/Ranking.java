// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Arrays;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.internal.RowSort;

/** The rows of a column in ascending order, in blocks of equal values; what it tells of rows does not depend on their order. */
final class Ranking {

    private final int[] order;
    private final int[] starts;
    private final int blocks;

    private Ranking(int[] order, int[] starts, int blocks) {
        this.order = order;
        this.starts = starts;
        this.blocks = blocks;
    }

    /** Ranks a column without NaN; 0 and −0 are equal. */
    static Ranking of(double[] keys) {
        int rows = keys.length;
        int[] order = RowSort.ascending(keys);
        int[] starts = new int[rows + 1];
        int blocks = 0;
        for (int i = 0; i < rows; i++) {
            if (i == 0 || keys[order[i - 1]] != keys[order[i]]) {
                starts[blocks++] = i;
            }
        }
        starts[blocks] = rows;
        return new Ranking(order, Arrays.copyOf(starts, blocks + 1), blocks);
    }

    int blocks() {
        return blocks;
    }

    /** Returns the first row of a block. */
    int row(int block) {
        return order[starts[block]];
    }

    /** Returns the rows in ascending order. */
    int[] order() {
        return order;
    }

    /** Returns where a block begins in {@link #order()}; one more than there are blocks. */
    int start(int block) {
        return starts[block];
    }

    /** Sums a column over a block. */
    double sum(double[] column, int block) {
        PreciseSum sum = new PreciseSum();
        for (int i = starts[block]; i < starts[block + 1]; i++) {
            sum.add(column[order[i]]);
        }
        return sum.value();
    }

    /**
     * Returns for each row how much of the weight ranks below it, half of its own block with it, as a part of the whole and less one
     * half: from −1/2 to 1/2, with a mean of 0.
     */
    double[] centredRanks(double[] weights) {
        double total = PreciseSum.of(weights);
        double[] ranks = new double[order.length];
        PreciseSum below = new PreciseSum();
        for (int block = 0; block < blocks; block++) {
            double weight = sum(weights, block);
            double rank = (below.value() + weight / 2) / total - 0.5;
            for (int i = starts[block]; i < starts[block + 1]; i++) {
                ranks[order[i]] = rank;
                below.add(weights[order[i]]);
            }
        }
        return ranks;
    }
}
