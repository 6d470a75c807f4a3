// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Several predictions of the same rows beside each other.
 *
 * <p>This class is immutable and thread-safe: {@link #with} returns a copy. It keeps the actuals, and no prediction.
 */
public final class ModelComparison {

    private final double[] actual;
    private final double[] weights;
    private final List<Row> rows;

    private ModelComparison(double[] actual, double[] weights, List<Row> rows) {
        this.actual = actual;
        this.weights = weights;
        this.rows = List.copyOf(rows);
    }

    /**
     * The metrics of one prediction.
     *
     * @param name who predicted
     * @param metrics how well
     */
    public record Row(String name, PredictionMetrics metrics) {

        /**
         * Creates a row.
         *
         * @param name who predicted
         * @param metrics how well
         */
        public Row {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(metrics, "metrics");
        }
    }

    /**
     * Starts a comparison, all rows alike.
     *
     * @param actual what came, from −1e100 to 1e100; at least one row
     * @return the comparison, without predictions
     * @throws IllegalArgumentException if there is no row, or a value is out of its range; the message names the row
     */
    public static ModelComparison of(double[] actual) {
        return of(actual, Columns.ones(actual.length));
    }

    /**
     * Starts a comparison of rows that stand for several.
     *
     * @param actual what came, from −1e100 to 1e100; at least one row
     * @param weights how many rows each row stands for, from 1e-50 to 1e50
     * @return the comparison, without predictions
     * @throws IllegalArgumentException if there is no row, lengths differ, or a value is out of its range; the message names the row
     */
    public static ModelComparison of(double[] actual, double[] weights) {
        Columns.first(actual, "actual");
        Columns.weights(weights, actual.length);
        return new ModelComparison(actual.clone(), weights.clone(), List.of());
    }

    /**
     * Returns a copy with one more prediction.
     *
     * @param name who predicted; not blank, not in the comparison yet
     * @param predicted the prediction of each row, from −1e100 to 1e100
     * @return the copy
     * @throws IllegalArgumentException if the name cannot be used, or lengths differ, or a value is out of its range
     */
    public ModelComparison with(String name, double[] predicted) {
        if (name.isBlank() || find(name).isPresent()) {
            throw new IllegalArgumentException(
                    "`name` must be new to the comparison and not blank, but was '" + name + "'");
        }
        Columns.checked(predicted, "predicted", actual.length);
        List<Row> more = new ArrayList<>(rows);
        more.add(new Row(name, PredictionMetrics.of(predicted, actual, weights)));
        return new ModelComparison(actual, weights, more);
    }

    /**
     * Returns the table.
     *
     * @return a row for each prediction, in the order in which they were added; unmodifiable
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * Returns the metrics of a prediction.
     *
     * @param name who predicted
     * @return the metrics
     * @throws IllegalArgumentException if nobody of that name did
     */
    public PredictionMetrics metrics(String name) {
        return find(Objects.requireNonNull(name, "name"))
                .map(Row::metrics)
                .orElseThrow(() -> new IllegalArgumentException("`name` must be in the comparison, but was '" + name
                        + "'; there are " + rows.stream().map(Row::name).toList()));
    }

    private Optional<Row> find(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /**
     * Returns who is best by a metric. Those for whom it is not defined take no part.
     *
     * @param metric the metric
     * @return the name; of several that are as good, the one that was added first; empty if nobody takes part
     */
    public Optional<String> best(Metric metric) {
        String best = null;
        double bestValue = 0;
        for (Row row : rows) {
            OptionalDouble value = metric.value(row.metrics());
            if (value.isPresent() && (best == null || metric.isBetter(value.getAsDouble(), bestValue))) {
                best = row.name();
                bestValue = value.getAsDouble();
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Writes the comparison as a table in plain text, a line for each prediction; {@code n/a} stands for what is not defined.
     *
     * @return the lines, each with its end
     */
    public String toText() {
        TextTable table = new TextTable(
                "model", "Gini", "Spearman", "top 10 %", "MAE", "RMSE", "total", "total error", "decile MAPE");
        for (Row row : rows) {
            PredictionMetrics metrics = row.metrics();
            table.row(
                    row.name(),
                    TextTable.part(metrics.normalisedGini()),
                    TextTable.part(metrics.spearman()),
                    TextTable.part(metrics.topDecileCapture()),
                    TextTable.number(metrics.meanAbsoluteError()),
                    TextTable.number(metrics.rootMeanSquaredError()),
                    TextTable.number(metrics.totalPredicted()),
                    TextTable.part(metrics.totalError()),
                    TextTable.part(metrics.decileMape()));
        }
        return table.toString();
    }

    /** Returns {@link #toText()}. */
    @Override
    public String toString() {
        return toText();
    }
}
