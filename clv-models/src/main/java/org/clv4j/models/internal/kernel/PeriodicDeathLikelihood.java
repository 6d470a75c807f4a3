// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;

/**
 * The mean negative log-likelihood of the periodic-death-opportunity model of a given interval with its gradient by (r, α, a, b).
 *
 * <p>The gradient is a mean, over what may have become of the customer, of the derivatives of the logarithm of each: alive at T, or dead
 * at one of the opportunities of the silence.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class PeriodicDeathLikelihood extends RowsLikelihood {

    private final double tau;
    /** Of each row: the opportunities before the last purchase, and up to now. */
    private final int[] last;

    private final int[] now;

    private double r;
    private double alpha;
    private double a;
    // By the number j of opportunities: ln(α + jτ), ln of surviving them and its derivatives by a and b, the
    // probability of
    // leaving at the next, and a + b + j.
    private final double[] logRate;
    private final double[] logSurvival;
    private final double[] byA;
    private final double[] byB;
    private final double[] leaves;
    private final double[] shapes;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param tau the interval, above 0; ages are not so many intervals that tables of them do not fit into memory
     * @param execution how it is evaluated
     */
    public PeriodicDeathLikelihood(RowsByFrequency rows, double tau, Execution execution) {
        super(rows, 4, execution);
        this.tau = tau;
        last = new int[rows.size()];
        now = new int[rows.size()];
        int most = 0;
        for (int row = 0; row < rows.size(); row++) {
            last[row] = (int) PeriodicDeath.opportunitiesBefore(recency(row), tau);
            now[row] = (int) PeriodicDeath.opportunities(age(row), tau);
            most = Math.max(most, now[row]);
        }
        logRate = new double[most + 1];
        logSurvival = new double[most + 1];
        byA = new double[most + 1];
        byB = new double[most + 1];
        leaves = new double[most + 1];
        shapes = new double[most + 1];
    }

    private double recency(int row) {
        return rows.isGridded() ? rows.gridTimes()[rows.recencySteps()[row]] : rows.recency()[row];
    }

    private double age(int row) {
        return rows.isGridded() ? rows.gridTimes()[rows.ageSteps()[row]] : rows.age()[row];
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        a = parameters[2];
        double b = parameters[3];
        double log = 0;
        double sumAll = 0;
        double sumB = 0;
        for (int j = 0; j < logRate.length; j++) {
            logRate[j] = Math.log(alpha + j * tau);
            logSurvival[j] = log;
            byA[j] = -sumAll;
            byB[j] = sumB - sumAll;
            shapes[j] = a + b + j;
            leaves[j] = a / shapes[j];
            log -= Math.log1p(a / (b + j));
            sumAll += 1 / (a + b + j);
            sumB += 1 / (b + j);
        }
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
        double rho = r + rows.frequency(group);
        for (int row = from; row < to; row++) {
            double weight = rows.isWeighted(group) ? rows.weights()[row] : 1;
            int before = last[row];
            int end = now[row];
            double rate = alpha + age(row);
            double log = Math.log(rate);
            // In units of the probability that nothing has happened up to the first opportunity of the silence.
            double unit = before < end ? logRate[before + 1] : log;
            double alive = Math.exp(rho * (unit - log) + logSurvival[end] - logSurvival[before]);
            double mass = alive;
            double logs = alive * log;
            double reciprocals = alive / rate;
            double sumByA = alive * byA[end];
            double sumByB = alive * byB[end];
            for (int j = before + 1; j <= end; j++) {
                double dead =
                        leaves[j - 1] * Math.exp(rho * (unit - logRate[j]) + logSurvival[j - 1] - logSurvival[before]);
                mass += dead;
                logs += dead * logRate[j];
                reciprocals += dead / (alpha + j * tau);
                double all = 1 / shapes[j - 1];
                sumByA += dead * (byA[j - 1] + 1 / a - all);
                sumByB += dead * (byB[j - 1] - all);
            }
            double share = weight / mass;
            sums[0] += weight * (Math.log(mass) - rho * unit + logSurvival[before]);
            sums[1] -= share * logs;
            sums[2] -= share * rho * reciprocals;
            sums[3] += share * sumByA;
            sums[4] += share * sumByB;
        }
    }
}
