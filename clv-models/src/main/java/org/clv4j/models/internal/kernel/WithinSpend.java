// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

/**
 * How the observed value of a customer – the mean z̄ of x amounts, or its logarithm – varies around the customer's θ, given the
 * variance σ² of one amount or its logarithm.
 */
public enum WithinSpend {

    /** Normal amounts: z̄ ~ N(θ, σ²/x), exactly. */
    NORMAL {
        @Override
        public double variance(double sigmaSquared, int x) {
            return sigmaSquared / x;
        }

        @Override
        double slope(double sigmaSquared, int x) {
            return 1.0 / x;
        }

        @Override
        public double shift(double sigmaSquared, double variance) {
            return 0;
        }

        @Override
        double shiftSlope(double slope) {
            return 0;
        }
    },

    /**
     * Log-normal amounts: the mean of x of them is taken for log-normal, with the mean and variance that it has (Fenton–Wilkinson):
     * ln z̄ ~ N(θ + (σ² − s²)/2, s²) with s² = ln(1 + (e^σ² − 1)/x). Exact for x = 1.
     */
    LOG_NORMAL {
        @Override
        public double variance(double sigmaSquared, int x) {
            // The first form is exact as long as e^σ² is a number.
            return sigmaSquared < 700
                    ? Math.log1p(Math.expm1(sigmaSquared) / x)
                    : sigmaSquared - Math.log(x) + Math.log1p((x - 1) * Math.exp(-sigmaSquared));
        }

        @Override
        double slope(double sigmaSquared, int x) {
            return 1 / (1 + (x - 1) * Math.exp(-sigmaSquared));
        }

        @Override
        public double shift(double sigmaSquared, double variance) {
            return (sigmaSquared - variance) / 2;
        }

        @Override
        double shiftSlope(double slope) {
            return (1 - slope) / 2;
        }
    };

    /**
     * Returns the variance of the observed value around its expectation, given θ.
     *
     * @param sigmaSquared σ², above 0
     * @param x the purchases, at least 1
     * @return the variance
     */
    public abstract double variance(double sigmaSquared, int x);

    /** The derivative of the variance by σ². */
    abstract double slope(double sigmaSquared, int x);

    /**
     * Returns how far the expectation of the observed value is above θ.
     *
     * @param sigmaSquared σ², above 0
     * @param variance the variance for the same σ²
     * @return the shift
     */
    public abstract double shift(double sigmaSquared, double variance);

    /** The derivative of the shift by σ², from that of the variance. */
    abstract double shiftSlope(double slope);
}
