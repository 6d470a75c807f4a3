// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.function.DoubleUnaryOperator;

/** Numerical integrals that know nothing of the models they check. */
final class Quadrature {

    private Quadrature() {}

    /** Integrates over [0, upper] a function that is analytic between its bends, which ascend. */
    static double finite(DoubleUnaryOperator function, double upper, double... bends) {
        double sum = 0;
        double from = 0;
        for (double bend : bends) {
            if (bend < upper) {
                sum += piece(function, from, bend);
                from = bend;
            }
        }
        return sum + piece(function, from, upper);
    }

    private static double piece(DoubleUnaryOperator function, double from, double to) {
        return from == 0 ? analytic(function, to) : analytic(time -> function.applyAsDouble(from + time), to - from);
    }

    /** By the tanh-sinh rule. */
    private static double analytic(DoubleUnaryOperator function, double upper) {
        double step = 1.0 / 16;
        double sum = 0;
        for (int i = -56; i <= 56; i++) {
            double u = i * step;
            double inner = Math.PI / 2 * Math.sinh(u);
            // upper × (1 + tanh(inner)) / 2, without cancellation near 0.
            double node = upper / (1 + Math.exp(-2 * inner));
            double cosh = Math.cosh(inner);
            double weight = upper / 2 * Math.PI / 2 * Math.cosh(u) / (cosh * cosh);
            sum += weight * function.applyAsDouble(node);
        }
        return sum * step;
    }

    /** Integrates δ e<sup>−δt</sup> f(t) over [0, ∞) for a function that is analytic between its bends, which ascend. */
    static double exponential(DoubleUnaryOperator function, double rate, double... bends) {
        if (bends.length == 0) {
            return exponential(u -> function.applyAsDouble(u / rate));
        }
        double last = bends[bends.length - 1];
        return finite(time -> rate * Math.exp(-rate * time) * function.applyAsDouble(time), last, bends)
                + Math.exp(-rate * last) * exponential(u -> function.applyAsDouble(last + u / rate));
    }

    /**
     * Integrates e<sup>−u</sup> f(u) over [0, ∞) by the trapezoidal rule in ln u, which converges exponentially; f(u) must grow no
     * faster than a power.
     */
    static double exponential(DoubleUnaryOperator function) {
        double step = 0.125;
        double sum = 0;
        for (int i = -320; i <= 40; i++) {
            double u = Math.exp(i * step);
            sum += u * Math.exp(-u) * function.applyAsDouble(u);
        }
        return sum * step;
    }
}
