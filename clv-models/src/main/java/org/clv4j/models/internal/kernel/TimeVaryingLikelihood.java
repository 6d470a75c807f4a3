// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import java.util.Map;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.GaussRule;
import org.clv4j.models.internal.special.Rising;

/**
 * The mean negative log-likelihood of the Pareto/NBD model with time-varying covariates, with its gradient by (r, α, s, β) and the
 * effects.
 *
 * <p>With A(t) and C(t) the factors of the covariates on purchases and on dropout, B(t) and D(t) their integrals from 0, a(t) = α + B(t),
 * b(t) = β + D(t) and e<sup>−Φ(t)</sup> = (a(t)/a(t_x))<sup>−(r+x)</sup> (b(t)/b(t_x))<sup>−s</sup>,
 *
 * <pre>
 * ln L = ln (r)_x + Σ ln A(t_j) + r ln α − (r+x) ln a(t_x) + s ln β − s ln b(t_x) + ln[e^−Φ(T) + ∫ s C/b e^−Φ dt over (t_x, T]]
 * </pre>
 *
 * <p>B and D are linear within a piece of constant covariates. So the derivatives of the bracket need of a piece but seven sums over the nodes
 * of a quadrature, however many effects there are. Up to t_x a piece costs two exponentials.
 *
 * <p>The rows are cut into parts of a fixed size, whose sums are added in their order: the result has the same bits for any number of
 * threads. Not thread-safe: memory is reused between evaluations.
 */
public final class TimeVaryingLikelihood implements Objective {

    /** So many rows that starting a part costs nothing, so few that threads end together. */
    private static final int PART = 64;

    private static final double NEGLIGIBLE = 1e-18;
    /** Factors beyond this are no estimates of anything, and their integrals would overflow. */
    private static final double LARGEST = 1e100;
    /** Shapes up to this multiply the rounding of a logarithm by so little that nobody notices. */
    private static final double SMALL = 128;

    /**
     * The rules, from the cheapest; and up to which growth of a rate and which change of the exponent over a panel they are exact to a
     * double.
     */
    private static final GaussRule[] RULES = {GaussRule.of(5), GaussRule.of(8), GaussRule.of(16)};

    private static final double[] GROWTHS = {0.2, 0.6, 3};
    private static final double[] EXPONENTS = {0.7, 3, 6};

    private final TimeVaryingRows rows;
    private final Execution execution;
    private final Map<Integer, Double> weightByFrequency;
    private final double totalWeight;
    /** Of each effect: its covariate, and whether it acts on purchases and on dropout. */
    private final int[] covariate;

    private final boolean[] onPurchase;
    private final boolean[] onDropout;

    private final double[][] partSums;
    private final RowSums[] workers;

    private double r;
    private double alpha;
    private double s;
    private double beta;
    private double[] effects;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param covariate the covariate of each effect
     * @param onPurchase whether an effect acts on purchases
     * @param onDropout whether an effect acts on dropout
     * @param execution how it is evaluated
     */
    public TimeVaryingLikelihood(
            TimeVaryingRows rows, int[] covariate, boolean[] onPurchase, boolean[] onDropout, Execution execution) {
        this.rows = rows;
        this.execution = execution;
        this.covariate = covariate.clone();
        this.onPurchase = onPurchase.clone();
        this.onDropout = onDropout.clone();
        this.effects = new double[covariate.length];
        this.weightByFrequency = rows.weightByFrequency();
        this.totalWeight = rows.totalWeight();
        int parts = (rows.size() + PART - 1) / PART;
        this.partSums = new double[parts][5 + covariate.length];
        this.workers = new RowSums[Math.min(execution.threads(), Math.max(1, parts))];
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        r = parameters[0];
        alpha = parameters[1];
        s = parameters[2];
        beta = parameters[3];
        effects = Arrays.copyOfRange(parameters, 4, parameters.length);
        execution.run(partSums.length, (number, part) -> {
            if (workers[number] == null) {
                workers[number] = new RowSums();
            }
            double[] sums = partSums[part];
            Arrays.fill(sums, 0);
            for (int row = part * PART; row < Math.min(rows.size(), (part + 1) * PART); row++) {
                workers[number].add(row, sums);
            }
        });
        double[] sums = new double[1 + parameters.length];
        addConstants(sums);
        for (double[] partSum : partSums) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += partSum[i];
            }
        }
        double scale = -1 / totalWeight;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = sums[1 + i] * scale;
        }
        return sums[0] * scale;
    }

    /** What depends on the frequency alone. */
    private void addConstants(double[] sums) {
        double logAlpha = Math.log(alpha);
        double logRising = 0;
        double dLogRising = 0;
        int x = 0;
        for (Map.Entry<Integer, Double> entry : weightByFrequency.entrySet()) {
            int nextX = entry.getKey();
            double weight = entry.getValue();
            logRising += Rising.log(r, x, nextX);
            dLogRising += Rising.reciprocals(r, x, nextX);
            x = nextX;
            sums[0] += weight * (logRising - x * logAlpha);
            sums[1] += weight * dLogRising;
        }
    }

    /** One thread's sums, with memory of its own. */
    private final class RowSums {

        private final int covariates = rows.covariates;
        /** The derivatives of B and D by the effects, at the time that the walk has come to. */
        private final double[] byEffectB = new double[effects.length];

        private final double[] byEffectD = new double[effects.length];
        /** Of the bracket: derivatives by the effects. */
        private final double[] byEffect = new double[effects.length];

        // Of the piece at hand: A, C and where its covariates stand.
        private double purchaseFactor;
        private double dropoutFactor;
        private int valuesAt;

        // The integrals of A and C so far: from 0 up to t_x, then from t_x on.
        private double grownB;
        private double grownD;

        // Of the row at hand.
        private double rho;
        private double atLastA;
        private double atLastB;
        /** The probability of neither a purchase nor death since t_x, at the last node; falls with time. */
        private double unrung;

        // The bracket, and in the same proportion its means of 1/a, 1/b and logarithms.
        private double mass;
        private double dead;
        private double meanLogA;
        private double meanLogB;
        private double perA;
        private double perB;

        void add(int row, double[] sums) {
            rho = r + rows.frequency[row];
            double recency = rows.recency[row];
            double age = rows.age[row];
            int end = rows.starts[row + 1];
            Arrays.fill(byEffectB, 0);
            Arrays.fill(byEffectD, 0);
            grownB = 0;
            grownD = 0;
            int piece = rows.starts[row];
            double time = 0;
            if (!enter(piece)) {
                sums[0] = Double.NaN;
                return;
            }
            while (piece + 1 < end && rows.times[piece + 1] <= recency) {
                walk(rows.times[piece + 1] - time);
                piece++;
                time = rows.times[piece];
                if (!enter(piece)) {
                    sums[0] = Double.NaN;
                    return;
                }
            }
            walk(recency - time);
            double logGrowthA = Math.log1p(grownB / alpha);
            double logGrowthB = Math.log1p(grownD / beta);
            atLastA = alpha + grownB;
            atLastB = beta + grownD;
            startBracket();
            time = recency;
            while (time < age && unrung > NEGLIGIBLE * mass) {
                double next = piece + 1 < end ? Math.min(age, rows.times[piece + 1]) : age;
                addDeaths(next - time);
                walk(next - time);
                time = next;
                if (time < age) {
                    piece++;
                    if (!enter(piece)) {
                        sums[0] = Double.NaN;
                        return;
                    }
                }
            }
            if (time >= age) {
                addAlive();
            }
            double weight = rows.weights[row];
            double share = weight / mass;
            double logFactors = 0;
            for (int e = 0; e < effects.length; e++) {
                double ofPurchases = onPurchase[e] ? rows.sums[row * covariates + covariate[e]] : 0;
                logFactors += effects[e] * ofPurchases;
                sums[5 + e] += weight * ofPurchases + share * byEffect[e];
            }
            sums[0] += weight * (logFactors - rho * logGrowthA - s * logGrowthB + Math.log(mass));
            sums[1] += share * -meanLogA - weight * logGrowthA;
            sums[2] += weight * r / alpha - share * rho * perA;
            sums[3] += share * (dead / s - meanLogB) - weight * logGrowthB;
            sums[4] += weight * s / beta - share * perB;
        }

        /** Takes the factors of a piece; false if they are too large. */
        private boolean enter(int piece) {
            valuesAt = piece * covariates;
            double logA = 0;
            double logC = 0;
            for (int e = 0; e < effects.length; e++) {
                double term = effects[e] * rows.values[valuesAt + covariate[e]];
                logA += onPurchase[e] ? term : 0;
                logC += onDropout[e] ? term : 0;
            }
            purchaseFactor = Math.exp(logA);
            dropoutFactor = Math.exp(logC);
            return purchaseFactor < LARGEST
                    && dropoutFactor < LARGEST
                    && purchaseFactor > 1 / LARGEST
                    && dropoutFactor > 1 / LARGEST;
        }

        /** Goes on for a time within the piece. */
        private void walk(double time) {
            grownB += purchaseFactor * time;
            grownD += dropoutFactor * time;
            for (int e = 0; e < effects.length; e++) {
                double value = rows.values[valuesAt + covariate[e]] * time;
                byEffectB[e] += value * purchaseFactor;
                byEffectD[e] += value * dropoutFactor;
            }
        }

        private void startBracket() {
            grownB = 0;
            grownD = 0;
            Arrays.fill(byEffect, 0);
            unrung = 1;
            mass = 0;
            dead = 0;
            meanLogA = 0;
            meanLogB = 0;
            perA = 0;
            perB = 0;
        }

        /** ln(1 + growth), whose rounding counts as often as the shapes say. */
        private double log(double growth) {
            return rho <= SMALL && s <= SMALL ? Math.log(1 + growth) : Math.log1p(growth);
        }

        /** Adds deaths in a time of the piece that begins where the walk has come to. */
        private void addDeaths(double length) {
            double y = 0;
            while (y < length && unrung > NEGLIGIBLE * mass) {
                double rest = length - y;
                double rateA = purchaseFactor / (atLastA + grownB + purchaseFactor * y);
                double rateB = dropoutFactor / (atLastB + grownD + dropoutFactor * y);
                double growth = Math.max(rateA, rateB);
                double steepness = rho * rateA + (s + 1) * rateB;
                int rule = 0;
                while (rule < RULES.length - 1
                        && (rest * growth > GROWTHS[rule] || rest * steepness > EXPONENTS[rule])) {
                    rule++;
                }
                double width = Math.min(rest, Math.min(GROWTHS[rule] / growth, EXPONENTS[rule] / steepness));
                addPanel(y, width, RULES[rule]);
                // The last panel ends where the piece does.
                y = width < rest ? y + width : length;
            }
        }

        private void addPanel(double from, double width, GaussRule rule) {
            double sum = 0;
            double sumLogA = 0;
            double sumLogB = 0;
            double sumPerA = 0;
            double sumPerB = 0;
            double timesPerA = 0;
            double timesPerB = 0;
            for (int i = 0; i < rule.points(); i++) {
                double y = from + width * rule.node(i);
                double sinceA = grownB + purchaseFactor * y;
                double sinceB = grownD + dropoutFactor * y;
                double logA = log(sinceA / atLastA);
                double logB = log(sinceB / atLastB);
                double oneOverA = 1 / (atLastA + sinceA);
                double oneOverB = 1 / (atLastB + sinceB);
                unrung = Math.exp(-rho * logA - s * logB);
                double density = rule.weight(i) * unrung * oneOverB;
                sum += density;
                sumLogA += density * logA;
                sumLogB += density * logB;
                sumPerA += density * oneOverA;
                sumPerB += density * oneOverB;
                timesPerA += density * oneOverA * y;
                timesPerB += density * oneOverB * y;
            }
            double scale = width * s * dropoutFactor;
            mass += scale * sum;
            dead += scale * sum;
            meanLogA += scale * sumLogA;
            meanLogB += scale * sumLogB;
            perA += scale * sumPerA;
            perB += scale * (s + 1) * sumPerB;
            for (int e = 0; e < effects.length; e++) {
                double value = rows.values[valuesAt + covariate[e]];
                if (onPurchase[e]) {
                    byEffect[e] -= scale * rho * (byEffectB[e] * sumPerA + value * purchaseFactor * timesPerA);
                }
                if (onDropout[e]) {
                    byEffect[e] += scale
                            * (value * sum - (s + 1) * (byEffectD[e] * sumPerB + value * dropoutFactor * timesPerB));
                }
            }
        }

        /** Adds those alive at the end, where the walk is. */
        private void addAlive() {
            double logA = log(grownB / atLastA);
            double logB = log(grownD / atLastB);
            double probability = Math.exp(-rho * logA - s * logB);
            double probabilityPerA = probability / (atLastA + grownB);
            double probabilityPerB = probability / (atLastB + grownD);
            mass += probability;
            meanLogA += probability * logA;
            meanLogB += probability * logB;
            perA += probabilityPerA;
            perB += s * probabilityPerB;
            for (int e = 0; e < effects.length; e++) {
                if (onPurchase[e]) {
                    byEffect[e] -= rho * byEffectB[e] * probabilityPerA;
                }
                if (onDropout[e]) {
                    byEffect[e] -= s * byEffectD[e] * probabilityPerB;
                }
            }
        }
    }
}
