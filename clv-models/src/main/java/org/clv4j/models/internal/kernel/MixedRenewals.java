// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The expected number of purchases within a time of one, where gaps are gamma-distributed with shape k and a rate that is itself
 * gamma-distributed with shape c: E[N(Gy)], G ~ Gamma(c, 1), of the time y in units of the rate's scale. Its logarithm is
 * tabulated over ln y, so that small expectations are as exact as large ones. Immutable.
 */
final class MixedRenewals {

    private static final double EARLIEST = 1e-9;
    /** Up to this part of a mean gap there are no waves. */
    private static final double EARLY = 0.02;

    private static final double EARLY_STEP = 0.4;
    /** So many logarithms after the last wave what is left to tell is a power. */
    private static final double LATE = 8;

    private static final double NEGLIGIBLE = 1e-14;

    private final double k;
    private final double shape;
    private final double lowest;
    private final double middle;
    private final double highest;
    private final double earlyStep;
    private final double step;
    private final double excess;
    private final double[] early;
    private final double[] late;

    MixedRenewals(double k, double shape) {
        this.k = k;
        this.shape = shape;
        RenewalFunction renewals = RenewalFunction.of(k);
        double spacing = 0.4 / Math.sqrt(Math.max(1, Math.max(k, shape)));
        double mode = Math.log(shape);
        int left = 0;
        int right = 0;
        // At smaller rates at least in proportion fewer purchases are made, or as the power k in clumps.
        while (left < 500
                && density(-(left + 1) * spacing, shape) * Math.exp(-Math.min(1, k) * (left + 1) * spacing)
                        > NEGLIGIBLE) {
            left++;
        }
        // At larger ones more: at most as the power k, with the peak where the rate is the sum of both shapes.
        double peak = Math.log1p(k / shape);
        double least = Math.log(NEGLIGIBLE) + logDensity(peak, shape) + k * peak;
        while (right * spacing < peak || logDensity((right + 1) * spacing, shape) + k * (right + 1) * spacing > least) {
            right++;
        }
        double[] rates = new double[left + right + 1];
        double[] weights = new double[rates.length];
        double sum = 0;
        for (int i = 0; i < rates.length; i++) {
            double log = (i - left) * spacing;
            rates[i] = Math.exp(mode + log);
            weights[i] = density(log, shape);
            sum += weights[i];
        }
        // Those below the first node count there.
        double beyond = weights[0] / Math.expm1(shape * spacing);
        weights[0] += beyond;
        sum += beyond;
        for (int i = 0; i < rates.length; i++) {
            weights[i] /= sum;
        }
        double wave = Math.min(1, Math.sqrt(1 / shape + 0.3 / k));
        this.middle = Math.max(Math.log(EARLIEST) - mode + 1, Math.log(EARLY * k) - mode);
        this.earlyStep = stepOf(spacing, EARLY_STEP);
        int earlySteps = (int) Math.ceil((middle + mode - Math.log(EARLIEST)) / earlyStep);
        this.lowest = middle - earlySteps * earlyStep;
        double forgotten = Math.log(27 + k * k * 1.4);
        double slow = Math.log(rates[firstOf(weights)]);
        double farthest = Math.max(middle + 1, Math.min(forgotten - slow, forgotten - mode + LATE));
        this.step = stepOf(spacing, Math.min(0.25, 0.25 * wave));
        int steps = (int) Math.ceil((farthest - middle) / step);
        this.highest = middle + steps * step;
        this.early = table(renewals, rates, weights, spacing, lowest, earlyStep, earlySteps);
        this.late = table(renewals, rates, weights, spacing, middle, step, steps);
        this.excess = Math.exp(late[late.length - 3]) - linear(Math.exp(highest));
    }

    /** A step of which the distance of the rates is a multiple, or the other way round, so that they have times in common. */
    private static double stepOf(double spacing, double widest) {
        return widest >= spacing ? spacing * Math.floor(widest / spacing) : spacing / Math.ceil(spacing / widest);
    }

    /** In the logarithm from that of the mean, with 1 at the mean. */
    private static double density(double log, double shape) {
        return Math.exp(logDensity(log, shape));
    }

    private static double logDensity(double log, double shape) {
        return shape * (log - Math.expm1(log));
    }

    private static int firstOf(double[] weights) {
        int i = 0;
        while (weights[i] < 1e-12) {
            i++;
        }
        return i;
    }

    private double[] table(
            RenewalFunction renewals,
            double[] rates,
            double[] weights,
            double spacing,
            double from,
            double width,
            int steps) {
        double grain = Math.min(width, spacing);
        int ofStep = (int) Math.round(width / grain);
        int ofRate = (int) Math.round(spacing / grain);
        double first = from + Math.log(rates[0]);
        double[] purchases = new double[steps * ofStep + (rates.length - 1) * ofRate + 1];
        for (int i = 0; i < purchases.length; i++) {
            purchases[i] = renewals.at(Math.exp(first + i * grain));
        }
        double[] table = new double[3 * (steps + 1)];
        for (int i = 0; i <= steps; i++) {
            double value = 0;
            double slope = 0;
            double curvature = 0;
            for (int j = 0; j < rates.length; j++) {
                double weighted = weights[j] * purchases[i * ofStep + j * ofRate];
                double beyond = rates[j] - shape;
                value += weighted;
                slope += weighted * beyond;
                curvature += weighted * (beyond * beyond - rates[j]);
            }
            RenewalFunction.Quintic.putLog(table, i, value, width * slope, width * width * curvature);
        }
        return table;
    }

    private double linear(double y) {
        return shape * y / k + (1 / k - 1) / 2;
    }

    /**
     * Returns the expected number of purchases.
     *
     * @param y the time
     * @return the expectation, at least 0
     */
    double at(double y) {
        return y > 0 ? atLog(Math.log(y)) : 0;
    }

    /**
     * Returns the expected number of purchases.
     *
     * @param log the logarithm of the time
     * @return the expectation, at least 0
     */
    double atLog(double log) {
        if (log >= highest) {
            return Math.max(0, linear(Math.exp(log)) + excess * Math.exp(shape * (highest - log)));
        }
        if (log >= middle) {
            return Math.exp(RenewalFunction.Quintic.at(late, (log - middle) / step));
        }
        return log > lowest ? Math.exp(RenewalFunction.Quintic.at(early, earlyPosition(log))) : first(log);
    }

    /**
     * Returns how fast they grow, by the logarithm of the time.
     *
     * @param log the logarithm of the time
     * @return the slope, at least 0
     */
    double slopeAtLog(double log) {
        if (log >= highest) {
            return Math.max(0, shape * (Math.exp(log) / k - excess * Math.exp(shape * (highest - log))));
        }
        if (log >= middle) {
            return Math.max(0, atLog(log) * RenewalFunction.Quintic.slopeAt(late, (log - middle) / step) / step);
        }
        if (log > lowest) {
            return Math.max(0, atLog(log) * RenewalFunction.Quintic.slopeAt(early, earlyPosition(log)) / earlyStep);
        }
        return k * first(log);
    }

    private double earlyPosition(double log) {
        return (log - lowest) / earlyStep;
    }

    private double first(double log) {
        double sum = 0;
        double logGamma = LogGamma.value(shape);
        for (int n = 1; n < 10_000; n++) {
            double term = Math.exp(n * k * log + LogGamma.value(shape + n * k) - logGamma - LogGamma.value(n * k + 1));
            sum += term;
            if (term < 1e-16 * sum || term == 0) {
                break;
            }
        }
        return sum;
    }
}
