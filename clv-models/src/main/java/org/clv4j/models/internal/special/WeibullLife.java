// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * A Weibull lifetime: S(t) = exp(−(t/σ)<sup>k</sup>). Parameters in the order σ, k. Immutable and thread-safe.
 */
public final class WeibullLife implements Lifetime {

    private static final double NEGLIGIBLE = 1e-18;

    private final double scale;
    private final double shape;
    private final double flatUntil;

    private WeibullLife(double scale, double shape) {
        this.scale = scale;
        this.shape = shape;
        flatUntil = scale * Math.pow(NEGLIGIBLE, 1 / shape);
    }

    /**
     * Returns a lifetime.
     *
     * @param scale σ, the time after which a part of 1/e is left; finite, above 0
     * @param shape k, the power of time; finite, above 0
     * @return the lifetime
     */
    public static WeibullLife of(double scale, double shape) {
        return new WeibullLife(scale, shape);
    }

    @Override
    public double logSurvival(double from, double more) {
        if (more == 0) {
            return 0;
        }
        return (from + more) / scale < Double.POSITIVE_INFINITY
                ? -Lifetime.powerDifference(from / scale, more / scale, shape)
                // The ratio is beyond a double, its power need not be.
                : Math.pow(from / scale, shape) - Math.exp(shape * (Math.log(from + more) - Math.log(scale)));
    }

    @Override
    public double logSurvival(double from, double more, double[] gradient) {
        double log = logSurvival(from, more);
        gradient[0] = -shape * log;
        gradient[1] = shape * (powerTimesLog(from / scale) - powerTimesLog((from + more) / scale));
        return log;
    }

    private double powerTimesLog(double t) {
        return t == 0 ? 0 : Math.pow(t, shape) * Math.log(t);
    }

    @Override
    public double smoothAround(double at) {
        return Lifetime.smoothAround(at, shape, flatUntil, Double.POSITIVE_INFINITY);
    }

    @Override
    public double tailPower() {
        return Double.POSITIVE_INFINITY;
    }
}
