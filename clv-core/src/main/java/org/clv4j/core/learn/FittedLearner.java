// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.List;
import java.util.Objects;
import org.clv4j.core.model.FitReport;

/**
 * What a {@link Learner} has learned: predictions from features. Holds no training data.
 *
 * <p>Where the training data had offsets or an exposure, predictions are those of offset 0, of one unit of exposure.
 *
 * <p>Implementations are immutable and thread-safe. No prediction is NaN or infinite.
 */
public interface FittedLearner {

    /**
     * Returns the features that predictions need.
     *
     * @return the names, in the order in which {@link #predict(double[])} takes the values; unmodifiable
     */
    List<String> featureNames();

    /**
     * Predicts the mean of the target, or what the learner says it predicts in its place.
     *
     * @param features the values in the order of {@link #featureNames()}; finite, unless the learner takes missing ones
     * @return the prediction, finite
     * @throws IllegalArgumentException if there are not as many values as features, or one is out of range
     */
    double predict(double[] features);

    /**
     * Predicts a range of rows, bit for bit as {@link #predict(double[])} does.
     *
     * @param table the features, found by name; it may have others besides
     * @param from the first row
     * @param to the row after the last
     * @param out receives the predictions in its first {@code to − from} cells
     * @throws IllegalArgumentException if a feature is not in the table, or a value out of range
     * @throws IndexOutOfBoundsException if the range is not in the table or does not fit
     */
    default void predictInto(FeatureTable table, int from, int to, double[] out) {
        Objects.checkFromToIndex(from, to, table.rows());
        Objects.checkFromToIndex(0, to - from, out.length);
        FeatureTable own = table.select(featureNames());
        double[] features = new double[featureNames().size()];
        for (int row = from; row < to; row++) {
            own.rowInto(row, features);
            out[row - from] = predict(features);
        }
    }

    /**
     * Predicts all rows.
     *
     * @param table the features, found by name; it may have others besides
     * @return the predictions in a fresh array
     * @throws IllegalArgumentException if a feature is not in the table, or a value out of range
     */
    default double[] predictColumn(FeatureTable table) {
        double[] out = new double[table.rows()];
        predictInto(table, 0, table.rows(), out);
        return out;
    }

    /**
     * Returns how the learner was fitted and how far that can be trusted.
     *
     * @return the report; its customers are the sum of the weights
     */
    FitReport report();
}
