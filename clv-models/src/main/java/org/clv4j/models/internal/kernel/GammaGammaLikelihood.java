// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Psi;

/**
 * The mean negative log-likelihood of the Gamma-Gamma model with its gradient by (p, q, γ).
 *
 * <p>Gamma functions depend on x alone and are computed once a group; left a customer is one logarithm and one division.
 */
public final class GammaGammaLikelihood implements Objective {

    private final int[] frequencies;
    private final int[] starts;
    private final double[] totals;
    private final double[] weights;
    /** Of each group: Σ w and Σ w ln z̄. */
    private final double[] groupWeights;

    private final double[] groupLogMeans;
    private final double totalWeight;

    /**
     * Sums up the rows.
     *
     * @param rows the customers, with means above 0
     */
    public GammaGammaLikelihood(SpendRows rows) {
        int groups = rows.groups();
        frequencies = new int[groups];
        starts = new int[groups + 1];
        totals = new double[rows.size()];
        weights = new double[rows.size()];
        groupWeights = new double[groups];
        groupLogMeans = new double[groups];
        for (int group = 0; group < groups; group++) {
            frequencies[group] = rows.frequency(group);
            starts[group] = rows.start(group);
            for (int i = rows.start(group); i < rows.start(group + 1); i++) {
                totals[i] = rows.mean(i) * frequencies[group];
                weights[i] = rows.weight(i);
                groupWeights[group] += weights[i];
                groupLogMeans[group] += weights[i] * Math.log(rows.mean(i));
            }
        }
        starts[groups] = rows.size();
        totalWeight = rows.totalWeight();
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        double p = parameters[0];
        double q = parameters[1];
        double gamma = parameters[2];
        double logGamma = Math.log(gamma);
        double logGammaOfQ = LogGamma.value(q);
        double psiOfQ = Psi.digamma(q);
        double total = 0;
        Arrays.fill(gradient, 0);
        for (int group = 0; group < frequencies.length; group++) {
            double x = frequencies[group];
            double px = p * x;
            double weight = groupWeights[group];
            double logMeans = groupLogMeans[group];
            double logs = 0;
            double reciprocals = 0;
            for (int i = starts[group]; i < starts[group + 1]; i++) {
                double sum = gamma + totals[i];
                logs += weights[i] * Math.log(sum);
                reciprocals += weights[i] / sum;
            }
            double logX = Math.log(x);
            total += weight * (LogGamma.value(px + q) - LogGamma.value(px) - logGammaOfQ + q * logGamma + px * logX)
                    + (px - 1) * logMeans
                    - (px + q) * logs;
            double psiOfSum = Psi.digamma(px + q);
            gradient[0] += x * (weight * (psiOfSum - Psi.digamma(px) + logX) + logMeans - logs);
            gradient[1] += weight * (psiOfSum - psiOfQ + logGamma) - logs;
            gradient[2] += weight * q / gamma - (px + q) * reciprocals;
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= -totalWeight;
        }
        return -total / totalWeight;
    }
}
