// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Two exponential clocks with gamma-distributed rates race: the heart of the Pareto/NBD likelihood.
 *
 * <p>With rates λ ~ Gamma(ρ, a) and μ ~ Gamma(s, b), the probability that the second clock rings first is
 *
 * <pre>
 * X(ρ, s, a, b) = s ∫₀^∞ (1 + y/a)^−ρ (1 + y/b)^−s / (b + y) dy
 *              = s/(ρ+s) · F(1, ρ;   ρ+s+1; 1 − b/a)            a ≥ b
 *              = s/(ρ+s) · F(1, s+1; ρ+s+1; 1 − a/b) · a/b      a &lt; b
 * </pre>
 *
 * <p>It depends on a/b alone. The series has positive terms; where its argument z nears 1, Gauss–Legendre panels in logarithmic time
 * lead to a later time where z is smaller.
 */
public final class GammaRace {

    /** From this argument on the series is slow, and panels come first. */
    static final double SLOW = 0.8;
    /** The integrand is negligible beyond this exponent. */
    private static final double NEGLIGIBLE_EXPONENT = 60;
    /** A panel spans at most this change of the exponent, for which 16 points are exact to a double. */
    private static final double EXPONENT_A_PANEL = 6;

    private GammaRace() {}

    /**
     * Returns the probability that the second clock rings first.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @return the probability, in (0, 1)
     */
    public static double secondFirst(double rho, double a, double s, double b) {
        double smaller = Math.min(a, b);
        double larger = Math.max(a, b);
        double z = (larger - smaller) / larger;
        if (z <= SLOW) {
            return bySeries(rho, a, s, b, z);
        }
        double later = (larger - smaller) / SLOW - larger;
        double exponent = rho * Math.log1p(later / a) + s * Math.log1p(later / b);
        double early = secondFirstBefore(rho, a, s, b, later);
        return exponent > NEGLIGIBLE_EXPONENT
                ? early
                : early + Math.exp(-exponent) * bySeries(rho, a + later, s, b + later, SLOW);
    }

    private static double bySeries(double rho, double a, double s, double b, double z) {
        double numerator = a >= b ? rho : s + 1;
        double denominator = rho + s + 1;
        double sum = 1;
        double term = 1;
        for (int n = 0; term > 1e-17 * sum * (1 - z); n++) {
            term *= z * (numerator + n) / (denominator + n);
            sum += term;
        }
        return s / (rho + s) * sum * (a >= b ? 1 : a / b);
    }

    /**
     * Returns the probability that the second clock rings first and within a time.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param time the time; finite, at least 0
     * @return the probability, in [0, 1); its relative error is small also where it is itself
     */
    public static double secondFirstBefore(double rho, double a, double s, double b, double time) {
        double smaller = Math.min(a, b);
        double end = Math.log1p(time / smaller);
        double sum = 0;
        double v = 0;
        while (v < end) {
            double y = smaller * Math.expm1(v);
            double exponent = rho * Math.log1p(y / a) + s * Math.log1p(y / b);
            if (exponent > NEGLIGIBLE_EXPONENT) {
                break;
            }
            double slope = (y + smaller) * (rho / (a + y) + s / (b + y));
            double width = Math.min(end - v, Math.min(1, EXPONENT_A_PANEL / slope));
            double panel = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = smaller * Math.expm1(v + width * GaussLegendre.node(i));
                panel += GaussLegendre.weight(i)
                        * Math.exp(-rho * Math.log1p(node / a) - s * Math.log1p(node / b))
                        * ((node + smaller) / (b + node));
            }
            sum += panel * width;
            v += width;
        }
        return s * sum;
    }
}
