// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.model.Execution;

/**
 * How the predictions of a fitted learner move with one feature: for each value of a grid, the mean prediction over the rows of a table
 * when all of them have that value, and all else as it is.
 *
 * <p>The grid has the values of the feature at the parts 0, 1/(p − 1), …, 1 of its distribution in the table, each value once: the least
 * value that at least that part of the rows is at or below. Missing values give no point of the grid.
 *
 * <p>Where features go together the mean is over customers that do not exist, and says what the learner would make of them. Individual
 * curves show where the effect is not the same for all.
 *
 * <p>Predictions must be from −1e100 to 1e100. Cost: points × rows predictions. This class is immutable and thread-safe; its numbers do not depend on the number of threads, to the
 * last bit.
 *
 * <p>Sources: Friedman (2001), <i>Greedy function approximation: a gradient boosting machine</i>, doi:10.1214/aos/1013203451; individual
 * curves in Goldstein, Kapelner, Bleich and Pitkin (2015), <i>Peeking inside the black box</i>, doi:10.1080/10618600.2014.907095.
 */
public final class PartialDependence {

    private final String feature;
    private final double[] grid;
    private final double[] means;
    private final double[][] curves;

    private PartialDependence(String feature, double[] grid, double[] means, double[][] curves) {
        this.feature = feature;
        this.grid = grid;
        this.means = means;
        this.curves = curves;
    }

    /**
     * Computes the mean predictions on the calling thread.
     *
     * @param learner who predicts
     * @param table the rows, at least one; it has the features of the learner, and may have others
     * @param feature a feature of the learner, not missing in all rows
     * @param points how many points the grid has at most, at least 2
     * @return the dependence
     * @throws IllegalArgumentException if an argument is out of its range, or the learner or the table lack a feature, or a
     *     prediction is out of its range
     */
    public static PartialDependence of(FittedLearner learner, FeatureTable table, String feature, int points) {
        return of(learner, table, feature, points, Execution.sequential());
    }

    /**
     * Computes the mean predictions.
     *
     * @param learner who predicts
     * @param table the rows, at least one; it has the features of the learner, and may have others
     * @param feature a feature of the learner, not missing in all rows
     * @param points how many points the grid has at most, at least 2
     * @param execution on how many threads, and who hears of the progress
     * @return the dependence
     * @throws IllegalArgumentException if an argument is out of its range, or the learner or the table lack a feature, or a
     *     prediction is out of its range
     */
    public static PartialDependence of(
            FittedLearner learner, FeatureTable table, String feature, int points, Execution execution) {
        return computed(learner, table, feature, points, execution, false);
    }

    /**
     * Computes the mean predictions and the curve of each row, which takes points × rows numbers of memory.
     *
     * @param learner who predicts
     * @param table the rows, at least one; it has the features of the learner, and may have others
     * @param feature a feature of the learner, not missing in all rows
     * @param points how many points the grid has at most, at least 2
     * @param execution on how many threads, and who hears of the progress
     * @return the dependence with individual curves
     * @throws IllegalArgumentException if an argument is out of its range, or the learner or the table lack a feature, or a
     *     prediction is out of its range
     */
    public static PartialDependence withCurves(
            FittedLearner learner, FeatureTable table, String feature, int points, Execution execution) {
        return computed(learner, table, feature, points, execution, true);
    }

    private static PartialDependence computed(
            FittedLearner learner, FeatureTable table, String feature, int points, Execution execution, boolean keep) {
        List<String> names = learner.featureNames();
        if (!names.contains(Objects.requireNonNull(feature, "feature"))) {
            throw new IllegalArgumentException(
                    "`feature` must be one of the learner, but was '" + feature + "'; there are " + names);
        }
        Columns.atLeast(points, 2, "points");
        FeatureTable own = table.select(names);
        int column = own.index(feature);
        double[] grid = grid(own.column(feature), feature, points);
        double[] means = new double[grid.length];
        double[][] curves = new double[keep ? grid.length : 0][];
        execution.run(grid.length, (worker, point) -> {
            if (worker == 0) {
                execution.step("computing partial dependence", point, grid.length);
            }
            double[] predicted = new double[own.rows()];
            double[] features = new double[names.size()];
            for (int row = 0; row < predicted.length; row++) {
                own.rowInto(row, features);
                features[column] = grid[point];
                predicted[row] = learner.predict(features);
            }
            means[point] = PreciseSum.of(Columns.checked(predicted, "predicted", predicted.length)) / predicted.length;
            if (keep) {
                curves[point] = predicted;
            }
        });
        return new PartialDependence(feature, grid, means, curves);
    }

    private static double[] grid(double[] values, String feature, int points) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException(
                    "`table` must have a row with a value of '" + feature + "', but had none");
        }
        double[] grid = new double[points];
        for (int i = 0; i < points; i++) {
            // ⌈n i / (p − 1)⌉ in whole numbers.
            long rank = ((long) sorted.length * i + points - 2) / (points - 1);
            grid[i] = sorted[(int) Math.max(0, rank - 1)];
        }
        return Arrays.stream(grid).distinct().toArray();
    }

    /**
     * Returns the feature.
     *
     * @return its name
     */
    public String feature() {
        return feature;
    }

    /**
     * Returns the values of the feature.
     *
     * @return the values, strictly ascending, in a fresh array
     */
    public double[] grid() {
        return grid.clone();
    }

    /**
     * Returns the mean predictions.
     *
     * @return the mean prediction at each value of the grid, in a fresh array
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * Tells whether there is a curve for each row.
     *
     * @return whether they were computed
     */
    public boolean hasCurves() {
        return curves.length > 0;
    }

    /**
     * Returns the curve of a row.
     *
     * @param row the row, from 0
     * @return its prediction at each value of the grid, in a fresh array
     * @throws IllegalStateException if no curves were computed
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double[] curve(int row) {
        if (!hasCurves()) {
            throw new IllegalStateException("no individual curves were computed; see withCurves");
        }
        Objects.checkIndex(row, curves[0].length);
        return Arrays.stream(curves).mapToDouble(point -> point[row]).toArray();
    }

    @Override
    public String toString() {
        return "PartialDependence[" + feature + " at " + Arrays.toString(grid) + ": " + Arrays.toString(means) + "]";
    }
}
