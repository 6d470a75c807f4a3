// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.GompertzRace;

/**
 * The mean negative log-likelihood of the GGompertz/NBD model with its gradient by (r, α, b, s, β).
 *
 * <p>With Φ(t) = (r+x) ln(1 + t/α) + s G(t) and the hazard h(t) = sb/κ(t) at age t, ln L = ln (r)_x − x ln α + ln[e<sup>−Φ(T)</sup> + ∫
 * h e<sup>−Φ</sup> over (t_x, T]]. So the gradient is a mean, over what may have become of the customer, of −Φ<sub>θ</sub>(T) if she is
 * alive and of (ln h)<sub>θ</sub>(t) − Φ<sub>θ</sub>(t) if she died at t: one quadrature gives the value and all derivatives.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class GompertzGammaLikelihood extends RowsLikelihood {

    private static final double NEGLIGIBLE = 1e-18;

    private double r;
    private double alpha;
    private double b;
    private double s;
    private double beta;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param execution how it is evaluated
     */
    public GompertzGammaLikelihood(RowsByFrequency rows, Execution execution) {
        super(rows, 5, execution);
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        b = parameters[2];
        s = parameters[3];
        beta = parameters[4];
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

        // Of the row at hand: e^−u + D, and the derivatives in the same proportion.
        private double mass;
        private double byR;
        private double byAlpha;
        private double byB;
        private double byS;
        private double byBeta;

        @Override
        public void add(int group, int from, int to, double[] sums) {
            double rho = r + rows.frequency(group);
            for (int row = from; row < to; row++) {
                double recency = rows.isGridded() ? rows.gridTimes()[rows.recencySteps()[row]] : rows.recency()[row];
                double age = rows.isGridded() ? rows.gridTimes()[rows.ageSteps()[row]] : rows.age()[row];
                evaluate(rho, recency, age);
                double weight = rows.isWeighted(group) ? rows.weights()[row] : 1;
                double share = weight / mass;
                sums[0] += weight
                        * (Math.log(mass)
                                - rho * Math.log1p(recency / alpha)
                                - s * GompertzRace.growth(b, beta, recency));
                sums[1] += share * byR;
                sums[2] += share * byAlpha;
                sums[3] += share * byB;
                sums[4] += share * byS;
                sums[5] += share * byBeta;
            }
        }

        private void evaluate(double rho, double recency, double age) {
            GompertzRace race = GompertzRace.of(rho, alpha + recency, s, b, GompertzRace.later(b, beta, recency));
            double silence = age - recency;
            double atLast = rho * Math.log1p(recency / alpha) + s * GompertzRace.growth(b, beta, recency);
            mass = 0;
            byR = 0;
            byAlpha = 0;
            byB = 0;
            byS = 0;
            byBeta = 0;
            addAlive(rho, age, Math.exp(-race.exponent(silence)));
            double y = 0;
            double unrung = 1;
            while (y < silence && unrung > NEGLIGIBLE * mass) {
                double next = race.panelEnd(y, silence);
                double width = next - y;
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double time = recency + y + width * GaussLegendre.node(i);
                    unrung = addDeath(rho, time, atLast, width * GaussLegendre.weight(i));
                }
                y = next;
            }
        }

        /** Adds −Φ_θ(T). */
        private void addAlive(double rho, double age, double probability) {
            double growth = GompertzRace.growth(b, beta, age);
            mass += probability;
            byR -= probability * Math.log1p(age / alpha);
            byAlpha += probability * rho * (age / alpha) / (alpha + age);
            byB -= probability * s * age / GompertzRace.later(b, beta, age);
            byS -= probability * growth;
            byBeta -= probability * s * Math.expm1(-growth) / beta;
        }

        /** Adds (ln h)_θ − Φ_θ at an age of death; returns the probability that nothing has happened by then. */
        private double addDeath(double rho, double time, double atLast, double width) {
            double log = Math.log1p(time / alpha);
            double growth = GompertzRace.growth(b, beta, time);
            double decay = Math.exp(-b * time);
            double kappa = beta * decay - Math.expm1(-b * time);
            double unrung = Math.exp(atLast - rho * log - s * growth);
            double probability = width * unrung * s * (b / kappa);
            mass += probability;
            byR -= probability * log;
            byAlpha += probability * rho * (time / alpha) / (alpha + time);
            byB += probability * (1 / b - time * (1 - kappa + s) / kappa);
            byS += probability * (1 / s - growth);
            byBeta -= probability * (decay / kappa + s * Math.expm1(-growth) / beta);
            return unrung;
        }
    }
}
