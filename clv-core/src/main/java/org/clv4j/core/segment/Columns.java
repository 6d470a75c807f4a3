// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import org.clv4j.core.data.CustomerBase;

/** Numbers of all rows. */
final class Columns {

    private Columns() {}

    /** The figure of every row; NaN where there is none. */
    static double[] of(RowFigure figure, CustomerBase base) {
        double[] column = new double[base.size()];
        for (int row = 0; row < column.length; row++) {
            column[row] = figure.of(base, row);
            if (Double.isInfinite(column[row])) {
                throw new IllegalArgumentException(
                        "`figure` must be finite or NaN, but was " + column[row] + " (customer " + base.id(row) + ")");
            }
        }
        return column;
    }

    static double[] weights(CustomerBase base) {
        double[] weights = new double[base.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = base.weight(row);
        }
        return weights;
    }
}
