// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * How long customers stay, as a survival function S(t) that is smooth between whole numbers. Its elasticity −d ln S/d ln t never falls as t
 * grows. Implementations are immutable.
 */
public interface Lifetime {

    /**
     * Returns ln S(from + more) − ln S(from).
     *
     * @param from the time from which on; at least 0
     * @param more how much later; finite, at least 0. It is given by itself because from + more would round it
     * @return the logarithm, at most 0, with relative precision; −∞ where a double holds no more
     */
    double logSurvival(double from, double more);

    /**
     * Returns the same with its gradient.
     *
     * @param from the time from which on; at least 0
     * @param more how much later; finite, at least 0
     * @param gradient receives the derivatives by the <em>logarithms</em> of the parameters
     * @return the logarithm
     */
    double logSurvival(double from, double more, double[] gradient);

    /**
     * Returns how far it is from a time to the nearest place, real or complex, where ln S is not analytic.
     *
     * @param at the time; at least 0
     * @return the distance, or less
     */
    double smoothAround(double at);

    /**
     * Returns the power p by which S(t) falls in the end, as t<sup>−p</sup>.
     *
     * @return p; ∞ if it falls faster
     */
    double tailPower();

    /**
     * Returns (from + more)<sup>c</sup> − from<sup>c</sup> without cancellation.
     *
     * @param from at least 0
     * @param more at least 0
     * @param c the power; above 0
     * @return the difference; ∞ where a double holds no more
     */
    static double powerDifference(double from, double more, double c) {
        if (c == 1) {
            return more;
        }
        double start = Math.pow(from, c);
        return start == 0 ? Math.pow(from + more, c) : start * Math.expm1(c * Math.log1p(more / from));
    }

    /**
     * Returns the distance as {@link #smoothAround} has it of functions of t<sup>c</sup> that have their singularities at negative values
     * of it.
     *
     * @param at the time
     * @param c the power
     * @param flatUntil up to where t<sup>c</sup> is too small to matter
     * @param powerFrom from where on it is so large that there is nothing but a power of t
     * @return the distance, or less
     */
    static double smoothAround(double at, double c, double flatUntil, double powerFrom) {
        if (at >= powerFrom) {
            return at;
        }
        double own = c <= 2 ? at : at * Math.sin(Math.PI / c) / 2;
        // A panel is at most 1.5 times as wide as this.
        return at < flatUntil ? Math.max(own, Math.min(at, (flatUntil - at) / 1.5)) : own;
    }
}
