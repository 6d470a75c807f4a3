// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.models.internal.optim.Objective;
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
 * products. Blocks of a fixed size are summed apart, so that rounding does not grow with the number of customers.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class BetaGeometricLikelihood implements Objective {

    /** At most this many factors in [1, 2] multiply to less than the largest double. */
    private static final int BLOCK = 512;
    /** Products of A are taken to logarithms this often; A is below 1e18 for every sensible time unit. */
    private static final int PRODUCT = 16;

    private static final double LARGE = 1e18;

    private final RowsByFrequency rows;
    private final int m;
    private final boolean gridded;
    private final double[] logTable;
    private final double[] reciprocalTable;

    // A block's values between loops that each do one thing, which the compiler then vectorises or pipelines.
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

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param modified whether dropout can follow the first purchase (MBG/NBD)
     */
    public BetaGeometricLikelihood(RowsByFrequency rows, boolean modified) {
        this.rows = rows;
        this.m = modified ? 1 : 0;
        this.gridded = rows.ageSteps() != null;
        this.logTable = new double[rows.gridTimes().length];
        this.reciprocalTable = new double[rows.gridTimes().length];
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        double r = parameters[0];
        double alpha = parameters[1];
        double a = parameters[2];
        double b = parameters[3];
        fillTables(alpha);
        double logAlpha = Math.log(alpha);
        // What depends on x alone grows from one x to the next.
        double logRising = 0;
        double logBeta = 0;
        double dLogRising = 0;
        double dLogBetaA = 0;
        double dLogBetaB = 0;
        int x = 0;
        int y = 0;
        double total = 0;
        Arrays.fill(gradient, 0);
        for (int group = 0; group < rows.groups(); group++) {
            int nextX = rows.frequency(group);
            int nextY = nextX + m;
            logRising += Rising.log(r, x, nextX);
            dLogRising += Rising.reciprocals(r, x, nextX);
            logBeta += Rising.log(b, y, nextY) - Rising.log(a + b, y, nextY);
            double drop = Rising.reciprocals(a + b, y, nextY);
            dLogBetaA -= drop;
            dLogBetaB += Rising.reciprocals(b, y, nextY) - drop;
            x = nextX;
            y = nextY;
            double rho = r + x;
            double survivors = b + y - 1;
            boolean canDrop = y > 0;
            double offset = canDrop ? Math.log(a / survivors) : 0;
            double constant = logRising + logBeta + r * logAlpha;
            for (int from = rows.start(group); from < rows.end(group); from += BLOCK) {
                int to = Math.min(from + BLOCK, rows.end(group));
                double weight = rows.weight(from, to);
                sumBlock(from, to, alpha, rho, offset, canDrop);
                total += weight * constant - rho * sumLogA + sumSoftplus;
                gradient[0] += weight * (dLogRising + logAlpha) - sumLogA + sumQLogRatio;
                gradient[1] += weight * r / alpha - rho * (sumReciprocal - sumQReciprocal);
                gradient[2] += weight * dLogBetaA + sumQ / a;
                gradient[3] += weight * dLogBetaB - (canDrop ? sumQ / survivors : 0);
            }
        }
        double scale = -1 / rows.totalWeight();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= scale;
        }
        return total * scale;
    }

    private void fillTables(double alpha) {
        double[] times = rows.gridTimes();
        for (int step = 0; step < times.length; step++) {
            logTable[step] = Math.log(alpha + times[step]);
            reciprocalTable[step] = 1 / (alpha + times[step]);
        }
    }

    private void sumBlock(int from, int to, double alpha, double rho, double offset, boolean canDrop) {
        sumLogA = 0;
        sumSoftplus = 0;
        sumQ = 0;
        sumQLogRatio = 0;
        sumReciprocal = 0;
        sumQReciprocal = 0;
        double[] weights = rows.weights();
        if (weights != null) {
            sumWeighted(from, to, alpha, rho, offset, canDrop, weights);
        } else if (gridded) {
            sumGridded(from, to, rho, offset, canDrop);
        } else {
            sumDirect(from, to, alpha, rho, offset, canDrop);
        }
    }

    private void sumGridded(int from, int to, double rho, double offset, boolean canDrop) {
        int[] ageSteps = rows.ageSteps();
        int[] recencySteps = rows.recencySteps();
        if (ageSteps == null || recencySteps == null) {
            throw new AssertionError("a grid has steps");
        }
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

    private void sumDirect(int from, int to, double alpha, double rho, double offset, boolean canDrop) {
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

    private void sumWeighted(
            int from, int to, double alpha, double rho, double offset, boolean canDrop, double[] weights) {
        double[] ages = rows.age();
        double[] recencies = rows.recency();
        for (int i = from; i < to; i++) {
            double weight = weights[i];
            double bigA = alpha + ages[i];
            double logOfA = Math.log(bigA);
            sumLogA += weight * logOfA;
            sumReciprocal += weight / bigA;
            if (canDrop) {
                double bigD = alpha + recencies[i];
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
