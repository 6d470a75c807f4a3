// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Sums over periods t = 0, 1, … of S(n + t)/S(n) e<sup>−δt</sup>: expected lifetimes, discounted and not.
 *
 * <p>The first terms are added one by one. Once many in a row are alike, a {@link LatticeRule} adds them from 16 of them, over panels that
 * grow with time; far out the sum is an integral over ln t. A sum of n terms so costs of the order of ln n, and neither a rate near 0 nor a
 * survival that hardly falls makes it long. What is left out is bounded: as the elasticity of a {@link Lifetime} never falls, the rest is
 * at most that of the power law through the last panel.
 */
public final class LifetimeSum {

    /** A rest, relative to the sum, that no double notices. */
    private static final double NEGLIGIBLE = 1e-17;
    /** A panel spans at most this change of the logarithm of its terms, for which 16 points are exact to a double. */
    private static final double EXPONENT_A_PANEL = 6;
    /** A panel is at most so many times as wide as it is far from where the terms are not smooth. */
    private static final double WIDTH_A_DISTANCE = 1.5;
    /** From here on a sum is the integral and half of its first term, to a double. */
    private static final double CONTINUOUS = 0x1p40;
    /** A panel of no width, in the logarithm of time. */
    private static final double NARROWEST = 1e-13;
    /** Beyond this there is no time. */
    private static final double END = 1e306;

    private final Lifetime life;
    private final double from;
    private final double delta;
    private final double count;

    private double sum;
    private double moment;

    private LifetimeSum(Lifetime life, double from, double count, double delta) {
        this.life = life;
        this.from = from;
        this.count = count;
        this.delta = delta;
        add();
    }

    /**
     * Adds up.
     *
     * @param life the lifetime
     * @param from n, the time from which on; at least 0
     * @param count the number of terms, below 2<sup>31</sup>; or ∞
     * @param delta δ, at least 0; if it is 0 and the count infinite, the lifetime's tail power has to be above 1
     * @return the sums
     */
    public static LifetimeSum of(Lifetime life, double from, double count, double delta) {
        return new LifetimeSum(life, from, count, delta);
    }

    /**
     * Returns Σ S(n + t)/S(n) e<sup>−δt</sup>.
     *
     * @return the sum, at least 1 if there are terms; ∞ if it is beyond a double
     */
    public double value() {
        return sum;
    }

    /**
     * Returns the mean of t by these terms.
     *
     * @return Σ t S(n + t) e<sup>−δt</sup>/Σ S(n + t) e<sup>−δt</sup>, at least 0
     */
    public double meanTime() {
        return moment / sum;
    }

    private double log(double t) {
        return life.logSurvival(from, t) - delta * t;
    }

    private void add() {
        double t = 0;
        double log = 0;
        while (t < count && t < CONTINUOUS) {
            long size = LatticeRule.size(Math.min(count - t, WIDTH_A_DISTANCE * life.smoothAround(from + t)));
            double next = log(t + size);
            while (size > 1 && !(log - next <= EXPONENT_A_PANEL)) {
                size = LatticeRule.size(size / 2.0);
                next = log(t + size);
            }
            if (size == 1) {
                addTerm(t, Math.exp(log));
            } else {
                double[] nodes = LatticeRule.nodes(size);
                double[] weights = LatticeRule.weights(size);
                for (int i = 0; i < LatticeRule.POINTS; i++) {
                    double at = t + nodes[i];
                    addTerm(at, weights[i] * Math.exp(log(at)));
                }
            }
            double elasticity = (log - next) / Math.log1p(size / (from + t));
            t += size;
            log = next;
            if (isNegligible(t, log, elasticity)) {
                return;
            }
        }
        if (t < count) {
            addTerm(t, Math.exp(log) / 2);
            integrate(t, log);
        }
    }

    private void addTerm(double t, double term) {
        sum += term;
        moment += t * term;
    }

    /** Whether all terms from t on add nothing, none of which is larger than by the elasticity so far. */
    private boolean isNegligible(double t, double log, double elasticity) {
        double term = Math.exp(log);
        double time = from + t;
        return rest(term, time, elasticity - 1, count - t) <= NEGLIGIBLE * sum
                && (moment == 0 ? term == 0 : t * rest(term, time, elasticity - 2, count - t) <= NEGLIGIBLE * moment);
    }

    private static double rest(double term, double time, double order, double terms) {
        double most = order > 0 ? Math.min(terms, 1 + time / order) : terms;
        return term == 0 ? 0 : term * most;
    }

    /** The integral from t on, by panels in the logarithm of time. */
    private void integrate(double start, double startLog) {
        double t = start;
        double log = startLog;
        double power = life.tailPower();
        while (t < END) {
            double width = Math.min(1, life.smoothAround(from + t) / (from + t));
            double next = log(t * Math.exp(width));
            while (!(log - next <= EXPONENT_A_PANEL)) {
                width /= 2;
                next = log(t * Math.exp(width));
            }
            if (width < NARROWEST) {
                // The end of all lifetimes.
                return;
            }
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double at = t * Math.exp(width * GaussLegendre.node(i));
                addTerm(at, width * GaussLegendre.weight(i) * at * Math.exp(log(at)));
            }
            double elasticity = (log - next) / width;
            t *= Math.exp(width);
            log = next;
            if (isNegligible(t, log, elasticity)) {
                return;
            }
            // What is left is a pure power.
            if (delta == 0
                    && power < Double.POSITIVE_INFINITY
                    && power - elasticity <= Math.max(1e-13 * (power - 1), 1e-14 * power)) {
                sum += Math.exp(log) * t / (power - 1);
                return;
            }
        }
        if (delta == 0) {
            sum = Double.POSITIVE_INFINITY;
        }
    }
}
