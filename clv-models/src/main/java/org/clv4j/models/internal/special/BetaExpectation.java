// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Expectations over a beta distribution, by Gauss–Legendre panels in logit p.
 *
 * <p>In y = ln(p/(1−p)) the density p^a (1−p)^b is smooth, with one mode and exponential tails, whatever a and b; functions whose
 * nearest singularity is at a negative p stay smooth on panels of width 2. Panels march from the mode to both sides until they add
 * nothing; where p (or 1−p) is so small that the function is constant, the rest of the tail is added in closed form, so that a
 * small a costs no more. Numerator and normaliser come from the same nodes: the errors of a density with large a and b cancel.
 */
public final class BetaExpectation {

    /** A function of p that is smooth and bounded on (0, 1), with two parameters, so that it needs to capture nothing. */
    @FunctionalInterface
    public interface Integrand {
        /**
         * Returns the function's value.
         *
         * @param p the argument, in (0, 1)
         * @param first the first parameter
         * @param second the second parameter
         * @return the value
         */
        double at(double p, double first, double second);
    }

    /** A contribution, relative to the whole, that no double notices. */
    private static final double NEGLIGIBLE = 1e-18;

    /** 16 points are exact on panels of this width for functions that are smooth up to imaginary parts of π/2. */
    private static final double WIDEST = 2;

    private BetaExpectation() {}

    /**
     * Returns E[g(p)] for p ~ Beta(a, b).
     *
     * @param a the first shape; finite, above 0
     * @param b the second shape; finite, above 0
     * @param g the function; of one sign
     * @param first its first parameter
     * @param second its second parameter
     * @param scale the p at which g begins to leave its limit at 0; g is taken as constant for p ≪ scale
     * @return the expectation; relative error about 1e-14
     */
    public static double of(double a, double b, Integrand g, double first, double second, double scale) {
        return of(a, b, g, first, second, scale, 1);
    }

    /**
     * Returns E[g(p)] for p ~ Beta(a, b) of a function with a bend.
     *
     * @param a the first shape; finite, above 0
     * @param b the second shape; finite, above 0
     * @param g the function; of one sign
     * @param first its first parameter
     * @param second its second parameter
     * @param scale the p at which g begins to leave its limit at 0; g is taken as constant for p ≪ scale
     * @param bend the p at which g is not smooth; above 0. From 1 on there is none
     * @return the expectation; relative error about 1e-14
     */
    public static double of(double a, double b, Integrand g, double first, double second, double scale, double bend) {
        double edge = bend < 1 ? Math.log(bend / (1 - bend)) : Double.POSITIVE_INFINITY;
        double mode = Math.log(a / b);
        double widest = Math.min(WIDEST, 2 * Math.sqrt(1 / a + 1 / b));
        double logP0 = -Math.log1p(b / a);
        double logQ0 = -Math.log1p(a / b);
        // Below p, what constant g and (1−p)^b leave out is of the order (p/scale)^(1+a) and (pb)^(1+a).
        double leftEnd = Math.log(Math.min(scale, 1 / (1 + b))) + Math.log(NEGLIGIBLE) / (1 + a);
        double rightEnd = -Math.log(NEGLIGIBLE);
        double mass = 0;
        double sum = 0;
        // Left of the mode, then right of it.
        for (int side = -1; side <= 1; side += 2) {
            double y = mode;
            boolean negligible = false;
            while (!negligible && (side < 0 ? y > leftEnd : y < rightEnd)) {
                double toEdge = side * (edge - y);
                double width = toEdge > 0 && toEdge < widest ? toEdge : widest;
                double panelMass = 0;
                double panelSum = 0;
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double node = y + side * width * GaussLegendre.node(i);
                    double logP = -softplus(-node);
                    double density =
                            Math.exp(a * (logP - logP0) + b * (-softplus(node) - logQ0)) * GaussLegendre.weight(i);
                    panelMass += density;
                    panelSum += density * g.at(Math.exp(logP), first, second);
                }
                mass += panelMass * width;
                sum += panelSum * width;
                y = width == toEdge ? edge : y + side * width;
                double slope = side < 0 ? a : b;
                negligible = panelMass * (1 + 1 / slope) <= NEGLIGIBLE * mass
                        && panelSum * (1 + 1 / slope) <= NEGLIGIBLE * sum;
            }
            if (!negligible && side < 0) {
                double tail = Math.exp(a * (y - logP0) - b * logQ0) / a;
                mass += tail;
                sum += tail * g.at(Math.exp(y), first, second);
            } else if (!negligible) {
                double tail = Math.exp(-b * (y + logQ0) - a * logP0) / b;
                mass += tail;
                sum += tail * g.at(1, first, second);
            }
        }
        return sum / mass;
    }

    /** ln(1 + e^y) without overflow. */
    private static double softplus(double y) {
        return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
    }
}
