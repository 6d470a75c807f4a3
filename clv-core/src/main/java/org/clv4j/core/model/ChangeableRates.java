// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * The capability of a transaction model to say what lies ahead if customers change their behaviour from now on.
 *
 * <p>Not every model can follow every change: {@link #canChange} tells. What a factor on dropout multiplies is the hazard of leaving
 * in models where a customer can leave at any time, and the probability of leaving after a purchase, up to 1, in models where she
 * leaves then. Without a change every result is bit for bit that of {@link
 * FittedTransactionModel#discountedExpectedTransactions} or {@link ResidualTransactions}.
 */
public interface ChangeableRates {

    /**
     * Tells whether this model can follow a change.
     *
     * @param change the change
     * @return true if the other methods answer; always if nothing changes
     */
    boolean canChange(RateChange change);

    /**
     * Returns the expected purchases of a customer within a horizon after a change, each discounted from the moment it is made.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param change how behaviour changes now
     * @param horizon the time from now, at least 0; infinite for all that is to come
     * @param continuousRate the discount rate δ per period; finite, at least 0, above 0 for an infinite horizon
     * @return the expectation; finite, at least 0
     * @throws ModelException if this model cannot follow the change
     */
    double changedTransactions(
            int frequency, double recency, double age, RateChange change, double horizon, double continuousRate);

    /**
     * Writes {@link #changedTransactions} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param change how behaviour changes now
     * @param horizon the time from now, at least 0; infinite for all that is to come
     * @param continuousRate the discount rate δ per period; finite, at least 0, above 0 for an infinite horizon
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     * @throws ModelException if this model cannot follow the change
     */
    default void changedTransactionsInto(
            CustomerBase base,
            int from,
            int to,
            RateChange change,
            double horizon,
            double continuousRate,
            double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = changedTransactions(
                    base.frequency(row), base.recency(row), base.age(row), change, horizon, continuousRate);
        }
    }
}
