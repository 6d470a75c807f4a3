// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/**
 * A fitted regression whose predictions are a function of an intercept and a coefficient a feature. Immutable and thread-safe.
 */
public abstract class FittedLinear implements Contributions, RestorableLearner {

    private final FitReport report;
    private final List<String> features;
    private final boolean intercept;
    private final double baseline;
    private final double[] slopes;

    /** Takes coefficients with the intercept first, if there is one. */
    FittedLinear(FitReport report, List<String> features, double[] beta) {
        this.report = report;
        this.features = List.copyOf(features);
        intercept = beta.length > features.size();
        baseline = intercept ? beta[0] : 0;
        slopes = new double[features.size()];
        System.arraycopy(beta, intercept ? 1 : 0, slopes, 0, slopes.length);
    }

    @Override
    public final List<String> featureNames() {
        return features;
    }

    @Override
    public final FitReport report() {
        return report;
    }

    /**
     * Returns the intercept.
     *
     * @return the linear predictor where all features are 0; 0 if the regression has no intercept
     */
    @Override
    public final double baseline() {
        return baseline;
    }

    /**
     * Returns the coefficient of a feature.
     *
     * @param feature the feature's name
     * @return how much the linear predictor grows when the feature grows by 1
     * @throws IllegalArgumentException if there is no such feature
     */
    public final double coefficient(String feature) {
        int index = features.indexOf(Objects.requireNonNull(feature, "feature"));
        if (index < 0) {
            throw new IllegalArgumentException("`feature` must be one of " + features + ", but was '" + feature + "'");
        }
        return slopes[index];
    }

    /**
     * Returns what each feature adds.
     *
     * @param values the values in the order of {@link #featureNames()}; finite
     * @return coefficient times value, in the same order
     * @throws IllegalArgumentException if there are not as many values as features, or one is not finite
     * @throws ModelException if a product overflows
     */
    @Override
    public final double[] contributions(double[] values) {
        linearPredictor(values);
        double[] contributions = new double[slopes.length];
        for (int j = 0; j < slopes.length; j++) {
            contributions[j] = slopes[j] * values[j];
        }
        return contributions;
    }

    /**
     * Returns the linear predictor: the baseline and all contributions, added in their order.
     *
     * @param values the values in the order of {@link #featureNames()}; finite
     * @return the sum, finite
     * @throws IllegalArgumentException if there are not as many values as features, or one is not finite
     * @throws ModelException if the sum overflows
     */
    @Override
    public final double linearPredictor(double[] values) {
        return linearPredictor(values, "");
    }

    private double linearPredictor(double[] values, String where) {
        if (values.length != slopes.length) {
            throw new IllegalArgumentException("`features` must have a value for each of the " + slopes.length
                    + " features " + features + ", but had " + values.length);
        }
        double sum = baseline;
        for (int j = 0; j < slopes.length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "feature '" + features.get(j) + "' must be finite, but was " + values[j] + where);
            }
            sum += slopes[j] * values[j];
        }
        if (!Double.isFinite(sum)) {
            throw new ModelException(
                    report.model() + ": the linear predictor overflows" + where + "; the features are too large");
        }
        return sum;
    }

    /**
     * Predicts the mean of the target, or what the learner says it predicts in its place.
     *
     * @param values the values in the order of {@link #featureNames()}; finite
     * @return the prediction, finite
     * @throws IllegalArgumentException if there are not as many values as features, or one is not finite
     * @throws ModelException if the linear predictor overflows
     */
    @Override
    public final double predict(double[] values) {
        return response(linearPredictor(values));
    }

    /**
     * {@inheritDoc} Column by column, of some thousand rows at a time, without a memory allocation a row.
     *
     * @throws ModelException if a linear predictor overflows
     */
    @Override
    public final void predictInto(FeatureTable table, int from, int to, double[] out) {
        Blocks blocks = Blocks.of(table, features, from, to, out);
        blocks.fill((start, count, block) -> predictBlock(blocks, start, count, block));
    }

    final void predictBlock(Blocks blocks, int from, int count, double[] block) {
        linearPredictorBlock(blocks, from, count, block);
        responseInPlace(block, count);
    }

    /** The sums, added in the order of a single row, and so with its bits. */
    final void linearPredictorBlock(Blocks blocks, int from, int count, double[] block) {
        Arrays.fill(block, 0, count, baseline);
        for (int j = 0; j < slopes.length; j++) {
            blocks.table.addMultipleInto(blocks.columns[j], slopes[j], from, from + count, block);
        }
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(block[i])) {
                // What is wrong with the row is for the single row to say.
                linearPredictor(blocks.row(from + i), " in row " + (from + i));
            }
        }
    }

    /** From the linear predictor to the prediction. */
    double response(double eta) {
        return eta;
    }

    /** {@link #response} of the first so many. */
    void responseInPlace(double[] etas, int count) {}

    @Override
    public final ModelState state() {
        double[] beta = new double[slopes.length + (intercept ? 1 : 0)];
        System.arraycopy(slopes, 0, beta, intercept ? 1 : 0, slopes.length);
        if (intercept) {
            beta[0] = baseline;
        }
        ModelState.Builder builder = SavedRegression.write(features, beta);
        describe(builder);
        return builder.build();
    }

    /** Adds to the state what predictions and accessors need besides. */
    abstract void describe(ModelState.Builder builder);

    @Override
    public final String toString() {
        return report.summary();
    }
}
