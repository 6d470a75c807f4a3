// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Objects;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;

/**
 * A fitted regression whose predictions are a function of an intercept and a coefficient a feature. Immutable and thread-safe.
 */
public abstract class FittedLinear implements Contributions {

    private final FitReport report;
    private final List<String> features;
    private final double baseline;
    private final double[] slopes;

    /** Takes coefficients with the intercept first, if there is one. */
    FittedLinear(FitReport report, List<String> features, double[] beta) {
        this.report = report;
        this.features = List.copyOf(features);
        boolean intercept = beta.length > features.size();
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
        if (values.length != slopes.length) {
            throw new IllegalArgumentException("`features` must have a value for each of the " + slopes.length
                    + " features " + features + ", but had " + values.length);
        }
        double sum = baseline;
        for (int j = 0; j < slopes.length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "feature '" + features.get(j) + "' must be finite, but was " + values[j]);
            }
            sum += slopes[j] * values[j];
        }
        if (!Double.isFinite(sum)) {
            throw new ModelException(report.model() + ": the linear predictor overflows; the features are too large");
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

    /** From the linear predictor to the prediction. */
    double response(double eta) {
        return eta;
    }

    @Override
    public final String toString() {
        return report.summary();
    }
}
