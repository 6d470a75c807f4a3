// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Locale;
import org.clv4j.core.internal.PreciseSum;

/** The usual losses. None depends on the order of the rows. Columns are those of {@link PredictionMetrics}. */
public enum StandardLoss implements PredictionLoss {
    /** Σ w |ŷ − y| / Σ w. */
    ABSOLUTE_ERROR,
    /** Σ w (ŷ − y)² / Σ w. */
    SQUARED_ERROR,
    /** 1 − {@link PredictionMetrics#normalisedGini()}: how far the ranking is from that by what came; from 0 to 2. */
    GINI;

    /**
     * Parses a name.
     *
     * @param text the name in any case, as {@code squared-error}
     * @return the loss
     * @throws IllegalArgumentException if there is no such loss
     */
    public static StandardLoss parse(String text) {
        for (StandardLoss loss : values()) {
            if (loss.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return loss;
            }
        }
        throw new IllegalArgumentException(
                "`text` must be one of absolute-error, squared-error and gini, but was '" + text + "'");
    }

    /**
     * Returns the loss.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row
     * @param actual what came, from −1e100 to 1e100
     * @param weights how many rows each row stands for, from 1e-50 to 1e50
     * @return the loss, at least 0
     * @throws IllegalArgumentException if there is no row, lengths differ or a value is out of its range, or if all actuals are equal, so
     *     that there is no ranking for the Gini
     */
    @Override
    public double loss(double[] predicted, double[] actual, double[] weights) {
        int rows = Columns.first(predicted, "predicted").length;
        Columns.checked(actual, "actual", rows);
        Columns.weights(weights, rows);
        return switch (this) {
            case ABSOLUTE_ERROR -> meanError(predicted, actual, weights, 1);
            case SQUARED_ERROR -> meanError(predicted, actual, weights, 2);
            case GINI ->
                1
                        - PredictionMetrics.gini(predicted, actual, weights)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "`actual` must not be the same in all rows, but was " + actual[0]));
        };
    }

    private static double meanError(double[] predicted, double[] actual, double[] weights, int power) {
        PreciseSum sum = new PreciseSum();
        for (int i = 0; i < predicted.length; i++) {
            double error = Math.abs(predicted[i] - actual[i]);
            sum.add(weights[i] * (power == 1 ? error : error * error));
        }
        return sum.value() / PreciseSum.of(weights);
    }

    /** Returns the name, as {@code squared-error}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
