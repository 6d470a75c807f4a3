// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Objects;
import org.clv4j.core.learn.FeatureTable;

/** A range of a table's rows that is predicted in blocks, small enough for what is between to stay in the cache. */
final class Blocks {

    private static final int ROWS = 1024;

    /** Predicts some rows. */
    @FunctionalInterface
    interface Prediction {
        void into(int from, int count, double[] block);
    }

    final FeatureTable table;
    /** Where the features stand in the table. */
    final int[] columns;

    private final int from;
    private final int to;
    private final double[] out;

    private Blocks(FeatureTable table, int[] columns, int from, int to, double[] out) {
        this.table = table;
        this.columns = columns;
        this.from = from;
        this.to = to;
        this.out = out;
    }

    /** Checks the range, and finds the features by name. */
    static Blocks of(FeatureTable table, List<String> features, int from, int to, double[] out) {
        Objects.checkFromToIndex(from, to, table.rows());
        Objects.checkFromToIndex(0, to - from, out.length);
        int[] columns = new int[features.size()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = table.index(features.get(j));
        }
        return new Blocks(table, columns, from, to, out);
    }

    /** An array for a block. */
    double[] scratch() {
        return new double[Math.min(ROWS, to - from)];
    }

    void fill(Prediction prediction) {
        double[] block = scratch();
        for (int start = from; start < to; start += ROWS) {
            int count = Math.min(ROWS, to - start);
            prediction.into(start, count, block);
            System.arraycopy(block, 0, out, start - from, count);
        }
    }

    /** The values of a row in the order of the features. */
    double[] row(int row) {
        double[] values = new double[columns.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = table.value(row, columns[j]);
        }
        return values;
    }
}
