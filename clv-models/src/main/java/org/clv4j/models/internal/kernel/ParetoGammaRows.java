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
        double[] alpha = parameters[1];
        double[] beta = parameters[3];
        for (int i = 0; i < size; i++) {
            aAge[i] = alpha[i] + age[i];
            bAge[i] = beta[i] + age[i];
            aLast[i] = alpha[i] + recency[i];
            bLast[i] = beta[i] + recency[i];
        }
        double rho = r + x;
        GammaRaceGradient race = new GammaRaceGradient(rho, s);
        race.evaluateAll(aAge, bAge, size, atAge);
        race.evaluateAll(aLast, bLast, size, atLast);
        double logRising = Rising.log(r, x);
        double dLogRising = Rising.reciprocals(r, 0, x);
        for (int i = 0; i < size; i++) {
            double logA = Math.log1p(age[i] / alpha[i]);
            double logB = Math.log1p(age[i] / beta[i]);
            double logRatioA = Math.log(aAge[i] / aLast[i]);
            double logRatioB = Math.log(bAge[i] / bLast[i]);
            double u = rho * logRatioA + s * logRatioB;
            double decay = Math.exp(-u);
            // R e^{−u}; k = 1/R and q = e^u/R never overflow.
            double scaled = atLast.value[i] + decay * (1 - atAge.value[i]);
            double q = 1 / scaled;
            double k = decay * q;
            double qLast = q * atLast.value[i];
            logLikelihood[i] = logRising - x * Math.log(alpha[i]) - rho * logA - s * logB + u + Math.log(scaled);
            gradient[0][i] = dLogRising - logA + qLast * logRatioA + q * atLast.byRho[i] - k * atAge.byRho[i];
            gradient[1][i] = rho * (qLast * (1 / aAge[i] - 1 / aLast[i]) + age[i] / aAge[i] / alpha[i])
                    + q * atLast.byA[i]
                    - k * atAge.byA[i]
                    - x / alpha[i];
            gradient[2][i] = qLast * logRatioB + q * atLast.byS[i] - k * atAge.byS[i] - logB;
            // X depends on a/b alone: b X_b = −a X_a.
            gradient[3][i] = s * (qLast * (1 / bAge[i] - 1 / bLast[i]) + age[i] / bAge[i] / beta[i])
                    - q * atLast.byA[i] * aLast[i] / bLast[i]
                    + k * atAge.byA[i] * aAge[i] / bAge[i];
        }
    }
}
