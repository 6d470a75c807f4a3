// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

/**
 * What a Sarmanov family adds to the product of two gamma densities: the factor
 *
 * <pre>
 * w(λ, μ) = 1 + ω (e^−cλ − A)(e^−cμ − B)      A = E[e^−cλ] = (α/(α+c))^r      B = E[e^−cμ] = (β/(β+c))^s
 * </pre>
 *
 * <p>It is bilinear in e<sup>−cλ</sup> and e<sup>−cμ</sup>, which are in (0, 1]: a sum of the products of each or its complement, whose
 * coefficients are the values of w at the corners of the unit square. ω is in its bounds where these four are not negative, and then
 * nothing ever is a difference: the expectation of w over any two gamma distributions is a sum of positive terms.
 *
 * <p>Immutable.
 */
public final class Sarmanov {

    /** Where both A and B underflow every ω would do; a density is never told apart from one with as much. */
    private static final double LARGEST = 1e100;
    /** So far beyond its bound, relatively, ω is at it. */
    private static final double ROUNDING = 1e-12;

    private final double c;
    /** The logarithm of what the corners are divided by, so that the largest is 1. */
    private final double logScale;
    // Where the purchase rate is infinite or 0, and the dropout rate is infinite or 0.
    private final double fastLeaving;
    private final double fastStaying;
    private final double slowLeaving;
    private final double slowStaying;

    private Sarmanov(double c, double fastLeaving, double fastStaying, double slowLeaving, double slowStaying) {
        this.c = c;
        double largest = Math.max(Math.max(fastLeaving, fastStaying), Math.max(slowLeaving, slowStaying));
        logScale = Math.log(largest);
        this.fastLeaving = fastLeaving / largest;
        this.fastStaying = fastStaying / largest;
        this.slowLeaving = slowLeaving / largest;
        this.slowStaying = slowStaying / largest;
    }

    /**
     * Creates the factor.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param omega ω, in its bounds
     * @param c the time c; finite, above 0
     * @return the factor
     * @throws IllegalArgumentException if ω is out of its bounds
     */
    public static Sarmanov of(double r, double alpha, double s, double beta, double omega, double c) {
        double lowest = lowest(r, alpha, s, beta, c);
        double highest = highest(r, alpha, s, beta, c);
        if (!(omega >= lowest * (1 + ROUNDING) && omega <= highest * (1 + ROUNDING))) {
            throw Arguments.outOfRange("omega", "in [" + lowest + ", " + highest + "] with these rates", omega);
        }
        double logA = log(r, alpha, c);
        double logB = log(s, beta, c);
        double a = Math.exp(logA);
        double b = Math.exp(logB);
        double notA = -Math.expm1(logA);
        double notB = -Math.expm1(logB);
        return new Sarmanov(
                c,
                Math.max(0, 1 + omega * a * b),
                Math.max(0, 1 - omega * a * notB),
                Math.max(0, 1 - omega * notA * b),
                Math.max(0, 1 + omega * notA * notB));
    }

    /**
     * Returns the lower bound of ω.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param c the time c; finite, above 0
     * @return the bound, below 0
     */
    public static double lowest(double r, double alpha, double s, double beta, double c) {
        double logA = log(r, alpha, c);
        double logB = log(s, beta, c);
        return -Math.min(LARGEST, 1 / Math.max(Math.exp(logA + logB), Math.expm1(logA) * Math.expm1(logB)));
    }

    /**
     * Returns the upper bound of ω.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param c the time c; finite, above 0
     * @return the bound, above 0
     */
    public static double highest(double r, double alpha, double s, double beta, double c) {
        double logA = log(r, alpha, c);
        double logB = log(s, beta, c);
        return Math.min(LARGEST, 1 / Math.max(-Math.exp(logA) * Math.expm1(logB), -Math.exp(logB) * Math.expm1(logA)));
    }

    /**
     * Returns the correlation of the two rates.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param omega ω, in its bounds
     * @param c the time c; finite, above 0
     * @return the correlation, in (−1, 1)
     */
    public static double correlation(double r, double alpha, double s, double beta, double omega, double c) {
        return omega
                * Math.exp(log(r, alpha, c) + log(s, beta, c))
                * Math.sqrt(r)
                * Math.sqrt(s)
                * (c / (alpha + c))
                * (c / (beta + c));
    }

    /**
     * Returns −ln E[e<sup>−cλ</sup>] of λ ~ Gamma(shape, rate).
     *
     * @param shape the shape; finite, above 0
     * @param rate the rate; finite, above 0
     * @param c the time c; finite, above 0
     * @return −ln A, or −ln B; above 0
     */
    public static double minusLog(double shape, double rate, double c) {
        return shape * Math.log1p(c / rate);
    }

    /**
     * Returns E[e<sup>−cλ</sup>] against its complement.
     *
     * @param shape the shape; finite, above 0
     * @param rate the rate; finite, above 0
     * @param c the time c; finite, above 0
     * @return A/(1 − A), or B/(1 − B)
     */
    public static double odds(double shape, double rate, double c) {
        return 1 / Math.expm1(minusLog(shape, rate, c));
    }

    private static double log(double shape, double rate, double c) {
        return -minusLog(shape, rate, c);
    }

    /** What {@link #mean} has to be multiplied by, as a logarithm. */
    double logScale() {
        return logScale;
    }

    double c() {
        return c;
    }

    /** What w tends to as both rates go to 0, divided as {@link #mean} is. */
    double atZero() {
        return slowStaying;
    }

    /**
     * E[w] over independent λ ~ Gamma(rho, a) and μ ~ Gamma(sigma, b), divided by its largest corner: in (0, 1].
     */
    double mean(double rho, double a, double sigma, double b) {
        return mean(log(rho, a, c), log(sigma, b, c));
    }

    /** The same from the logarithms of the expectations of e^−cλ and e^−cμ. */
    double mean(double logA, double logB) {
        double slow = Math.exp(logA);
        double fast = slow < 0.5 ? 1 - slow : -Math.expm1(logA);
        double staying = Math.exp(logB);
        double leaving = staying < 0.5 ? 1 - staying : -Math.expm1(logB);
        return staying * (slowStaying * slow + fastStaying * fast)
                + leaving * (slowLeaving * slow + fastLeaving * fast);
    }

    /** The coefficient of a product of e^−cλ (slow) or its complement and of e^−cμ (staying) or its complement. */
    double corner(boolean slow, boolean staying) {
        if (slow) {
            return staying ? slowStaying : slowLeaving;
        }
        return staying ? fastStaying : fastLeaving;
    }

    /** Draws λ and μ from Gamma(rho, a) and Gamma(sigma, b), weighted by w: first a term of the sum, then the rates of that term. */
    double[] draw(double rho, double a, double sigma, double b, Sampling random) {
        double logA = log(rho, a, c);
        double logB = log(sigma, b, c);
        double part = random.uniform() * mean(logA, logB);
        boolean slow = false;
        boolean staying = false;
        for (int term = 0; term < 4 && part >= 0; term++) {
            double mass = corner(term > 1, term % 2 == 1)
                    * (term > 1 ? Math.exp(logA) : -Math.expm1(logA))
                    * (term % 2 == 1 ? Math.exp(logB) : -Math.expm1(logB));
            // Never one without mass, whatever rounding leaves.
            if (mass > 0) {
                slow = term > 1;
                staying = term % 2 == 1;
                part -= mass;
            }
        }
        return new double[] {rate(slow, rho, a, random), rate(staying, sigma, b, random)};
    }

    /** A draw from Gamma(shape, rate) times e^−cλ or its complement. */
    private double rate(boolean slow, double shape, double rate, Sampling random) {
        if (slow) {
            return random.gamma(shape, rate + c);
        }
        // 1 − e^−cλ is at most 1 and at most cλ: the better of the two bounds.
        if (shape * c < rate) {
            while (true) {
                double drawn = random.gamma(shape + 1, rate);
                double exposure = c * drawn;
                if (random.uniform() * exposure <= -Math.expm1(-exposure)) {
                    return drawn;
                }
            }
        }
        while (true) {
            double drawn = random.gamma(shape, rate);
            if (random.uniform() < -Math.expm1(-c * drawn)) {
                return drawn;
            }
        }
    }
}
