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
    /** Of A and B: one over them, what they lack to 1, and the derivatives of their logarithms. */
    private double overA;

    private double overB;
    private double notA;
    private double notB;
    private double log1pA;
    private double log1pB;
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
        log1pA = Math.log1p(c / alpha);
        log1pB = Math.log1p(c / beta);
        logAByAlpha = r * (c / alpha) / (alpha + c);
        logBByBeta = s * (c / beta) / (beta + c);
        overA = Math.exp(r * log1pA);
        overB = Math.exp(s * log1pB);
        notA = -Math.expm1(-r * log1pA);
        notB = -Math.expm1(-s * log1pB);
        double unoddsA = Math.expm1(r * log1pA);
        double unoddsB = Math.expm1(s * log1pB);
        fastLeaving = 1 + kappa;
        fastStaying = 1 - kappa * unoddsB;
        slowLeaving = 1 - kappa * unoddsA;
        slowStaying = 1 + kappa * unoddsA * unoddsB;
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
            double lastA = Math.log1p(recency / alpha);
            double lastB = Math.log1p(recency / beta);
            double a = alpha + recency;
            double b = beta + recency;
            double silence = age - recency;
            boolean aIsSmaller = a <= b;
            double smaller = aIsSmaller ? a : b;
            double larger = aIsSmaller ? b : a;
            double ofV = aIsSmaller ? rho : s;
            double ofLogLarger = aIsSmaller ? s : rho;
            double growthA = Math.log1p(silence / a);
            double growthB = Math.log1p(silence / b);
            add(rho, s, age, lastA + growthA, lastB + growthB, Math.exp(-rho * growthA - s * growthB), false);
            double end = aIsSmaller ? growthA : growthB;
            double v = 0;
            while (v < end) {
                double y = smaller * Math.expm1(v);
                double exponent = ofV * v + ofLogLarger * Math.log1p(y / larger);
                if (largest * Math.exp(-exponent) <= NEGLIGIBLE * mass) {
                    break;
                }
                double slope = ofV + ofLogLarger * ((y + smaller) / (y + larger));
                double width = Math.min(end - v, Math.min(1, EXPONENT_A_PANEL / slope));
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double log = v + width * GaussLegendre.node(i);
                    double grown = smaller * Math.exp(log);
                    double node = Math.max(0, grown - smaller);
                    double logLarger = log1p(node / larger, ofLogLarger);
                    double logA = aIsSmaller ? log : logLarger;
                    double logB = aIsSmaller ? logLarger : log;
                    double decay = Math.exp(-rho * logA - s * logB);
                    double density = width * GaussLegendre.weight(i) * decay * s * (grown / (b + node));
                    add(rho, s + 1, recency + node, lastA + logA, lastB + logB, density, true);
                }
                v += width;
            }
            return rho * lastA + s * lastB;
        }

        /** ln(1 + z) for a factor: where its rounding is nothing to the product, log is faster. */
        private static double log1p(double z, double factor) {
            return z > 0.01 && factor < 64 ? Math.log(1 + z) : Math.log1p(z);
        }

        /** Adds one of the things that may have become of the customer, by a time, with its probability where ω is 0. */
        private void add(
                double rho,
                double sigma,
                double time,
                double growthA,
                double growthB,
                double probability,
                boolean dead) {
            double a = alpha + time;
            double b = beta + time;
            double shiftA = log1p(c / a, rho);
            double shiftB = log1p(c / b, sigma);
            double slow = Math.exp(-rho * shiftA);
            double staying = Math.exp(-sigma * shiftB);
            double fast = slow > 0.99 ? -Math.expm1(-rho * shiftA) : 1 - slow;
            double leaving = staying > 0.99 ? -Math.expm1(-sigma * shiftB) : 1 - staying;
            double w = staying * (slowStaying * slow + fastStaying * fast)
                    + leaving * (slowLeaving * slow + fastLeaving * fast);
            // w = 1 + κ (p − 1)(q − 1) with p = slow/A and q = staying/B; the complements know both differences.
            double p = slow * overA;
            double q = staying * overB;
            double more = (notA - fast) * overA;
            double other = (notB - leaving) * overB;
            double byP = kappa * other * p;
            double byQ = kappa * more * q;
            mass += probability * w;
            byR += probability * (byP * (log1pA - shiftA) - w * growthA);
            byAlpha += probability * (byP * (rho * (c / a) / (a + c) - logAByAlpha) + w * rho * (time / alpha) / a);
            byS += probability * (byQ * (log1pB - shiftB) + w * ((dead ? 1 / s : 0) - growthB));
            byBeta += probability
                    * (byQ * (sigma * (c / b) / (b + c) - logBByBeta)
                            + w * (s * (time / beta) / b - (dead ? 1 / b : 0)));
            byKappa += probability * more * other;
        }
    }
}
