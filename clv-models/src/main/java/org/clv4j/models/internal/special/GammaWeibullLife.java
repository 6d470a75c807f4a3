// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * A Weibull lifetime whose rate is gamma-distributed: S(t) = (α/(α + t<sup>c</sup>))<sup>r</sup>. With c = 1 a Pareto II lifetime. Parameters
 * in the order r, α, c. Immutable and thread-safe.
 */
public final class GammaWeibullLife implements Lifetime {

    private static final double NEGLIGIBLE = 1e-18;

    private final double r;
    private final double alpha;
    private final double c;
    private final double flatUntil;
    private final double powerFrom;

    private GammaWeibullLife(double r, double alpha, double c) {
        this.r = r;
        this.alpha = alpha;
        this.c = c;
        flatUntil = Math.pow(NEGLIGIBLE * alpha / (1 + r), 1 / c);
        powerFrom = Math.pow((1 + r) * alpha / NEGLIGIBLE, 1 / c);
    }

    /**
     * Returns a lifetime.
     *
     * @param r shape of the rate; finite, above 0
     * @param alpha inverse scale of the rate; finite, above 0
     * @param c the power of time; finite, above 0
     * @return the lifetime
     */
    public static GammaWeibullLife of(double r, double alpha, double c) {
        return new GammaWeibullLife(r, alpha, c);
    }

    @Override
    public double logSurvival(double from, double more) {
        double start = Math.pow(from, c);
        double growth = Lifetime.powerDifference(from, more, c) / (alpha + start);
        if (growth < Double.POSITIVE_INFINITY) {
            return -r * Math.log1p(growth);
        }
        // The power is beyond a double, its logarithm is not.
        return from > 0 && start > alpha
                ? -r * c * Math.log1p(more / from)
                : -r * (c * Math.log(from + more) - Math.log(alpha + start));
    }

    @Override
    public double logSurvival(double from, double more, double[] gradient) {
        double start = Math.pow(from, c);
        double added = Lifetime.powerDifference(from, more, c);
        double end = start + added;
        double log = logSurvival(from, more);
        gradient[0] = log;
        gradient[1] = r * (added / (alpha + start)) * (alpha / (alpha + end));
        if (gradient.length > 2) {
            gradient[2] = r * c * (share(start, from) - share(end, from + more));
        }
        return log;
    }

    private double share(double power, double t) {
        return t == 0 ? 0 : power / (alpha + power) * Math.log(t);
    }

    @Override
    public double smoothAround(double at) {
        return c == 1 ? at + alpha : Lifetime.smoothAround(at, c, flatUntil, powerFrom);
    }

    @Override
    public double tailPower() {
        return r * c;
    }
}
