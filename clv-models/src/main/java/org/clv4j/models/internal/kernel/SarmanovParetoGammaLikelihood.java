// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.special.GaussLegendre;

/**
 * The mean negative log-likelihood of the Pareto/NBD model with a {@link Sarmanov} density of rates, with its gradient by (r, α, s, β,
 * 1 + κ), where κ = ωAB.
 *
 * <p>With a = A/(1−A) and b = B/(1−B) the corners of w are 1 + κ, 1 − κ/a, 1 − κ/b and 1 + κ/(ab): ω is in its bounds for −min(1, ab) ≤ κ
 * ≤ min(a, b). Beyond them the likelihood goes on smoothly as long as it is positive, so that a search may look over the border.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class SarmanovParetoGammaLikelihood extends RowsLikelihood {

    private static final double NEGLIGIBLE = 1e-18;
    private static final double EXPONENT_A_PANEL = 6;

    private final double c;
    private double r;
    private double alpha;
    private double s;
    private double beta;
    private double kappa;
    /** Minus the logarithms of A and B, and their derivatives by α and β. */
    private double logA;

    private double logB;
    private double logAByAlpha;
    private double logBByBeta;
    private double fastLeaving;
    private double fastStaying;
    private double slowLeaving;
    private double slowStaying;
    private double largest;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param c the time c; finite, above 0
     * @param execution how it is evaluated
     */
    public SarmanovParetoGammaLikelihood(RowsByFrequency rows, double c, Execution execution) {
        super(rows, 5, execution);
        this.c = c;
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        s = parameters[2];
        beta = parameters[3];
        kappa = parameters[4] - 1;
        logA = -r * Math.log1p(c / alpha);
        logB = -s * Math.log1p(c / beta);
        logAByAlpha = r * (c / alpha) / (alpha + c);
        logBByBeta = s * (c / beta) / (beta + c);
        double overA = Math.expm1(-logA);
        double overB = Math.expm1(-logB);
        fastLeaving = 1 + kappa;
        fastStaying = 1 - kappa * overB;
        slowLeaving = 1 - kappa * overA;
        slowStaying = 1 + kappa * overA * overB;
        largest = Math.max(Math.max(fastLeaving, fastStaying), Math.max(slowLeaving, slowStaying));
    }

    @Override
    Constants newConstants() {
        double logAlpha = Math.log(alpha);
        return (x, weight, logRising, dLogRising, sums) -> {
            sums[0] += weight * (logRising - x * logAlpha);
            sums[1] += weight * dLogRising;
            sums[2] -= weight * x / alpha;
        };
    }

    @Override
    Worker newWorker() {
        return new RowSums();
    }

    private final class RowSums implements Worker {

        // Of the row at hand, in units of the probability of no event by the last purchase: the likelihood and its
        // derivatives.
        private double mass;
        private double byR;
        private double byAlpha;
        private double byS;
        private double byBeta;
        private double byKappa;

        @Override
        public void add(int group, int from, int to, double[] sums) {
            double rho = r + rows.frequency(group);
            for (int row = from; row < to; row++) {
                double recency = rows.isGridded() ? rows.gridTimes()[rows.recencySteps()[row]] : rows.recency()[row];
                double age = rows.isGridded() ? rows.gridTimes()[rows.ageSteps()[row]] : rows.age()[row];
                double exponent = evaluate(rho, recency, age);
                double weight = rows.isWeighted(group) ? rows.weights()[row] : 1;
                double share = weight / mass;
                sums[0] += weight * (Math.log(mass) - exponent);
                sums[1] += share * byR;
                sums[2] += share * byAlpha;
                sums[3] += share * byS;
                sums[4] += share * byBeta;
                sums[5] += share * byKappa;
            }
        }

        private double evaluate(double rho, double recency, double age) {
            mass = 0;
            byR = 0;
            byAlpha = 0;
            byS = 0;
            byBeta = 0;
            byKappa = 0;
            double exponentLast = rho * Math.log1p(recency / alpha) + s * Math.log1p(recency / beta);
            double a = alpha + recency;
            double b = beta + recency;
            double silence = age - recency;
            double exponentAge = rho * Math.log1p(silence / a) + s * Math.log1p(silence / b);
            add(rho, s, age, Math.exp(-exponentAge), false);
            double smaller = Math.min(a, b);
            double end = Math.log1p(silence / smaller);
            double v = 0;
            while (v < end) {
                double y = smaller * Math.expm1(v);
                double exponent = rho * Math.log1p(y / a) + s * Math.log1p(y / b);
                if (largest * Math.exp(-exponent) <= NEGLIGIBLE * mass) {
                    break;
                }
                double slope = (y + smaller) * (rho / (a + y) + s / (b + y));
                double width = Math.min(end - v, Math.min(1, EXPONENT_A_PANEL / slope));
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double node = smaller * Math.expm1(v + width * GaussLegendre.node(i));
                    double decay = Math.exp(-rho * Math.log1p(node / a) - s * Math.log1p(node / b));
                    double density = width * GaussLegendre.weight(i) * decay * (node + smaller) * s / (b + node);
                    add(rho, s + 1, recency + node, density, true);
                }
                v += width;
            }
            return exponentLast;
        }

        /** Adds one of the things that may have become of the customer, by a time, with its probability where ω is 0. */
        private void add(double rho, double sigma, double time, double probability, boolean dead) {
            double a = alpha + time;
            double b = beta + time;
            double shiftA = Math.log1p(c / a);
            double shiftB = Math.log1p(c / b);
            double slow = Math.exp(-rho * shiftA);
            double fast = -Math.expm1(-rho * shiftA);
            double staying = Math.exp(-sigma * shiftB);
            double leaving = -Math.expm1(-sigma * shiftB);
            double w = staying * (slowStaying * slow + fastStaying * fast)
                    + leaving * (slowLeaving * slow + fastLeaving * fast);
            // w = 1 + κ (p − 1)(q − 1) with p and q the ratios of these to A and B.
            double more = Math.expm1(-rho * shiftA - logA);
            double other = Math.expm1(-sigma * shiftB - logB);
            double byP = kappa * other * (1 + more);
            double byQ = kappa * more * (1 + other);
            double logGrowthA = Math.log1p(time / alpha);
            double logGrowthB = Math.log1p(time / beta);
            mass += probability * w;
            byR += probability * (byP * (logA / -r - shiftA) - w * logGrowthA);
            byAlpha += probability * (byP * (rho * (c / a) / (a + c) - logAByAlpha) + w * rho * (time / alpha) / a);
            byS += probability * (byQ * (logB / -s - shiftB) + w * ((dead ? 1 / s : 0) - logGrowthB));
            byBeta += probability
                    * (byQ * (sigma * (c / b) / (b + c) - logBByBeta)
                            + w * (s * (time / beta) / b - (dead ? 1 / b : 0)));
            byKappa += probability * more * other;
        }
    }
}
