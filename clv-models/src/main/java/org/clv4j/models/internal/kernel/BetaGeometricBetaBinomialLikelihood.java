// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Rising;

/**
 * The mean negative log-likelihood of the BG/BB model with its gradient: a sum over the distinct histories, of which few opportunities
 * leave few. Immutable.
 */
public final class BetaGeometricBetaBinomialLikelihood implements Objective {

    private record Cell(int x, int last, int n) {}

    private final Map<Cell, Double> weights = new TreeMap<>(
            Comparator.comparingInt(Cell::n).thenComparingInt(Cell::last).thenComparingInt(Cell::x));

    private final double totalWeight;

    /**
     * Counts the customers with the same history.
     *
     * @param base the customers, whose times are whole
     */
    public BetaGeometricBetaBinomialLikelihood(CustomerBase base) {
        for (int row = 0; row < base.size(); row++) {
            weights.merge(
                    new Cell(base.frequency(row), (int) base.recency(row), (int) base.age(row)),
                    base.weight(row),
                    Double::sum);
        }
        totalWeight = base.totalWeight();
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        double[] sums = new double[5];
        weights.forEach((cell, weight) -> add(cell, weight, point, sums));
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -sums[1 + i] / totalWeight;
        }
        return -sums[0] / totalWeight;
    }

    /** Adds a history's log-likelihood and its derivatives by α, β, γ and δ. */
    private static void add(Cell cell, double weight, double[] point, double[] sums) {
        double alpha = point[0];
        double beta = point[1];
        double gamma = point[2];
        double delta = point[3];
        int x = cell.x;
        int last = cell.last;
        // The sum over what may have happened since the last purchase; `stayed` is the probability of having stayed and
        // not bought, with
        // the derivatives of its logarithm.
        double stayed = 1;
        double byAlpha = 0;
        double byBeta = 0;
        double byGamma = 0;
        double byDelta = 0;
        double sum = 0;
        double sumByAlpha = 0;
        double sumByBeta = 0;
        double sumByGamma = 0;
        double sumByDelta = 0;
        for (int t = last; t < cell.n; t++) {
            double trials = 1 / (alpha + beta + t);
            double lives = 1 / (gamma + delta + t);
            double quit = stayed * gamma * lives;
            sum += quit;
            sumByAlpha += quit * byAlpha;
            sumByBeta += quit * byBeta;
            sumByGamma += quit * (byGamma + 1 / gamma - lives);
            sumByDelta += quit * (byDelta - lives);
            stayed *= (beta + (t - x)) * trials * ((delta + t) * lives);
            byAlpha -= trials;
            byBeta += 1 / (beta + (t - x)) - trials;
            byGamma -= lives;
            byDelta += 1 / (delta + t) - lives;
        }
        sum += stayed;
        sumByAlpha += stayed * byAlpha;
        sumByBeta += stayed * byBeta;
        sumByGamma += stayed * byGamma;
        sumByDelta += stayed * byDelta;

        double trials = Rising.reciprocals(alpha + beta, 0, last);
        double lives = Rising.reciprocals(gamma + delta, 0, last);
        sums[0] += weight
                * (Rising.log(alpha, x)
                        + Rising.log(beta, last - x)
                        - Rising.log(alpha + beta, last)
                        + Rising.log(delta, last)
                        - Rising.log(gamma + delta, last)
                        + Math.log(sum));
        sums[1] += weight * (Rising.reciprocals(alpha, 0, x) - trials + sumByAlpha / sum);
        sums[2] += weight * (Rising.reciprocals(beta, 0, last - x) - trials + sumByBeta / sum);
        sums[3] += weight * (sumByGamma / sum - lives);
        sums[4] += weight * (Rising.reciprocals(delta, 0, last) - lives + sumByDelta / sum);
    }
}
