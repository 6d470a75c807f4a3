// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Psi;

/**
 * The mean negative log-likelihood of the Gamma-Gamma model with its gradient by (p, q, γ), over the customers with repeat purchases
 * of a mean above 0.
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
     * Sorts the rows of a base.
     *
     * @param base the customers
     */
    public GammaGammaLikelihood(CustomerBase base) {
        long[] keys = new long[base.size()];
        int used = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0 && base.monetaryValue(row) > 0) {
                keys[used++] = (long) base.frequency(row) << 32 | row;
            }
        }
        Arrays.sort(keys, 0, used);
        int[] groupFrequencies = new int[used];
        int[] groupStarts = new int[used + 1];
        totals = new double[used];
        weights = new double[used];
        groupWeights = new double[used];
        groupLogMeans = new double[used];
        int groups = 0;
        double sum = 0;
        for (int i = 0; i < used; i++) {
            int row = (int) keys[i];
            int x = base.frequency(row);
            if (groups == 0 || groupFrequencies[groups - 1] != x) {
                groupFrequencies[groups] = x;
                groupStarts[groups] = i;
                groups++;
            }
            totals[i] = base.monetaryValue(row) * x;
            weights[i] = base.weight(row);
            groupWeights[groups - 1] += weights[i];
            groupLogMeans[groups - 1] += weights[i] * Math.log(base.monetaryValue(row));
            sum += weights[i];
        }
        frequencies = Arrays.copyOf(groupFrequencies, groups);
        starts = Arrays.copyOf(groupStarts, groups + 1);
        starts[groups] = used;
        totalWeight = sum;
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
