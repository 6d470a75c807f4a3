// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Probabilities of the negative binomial distribution: n purchases of one whose rate is Gamma(ρ, 1) in a time τ.
 *
 * <p>Where ρ + n is large, the probability is written by its distance from the mode: errors of Stirling's formula and deviances
 * (C. Loader, Fast and accurate computation of binomial probabilities, 2000), none of them a difference of large logarithms.
 */
public final class NegativeBinomial {

    /** Up to this size, products of the factors themselves are as exact. */
    private static final double DIRECT = 128;

    private final double rho;
    private final int n;
    private final boolean direct;
    private final double constant;

    private NegativeBinomial(double rho, int n) {
        this.rho = rho;
        this.n = n;
        direct = n == 0 || rho + n <= DIRECT;
        if (direct) {
            constant = Rising.log(rho, n) - Rising.log(1, n);
        } else {
            double all = rho + n;
            constant = stirlingError(all)
                    - stirlingError(rho)
                    - stirlingError(n)
                    + 0.5 * Math.log(rho / all / (2 * Math.PI * n));
        }
    }

    /**
     * Prepares for a shape and a count.
     *
     * @param rho ρ, the shape; finite, above 0
     * @param n the count, at least 0
     * @return the distribution's logarithmic probability of n as a function of time
     */
    public static NegativeBinomial of(double rho, int n) {
        return new NegativeBinomial(rho, n);
    }

    /**
     * Returns the logarithm of the probability.
     *
     * @param tau τ, the time; above 0
     * @return ln P(n)
     */
    public double log(double tau) {
        if (direct) {
            return constant - rho * Math.log1p(tau) - (n == 0 ? 0 : n * Math.log1p(1 / tau));
        }
        double all = rho + n;
        return constant - deviance(rho, all / (1 + tau)) - deviance(n, all / (1 + 1 / tau));
    }

    /** x ln(x/m) − x + m, at least 0. */
    private static double deviance(double x, double m) {
        double difference = x - m;
        double v = difference / (x + m);
        if (Math.abs(v) > 0.1) {
            return x * Math.log(x / m) - difference;
        }
        // x (2 artanh v) − (x − m), without its first term, which is the second.
        double sum = difference * v;
        double square = v * v;
        double power = 2 * x * v;
        for (int k = 3; ; k += 2) {
            power *= square;
            double next = sum + power / k;
            if (next == sum) {
                return sum;
            }
            sum = next;
        }
    }

    /** ln Γ(z + 1) less Stirling's ln √(2πz) + z ln z − z. */
    static double stirlingError(double z) {
        double correction = 0;
        double at = z;
        for (; at < 16; at++) {
            correction += (at + 0.5) * Math.log1p(1 / at) - 1;
        }
        double w = 1 / (at * at);
        double series = (1.0 / 12
                        - w
                                * (1.0 / 360
                                        - w
                                                * (1.0 / 1260
                                                        - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360360))))))
                / at;
        return correction + series;
    }
}
