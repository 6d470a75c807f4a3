// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

/** A fitted learner whose prediction is a function of a sum over the features: the linear predictor, on the scale of the link. */
public interface Contributions extends FittedLearner {

    /**
     * Returns what the sum begins with.
     *
     * @return the part of the linear predictor that no feature changes: an intercept, or a mean
     */
    double baseline();

    /**
     * Returns what each feature adds.
     *
     * @param features the values in the order of {@link #featureNames()}
     * @return what is added to the linear predictor, in the same order
     * @throws IllegalArgumentException if there are not as many values as features, or one is out of range
     */
    double[] contributions(double[] features);

    /**
     * Returns the linear predictor: the baseline and all contributions, added in their order.
     *
     * @param features the values in the order of {@link #featureNames()}
     * @return the sum, exactly
     * @throws IllegalArgumentException if there are not as many values as features, or one is out of range
     */
    default double linearPredictor(double[] features) {
        double sum = baseline();
        for (double contribution : contributions(features)) {
            sum += contribution;
        }
        return sum;
    }
}
