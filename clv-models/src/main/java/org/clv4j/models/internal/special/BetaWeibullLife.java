// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Survival with probability θ<sup>t^c</sup> where 1 − θ ~ Beta(a, b): S(t) = B(a, b + t<sup>c</sup>)/B(a, b). With c = 1 the
 * shifted-beta-geometric lifetime. Parameters in the order a, b, c. Immutable and thread-safe.
 */
public final class BetaWeibullLife implements Lifetime {

    private static final double NEGLIGIBLE = 1e-18;
    /** So large that every shape is small beside it. */
    private static final double LARGE = 1e300;

    private final double a;
    private final double b;
    private final double c;
    private final double flatUntil;
    private final double powerFrom;

    private BetaWeibullLife(double a, double b, double c) {
        this.a = a;
        this.b = b;
        this.c = c;
        flatUntil = Math.pow(NEGLIGIBLE * Math.min(b, Math.min(1, b / a)), 1 / c);
        powerFrom = Math.pow((1 + a) * (1 + a + b) / NEGLIGIBLE, 1 / c);
    }

    /**
     * Returns a lifetime.
     *
     * @param a shape of leaving; finite, above 0
     * @param b shape of staying; finite, above 0
     * @param c the power of time; finite, above 0
     * @return the lifetime
     */
    public static BetaWeibullLife of(double a, double b, double c) {
        // Beyond this shapes only have a ratio, and a sum of them would overflow.
        double factor = Math.min(1, LARGE / Math.max(a, b));
        return new BetaWeibullLife(a * factor, Math.max(b * factor, Double.MIN_NORMAL), c);
    }

    @Override
    public double logSurvival(double from, double more) {
        double start = Math.pow(from, c);
        double added = Lifetime.powerDifference(from, more, c);
        if (added < Double.POSITIVE_INFINITY) {
            return BetaRatio.log(a, b + start, added);
        }
        // The power is beyond a double, its logarithm is not; up there S falls by nothing but the power.
        return start < Double.POSITIVE_INFINITY
                ? BetaRatio.log(a, b + start, LARGE) - a * (c * Math.log(from + more) - Math.log(LARGE))
                : -a * c * Math.log1p(more / from);
    }

    @Override
    public double logSurvival(double from, double more, double[] gradient) {
        double start = Math.pow(from, c);
        double added = Lifetime.powerDifference(from, more, c);
        double end = start + added;
        double atStart = BetaRatio.digammaDifference(b + start, a);
        double atEnd = BetaRatio.digammaDifference(b + end, a);
        gradient[0] = -a * BetaRatio.digammaDifference(a + b + start, added);
        gradient[1] = b * (atStart - atEnd);
        if (gradient.length > 2) {
            gradient[2] = c * (timesLog(start, from) * atStart - timesLog(end, from + more) * atEnd);
        }
        return logSurvival(from, more);
    }

    private static double timesLog(double power, double t) {
        return t == 0 ? 0 : power * Math.log(t);
    }

    @Override
    public double smoothAround(double at) {
        return c == 1 ? at + b : Lifetime.smoothAround(at, c, flatUntil, powerFrom);
    }

    @Override
    public double tailPower() {
        return a * c;
    }
}
