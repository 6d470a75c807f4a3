// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

/** A fitted learner that knows the distribution of the target given the features. */
public interface QuantilePrediction extends FittedLearner {

    /**
     * Predicts a quantile of the target.
     *
     * @param features the values in the order of {@link #featureNames()}
     * @param probability which one, in (0, 1)
     * @return the least value that the target is at most with that probability; finite, and not falling with the probability
     * @throws IllegalArgumentException if a value or the probability is out of range
     */
    double quantile(double[] features, double probability);
}
