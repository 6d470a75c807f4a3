// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import org.apache.commons.math3.special.Gamma;

/**
 * What a competent programmer writes who ports the formulas of the papers, or of the Python library <i>lifetimes</i>, to Java with
 * Commons Math: a loop over arrays, log-gamma functions a customer, forward differences for the gradient, the plain power series of
 * the hypergeometric function. What does not depend on the customer stands before the loop, as in any vectorised original.
 */
final class Naive {

    /** Near the best compromise of truncation and rounding for means of a size of about 1. */
    private static final double STEP = 1e-7;

    /** The mean negative log-likelihood of a model over all customers. */
    @FunctionalInterface
    interface Likelihood {
        double of(double[] parameters, int[] frequency, double[] recency, double[] age);
    }

    private Naive() {}

    /** A mean negative log-likelihood of four parameters and its gradient, by five evaluations. */
    static double evaluate(
            Likelihood model, double[] parameters, int[] frequency, double[] recency, double[] age, double[] gradient) {
        double value = model.of(parameters, frequency, recency, age);
        for (int i = 0; i < parameters.length; i++) {
            double[] moved = parameters.clone();
            double step = STEP * parameters[i];
            moved[i] += step;
            gradient[i] = (model.of(moved, frequency, recency, age) - value) / step;
        }
        return value;
    }

    /** The mean negative log-likelihood of BG/NBD. */
    static double negativeLogLikelihood(double[] parameters, int[] frequency, double[] recency, double[] age) {
        double r = parameters[0];
        double alpha = parameters[1];
        double a = parameters[2];
        double b = parameters[3];
        double constant = r * Math.log(alpha) - Gamma.logGamma(r) + Gamma.logGamma(a + b) - Gamma.logGamma(b);
        double logA = Math.log(a);
        double total = 0;
        for (int i = 0; i < frequency.length; i++) {
            int x = frequency[i];
            double common = constant + Gamma.logGamma(r + x) + Gamma.logGamma(b + x) - Gamma.logGamma(a + b + x);
            double alive = -(r + x) * Math.log(alpha + age[i]);
            if (x == 0) {
                total += common + alive;
            } else {
                double left = logA - Math.log(b + x - 1) - (r + x) * Math.log(alpha + recency[i]);
                double larger = Math.max(alive, left);
                total += common + larger + Math.log(Math.exp(alive - larger) + Math.exp(left - larger));
            }
        }
        return -total / frequency.length;
    }

    static void probabilityAlive(double[] parameters, int[] frequency, double[] recency, double[] age, double[] out) {
        for (int i = 0; i < frequency.length; i++) {
            out[i] = probabilityAlive(parameters, frequency[i], recency[i], age[i]);
        }
    }

    private static double probabilityAlive(double[] parameters, int x, double recency, double age) {
        if (x == 0) {
            return 1;
        }
        double r = parameters[0];
        double alpha = parameters[1];
        return 1 / (1 + parameters[2] / (parameters[3] + x - 1) * Math.pow((alpha + age) / (alpha + recency), r + x));
    }

    static void expectedTransactions(
            double[] parameters, int[] frequency, double[] recency, double[] age, double horizon, double[] out) {
        for (int i = 0; i < frequency.length; i++) {
            out[i] = expectedTransactions(parameters, frequency[i], recency[i], age[i], horizon);
        }
    }

    private static double expectedTransactions(double[] parameters, int x, double recency, double age, double horizon) {
        double r = parameters[0];
        double alpha = parameters[1];
        double a = parameters[2];
        double b = parameters[3];
        double z = horizon / (alpha + age + horizon);
        double series = hypergeometric(r + x, b + x, a + b + x - 1, z);
        double expected =
                (a + b + x - 1) / (a - 1) * (1 - series * Math.pow((alpha + age) / (alpha + age + horizon), r + x));
        return expected * probabilityAlive(parameters, x, recency, age);
    }

    /** F(a, b; c; z) by its power series, until a term changes nothing. */
    static double hypergeometric(double a, double b, double c, double z) {
        double term = 1;
        double sum = 1;
        for (int n = 0; n < 10_000; n++) {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            double next = sum + term;
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }

    static void expectedSpend(double p, double q, double gamma, int[] frequency, double[] monetaryValue, double[] out) {
        for (int i = 0; i < frequency.length; i++) {
            out[i] = expectedSpend(p, q, gamma, frequency[i], monetaryValue[i]);
        }
    }

    static double expectedSpend(double p, double q, double gamma, int x, double monetaryValue) {
        double individualWeight = p * x / (p * x + q - 1);
        double populationMean = gamma * p / (q - 1);
        return (1 - individualWeight) * populationMean + individualWeight * monetaryValue;
    }

    /** Expected transactions × expected spend × margin, in one loop. */
    static void score(
            double[] parameters, double[] spend, double horizon, double margin, Portfolio data, double[] out) {
        for (int i = 0; i < out.length; i++) {
            int x = data.frequency[i];
            out[i] = expectedTransactions(parameters, x, data.recency[i], data.age[i], horizon)
                    * expectedSpend(spend[0], spend[1], spend[2], x, data.monetaryValue[i])
                    * margin;
        }
    }

    /** Period by period, as lifetimes does: what is bought in a period is discounted at its end. */
    static void clv(
            double[] parameters,
            double[] spend,
            int periods,
            double continuousRate,
            double margin,
            Portfolio data,
            double[] out) {
        for (int i = 0; i < out.length; i++) {
            int x = data.frequency[i];
            double transactions = 0;
            double before = 0;
            for (int period = 1; period <= periods; period++) {
                double upTo = expectedTransactions(parameters, x, data.recency[i], data.age[i], period);
                transactions += (upTo - before) * Math.exp(-continuousRate * period);
                before = upTo;
            }
            out[i] = transactions * expectedSpend(spend[0], spend[1], spend[2], x, data.monetaryValue[i]) * margin;
        }
    }
}
