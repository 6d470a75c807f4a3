// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * The capability of a transaction model to say what the history tells of a customer's own rates: the means of their posterior
 * distributions, over both possibilities, alive and not.
 */
public interface PosteriorRates {

    /**
     * Returns the expected purchase rate given the history, E[λ | x, t_x, T]: purchases a period while the customer is alive. For
     * purchases to come, which stop when the customer leaves, see {@link FittedTransactionModel#expectedTransactions}.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @return the rate per period; finite, at least 0
     */
    double expectedPurchaseRate(int frequency, double recency, double age);

    /**
     * Returns the expected dropout rate given the history: in models where a customer can leave at any time, departures a period;
     * in models where she leaves after a purchase, the probability per purchase. The model says which; 0 where nobody leaves.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @return the rate; finite, at least 0
     */
    double expectedDropoutRate(int frequency, double recency, double age);

    /**
     * Writes {@link #expectedPurchaseRate} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void expectedPurchaseRateInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = expectedPurchaseRate(base.frequency(row), base.recency(row), base.age(row));
        }
    }

    /**
     * Writes {@link #expectedDropoutRate} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void expectedDropoutRateInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = expectedDropoutRate(base.frequency(row), base.recency(row), base.age(row));
        }
    }
}
