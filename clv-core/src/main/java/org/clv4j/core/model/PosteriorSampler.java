// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import org.clv4j.core.data.CustomerBase;

/**
 * The capability of a transaction model to draw customers from their exact posterior distribution: what is not known of a customer
 * (the state, the rates, the lifetime, the future) in one draw that fits together. Draws give the distribution of anything that
 * follows from these, as of the total of a base.
 */
public interface PosteriorSampler {

    /**
     * Draws what may be true of a customer with a history. Draws are independent; draw i of a seed is the same whatever the
     * number of draws, and on every machine.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param horizon the time from now in which future purchases count; finite, at least 0
     * @param draws how many, at least 0
     * @param seed the seed
     * @return the draws, unmodifiable
     */
    List<CustomerDraw> sample(int frequency, double recency, double age, double horizon, int draws, long seed);

    /**
     * Writes a draw of the number of future purchases of each of some rows of a base. A row's draw depends on the seed, the row's
     * index in the base and its history alone, so that it is the same in any batch and thread.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon the time from now in which purchases count; finite, at least 0
     * @param seed the seed; another one for every scenario
     * @param out receives whole numbers, at least 0, in its first {@code to − from} cells
     */
    void futureTransactionsInto(CustomerBase base, int from, int to, double horizon, long seed, double[] out);
}
