// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Two clocks race: one rings at a gamma-distributed rate, λ ~ Gamma(ρ, a), the other after a Gompertz time whose propensity is gamma
 * distributed. The heart of the GGompertz/NBD model.
 *
 * <p>The second clock has not rung by y with probability e<sup>−sG(y)</sup>, G(y) = ln(1 + (e<sup>by</sup> − 1)/κ). Its hazard is sb/κ(y)
 * with κ(y) = κe<sup>−by</sup> + 1 − e<sup>−by</sup>, and after y it is the same clock with κ(y) in the place of κ. Nothing here is
 * e<sup>by</sup> where that overflows, and as b goes to 0 with κ/b kept, G(y) goes to ln(1 + y/(κ/b)).
 *
 * <p>Integrals over time are Gauss–Legendre panels whose width keeps them away from the places in the complex plane where the
 * integrand is singular, −a and the zeros of κ(y), and in which the integrand's logarithm changes little. All terms are positive.
 */
public final class GompertzRace {

    /** What is left may be so small, relative to the sum. */
    private static final double NEGLIGIBLE = 1e-18;
    /** A panel spans at most this change of the logarithm, for which 16 points are exact to a double. */
    private static final double CHANGE_A_PANEL = 6;
    /** From here on e to the power of it is the only term that counts, or nearly. */
    private static final double LARGE = 300;
    /** The logarithm of the latest time that is looked at. */
    private static final double LOG_LATEST = 709;
    /** The logarithm of what is negligible beside a maximum. */
    private static final double FAR_BELOW = 50;

    private static final int MOST_PIECES = 256;

    private final double rho;
    private final double a;
    private final double s;
    private final double b;
    private final double kappa;

    private GompertzRace(double rho, double a, double s, double b, double kappa) {
        this.rho = rho;
        this.a = a;
        this.s = s;
        this.b = b;
        this.kappa = kappa;
    }

    /**
     * Prepares a race.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param a rate of the first rate; finite, above 0
     * @param s shape of the propensity; finite, above 0
     * @param b b, in 1/time; finite, above 0
     * @param kappa κ; finite, above 0
     * @return the race
     */
    public static GompertzRace of(double rho, double a, double s, double b, double kappa) {
        return new GompertzRace(rho, a, s, b, kappa);
    }

    /**
     * Prepares the second clock alone: the first never rings.
     *
     * @param s shape of the propensity; finite, above 0
     * @param b b, in 1/time; finite, above 0
     * @param kappa κ; finite, above 0
     * @return the race
     */
    public static GompertzRace alone(double s, double b, double kappa) {
        return new GompertzRace(0, Double.POSITIVE_INFINITY, s, b, kappa);
    }

    /**
     * Returns G(y), the logarithm of how much the propensity's rate has grown.
     *
     * @param b b; finite, above 0
     * @param kappa κ; finite, above 0
     * @param y the time; at least 0
     * @return G, at least 0
     */
    public static double growth(double b, double kappa, double y) {
        double by = b * y;
        if (by < LARGE) {
            double ratio = Math.expm1(by) / kappa;
            return ratio < Double.POSITIVE_INFINITY ? Math.log1p(ratio) : by - Math.log(kappa);
        }
        return by - Math.log(kappa) + Math.log1p((kappa - 1) * Math.exp(-by));
    }

    /**
     * Returns the time at which G has a value: the inverse of {@link #growth}.
     *
     * @param b b; finite, above 0
     * @param kappa κ; finite, above 0
     * @param growth the value, at least 0
     * @return the time, at least 0
     */
    public static double timeOf(double b, double kappa, double growth) {
        double ratio = kappa * Math.expm1(growth);
        return (ratio < Double.POSITIVE_INFINITY ? Math.log1p(ratio) : growth + Math.log(kappa)) / b;
    }

    /**
     * Returns κ(y).
     *
     * @param b b; finite, above 0
     * @param kappa κ; finite, above 0
     * @param y the time; at least 0
     * @return κ a time later, above 0
     */
    public static double later(double b, double kappa, double y) {
        double by = b * y;
        if (by < LARGE) {
            double grown = Math.expm1(by);
            return (kappa + grown) / (1 + grown);
        }
        return kappa * Math.exp(-by) + 1;
    }

    /**
     * Returns minus the logarithm of the probability that no clock has rung.
     *
     * @param y the time; at least 0
     * @return ρ ln(1 + y/a) + s G(y), at least 0
     */
    public double exponent(double y) {
        return rho * Math.log1p(y / a) + s * growth(b, kappa, y);
    }

    /**
     * Returns the hazard of the second clock.
     *
     * @param y the time; at least 0
     * @return sb/κ(y)
     */
    public double hazard(double y) {
        return s * (b / later(b, kappa, y));
    }

    /** A function of time. */
    @FunctionalInterface
    public interface Function {
        /**
         * Returns the value.
         *
         * @param y the time
         * @return the value
         */
        double at(double y);
    }

    /**
     * Returns the end of the panel that starts at a time.
     *
     * @param y the time; at least 0
     * @param end the end of all panels, above y
     * @return the end of the panel, at most the end of all
     */
    public double panelEnd(double y, double end) {
        return panelEnd(y, end, 0);
    }

    private double panelEnd(double y, double end, double delta) {
        double room = a + y;
        if (kappa <= 1) {
            room = Math.min(room, y - Math.log1p(-kappa) / b);
        } else {
            room = Math.min(room, 0.5 * Math.hypot(b * y - Math.log(kappa - 1), Math.PI) / b);
        }
        double width = Math.min(room, Math.min(end - y, CHANGE_A_PANEL / steepness(y, delta)));
        // A hazard that grows within the panel.
        while (width * steepness(y + width, delta) > 2 * CHANGE_A_PANEL) {
            width /= 2;
        }
        double next = y + width;
        return next >= end || next == y ? end : next;
    }

    /** How fast the logarithms of the integrands change at most. */
    private double steepness(double y, double delta) {
        double inverse = 1 / later(b, kappa, y);
        return (rho + 1) / (a + y) + s * b * inverse + b * Math.abs(inverse - 1) + delta;
    }

    /** Adds panels until the end, or until what is left is negligible. */
    private double integral(double end, double delta, Function integrand, Function rest) {
        double sum = 0;
        double y = 0;
        while (y < end && (y == 0 || rest.at(y) > NEGLIGIBLE * sum)) {
            double next = panelEnd(y, end, delta);
            double width = next - y;
            double panel = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                panel += GaussLegendre.weight(i) * integrand.at(y + width * GaussLegendre.node(i));
            }
            sum += panel * width;
            y = next;
        }
        return sum;
    }

    private double unrung(double y) {
        return Math.exp(-exponent(y));
    }

    /**
     * Returns the probability that the second clock rings first and within a time.
     *
     * @param time the time; at least 0
     * @return the probability; its relative error is small also where it is itself
     */
    public double secondFirstBefore(double time) {
        return Math.min(1, integral(time, 0, y -> unrung(y) * hazard(y), this::unrung));
    }

    /**
     * Returns the expectation of the first clock's rate at the time when the second rings, if it rings first and within a time, else 0.
     *
     * @param time the time; at least 0
     * @return E[ρ/(a+y)]
     */
    public double firstRateAtSecond(double time) {
        return integral(time, 0, y -> unrung(y) * hazard(y) * (rho / (a + y)), y -> unrung(y) * (rho / (a + y)));
    }

    /**
     * Returns the expectation of the second clock's hazard at the time when it rings, if it rings first and within a time, else 0.
     *
     * @param time the time; at least 0
     * @return E[(s+1)b/κ(y)]
     */
    public double hazardAtSecond(double time) {
        double last = later(b, kappa, time);
        return (s + 1)
                * integral(
                        time,
                        0,
                        y -> unrung(y) * hazard(y) * (b / later(b, kappa, y)),
                        y -> unrung(y) * (b / Math.min(last, later(b, kappa, y))));
    }

    /**
     * Returns the probability that the first clock rings first and within a time.
     *
     * @param time the time; at least 0, may be infinite
     * @return the probability; its relative error is small also where it is itself
     */
    public double firstFirstBefore(double time) {
        double end = Math.min(time, Double.MAX_VALUE);
        return Math.min(1, integral(end, 0, this::firstDensity, this::unrung));
    }

    private double firstDensity(double y) {
        return unrung(y) * (rho / (a + y));
    }

    /**
     * Returns the expected time at which the first clock rings, given that it rings first and within a time.
     *
     * @param time the time; finite, at least 0
     * @return the expectation, in [0, time]
     */
    public double firstMeanTimeBefore(double time) {
        double moment = integral(time, 0, y -> y * firstDensity(y), y -> time * unrung(y));
        // A time too short for the scales: the density is flat on it.
        return moment > 0 ? Math.min(time, moment / firstFirstBefore(time)) : time / 2;
    }

    /**
     * Returns the time by which the first clock has rung with a probability, given that it rings first.
     *
     * <p>Newton's method in the logarithms of time and of the probability or of its complement, whichever is smaller, between brackets.
     *
     * @param probability the probability; in [0, 1)
     * @return the time; at most the largest double
     */
    public double firstTimeQuantile(double probability) {
        if (probability == 0) {
            return 0;
        }
        double whole = firstFirstBefore(Double.POSITIVE_INFINITY);
        boolean upper = probability > 0.5;
        double target = upper ? -Math.log1p(-probability) : Math.log(probability);
        double low = Math.log(Double.MIN_VALUE);
        double high = LOG_LATEST;
        double w = -Math.log(rho / a + hazard(0));
        for (int i = 0; i < 200 && high - low > 1e-15 * Math.abs(w); i++) {
            w = w > low && w < high ? w : (low + high) / 2;
            double time = Math.exp(w);
            double excess;
            double slope;
            if (upper) {
                // The rest of the time is the same race, later.
                double rest = of(rho, a + time, s, b, later(b, kappa, time)).firstFirstBefore(Double.POSITIVE_INFINITY);
                excess = exponent(time) - Math.log(rest / whole) - target;
                slope = time / (a + time) * rho / rest;
            } else {
                double before = firstFirstBefore(time);
                excess = Math.log(before / whole) - target;
                slope = time * firstDensity(time) / before;
            }
            if (excess > 0) {
                high = w;
            } else {
                low = w;
            }
            double next = w - excess / slope;
            if (Math.abs(next - w) <= 1e-15 * (1 + Math.abs(w)) || excess == 0) {
                return time;
            }
            w = next;
        }
        return low >= LOG_LATEST - 1e-9 ? Double.MAX_VALUE : Math.exp(w);
    }

    /**
     * Returns the expected discounted time until a clock rings, or a time is over.
     *
     * @param time the time; at least 0, may be infinite
     * @param delta the rate by which later time is discounted; at least 0
     * @return ∫ e<sup>−δy</sup> P(no clock has rung by y) dy
     */
    public double discountedTime(double time, double delta) {
        double end = Math.min(time, Double.MAX_VALUE);
        // The hazard goes monotonically to sb.
        return integral(
                end,
                delta,
                y -> Math.exp(-delta * y - exponent(y)),
                y -> Math.exp(-delta * y - exponent(y)) / (delta + s * (b / Math.max(1, later(b, kappa, y)))));
    }

    /**
     * Integrates, over the times to the end, the density of the second clock times the n-th power of a count's growth: a function that
     * rises as y<sup>n</sup> from 0. It may have more than one mode, so it is looked at on a grid of logarithmic time first.
     *
     * @param n the count; at least 1
     * @param end the end; finite, above 0
     * @param log the logarithm of the other factor, with which the density is multiplied
     * @return the integral; 0 if all of it underflows
     */
    public double secondTimes(int n, double end, Function log) {
        double step = 1 / Math.sqrt(1 + n / 4.0);
        double top = Math.log(end);
        // Up to here the integrand rises nearly as its power.
        double early = Math.min(Math.min(end, a), Math.min(1, kappa) / b) / (n + rho + s + 2);
        int cells = (int) Math.ceil((top - Math.log(early) + FAR_BELOW / n) / step);
        double[] logs = new double[cells + 1];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= cells; k++) {
            logs[k] = logSecond(top - k * step, log);
            most = Math.max(most, logs[k]);
        }
        double sum = 0;
        for (int k = 0; k < cells; k++) {
            if (Math.max(logs[k], logs[k + 1]) > most - FAR_BELOW) {
                double high = top - k * step;
                double change = Math.abs(logs[k] - logs[k + 1]) / 6 + step * b * Math.exp(high) / 1.5;
                int pieces = (int) Math.min(MOST_PIECES, 1 + Math.ceil(change));
                sum += cell(high - step, step / pieces, pieces, log);
            }
        }
        return sum;
    }

    private double cell(double start, double width, int pieces, Function log) {
        double sum = 0;
        for (int piece = 0; piece < pieces; piece++) {
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double w = start + (piece + GaussLegendre.node(i)) * width;
                sum += GaussLegendre.weight(i) * Math.exp(logSecond(w, log));
            }
        }
        return sum * width;
    }

    private double logSecond(double w, Function log) {
        double y = Math.exp(w);
        return w + log.at(y) + Math.log(hazard(y)) - s * growth(b, kappa, y);
    }
}
