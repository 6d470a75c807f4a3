// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.special.Rising;

/**
 * The mean negative log-likelihood of the beta-geometric/NBD family with its gradient by (r, α, a, b).
 *
 * <p>With x = frequency, A = α + T, D = α + t_x and m = 0 for BG/NBD, 1 for MBG/NBD (dropout possible at the first purchase):
 *
 * <pre>
 * ln L = ln (r)_x + ln B(a, b+x+m) − ln B(a, b) + r ln α − (r+x) ln A + softplus(u),
 * u = (r+x) ln(A/D) + ln a − ln(b+x−1+m)      (no dropout term where x + m = 0)
 * </pre>
 *
 * <p>All that depends on x alone is computed once a group of equal x; on a time grid, logarithms and reciprocals once a step. What
 * is left a customer is one exponential on a grid, and one logarithm more without. Sums of ln A and ln(1 + e^−|u|) are logarithms of
 * products.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class BetaGeometricLikelihood extends RowsLikelihood {

    /** At most this many factors in [1, 2] multiply to less than the largest double. */
    private static final int BLOCK = 512;
    /** Products of A are taken to logarithms this often; A is below 1e18 for every sensible time unit. */
    private static final int PRODUCT = 16;

    private static final double LARGE = 1e18;

    private final int m;
    private final double[] logTable;
    private final double[] reciprocalTable;
    private double r;
    private double alpha;
    private double a;
    private double b;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param modified whether dropout can follow the first purchase (MBG/NBD)
     * @param execution how it is evaluated
     */
    public BetaGeometricLikelihood(RowsByFrequency rows, boolean modified, Execution execution) {
        super(rows, 4, execution);
        this.m = modified ? 1 : 0;
        this.logTable = new double[rows.gridTimes().length];
        this.reciprocalTable = new double[rows.gridTimes().length];
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        a = parameters[2];
        b = parameters[3];
        double[] times = rows.gridTimes();
        for (int step = 0; step < times.length; step++) {
            logTable[step] = Math.log(alpha + times[step]);
            reciprocalTable[step] = 1 / (alpha + times[step]);
        }
    }

    @Override
    Constants newConstants() {
        return new BetaTerms();
    }

    /** ln B(a, b+x+m) − ln B(a, b) and its derivatives beside what NBD has. */
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
            sums[0] += weight * (logRising + logBeta + r * logAlpha);
            sums[1] += weight * (dLogRising + logAlpha);
            sums[2] += weight * r / alpha;
            sums[3] += weight * dLogBetaA;
            sums[4] += weight * dLogBetaB;
        }
    }

    @Override
    Worker newWorker() {
        return new BlockSums();
    }

    /** Sums blocks of rows, in loops that each do one thing, which the compiler then vectorises or pipelines. */
    private final class BlockSums implements Worker {

        private final double[] logRatios = new double[BLOCK];
        private final double[] differences = new double[BLOCK];
        private final double[] reciprocals = new double[BLOCK];
        private final double[] exponentials = new double[BLOCK];

        // Sums over a block: ln A, softplus(u), q, q ln(A/D), 1/A, q (1/A − 1/D), where q = sigmoid(u).
        private double sumLogA;
        private double sumSoftplus;
        private double sumQ;
        private double sumQLogRatio;
        private double sumReciprocal;
        private double sumQReciprocal;

        @Override
        public void add(int group, int start, int end, double[] sums) {
            int x = rows.frequency(group);
            double rho = r + x;
            double survivors = b + x + m - 1;
            boolean canDrop = x + m > 0;
            double offset = canDrop ? Math.log(a / survivors) : 0;
            for (int from = start; from < end; from += BLOCK) {
                sumBlock(group, from, Math.min(from + BLOCK, end), rho, offset, canDrop);
                sums[0] += sumSoftplus - rho * sumLogA;
                sums[1] += sumQLogRatio - sumLogA;
                sums[2] -= rho * (sumReciprocal - sumQReciprocal);
                if (canDrop) {
                    sums[3] += sumQ / a;
                    sums[4] -= sumQ / survivors;
                }
            }
        }

        private void sumBlock(int group, int from, int to, double rho, double offset, boolean canDrop) {
            sumLogA = 0;
            sumSoftplus = 0;
            sumQ = 0;
            sumQLogRatio = 0;
            sumReciprocal = 0;
            sumQReciprocal = 0;
            if (rows.isWeighted(group)) {
                sumWeighted(from, to, rho, offset, canDrop);
            } else if (rows.isGridded()) {
                sumGridded(from, to, rho, offset, canDrop);
            } else {
                sumDirect(from, to, rho, offset, canDrop);
            }
        }

        private void sumGridded(int from, int to, double rho, double offset, boolean canDrop) {
            int[] ageSteps = rows.ageSteps();
            int[] recencySteps = rows.recencySteps();
            double logA = 0;
            double reciprocal = 0;
            if (!canDrop) {
                for (int i = from; i < to; i++) {
                    logA += logTable[ageSteps[i]];
                    reciprocal += reciprocalTable[ageSteps[i]];
                }
            } else {
                for (int i = from; i < to; i++) {
                    int ageStep = ageSteps[i];
                    int recencyStep = recencySteps[i];
                    double logOfA = logTable[ageStep];
                    double oneOverA = reciprocalTable[ageStep];
                    logA += logOfA;
                    reciprocal += oneOverA;
                    logRatios[i - from] = logOfA - logTable[recencyStep];
                    differences[i - from] = oneOverA - reciprocalTable[recencyStep];
                }
                sumDropouts(to - from, rho, offset);
            }
            sumLogA = logA;
            sumReciprocal = reciprocal;
        }

        private void sumDirect(int from, int to, double rho, double offset, boolean canDrop) {
            double[] ages = rows.age();
            double[] recencies = rows.recency();
            int size = to - from;
            if (canDrop) {
                for (int i = 0; i < size; i++) {
                    double bigA = alpha + ages[from + i];
                    double bigD = alpha + recencies[from + i];
                    double inverse = 1 / (bigA * bigD);
                    double oneOverA = bigD * inverse;
                    double oneOverD = bigA * inverse;
                    reciprocals[i] = oneOverA;
                    differences[i] = oneOverA - oneOverD;
                    logRatios[i] = bigA * oneOverD;
                }
                for (int i = 0; i < size; i++) {
                    logRatios[i] = Math.log(logRatios[i]);
                }
                sumDropouts(size, rho, offset);
            } else {
                for (int i = 0; i < size; i++) {
                    reciprocals[i] = 1 / (alpha + ages[from + i]);
                }
            }
            double logA = 0;
            double productA = 1;
            double reciprocal = 0;
            int inProduct = 0;
            for (int i = 0; i < size; i++) {
                double bigA = alpha + ages[from + i];
                double oneOverA = reciprocals[i];
                reciprocal += oneOverA;
                productA *= bigA;
                inProduct++;
                if (inProduct == PRODUCT || !(bigA < LARGE && oneOverA < LARGE)) {
                    logA += Math.log(productA);
                    productA = 1;
                    inProduct = 0;
                }
            }
            sumLogA = logA + Math.log(productA);
            sumReciprocal = reciprocal;
        }

        /**
         * Sums over the dropout terms of a block, from {@link #logRatios} and {@link #differences}. The exponentials have a loop of their
         * own, since a call in the loop of the sums would spill all of them.
         */
        private void sumDropouts(int size, double rho, double offset) {
            for (int i = 0; i < size; i++) {
                exponentials[i] = Math.exp(-Math.abs(offset + rho * logRatios[i]));
            }
            double linear = 0;
            double product = 1;
            double q = 0;
            double qLogRatio = 0;
            double qReciprocal = 0;
            for (int i = 0; i < size; i++) {
                double logRatio = logRatios[i];
                double u = offset + rho * logRatio;
                double e = exponentials[i];
                // u > 0 ? 1 : e, without a branch that nothing predicts.
                double sigmoid = Math.max(e, Math.min(1, u * 1e300)) / (1 + e);
                linear += u + Math.abs(u);
                product *= 1 + e;
                q += sigmoid;
                qLogRatio += sigmoid * logRatio;
                qReciprocal += sigmoid * differences[i];
            }
            sumSoftplus = linear / 2 + Math.log(product);
            sumQ = q;
            sumQLogRatio = qLogRatio;
            sumQReciprocal = qReciprocal;
        }

        private void sumWeighted(int from, int to, double rho, double offset, boolean canDrop) {
            double[] weights = rows.weights();
            boolean gridded = rows.isGridded();
            for (int i = from; i < to; i++) {
                double weight = weights[i];
                double bigA = alpha + (gridded ? rows.gridTimes()[rows.ageSteps()[i]] : rows.age()[i]);
                sumLogA += weight * Math.log(bigA);
                sumReciprocal += weight / bigA;
                if (canDrop) {
                    double bigD = alpha + (gridded ? rows.gridTimes()[rows.recencySteps()[i]] : rows.recency()[i]);
                    double logRatio = Math.log(bigA / bigD);
                    double u = offset + rho * logRatio;
                    double e = Math.exp(-Math.abs(u));
                    double sigmoid = weight * (u > 0 ? 1 : e) / (1 + e);
                    sumSoftplus += weight * (Math.max(u, 0) + Math.log1p(e));
                    sumQ += sigmoid;
                    sumQLogRatio += sigmoid * logRatio;
                    sumQReciprocal += sigmoid * (1 / bigA - 1 / bigD);
                }
            }
        }
    }
}
