// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/** The capability of a transaction model to look ahead without end. */
public interface ResidualTransactions {

    /**
     * Returns the discounted expected residual transactions (DERT): the expected number of all future purchases, each
     * discounted continuously from the moment it is made.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param continuousRate the discount rate δ per period; finite, above 0
     * @return the expectation; finite, at least 0
     */
    double discountedExpectedResidualTransactions(int frequency, double recency, double age, double continuousRate);

    /**
     * Writes {@link #discountedExpectedResidualTransactions} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param continuousRate the discount rate δ per period; finite, above 0
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void discountedExpectedResidualTransactionsInto(
            CustomerBase base, int from, int to, double continuousRate, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = discountedExpectedResidualTransactions(
                    base.frequency(row), base.recency(row), base.age(row), continuousRate);
        }
    }
}
