// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.math3.special.Gamma;

/** The generalised exponential integral of real order, scaled so that it neither overflows nor vanishes. */
public final class ExponentialIntegral {

    private static final double EULER_GAMMA = 0.5772156649015329;
    private static final int MAX_ITERATIONS = 10_000;
    /** Above this order the continued fraction converges fast for every argument. */
    private static final double LARGE_ORDER = 20;

    private ExponentialIntegral() {}

    /**
     * Returns e<sup>x</sup> E<sub>ν</sub>(x) = ∫₀<sup>∞</sup> e<sup>−xs</sup> (1 + s)<sup>−ν</sup> ds.
     *
     * <p>For x ≥ 1 or a large order, Gauss's continued fraction (NIST DLMF 8.19.17, even part); else the power series at the
     * order 1 + ε nearest to an integer distance (8.19.10, arranged so that it is regular at ε = 0), and from there the upward
     * recurrence (8.19.12), which is stable for x &lt; 1.
     *
     * @param order ν; finite, above 0
     * @param x the argument; finite, above 0
     * @return the scaled integral, above 1/(x + ν)
     */
    public static double scaled(double order, double x) {
        return x >= 1 || order > LARGE_ORDER ? continuedFraction(order, x) : Math.exp(x) * byRecurrence(order, x);
    }

    /** Lentz's evaluation of 1/(x+ν − ν/(x+ν+2 − 2(ν+1)/(x+ν+4 − …))). */
    private static double continuedFraction(double order, double x) {
        double b = x + order;
        double c = 1e300;
        double d = 1 / b;
        double fraction = d;
        for (int i = 1; i <= MAX_ITERATIONS; i++) {
            double a = -i * (order - 1 + i);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            double factor = c * d;
            fraction *= factor;
            if (Math.abs(factor - 1) < 1e-16) {
                break;
            }
        }
        return fraction;
    }

    private static double byRecurrence(double order, double x) {
        int steps = Math.max(0, (int) Math.rint(order) - 1);
        double epsilon = order - 1 - steps;
        double current = nearOne(epsilon, x);
        double expMinusX = Math.exp(-x);
        for (int k = 0; k < steps; k++) {
            current = (expMinusX - x * current) / (1 + epsilon + k);
        }
        return current;
    }

    /** E of order 1 + ε: (1 − Γ(1−ε) x^ε)/ε − Σ_{k≥1} (−x)^k / (k! (k−ε)). */
    private static double nearOne(double epsilon, double x) {
        double exponentOverEpsilon = Math.log(x) + (epsilon == 0 ? EULER_GAMMA : Gamma.logGamma1p(-epsilon) / epsilon);
        double exponent = epsilon * exponentOverEpsilon;
        double sum = -(exponent == 0 ? 1 : Math.expm1(exponent) / exponent) * exponentOverEpsilon;
        double power = 1;
        for (int k = 1; k <= 30; k++) {
            power *= -x / k;
            double term = power / (k - epsilon);
            sum -= term;
            if (Math.abs(term) < 1e-18 * Math.abs(sum)) {
                break;
            }
        }
        return sum;
    }
}
