// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;

/**
 * The mean negative log-likelihood of the GGompertz/NBD model with its gradient by (r, α, b, s, β).
 *
 * <p>A customer's part is that of {@link GompertzGammaRows}.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class GompertzGammaLikelihood extends RowsLikelihood {

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

        private final GompertzGammaRows row = new GompertzGammaRows();

        @Override
        public void add(int group, int from, int to, double[] sums) {
            row.set(alpha, b, s, beta);
            double rho = r + rows.frequency(group);
            for (int i = from; i < to; i++) {
                double recency = rows.isGridded() ? rows.gridTimes()[rows.recencySteps()[i]] : rows.recency()[i];
                double age = rows.isGridded() ? rows.gridTimes()[rows.ageSteps()[i]] : rows.age()[i];
                double log = row.evaluate(rho, recency, age);
                double weight = rows.isWeighted(group) ? rows.weights()[i] : 1;
                double share = weight / row.mass;
                sums[0] += weight * log;
                sums[1] += share * row.byR;
                sums[2] += share * row.byAlpha;
                sums[3] += share * row.byB;
                sums[4] += share * row.byS;
                sums[5] += share * row.byBeta;
            }
        }
    }
}
