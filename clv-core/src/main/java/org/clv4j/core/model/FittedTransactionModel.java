// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Objects;
import org.clv4j.core.data.CustomerBase;

/**
 * A fitted model of when and how often customers buy.
 *
 * <p>A customer is given by frequency x (repeat occasions, at least 0), recency t_x (first to last purchase, in [0, age], 0 if x
 * = 0) and age T (first purchase to now, finite, at least 0). Horizons are finite and at least 0. Every argument out of its
 * range, NaN included, is an {@link IllegalArgumentException} that names it; every result is finite.
 *
 * <p>The batch methods {@code …Into(base, from, to, out)} write rows [from, to) of a base to {@code out[0 … to − from)}. Each
 * result is bit for bit that of the scalar method, whatever the batch.
 */
public interface FittedTransactionModel extends FittedModel {

    /**
     * Returns the log-likelihood of a customer's history.
     *
     * @param frequency x, repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to now
     * @return the log-likelihood
     */
    double logLikelihood(int frequency, double recency, double age);

    /**
     * Returns the probability that a customer is still alive now. Not the probability of buying again within a time, which is
     * {@link #probabilityActive}.
     *
     * @param frequency x, repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to now
     * @return the probability, in [0, 1]
     */
    double probabilityAlive(int frequency, double recency, double age);

    /**
     * Returns the probability of at least one purchase within a horizon from now.
     *
     * @param frequency x, repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to now
     * @param horizon the time from now
     * @return the probability, in [0, P(alive)]
     */
    double probabilityActive(int frequency, double recency, double age, double horizon);

    /**
     * Returns the expected number of purchases within a horizon from now, given the history (the conditional expectation).
     *
     * @param frequency x, repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to now
     * @param horizon the time from now
     * @return the expectation, at least 0; 0 at horizon 0, not decreasing in it
     */
    double expectedTransactions(int frequency, double recency, double age, double horizon);

    /**
     * Returns the expected number of repeat purchases of a just-acquired customer (the unconditional expectation E[X(t)]).
     *
     * @param horizon the time from the first purchase
     * @return the expectation, at least 0
     */
    double expectedTransactionsOfNewCustomer(double horizon);

    /**
     * Returns the expected number of purchases within a horizon from now, each discounted from the moment it is made. For an
     * infinite horizon see {@link ResidualTransactions}.
     *
     * @param frequency x, repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to now
     * @param horizon the time from now
     * @param continuousRate the discount rate δ per period; finite, at least 0
     * @return the expectation, at least 0 and at most {@link #expectedTransactions}
     */
    double discountedExpectedTransactions(
            int frequency, double recency, double age, double horizon, double continuousRate);

    /**
     * Writes the log-likelihood of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells
     */
    default void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
        checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = logLikelihood(base.frequency(row), base.recency(row), base.age(row));
        }
    }

    /**
     * Writes {@link #probabilityAlive} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells
     */
    default void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
        checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = probabilityAlive(base.frequency(row), base.recency(row), base.age(row));
        }
    }

    /**
     * Writes {@link #probabilityActive} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon the time from now
     * @param out receives the results in its first {@code to − from} cells
     */
    default void probabilityActiveInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = probabilityActive(base.frequency(row), base.recency(row), base.age(row), horizon);
        }
    }

    /**
     * Writes {@link #expectedTransactions} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon the time from now
     * @param out receives the results in its first {@code to − from} cells
     */
    default void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = expectedTransactions(base.frequency(row), base.recency(row), base.age(row), horizon);
        }
    }

    /**
     * Writes {@link #discountedExpectedTransactions} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon the time from now
     * @param continuousRate the discount rate δ per period
     * @param out receives the results in its first {@code to − from} cells
     */
    default void discountedExpectedTransactionsInto(
            CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
        checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = discountedExpectedTransactions(
                    base.frequency(row), base.recency(row), base.age(row), horizon, continuousRate);
        }
    }

    /**
     * Checks the arguments of a batch method.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out the array for the results
     * @throws IndexOutOfBoundsException if the rows are not in the base
     * @throws IllegalArgumentException if the array is too short
     * @throws ModelException if the base has customers under contract, whom models of purchases do not know
     */
    static void checkRange(CustomerBase base, int from, int to, double[] out) {
        MixedModel.requireNoContracts(base);
        Objects.checkFromToIndex(from, to, base.size());
        if (out.length < to - from) {
            throw new IllegalArgumentException(
                    "`out` must hold " + (to - from) + " values, but its length was " + out.length);
        }
    }
}
