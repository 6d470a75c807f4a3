// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/**
 * Counts above 0: the negative binomial distribution of mean μ and variance μ + αμ² without its zeros, and with α = 0 the Poisson
 * distribution without them. The link is ln μ; what a fit calls mean is that of the truncated count. Everything is written in α, not in
 * 1/α, so that nothing cancels on the way to Poisson.
 */
final class ZeroTruncated extends Family {

    /** Larger counts than this are refused: sums run over all of them. */
    static final double LARGEST = 1e6;

    /** Below this what differences leave is rounding, and the first terms of series are exact enough. */
    private static final double SMALL = 1e-5;

    private final double alpha;
    /** By count: ln of what stands before the powers, and its derivative by α. */
    private final double[] factor;

    private final double[] factorSlope;

    /** The distribution for targets up to the largest; for predictions that may be 0. */
    ZeroTruncated(double alpha, int largest) {
        this.alpha = alpha;
        factor = new double[largest + 1];
        factorSlope = new double[largest + 1];
        for (int y = 1; y <= largest; y++) {
            factor[y] = factor[y - 1] + Math.log1p(alpha * (y - 1)) - Math.log(y);
            factorSlope[y] = factorSlope[y - 1] + (y - 1) / (1 + alpha * (y - 1));
        }
    }

    double alpha() {
        return alpha;
    }

    /** −ln of the probability of 0 before truncation. */
    private double logOdds(double mu) {
        return alpha == 0 ? mu : Math.log1p(alpha * mu) / alpha;
    }

    /** Before truncation. */
    private static double mu(double eta) {
        return exponential(eta);
    }

    @Override
    double mean(double eta) {
        double mu = mu(eta);
        return mu / -Math.expm1(-logOdds(mu));
    }

    @Override
    void meanInPlace(double[] etas, int count) {
        for (int i = 0; i < count; i++) {
            etas[i] = mean(etas[i]);
        }
    }

    @Override
    double varianceAt(double eta, double mean) {
        double mu = mu(eta);
        double excess = (1 + alpha) * mu;
        return excess < SMALL ? excess / 2 : mean * (1 + excess - mean);
    }

    @Override
    double slopeAt(double eta, double mean) {
        return varianceAt(eta, mean) / (1 + alpha * mu(eta));
    }

    @Override
    double lossAt(double y, double eta, double mean) {
        return Math.max(0, -2 * logLikelihood(y, eta));
    }

    double logLikelihood(double y, double eta) {
        double mu = mu(eta);
        double a = logOdds(mu);
        // ln(e^a − 1), which is a itself where e^a overflows.
        double logOdds = a > 40 ? a : Math.log(Math.expm1(a));
        return factor[(int) y] + y * (Math.log(mu) - Math.log1p(alpha * mu)) - logOdds;
    }

    /** The derivative of the log-likelihood by α. */
    double score(double y, double eta) {
        double mu = mu(eta);
        double a = logOdds(mu);
        return factorSlope[(int) y] - y * mu / (1 + alpha * mu) - logOddsSlope(mu) / -Math.expm1(-a);
    }

    /** d/dα of ln(1 + αμ)/α, which is below 0. */
    private double logOddsSlope(double mu) {
        double t = alpha * mu;
        if (t > 0.02) {
            return (t / (1 + t) - Math.log1p(t)) / alpha / alpha;
        }
        double sum = 0;
        double power = 1;
        for (int n = 2; n <= 11; n++) {
            sum -= power * (n - 1) / n;
            power *= -t;
        }
        return mu * mu * sum;
    }

    /** Minus the second derivative of the log-likelihood by the linear predictor. */
    double curvature(double y, double eta) {
        double mean = mean(eta);
        double t = alpha * mu(eta);
        return (t / (1 + t) * (y - mean) + slopeAt(eta, mean)) / (1 + t);
    }

    @Override
    double variance(double mean) {
        throw new UnsupportedOperationException("the variance is one of the linear predictor");
    }

    @Override
    double deviance(double y, double mean) {
        throw new UnsupportedOperationException("the loss is one of the linear predictor");
    }

    @Override
    boolean allows(double y) {
        return y >= 1 && y <= LARGEST && y == Math.rint(y);
    }

    @Override
    String range() {
        return "a whole number, at most 1,000,000";
    }

    @Override
    double start(double y, double average) {
        // About where half of the counts above 1 would be met.
        return Math.log((y + average) / 2 - 0.7);
    }
}
