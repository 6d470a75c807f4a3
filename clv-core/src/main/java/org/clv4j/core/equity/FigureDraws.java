// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a figure may come out at: draws of it, and what follows from them.
 *
 * <p>Over the whole horizon the mean is over the exact expectations of the drawn models, and the variance the sum of its {@linkplain
 * #split parts}; both vary less from seed to seed than mean and variance of the draws themselves, which they estimate. In a single period
 * they are those of the draws.
 *
 * <p>With n draws, the standard error of the mean is at most σ/√n, that of the standard deviation about σ/√(2n), and that of a quantile
 * p about √(p(1−p)/n) over the density there: with 1,000 draws .08 σ of the bounds of a 95 % interval. Where a spend model gives a
 * customer's mean spend no variance, as Gamma-Gamma does for px + q at most 2, standard deviations do not settle however many draws;
 * quantiles do.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class FigureDraws {

    private final double[] draws;
    private final OptionalDouble expected;
    private final double mean;
    private final double variance;
    private final Optional<VarianceSplit> split;

    private FigureDraws(
            double[] draws, OptionalDouble expected, double mean, double variance, Optional<VarianceSplit> split) {
        this.draws = draws;
        this.expected = expected;
        this.mean = mean;
        this.variance = variance;
        this.split = split;
    }

    /** Takes the draws over. Means and process are of the same draws: the expectation given the model, and that given the purchases. */
    static FigureDraws ofHorizon(double[] draws, double expected, double[] means, double[] process) {
        double processSum = 0;
        double spendSum = 0;
        for (int i = 0; i < draws.length; i++) {
            processSum += square(process[i] - means[i]);
            spendSum += square(draws[i] - process[i]);
        }
        VarianceSplit split = new VarianceSplit(variance(means), processSum / draws.length, spendSum / draws.length);
        return new FigureDraws(draws, OptionalDouble.of(expected), mean(means), split.total(), Optional.of(split));
    }

    /** Takes the draws over. */
    static FigureDraws ofPeriod(double[] draws, OptionalDouble expected) {
        return new FigureDraws(draws, expected, mean(draws), variance(draws), Optional.empty());
    }

    private static double square(double x) {
        return x * x;
    }

    /** About the first value, so that values that are all the same have exactly it as their mean, and no variance. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return values[0] + sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += square(value - mean);
        }
        return sum / (values.length - 1);
    }

    /**
     * Returns the expectation under the models as they were fitted, without regard to what their parameters leave open. Over the horizon
     * the value is the future value of {@link CustomerEquity}, and the periods add up to the horizon.
     *
     * @return the expectation; empty for the active customers of one of several periods
     */
    public OptionalDouble expected() {
        return expected;
    }

    /**
     * Returns the mean. It is not {@link #expected}: what follows from parameters is not linear in them.
     *
     * @return the mean
     */
    public double mean() {
        return mean;
    }

    /**
     * Returns the variance.
     *
     * @return the variance, at least 0
     */
    public double variance() {
        return variance;
    }

    /**
     * Returns the standard deviation.
     *
     * @return the root of the variance
     */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /**
     * Returns where the variance comes from.
     *
     * @return the parts; empty for a single one of several periods
     */
    public Optional<VarianceSplit> split() {
        return split;
    }

    /**
     * Returns a quantile of the draws.
     *
     * @param probability the part of the draws that are lower, in [0, 1]
     * @return the quantile, linear between the draws
     * @throws IllegalArgumentException if the probability is out of its range
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("`probability` must be in [0, 1], but was " + probability);
        }
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        double position = probability * (sorted.length - 1);
        int below = (int) Math.min(Math.floor(position), sorted.length - 2.0);
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /**
     * Returns the lower bound of an interval that leaves out as many draws below as above.
     *
     * @param level the part of the draws inside, in (0, 1), as .95
     * @return the bound
     * @throws IllegalArgumentException if the level is out of its range
     */
    public double lower(double level) {
        return quantile((1 - checked(level)) / 2);
    }

    /**
     * Returns the upper bound of an interval that leaves out as many draws below as above.
     *
     * @param level the part of the draws inside, in (0, 1), as .95
     * @return the bound
     * @throws IllegalArgumentException if the level is out of its range
     */
    public double upper(double level) {
        return quantile((1 + checked(level)) / 2);
    }

    private static double checked(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("`level` must be in (0, 1) (0.95 for 95 %), but was " + level);
        }
        return level;
    }

    /**
     * Returns the draws. Draw i of one figure belongs with draw i of every other: of another segment, period or figure.
     *
     * @return a fresh array, in the order in which they were drawn
     */
    public double[] draws() {
        return draws.clone();
    }

    /** Returns mean, standard deviation and 95 % interval. */
    @Override
    public String toString() {
        return "FigureDraws[mean " + mean + ", standard deviation " + standardDeviation() + ", 95 % in [" + lower(0.95)
                + ", " + upper(0.95) + "]]";
    }
}
