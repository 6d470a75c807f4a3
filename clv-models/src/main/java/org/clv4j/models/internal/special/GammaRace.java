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
    /** The logarithm of the latest time whose sum with a scale is finite. */
    private static final double LOG_LATEST = 709;

    /** So many terms are enough for most arguments. */
    private static final int RATIOS = 48;

    private static final double[] NO_RATIOS = {};

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
        return secondFirst(rho, a, s, b, NO_RATIOS);
    }

    /**
     * Returns {@link #secondFirst(double, double, double, double)}, to the last bit, with what its series needs of the shapes.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param ratios {@link #ratios} of the same shapes and the same order of the rates
     * @return the probability, in (0, 1)
     */
    public static double secondFirst(double rho, double a, double s, double b, double[] ratios) {
        double smaller = Math.min(a, b);
        double larger = Math.max(a, b);
        double z = (larger - smaller) / larger;
        if (z <= SLOW) {
            return bySeries(rho, a, s, b, z, ratios);
        }
        double later = (larger - smaller) / SLOW - larger;
        double exponent = rho * Math.log1p(later / a) + s * Math.log1p(later / b);
        double early = secondFirstBefore(rho, a, s, b, later);
        return exponent > NEGLIGIBLE_EXPONENT
                ? early
                : early + Math.exp(-exponent) * bySeries(rho, a + later, s, b + later, SLOW, ratios);
    }

    /**
     * Returns the first ratios of successive coefficients of the series, which depend on the shapes alone.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param aIsLarger whether a ≥ b
     * @return the ratios
     */
    public static double[] ratios(double rho, double s, boolean aIsLarger) {
        double[] ratios = new double[RATIOS];
        for (int n = 0; n < RATIOS; n++) {
            ratios[n] = ratio(aIsLarger ? rho : s + 1, rho + s + 1, n);
        }
        return ratios;
    }

    private static double ratio(double numerator, double denominator, int n) {
        return (numerator + n) / (denominator + n);
    }

    private static double bySeries(double rho, double a, double s, double b, double z, double[] ratios) {
        double numerator = a >= b ? rho : s + 1;
        double denominator = rho + s + 1;
        double sum = 1;
        double term = 1;
        for (int n = 0; term > 1e-17 * sum * (1 - z); n++) {
            term *= z * (n < ratios.length ? ratios[n] : ratio(numerator, denominator, n));
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
        double end = logTime(time, smaller);
        double sum = 0;
        double v = 0;
        while (v < end) {
            double y = timeOf(v, smaller);
            double exponent = rho * logTime(y, a) + s * logTime(y, b);
            if (exponent > NEGLIGIBLE_EXPONENT) {
                break;
            }
            double slope = (y + smaller) * (rho / (a + y) + s / (b + y));
            double width = Math.min(end - v, Math.min(1, EXPONENT_A_PANEL / slope));
            double panel = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = timeOf(v + width * GaussLegendre.node(i), smaller);
                panel += GaussLegendre.weight(i)
                        * Math.exp(-rho * logTime(node, a) - s * logTime(node, b))
                        * ((node + smaller) / (b + node));
            }
            sum += panel * width;
            v += width;
        }
        return s * sum;
    }

    /** ln(1 + time/scale), also where the quotient is beyond the largest double. */
    private static double logTime(double time, double scale) {
        double quotient = time / scale;
        return quotient < Double.POSITIVE_INFINITY ? Math.log1p(quotient) : Math.log(time) - Math.log(scale);
    }

    /** The time whose {@link #logTime} it is. */
    private static double timeOf(double logTime, double scale) {
        return logTime < LOG_LATEST
                ? scale * Math.expm1(logTime)
                : Math.min(Double.MAX_VALUE, Math.exp(logTime + Math.log(scale)));
    }

    /**
     * Returns the expected time at which the second clock rings, given that it rings first and within a time.
     *
     * @param rho ρ, shape of the first rate; finite, at least 0, where 0 is a clock that never rings
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param time the time; finite, at least 0
     * @return the expectation, in [0, time]
     */
    public static double meanTimeBefore(double rho, double a, double s, double b, double time) {
        double smaller = Math.min(a, b);
        double end = logTime(time, smaller);
        double probability = 0;
        double moment = 0;
        double v = 0;
        while (v < end) {
            double y = timeOf(v, smaller);
            double exponent = rho * logTime(y, a) + s * logTime(y, b);
            // Whatever rings later adds no more to the moment than the whole time.
            if (time * Math.exp(-exponent) <= 1e-18 * s * moment) {
                break;
            }
            double slope = (y + smaller) * (rho / (a + y) + s / (b + y));
            double width = Math.min(end - v, Math.min(1, EXPONENT_A_PANEL / slope));
            double panel = 0;
            double panelMoment = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = timeOf(v + width * GaussLegendre.node(i), smaller);
                double density = GaussLegendre.weight(i)
                        * Math.exp(-rho * logTime(node, a) - s * logTime(node, b))
                        * ((node + smaller) / (b + node));
                panel += density;
                panelMoment += density * node;
            }
            probability += panel * width;
            moment += panelMoment * width;
            v += width;
        }
        // A time too short for the scales: the density is flat on it.
        return moment > 0 ? Math.min(time, moment / probability) : time / 2;
    }

    /**
     * Returns the time by which the second clock has rung with a probability, given that it rings first.
     *
     * <p>Newton's method in the logarithms of time and of the probability or of its complement, whichever is smaller, between brackets.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param probability the probability; in [0, 1)
     * @return the time; at most the largest double
     */
    public static double timeQuantile(double rho, double a, double s, double b, double probability) {
        if (probability == 0) {
            return 0;
        }
        double whole = secondFirst(rho, a, s, b);
        boolean upper = probability > 0.5;
        double target = upper ? -Math.log1p(-probability) : Math.log(probability);
        double low = Math.log(Double.MIN_VALUE);
        double high = LOG_LATEST;
        double w = -Math.log(rho / a + s / b);
        for (int i = 0; i < 200 && high - low > 1e-15 * Math.abs(w); i++) {
            w = w > low && w < high ? w : (low + high) / 2;
            double time = Math.exp(w);
            double exponent = rho * logTime(time, a) + s * logTime(time, b);
            double excess;
            double slope;
            if (upper) {
                // The rest of the time is the same race, later.
                double rest = secondFirst(rho, a + time, s, b + time);
                excess = exponent - Math.log(rest / whole) - target;
                slope = time / (b + time) * s / rest;
            } else {
                double before = secondFirstBefore(rho, a, s, b, time);
                excess = Math.log(before / whole) - target;
                slope = time / (b + time) * s * Math.exp(-exponent) / before;
            }
            if (excess > 0) {
                high = w;
            } else {
                low = w;
            }
            double next = w - excess / slope;
            if (Math.abs(next - w) <= 1e-15 * (1 + Math.abs(w)) || excess == 0) {
                return Math.exp(w);
            }
            w = next;
        }
        return low >= LOG_LATEST - 1e-9 ? Double.MAX_VALUE : Math.exp(w);
    }
}
