// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.GammaRaceGradient;
import org.clv4j.models.internal.special.Rising;

/**
 * The mean negative log-likelihood of the Pareto/NBD model with its gradient by (r, α, s, β).
 *
 * <p>With ρ = r+x, P_t = −ρ ln(α+t) − s ln(β+t) and X(t) as in {@link ParetoGamma}: ln L = ln (r)_x + r ln α + s ln β + P_T + ln R, R = 1 −
 * X(T) + e^u X(t_x), u = P_tx − P_T. X and its derivatives depend on x and one time; on a time grid they are computed once a distinct pair.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class ParetoGammaLikelihood implements Objective {

    private final RowsByFrequency rows;
    private final double[] logA;
    private final double[] logB;
    /** X, X_r, X_s, X_α of every step of the grid, for the group at hand. */
    private final double[] known;

    private final int[] knownFor;
    private int stamp;

    private final double[] atAge = new double[4];
    private final double[] atLast = new double[4];

    /**
     * Creates the objective.
     *
     * @param rows the customers
     */
    public ParetoGammaLikelihood(RowsByFrequency rows) {
        this.rows = rows;
        int steps = rows.gridTimes().length;
        logA = new double[steps];
        logB = new double[steps];
        known = new double[4 * steps];
        knownFor = new int[steps];
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        double r = parameters[0];
        double alpha = parameters[1];
        double s = parameters[2];
        double beta = parameters[3];
        double[] times = rows.gridTimes();
        for (int step = 0; step < times.length; step++) {
            logA[step] = Math.log(alpha + times[step]);
            logB[step] = Math.log(beta + times[step]);
        }
        double logRising = 0;
        double dLogRising = 0;
        int x = 0;
        double total = 0;
        Arrays.fill(gradient, 0);
        double[] sums = new double[5];
        for (int group = 0; group < rows.groups(); group++) {
            int nextX = rows.frequency(group);
            logRising += Rising.log(r, x, nextX);
            dLogRising += Rising.reciprocals(r, x, nextX);
            x = nextX;
            stamp++;
            double weight = rows.weight(rows.start(group), rows.end(group));
            Arrays.fill(sums, 0);
            addGroup(group, new GammaRaceGradient(r + x, s), alpha, beta, sums);
            total += weight * (logRising + r * Math.log(alpha) + s * Math.log(beta)) + sums[4];
            gradient[0] += weight * (dLogRising + Math.log(alpha)) + sums[0];
            gradient[1] += weight * r / alpha + sums[1];
            gradient[2] += weight * Math.log(beta) + sums[2];
            gradient[3] += weight * s / beta + sums[3];
        }
        double scale = -1 / rows.totalWeight();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= scale;
        }
        return total * scale;
    }

    /** Adds, over the rows of a group, P_T + ln R and its derivatives by r, α, s, β. */
    private void addGroup(int group, GammaRaceGradient race, double alpha, double beta, double[] sums) {
        double rho = race.rho();
        double s = race.s();
        double[] weights = rows.weights();
        for (int i = rows.start(group); i < rows.end(group); i++) {
            double weight = weights == null ? 1 : weights[i];
            double aAge = alpha + rows.age()[i];
            double bAge = beta + rows.age()[i];
            double aLast = alpha + rows.recency()[i];
            double bLast = beta + rows.recency()[i];
            double logAgeA;
            double logAgeB;
            double logRatioA;
            double logRatioB;
            int[] ageSteps = rows.ageSteps();
            int[] recencySteps = rows.recencySteps();
            if (ageSteps != null && recencySteps != null) {
                logAgeA = logA[ageSteps[i]];
                logAgeB = logB[ageSteps[i]];
                logRatioA = logAgeA - logA[recencySteps[i]];
                logRatioB = logAgeB - logB[recencySteps[i]];
                remembered(race, aAge, bAge, ageSteps[i], atAge);
                remembered(race, aLast, bLast, recencySteps[i], atLast);
            } else {
                logAgeA = Math.log(aAge);
                logAgeB = Math.log(bAge);
                logRatioA = Math.log(aAge / aLast);
                logRatioB = Math.log(bAge / bLast);
                race.evaluate(aAge, bAge, atAge);
                race.evaluate(aLast, bLast, atLast);
            }
            double u = rho * logRatioA + s * logRatioB;
            double decay = Math.exp(-u);
            // R e^{−u}; k = 1/R and q = e^u/R never overflow.
            double scaled = atLast[0] + decay * (1 - atAge[0]);
            double q = 1 / scaled;
            double k = decay / scaled;
            sums[4] += weight * (u + Math.log(scaled) - rho * logAgeA - s * logAgeB);
            sums[0] += weight * (q * (atLast[0] * logRatioA + atLast[1]) - k * atAge[1] - logAgeA);
            sums[2] += weight * (q * (atLast[0] * logRatioB + atLast[2]) - k * atAge[2] - logAgeB);
            sums[1] +=
                    weight * (q * (atLast[0] * rho * (1 / aAge - 1 / aLast) + atLast[3]) - k * atAge[3] - rho / aAge);
            // X depends on a/b alone: b X_b = −a X_a.
            sums[3] += weight
                    * (q * (atLast[0] * s * (1 / bAge - 1 / bLast) - atLast[3] * aLast / bLast)
                            + k * atAge[3] * aAge / bAge
                            - s / bAge);
        }
    }

    private void remembered(GammaRaceGradient race, double a, double b, int step, double[] out) {
        if (knownFor[step] != stamp) {
            race.evaluate(a, b, out);
            System.arraycopy(out, 0, known, 4 * step, 4);
            knownFor[step] = stamp;
        } else {
            System.arraycopy(known, 4 * step, out, 0, 4);
        }
    }
}
