// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.model.Execution;

/**
 * Sums over rows, cut into parts of a fixed size whose sums are added in their order: the same bits for any number of threads, and a
 * rounding that does not grow with the number of rows. Not thread-safe.
 */
final class PartSums {

    /** So many rows that starting a part costs nothing, so few that threads end together. */
    private static final int PART = 1 << 14;

    private final int size;
    private final Execution execution;
    private final double[][] partSums;

    PartSums(int size, int sums, Execution execution) {
        this.size = size;
        this.execution = execution;
        this.partSums = new double[(size + PART - 1) / PART][sums];
    }

    /** Adds the rows of a part to its sums. */
    @FunctionalInterface
    interface Adder {

        /**
         * Adds rows.
         *
         * @param worker who does it, from 0 to {@link #workers()} − 1
         * @param from the first row
         * @param to the row after the last
         * @param sums receives the sums
         */
        void add(int worker, int from, int to, double[] sums);
    }

    /** How many do it at most. */
    int workers() {
        return Math.min(execution.threads(), partSums.length);
    }

    /** Adds the sums over all rows to an array. */
    void addTo(double[] sums, Adder adder) {
        execution.run(partSums.length, (worker, part) -> {
            Arrays.fill(partSums[part], 0);
            adder.add(worker, part * PART, Math.min(size, (part + 1) * PART), partSums[part]);
        });
        for (double[] partSum : partSums) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += partSum[i];
            }
        }
    }
}
