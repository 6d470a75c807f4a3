// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Locale;
import java.util.OptionalDouble;

/** What predictions are judged by. */
public enum Metric {
    /** {@link PredictionMetrics#normalisedGini()}; higher is better. */
    NORMALISED_GINI,
    /** {@link PredictionMetrics#spearman()}; higher is better. */
    SPEARMAN,
    /** {@link PredictionMetrics#topDecileCapture()}; higher is better. */
    TOP_DECILE_CAPTURE,
    /** {@link PredictionMetrics#meanAbsoluteError()}; lower is better. */
    MAE,
    /** {@link PredictionMetrics#rootMeanSquaredError()}; lower is better. */
    RMSE,
    /** {@link PredictionMetrics#totalError()}; nearer to 0 is better. */
    TOTAL_ERROR,
    /** {@link PredictionMetrics#decileMape()}; lower is better. */
    DECILE_MAPE;

    /**
     * Parses a name.
     *
     * @param text the name in any case, as {@code normalised-gini}
     * @return the metric
     * @throws IllegalArgumentException if there is no such metric
     */
    public static Metric parse(String text) {
        for (Metric metric : values()) {
            if (metric.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return metric;
            }
        }
        throw new IllegalArgumentException(
                "`text` must be one of normalised-gini, spearman, top-decile-capture, mae, rmse,"
                        + " total-error and decile-mape, but was '" + text + "'");
    }

    /**
     * Returns the value of the metric.
     *
     * @param metrics where it is taken from
     * @return the value; empty where the metric is not defined
     */
    public OptionalDouble value(PredictionMetrics metrics) {
        return switch (this) {
            case NORMALISED_GINI -> metrics.normalisedGini();
            case SPEARMAN -> metrics.spearman();
            case TOP_DECILE_CAPTURE -> metrics.topDecileCapture();
            case MAE -> OptionalDouble.of(metrics.meanAbsoluteError());
            case RMSE -> OptionalDouble.of(metrics.rootMeanSquaredError());
            case TOTAL_ERROR -> metrics.totalError();
            case DECILE_MAPE -> metrics.decileMape();
        };
    }

    /**
     * Tells whether a value is better than another.
     *
     * @param value the one
     * @param other the other
     * @return whether it is; false if they are as good as each other
     */
    public boolean isBetter(double value, double other) {
        return switch (this) {
            case NORMALISED_GINI, SPEARMAN, TOP_DECILE_CAPTURE -> value > other;
            case MAE, RMSE, DECILE_MAPE -> value < other;
            case TOTAL_ERROR -> Math.abs(value) < Math.abs(other);
        };
    }

    /** Returns the name, as {@code normalised-gini}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes a value that may not be there. */
    static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "not defined";
    }
}
