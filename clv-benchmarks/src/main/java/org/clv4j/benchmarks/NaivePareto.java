// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import org.apache.commons.math3.special.Gamma;

/**
 * {@link Naive}, for the Pareto/NBD model: the textbook's likelihood with its two hypergeometric functions a customer, each by its power
 * series, put together in logarithms so that nothing overflows.
 */
final class NaivePareto {

    private NaivePareto() {}

    /** The mean negative log-likelihood. */
    static double negativeLogLikelihood(double[] parameters, int[] frequency, double[] recency, double[] age) {
        double r = parameters[0];
        double constant = r * Math.log(parameters[1]) + parameters[2] * Math.log(parameters[3]) - Gamma.logGamma(r);
        double total = 0;
        for (int i = 0; i < frequency.length; i++) {
            double alive = logAlive(parameters, frequency[i], age[i]);
            double dead = logDead(parameters, frequency[i], recency[i], age[i]);
            total += constant + Gamma.logGamma(r + frequency[i]) + logOfSum(alive, dead);
        }
        return -total / frequency.length;
    }

    /** Expected transactions × expected spend × margin, in one loop. */
    static void score(
            double[] parameters, double[] spend, double horizon, double margin, Portfolio data, double[] out) {
        for (int i = 0; i < out.length; i++) {
            int x = data.frequency[i];
            out[i] = expectedTransactions(parameters, x, data.recency[i], data.age[i], horizon)
                    * Naive.expectedSpend(spend[0], spend[1], spend[2], x, data.monetaryValue[i])
                    * margin;
        }
    }

    private static double expectedTransactions(double[] parameters, int x, double recency, double age, double horizon) {
        double s = parameters[2];
        double scale = parameters[3] + age;
        double alive = logAlive(parameters, x, age);
        double probabilityAlive = Math.exp(alive - logOfSum(alive, logDead(parameters, x, recency, age)));
        return probabilityAlive
                * (parameters[0] + x)
                * scale
                / ((parameters[1] + age) * (s - 1))
                * (1 - Math.pow(scale / (scale + horizon), s - 1));
    }

    /** The logarithm of (α+T)^−(r+x) (β+T)^−s. */
    private static double logAlive(double[] parameters, int x, double age) {
        return -(parameters[0] + x) * Math.log(parameters[1] + age) - parameters[2] * Math.log(parameters[3] + age);
    }

    /** The logarithm of s/(r+s+x) A₀. */
    private static double logDead(double[] parameters, int x, double recency, double age) {
        double total = parameters[0] + parameters[2] + x;
        double left = logTerm(parameters, x, recency);
        double now = logTerm(parameters, x, age);
        return Math.log(parameters[2] / total) + left + Math.log(1 - Math.exp(now - left));
    }

    /** The logarithm of F(r+s+x, b; r+s+x+1; |α−β|/(m+t)) / (m+t)^(r+s+x), where m is the larger of α and β. */
    private static double logTerm(double[] parameters, int x, double time) {
        double alpha = parameters[1];
        double beta = parameters[3];
        double total = parameters[0] + parameters[2] + x;
        double b = alpha >= beta ? parameters[2] + 1 : parameters[0] + x;
        double scale = Math.max(alpha, beta) + time;
        return Math.log(Naive.hypergeometric(total, b, total + 1, Math.abs(alpha - beta) / scale))
                - total * Math.log(scale);
    }

    private static double logOfSum(double one, double other) {
        double larger = Math.max(one, other);
        return larger + Math.log(Math.exp(one - larger) + Math.exp(other - larger));
    }
}
