// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/** The capability of a transaction model to say who will still be a customer later. */
public interface FutureSurvival {

    /**
     * Returns the probability that a customer is alive now and still will be at a later time. Not the probability of buying until
     * then, which is {@link FittedTransactionModel#probabilityActive}: who is alive need not buy, and who has bought may have
     * left.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param horizon t, the time from now; finite, at least 0
     * @return the probability, in [0, P(alive)]; P(alive) at horizon 0, not increasing in it
     */
    double probabilityAliveAt(int frequency, double recency, double age, double horizon);

    /**
     * Writes {@link #probabilityAliveAt} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon t, the time from now; finite, at least 0
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void probabilityAliveAtInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = probabilityAliveAt(base.frequency(row), base.recency(row), base.age(row), horizon);
        }
    }
}
