// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.models.internal.special.GammaRaceGradient;
import org.clv4j.models.internal.special.Rising;

/**
 * The Pareto/NBD log-likelihood of single customers whose scales α and β differ, with its derivatives by (r, α, s, β); the formulas are those
 * of {@link ParetoGammaLikelihood}.
 */
public final class ParetoGammaRows implements RowKernel {

    private final int[] chosen = new int[BLOCK];
    private final double[] aAge = new double[BLOCK];
    private final double[] bAge = new double[BLOCK];
    private final double[] aLast = new double[BLOCK];
    private final double[] bLast = new double[BLOCK];
    private final GammaRaceGradient.Columns atAge = new GammaRaceGradient.Columns(BLOCK);
    private final GammaRaceGradient.Columns atLast = new GammaRaceGradient.Columns(BLOCK);

    @Override
    public void evaluate(
            int x,
            int size,
            double[] recency,
            double[] age,
            double[][] parameters,
            double[] logLikelihood,
            double[][] gradient) {
        double r = parameters[0][0];
        double s = parameters[2][0];
        double logRising = Rising.log(r, x);
        double dLogRising = Rising.reciprocals(r, 0, x);
        GammaRaceGradient race = new GammaRaceGradient(r + x, s);
        // A chain of series is of one kind: either all have the larger α, or all the larger β.
        for (boolean alphaIsLarger : new boolean[] {true, false}) {
            int count = 0;
            for (int i = 0; i < size; i++) {
                if (parameters[1][i] >= parameters[3][i] == alphaIsLarger) {
                    chosen[count] = i;
                    count++;
                }
            }
            if (count > 0) {
                evaluateRaces(race, count, recency, age, parameters);
                evaluateChosen(x, count, recency, age, parameters, logRising, dLogRising, logLikelihood, gradient);
            }
        }
    }

    private void evaluateRaces(
            GammaRaceGradient race, int count, double[] recency, double[] age, double[][] parameters) {
        for (int k = 0; k < count; k++) {
            int i = chosen[k];
            aAge[k] = parameters[1][i] + age[i];
            bAge[k] = parameters[3][i] + age[i];
            aLast[k] = parameters[1][i] + recency[i];
            bLast[k] = parameters[3][i] + recency[i];
        }
        race.evaluateAll(aAge, bAge, count, atAge);
        race.evaluateAll(aLast, bLast, count, atLast);
    }

    private void evaluateChosen(
            int x,
            int count,
            double[] recency,
            double[] age,
            double[][] parameters,
            double logRising,
            double dLogRising,
            double[] logLikelihood,
            double[][] gradient) {
        double rho = parameters[0][0] + x;
        double s = parameters[2][0];
        for (int k = 0; k < count; k++) {
            int i = chosen[k];
            double alpha = parameters[1][i];
            double beta = parameters[3][i];
            double silence = age[i] - recency[i];
            double logA = Math.log1p(age[i] / alpha);
            double logB = Math.log1p(age[i] / beta);
            double logRatioA = Math.log1p(silence / aLast[k]);
            double logRatioB = Math.log1p(silence / bLast[k]);
            double u = rho * logRatioA + s * logRatioB;
            double decay = Math.exp(-u);
            // R e^{−u}; 1/R and q = e^u/R never overflow.
            double scaled = atLast.value[k] + decay * (1 - atAge.value[k]);
            double q = 1 / scaled;
            double oneOverR = decay * q;
            double qLast = q * atLast.value[k];
            logLikelihood[i] = logRising - x * Math.log(alpha) - rho * logA - s * logB + u + Math.log(scaled);
            gradient[0][i] = dLogRising - logA + qLast * logRatioA + q * atLast.byRho[k] - oneOverR * atAge.byRho[k];
            gradient[1][i] = rho * (age[i] / aAge[k] / alpha - qLast * (silence / aAge[k] / aLast[k]))
                    + q * atLast.byA[k]
                    - oneOverR * atAge.byA[k]
                    - x / alpha;
            gradient[2][i] = qLast * logRatioB + q * atLast.byS[k] - oneOverR * atAge.byS[k] - logB;
            // X depends on a/b alone: b X_b = −a X_a.
            gradient[3][i] = s * (age[i] / bAge[k] / beta - qLast * (silence / bAge[k] / bLast[k]))
                    - q * atLast.byA[k] * aLast[k] / bLast[k]
                    + oneOverR * atAge.byA[k] * aAge[k] / bAge[k];
        }
    }
}
