// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/** The capability of a transaction model to give the distribution of a known customer's future purchases. */
public interface FutureDistribution {

    /**
     * Returns the probability that a customer makes n purchases within a horizon from now, given the history. Who has left
     * already makes none, so that n = 0 contains 1 − P(alive).
     *
     * @param transactions n, at least 0
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param horizon t, the time from now; finite, at least 0
     * @return the probability, in [0, 1]; over all n they sum to 1, with mean {@link
     *     FittedTransactionModel#expectedTransactions}
     */
    double probabilityOfFutureTransactions(int transactions, int frequency, double recency, double age, double horizon);

    /**
     * Writes {@link #probabilityOfFutureTransactions} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param transactions n, at least 0
     * @param horizon t, the time from now; finite, at least 0
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void probabilityOfFutureTransactionsInto(
            CustomerBase base, int from, int to, int transactions, double horizon, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = probabilityOfFutureTransactions(
                    transactions, base.frequency(row), base.recency(row), base.age(row), horizon);
        }
    }
}
