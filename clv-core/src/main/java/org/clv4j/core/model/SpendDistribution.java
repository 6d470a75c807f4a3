// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/**
 * The capability of a spend model to say how uncertain the spend of a customer is.
 *
 * <p>What is distributed is the customer's own <em>mean spend</em>: what the amounts of the customer's purchases average out at in
 * the long run, given the history. Its expectation is {@link FittedSpendModel#expectedSpend}. The mean of a stated number of future
 * purchases varies more, by chance alone; it can be sampled.
 *
 * <p>Frequency and monetary value are those of {@link FittedSpendModel}. Every argument out of its range, NaN included, is an
 * {@link IllegalArgumentException} that names it. Every result is finite: an amount beyond the largest double is {@link
 * Double#MAX_VALUE}.
 */
public interface SpendDistribution {

    /**
     * Returns the probability that a customer's mean spend is below an amount.
     *
     * @param frequency x, the repeat occasions behind the mean
     * @param monetaryValue z̄, their mean amount
     * @param amount the amount; finite
     * @return the probability, in [0, 1]; but for rounding does not fall with the amount
     */
    double probabilityOfSpendBelow(int frequency, double monetaryValue, double amount);

    /**
     * Returns the amount that a customer's mean spend is below with a probability: the inverse of {@link #probabilityOfSpendBelow}.
     *
     * @param frequency x, the repeat occasions behind the mean
     * @param monetaryValue z̄, their mean amount
     * @param probability the probability; above 0 and below 1
     * @return the amount, in the base's currency; but for rounding does not fall with the probability
     */
    double spendQuantile(int frequency, double monetaryValue, double probability);

    /**
     * Draws a customer's mean spend.
     *
     * @param frequency x, the repeat occasions behind the mean
     * @param monetaryValue z̄, their mean amount
     * @param draws how many draws, at least 0
     * @param seed the seed; the same seed gives the same draws on every machine
     * @return the draws
     */
    double[] sampleMeanSpends(int frequency, double monetaryValue, int draws, long seed);

    /**
     * Draws the mean amount of a customer's next purchases. Every draw has a mean spend of its own and purchases around it.
     *
     * @param frequency x, the repeat occasions behind the mean
     * @param monetaryValue z̄, their mean amount
     * @param purchases how many purchases the mean is of, at least 1
     * @param draws how many draws, at least 0
     * @param seed the seed; the same seed gives the same draws on every machine
     * @return the draws
     */
    double[] sampleMeanSpends(int frequency, double monetaryValue, int purchases, int draws, long seed);
}
