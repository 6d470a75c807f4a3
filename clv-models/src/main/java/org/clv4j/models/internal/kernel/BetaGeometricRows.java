// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.models.internal.special.Rising;

/**
 * The log-likelihood of the beta-geometric/NBD family for single customers whose α, a and b differ, with its derivatives by (r, α, a, b);
 * the formulas are those of {@link BetaGeometricLikelihood}.
 */
public final class BetaGeometricRows implements RowKernel {

    private final int m;

    /**
     * Creates the kernel.
     *
     * @param modified whether dropout can follow the first purchase (MBG/NBD)
     */
    public BetaGeometricRows(boolean modified) {
        this.m = modified ? 1 : 0;
    }

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
        double rho = r + x;
        int y = x + m;
        double logRising = Rising.log(r, x);
        double dLogRising = Rising.reciprocals(r, 0, x);
        for (int i = 0; i < size; i++) {
            double alpha = parameters[1][i];
            double a = parameters[2][i];
            double b = parameters[3][i];
            double bigA = alpha + age[i];
            double bigD = alpha + recency[i];
            double logA = Math.log1p(age[i] / alpha);
            double drop = Rising.reciprocals(a + b, 0, y);
            double softplus = 0;
            double q = 0;
            double logRatio = Math.log(bigA / bigD);
            if (y > 0) {
                double u = rho * logRatio + Math.log(a / (b + y - 1));
                double e = Math.exp(-Math.abs(u));
                softplus = Math.max(u, 0) + Math.log1p(e);
                q = (u > 0 ? 1 : e) / (1 + e);
            }
            logLikelihood[i] =
                    logRising + Rising.log(b, y) - Rising.log(a + b, y) - r * logA - x * Math.log(bigA) + softplus;
            gradient[0][i] = dLogRising - logA + q * logRatio;
            gradient[1][i] = r * (age[i] / bigA) / alpha - x / bigA + q * rho * (1 / bigA - 1 / bigD);
            gradient[2][i] = q / a - drop;
            gradient[3][i] = Rising.reciprocals(b, 0, y) - drop - (y > 0 ? q / (b + y - 1) : 0);
        }
    }
}
