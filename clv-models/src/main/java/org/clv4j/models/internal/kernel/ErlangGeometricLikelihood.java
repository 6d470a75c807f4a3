// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.special.Rising;

/**
 * The mean negative log-likelihood of the BG/CNBD-k family for a given k, with its gradient by (r, α, a, b).
 *
 * <p>With ρ = r + kx, A = α + T, D = α + t_x, u = (T − t_x)/A and m = 0 for BG, 1 for MBG:
 *
 * <pre>
 * ln L = gaps + ln (r)_kx + ln B(a, b+x+m) − ln B(a, b) + r ln α − ρ ln A + ln S + softplus(v),
 * S = Σ_(j&lt;k) (ρ)_j/j! u^j,   v = ρ ln(A/D) + ln a − ln(b+x−1+m) − ln S      (no dropout term where x + m = 0)
 * </pre>
 *
 * <p>{@code gaps} is the mean of (k−1) Σ ln gap − x ln Γ(k), which no parameter moves. Not thread-safe: tables are reused between evaluations.
 */
public final class ErlangGeometricLikelihood extends RowsLikelihood {

    private final int k;
    private final int m;
    private final double gaps;
    private double r;
    private double alpha;
    private double a;
    private double b;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param k the stages of a gap, at least 1
     * @param modified whether dropout can follow the first purchase (MBG)
     * @param gaps what the gaps add to the mean log-likelihood
     * @param execution how it is evaluated
     */
    public ErlangGeometricLikelihood(RowsByFrequency rows, int k, boolean modified, double gaps, Execution execution) {
        super(rows, 4, k, execution);
        this.k = k;
        this.m = modified ? 1 : 0;
        this.gaps = gaps;
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        a = parameters[2];
        b = parameters[3];
    }

    @Override
    Constants newConstants() {
        return new BetaTerms();
    }

    /** ln B(a, b+x+m) − ln B(a, b) and its derivatives, what the gaps add, and what NBD has. */
    private final class BetaTerms implements Constants {

        private final double logAlpha = Math.log(alpha);
        private double logBeta;
        private double dLogBetaA;
        private double dLogBetaB;
        private int y;

        @Override
        public void add(int x, double weight, double logRising, double dLogRising, double[] sums) {
            int nextY = x + m;
            logBeta += Rising.log(b, y, nextY) - Rising.log(a + b, y, nextY);
            double drop = Rising.reciprocals(a + b, y, nextY);
            dLogBetaA -= drop;
            dLogBetaB += Rising.reciprocals(b, y, nextY) - drop;
            y = nextY;
            sums[0] += weight * (logRising + logBeta + r * logAlpha + gaps);
            sums[1] += weight * (dLogRising + logAlpha);
            sums[2] += weight * r / alpha;
            sums[3] += weight * dLogBetaA;
            sums[4] += weight * dLogBetaB;
        }
    }

    @Override
    Worker newWorker() {
        return this::add;
    }

    private void add(int group, int from, int to, double[] sums) {
        int x = rows.frequency(group);
        double rho = r + (double) k * x;
        double survivors = b + x + m - 1;
        boolean canDrop = x + m > 0;
        boolean weighted = rows.isWeighted(group);
        boolean gridded = rows.isGridded();
        // Of (ρ)_j/j!: the value, and its logarithmic derivative by ρ.
        double[] coefficients = new double[k];
        double[] slopes = new double[k];
        coefficients[0] = 1;
        for (int j = 1; j < k; j++) {
            coefficients[j] = coefficients[j - 1] * (rho + j - 1) / j;
            slopes[j] = slopes[j - 1] + 1 / (rho + j - 1);
        }
        for (int i = from; i < to; i++) {
            double weight = weighted ? rows.weights()[i] : 1;
            double age = gridded ? rows.gridTimes()[rows.ageSteps()[i]] : rows.age()[i];
            double recency = gridded ? rows.gridTimes()[rows.recencySteps()[i]] : rows.recency()[i];
            double bigA = alpha + age;
            double bigD = alpha + recency;
            double u = (age - recency) / bigA;
            double silent = 0;
            double byRho = 0;
            double byLogU = 0;
            double power = 1;
            for (int j = 0; j < k; j++) {
                double term = coefficients[j] * power;
                silent += term;
                byRho += term * slopes[j];
                byLogU += term * j;
                power *= u;
            }
            double logSilent = Math.log(silent);
            double q = 0;
            double logRatio = 0;
            double softplus = 0;
            if (canDrop) {
                logRatio = Math.log(bigA / bigD);
                double v = rho * logRatio + Math.log(a / survivors) - logSilent;
                double e = Math.exp(-Math.abs(v));
                q = (v > 0 ? 1 : e) / (1 + e);
                softplus = Math.max(v, 0) + Math.log1p(e);
            }
            double logA = Math.log(bigA);
            sums[0] += weight * (logSilent + softplus - rho * logA);
            sums[1] += weight * ((1 - q) * byRho / silent + q * logRatio - logA);
            sums[2] += weight * (q * rho * (1 / bigA - 1 / bigD) - rho / bigA - (1 - q) * byLogU / silent / bigA);
            if (canDrop) {
                sums[3] += weight * q / a;
                sums[4] -= weight * q / survivors;
            }
        }
    }
}
