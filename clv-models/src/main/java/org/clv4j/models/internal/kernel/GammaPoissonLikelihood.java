// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;

/**
 * The mean negative log-likelihood of the NBD model with its gradient by (r, α): ln (r)_x + r ln α − (r+x) ln(α+T).
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class GammaPoissonLikelihood extends RowsLikelihood {

    private double r;
    private double alpha;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param execution how it is evaluated
     */
    public GammaPoissonLikelihood(RowsByFrequency rows, Execution execution) {
        super(rows, 2, execution);
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
    }

    @Override
    Constants newConstants() {
        double logAlpha = Math.log(alpha);
        return (x, weight, logRising, dLogRising, sums) -> {
            sums[0] += weight * (logRising + r * logAlpha);
            sums[1] += weight * (dLogRising + logAlpha);
            sums[2] += weight * r / alpha;
        };
    }

    @Override
    Worker newWorker() {
        return this::add;
    }

    private void add(int group, int from, int to, double[] sums) {
        boolean weighted = rows.isWeighted(group);
        boolean gridded = rows.isGridded();
        double logs = 0;
        double reciprocals = 0;
        for (int i = from; i < to; i++) {
            double weight = weighted ? rows.weights()[i] : 1;
            double a = alpha + (gridded ? rows.gridTimes()[rows.ageSteps()[i]] : rows.age()[i]);
            logs += weight * Math.log(a);
            reciprocals += weight / a;
        }
        double rho = r + rows.frequency(group);
        sums[0] -= rho * logs;
        sums[1] -= logs;
        sums[2] -= rho * reciprocals;
    }
}
