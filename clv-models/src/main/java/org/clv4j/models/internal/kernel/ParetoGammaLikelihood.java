// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.special.GammaRaceGradient;
import org.jspecify.annotations.Nullable;

/**
 * The mean negative log-likelihood of the Pareto/NBD model with its gradient by (r, α, s, β).
 *
 * <p>With ρ = r+x, P_t = −ρ ln(α+t) − s ln(β+t) and X(t) as in {@link ParetoGamma}: ln L = ln (r)_x + r ln α + s ln β + P_T + ln R, R = 1 −
 * X(T) + e^u X(t_x), u = P_tx − P_T. Logarithms are of 1 + T/α and 1 + T/β, so that
 * nothing cancels where β ≫ T. X and its derivatives depend on x and one time; on a time grid they are computed once a distinct pair,
 * else for a block of rows at once. Left a customer are two logarithms (none on a grid) and one exponential; sums of logarithms are
 * logarithms of products.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
public final class ParetoGammaLikelihood extends RowsLikelihood {

    private static final int BLOCK = 256;
    /** So many factors are multiplied before their logarithm is taken, unless one is very large or small. */
    private static final int PRODUCT = 8;

    private static final double LARGE = 1e36;
    /** A group of so many rows is worth an interpolation. */
    private static final int MANY = 200;

    private final double[] logA;
    private final double[] logB;
    private final double[] reciprocalA;
    private final double[] reciprocalB;
    private double r;
    private double alpha;
    private double s;
    private double beta;
    /** Tells evaluations apart, for the workers' memories. */
    private int evaluation;
    /** Of large groups: the function, ready for all times up to the longest, where that pays. */
    private final @Nullable GammaRaceGradient[] prepared;

    private final double longest;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param execution how it is evaluated
     */
    public ParetoGammaLikelihood(RowsByFrequency rows, Execution execution) {
        super(rows, 4, execution);
        int steps = rows.gridTimes().length;
        logA = new double[steps];
        logB = new double[steps];
        reciprocalA = new double[steps];
        reciprocalB = new double[steps];
        prepared = new GammaRaceGradient[rows.groups()];
        longest = longestAge(rows);
    }

    private static double longestAge(RowsByFrequency rows) {
        if (rows.isGridded()) {
            return rows.gridTimes()[rows.gridTimes().length - 1];
        }
        double longest = 0;
        for (double age : rows.age()) {
            longest = Math.max(longest, age);
        }
        return longest;
    }

    @Override
    void prepare(double[] parameters) {
        r = parameters[0];
        alpha = parameters[1];
        s = parameters[2];
        beta = parameters[3];
        evaluation++;
        double[] times = rows.gridTimes();
        for (int step = 0; step < times.length; step++) {
            logA[step] = Math.log1p(times[step] / alpha);
            logB[step] = Math.log1p(times[step] / beta);
            reciprocalA[step] = 1 / (alpha + times[step]);
            reciprocalB[step] = 1 / (beta + times[step]);
        }
        for (int group = 0; group < prepared.length; group++) {
            prepared[group] = null;
            if (rows.end(group) - rows.start(group) >= MANY) {
                GammaRaceGradient race = new GammaRaceGradient(r + rows.frequency(group), s);
                prepared[group] = race.interpolate(alpha, beta, longest) ? race : null;
            }
        }
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
        return new BlockSums();
    }

    private final class BlockSums implements Worker {

        // A block's rows: T, rates at T and at t_x, and what was computed of them.
        private final double[] ages = new double[BLOCK];
        private final double[] aAge = new double[BLOCK];
        private final double[] bAge = new double[BLOCK];
        private final double[] aLast = new double[BLOCK];
        private final double[] bLast = new double[BLOCK];
        private final double[] oneOverA = new double[BLOCK];
        private final double[] oneOverB = new double[BLOCK];
        private final double[] oneOverLastA = new double[BLOCK];
        private final double[] oneOverLastB = new double[BLOCK];
        private final double[] logRatioA = new double[BLOCK];
        private final double[] logRatioB = new double[BLOCK];
        private final double[] decay = new double[BLOCK];
        private final double[] scaled = new double[BLOCK];
        private final double[] weights = new double[BLOCK];
        private final GammaRaceGradient.Columns atAge = new GammaRaceGradient.Columns(BLOCK);
        private final GammaRaceGradient.Columns atLast = new GammaRaceGradient.Columns(BLOCK);

        /** X and its derivatives at every step of the grid, for the group and evaluation at hand. */
        private final GammaRaceGradient.Columns known = new GammaRaceGradient.Columns(rows.gridTimes().length);

        private final int[] knownFor = new int[rows.gridTimes().length];
        private final double[] gridA = new double[rows.gridTimes().length];
        private final double[] gridB = new double[rows.gridTimes().length];
        private int stamp;
        private int stampEvaluation;
        private int stampGroup;

        // Sums over a block of ln(1 + T/α) and ln(1 + T/β).
        private double sumLogA;
        private double sumLogB;

        @Override
        public void add(int group, int start, int end, double[] sums) {
            double rho = r + rows.frequency(group);
            GammaRaceGradient ready = prepared[group];
            GammaRaceGradient race = ready == null ? new GammaRaceGradient(rho, s) : ready;
            if (stamp == 0 || stampEvaluation != evaluation || stampGroup != group) {
                stamp++;
                stampEvaluation = evaluation;
                stampGroup = group;
                if (ready != null && rows.isGridded()) {
                    rememberAll(ready);
                }
            }
            for (int from = start; from < end; from += BLOCK) {
                int size = Math.min(BLOCK, end - from);
                sumLogA = 0;
                sumLogB = 0;
                for (int i = 0; i < size; i++) {
                    weights[i] = rows.isWeighted(group) ? rows.weights()[from + i] : 1;
                }
                if (rows.isGridded()) {
                    fillGridded(race, from, size);
                } else {
                    fillContinuous(group, race, from, size);
                }
                addBlock(rho, size, rows.isWeighted(group), sums);
            }
        }

        private void fillGridded(GammaRaceGradient race, int from, int size) {
            double[] times = rows.gridTimes();
            for (int i = 0; i < size; i++) {
                int ageStep = rows.ageSteps()[from + i];
                int recencyStep = rows.recencySteps()[from + i];
                ages[i] = times[ageStep];
                aAge[i] = alpha + ages[i];
                bAge[i] = beta + ages[i];
                aLast[i] = alpha + times[recencyStep];
                bLast[i] = beta + times[recencyStep];
                oneOverA[i] = reciprocalA[ageStep];
                oneOverB[i] = reciprocalB[ageStep];
                oneOverLastA[i] = reciprocalA[recencyStep];
                oneOverLastB[i] = reciprocalB[recencyStep];
                logRatioA[i] = logA[ageStep] - logA[recencyStep];
                logRatioB[i] = logB[ageStep] - logB[recencyStep];
                sumLogA += weights[i] * logA[ageStep];
                sumLogB += weights[i] * logB[ageStep];
                remember(race, aAge[i], bAge[i], ageStep, atAge, i);
                remember(race, aLast[i], bLast[i], recencyStep, atLast, i);
            }
        }

        private void remember(
                GammaRaceGradient race, double a, double b, int step, GammaRaceGradient.Columns out, int row) {
            if (knownFor[step] != stamp) {
                race.evaluate(a, b, known, step);
                knownFor[step] = stamp;
            }
            out.value[row] = known.value[step];
            out.byRho[row] = known.byRho[step];
            out.byS[row] = known.byS[step];
            out.byA[row] = known.byA[step];
        }

        private void rememberAll(GammaRaceGradient race) {
            double[] times = rows.gridTimes();
            for (int step = 0; step < times.length; step++) {
                gridA[step] = alpha + times[step];
                gridB[step] = beta + times[step];
                knownFor[step] = stamp;
            }
            race.evaluateAll(gridA, gridB, times.length, known);
        }

        private void fillContinuous(int group, GammaRaceGradient race, int from, int size) {
            double[] recencies = rows.recency();
            System.arraycopy(rows.age(), from, ages, 0, size);
            for (int i = 0; i < size; i++) {
                aAge[i] = alpha + ages[i];
                bAge[i] = beta + ages[i];
                aLast[i] = alpha + recencies[from + i];
                bLast[i] = beta + recencies[from + i];
            }
            // One division for two reciprocals and a ratio.
            for (int i = 0; i < size; i++) {
                double inverse = 1 / (aAge[i] * aLast[i]);
                oneOverA[i] = aLast[i] * inverse;
                oneOverLastA[i] = aAge[i] * inverse;
                logRatioA[i] = aAge[i] * oneOverLastA[i];
            }
            for (int i = 0; i < size; i++) {
                double inverse = 1 / (bAge[i] * bLast[i]);
                oneOverB[i] = bLast[i] * inverse;
                oneOverLastB[i] = bAge[i] * inverse;
                logRatioB[i] = bAge[i] * oneOverLastB[i];
            }
            for (int i = 0; i < size; i++) {
                logRatioA[i] = Math.log(logRatioA[i]);
            }
            for (int i = 0; i < size; i++) {
                logRatioB[i] = Math.log(logRatioB[i]);
            }
            double oneOverAlpha = 1 / alpha;
            double oneOverBeta = 1 / beta;
            for (int i = 0; i < size; i++) {
                scaled[i] = 1 + ages[i] * oneOverAlpha;
                decay[i] = 1 + ages[i] * oneOverBeta;
            }
            sumLogA = sumLogs(scaled, size, rows.isWeighted(group));
            sumLogB = sumLogs(decay, size, rows.isWeighted(group));
            race.evaluateAll(aAge, bAge, size, atAge);
            if (rows.frequency(group) == 0) {
                // Everybody's last purchase is the first.
                race.evaluateAll(new double[] {alpha}, new double[] {beta}, 1, atLast);
                for (int i = 1; i < size; i++) {
                    atLast.value[i] = atLast.value[0];
                    atLast.byRho[i] = atLast.byRho[0];
                    atLast.byS[i] = atLast.byS[0];
                    atLast.byA[i] = atLast.byA[0];
                }
            } else {
                race.evaluateAll(aLast, bLast, size, atLast);
            }
        }

        private double sumLogs(double[] values, int size, boolean weighted) {
            double logs = 0;
            if (weighted) {
                for (int i = 0; i < size; i++) {
                    logs += weights[i] * Math.log(values[i]);
                }
                return logs;
            }
            double product = 1;
            int factors = 0;
            for (int i = 0; i < size; i++) {
                product *= values[i];
                factors++;
                if (factors == PRODUCT || !(values[i] < LARGE && values[i] > 1 / LARGE)) {
                    logs += Math.log(product);
                    product = 1;
                    factors = 0;
                }
            }
            return logs + Math.log(product);
        }

        /** Adds P_T + ln R and its derivatives by r, α, s, β. */
        private void addBlock(double rho, int size, boolean weighted, double[] sums) {
            double linear = 0;
            for (int i = 0; i < size; i++) {
                double u = rho * logRatioA[i] + s * logRatioB[i];
                linear += weights[i] * u;
                decay[i] = -u;
            }
            for (int i = 0; i < size; i++) {
                decay[i] = Math.exp(decay[i]);
            }
            // R e^{−u}; k = 1/R and q = e^u/R never overflow.
            for (int i = 0; i < size; i++) {
                scaled[i] = atLast.value[i] + decay[i] * (1 - atAge.value[i]);
            }
            double oneOverAlpha = 1 / alpha;
            double oneOverBeta = 1 / beta;
            double byR = 0;
            double byS = 0;
            double byAlpha = 0;
            double byBeta = 0;
            for (int i = 0; i < size; i++) {
                double weight = weights[i];
                double q = weight / scaled[i];
                double k = decay[i] * q;
                double qLast = q * atLast.value[i];
                byR += qLast * logRatioA[i] + q * atLast.byRho[i] - k * atAge.byRho[i];
                byS += qLast * logRatioB[i] + q * atLast.byS[i] - k * atAge.byS[i];
                byAlpha +=
                        rho * (qLast * (oneOverA[i] - oneOverLastA[i]) + weight * ages[i] * oneOverA[i] * oneOverAlpha)
                                + q * atLast.byA[i]
                                - k * atAge.byA[i];
                // X depends on a/b alone: b X_b = −a X_a.
                byBeta += s * (qLast * (oneOverB[i] - oneOverLastB[i]) + weight * ages[i] * oneOverB[i] * oneOverBeta)
                        - q * atLast.byA[i] * aLast[i] * oneOverLastB[i]
                        + k * atAge.byA[i] * aAge[i] * oneOverB[i];
            }
            sums[0] += linear + sumLogs(scaled, size, weighted) - rho * sumLogA - s * sumLogB;
            sums[1] += byR - sumLogA;
            sums[2] += byAlpha;
            sums[3] += byS - sumLogB;
            sums[4] += byBeta;
        }
    }
}
