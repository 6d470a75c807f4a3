// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.models.internal.optim.Objective;

/**
 * The mean negative log-likelihood of values that are normal around a customer's θ, which is normal over customers, with its
 * gradient by (μ, τ, σ): v ~ N(μ + shift, τ² + s²), shift and s² as {@link WithinSpend} has them for x purchases.
 *
 * <p>Weight, mean and squares of the values of a frequency say all there is; left an evaluation is a term a distinct frequency.
 */
public final class NormalMeansLikelihood implements Objective {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final WithinSpend within;
    private final int[] frequencies;
    private final double[] weights;
    private final double[] averages;
    /** Of each group: Σ w (v − average)². */
    private final double[] squares;

    private final double totalWeight;

    /**
     * Sums up the rows.
     *
     * @param rows the customers
     * @param within how values vary around θ
     */
    public NormalMeansLikelihood(SpendRows rows, WithinSpend within) {
        this.within = within;
        int groups = rows.groups();
        frequencies = new int[groups];
        weights = new double[groups];
        averages = new double[groups];
        squares = new double[groups];
        for (int group = 0; group < groups; group++) {
            frequencies[group] = rows.frequency(group);
            double sum = 0;
            for (int i = rows.start(group); i < rows.start(group + 1); i++) {
                weights[group] += rows.weight(i);
                sum += rows.weight(i) * rows.mean(i);
            }
            averages[group] = sum / weights[group];
            for (int i = rows.start(group); i < rows.start(group + 1); i++) {
                double distance = rows.mean(i) - averages[group];
                squares[group] += rows.weight(i) * distance * distance;
            }
        }
        totalWeight = rows.totalWeight();
    }

    /**
     * Returns the smallest average of the values of a frequency, of which μ + shift is never below at the maximum: it is a mean of
     * these averages.
     *
     * @return the smallest average
     */
    public double smallestAverage() {
        return Arrays.stream(averages).min().orElse(0);
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        double mu = parameters[0];
        double tau = parameters[1];
        double sigma = parameters[2];
        double total = 0;
        Arrays.fill(gradient, 0);
        for (int group = 0; group < frequencies.length; group++) {
            double own = within.variance(sigma * sigma, frequencies[group]);
            double slope = within.slope(sigma * sigma, frequencies[group]);
            double variance = tau * tau + own;
            double weight = weights[group];
            double distance = averages[group] - mu - within.shift(sigma * sigma, own);
            double deviance = squares[group] + weight * distance * distance;
            total -= (weight * (LOG_TWO_PI + Math.log(variance)) + deviance / variance) / 2;
            double byMean = weight * distance / variance;
            double byVariance = (deviance / variance - weight) / (2 * variance);
            gradient[0] += byMean;
            gradient[1] += byVariance * 2 * tau;
            gradient[2] += (byVariance * slope + byMean * within.shiftSlope(slope)) * 2 * sigma;
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= -totalWeight;
        }
        return -total / totalWeight;
    }
}
