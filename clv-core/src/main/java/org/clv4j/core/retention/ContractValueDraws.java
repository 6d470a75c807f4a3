// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.PresentValueMoments;
import org.clv4j.core.value.ValuationTerms;

/**
 * How far the future value of contracts together may come out from what is expected: draws of the total, over what is not known of the
 * model and over the luck of customers.
 *
 * <p>A draw takes a model from {@link RetentionDraws} and, given it, a total from the normal distribution with the exact mean and variance
 * of the sum of the customers' present values. For a handful of customers the normal distribution is coarse; for a hundred it serves.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ContractValueDraws {

    private final double[] totals;
    private final double modelVariance;
    private final double luckVariance;

    private ContractValueDraws(double[] totals, double modelVariance, double luckVariance) {
        this.totals = totals;
        this.modelVariance = modelVariance;
        this.luckVariance = luckVariance;
    }

    /**
     * Draws totals.
     *
     * @param base the customers, all of them under contract or once under contract
     * @param terms the terms of the valuation
     * @param models what is not known of the model
     * @param draws how many; at least 2
     * @param seed the seed; the same one gives the same draws
     * @param execution progress and cancellation
     * @return the draws
     * @throws IllegalArgumentException if the number is below 2
     * @throws org.clv4j.core.model.ModelException if a model cannot be drawn, or cannot value a customer
     */
    public static ContractValueDraws of(
            CustomerBase base, ValuationTerms terms, RetentionDraws models, int draws, long seed, Execution execution) {
        if (draws < 2) {
            throw new IllegalArgumentException("`draws` must be at least 2, but was " + draws);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] totals = new double[draws];
        double[] means = new double[draws];
        double luck = 0;
        for (int i = 0; i < draws; i++) {
            execution.step("drawing values", i, draws);
            PresentValueMoments moments =
                    ContractModel.Fitted.of(models.draw(random)).presentValueMoments(base, terms);
            means[i] = moments.totalMean();
            totals[i] = means[i] + Math.sqrt(moments.totalVariance()) * random.nextGaussian();
            luck += moments.totalVariance() / draws;
        }
        return new ContractValueDraws(totals, variance(means), luck);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    /**
     * Returns the draws of both groups of customers together, who are taken to be independent.
     *
     * @param other as many draws of other customers
     * @return the draws of the sum
     * @throws IllegalArgumentException if the numbers of draws differ
     */
    public ContractValueDraws plus(ContractValueDraws other) {
        if (totals.length != other.totals.length) {
            throw new IllegalArgumentException(
                    "`other` must have " + totals.length + " draws, but had " + other.totals.length);
        }
        double[] sums = new double[totals.length];
        Arrays.setAll(sums, i -> totals[i] + other.totals[i]);
        return new ContractValueDraws(sums, modelVariance + other.modelVariance, luckVariance + other.luckVariance);
    }

    /**
     * Returns a quantile of the total.
     *
     * @param probability the part of the draws that are lower, in [0, 1]
     * @return the quantile, linear between the draws
     * @throws IllegalArgumentException if the probability is out of its range
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("`probability` must be in [0, 1], but was " + probability);
        }
        double[] sorted = totals.clone();
        Arrays.sort(sorted);
        double position = probability * (sorted.length - 1);
        int below = (int) Math.min(Math.floor(position), sorted.length - 2.0);
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /**
     * Returns the variance of the total that comes from what is not known of the model.
     *
     * @return the variance, at least 0
     */
    public double modelVariance() {
        return modelVariance;
    }

    /**
     * Returns the variance of the total that comes from the luck of customers, given the model.
     *
     * @return the variance, at least 0
     */
    public double luckVariance() {
        return luckVariance;
    }
}
