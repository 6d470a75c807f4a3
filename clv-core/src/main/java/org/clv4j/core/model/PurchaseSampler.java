// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * The capability of a transaction model to draw when the customers of a base will buy, from their exact posterior distribution. It is
 * made for many draws of many customers: nothing is allocated for one of them.
 */
public interface PurchaseSampler {

    /** Receives the purchases of one customer after the other. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Receives a customer who buys.
         *
         * @param row the row of the base
         * @param times when purchases are made, from now, ascending, in (0, horizon], in the first {@code purchases} cells; overwritten
         *     after the call
         * @param purchases how many they are, at least 1
         */
        void purchases(int row, double[] times, int purchases);
    }

    /**
     * Draws the future of some rows of a base, one draw of each. A row's draw depends on its seed and its history alone, so that it is
     * the same in any batch and thread.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon the time from now in which purchases count; finite, at least 0
     * @param seeds the seeds of the rows, in the first {@code to − from} cells
     * @param receiver receives those who buy, in the order of the rows; not those who do not
     * @throws ModelException if one draw is of more purchases than memory holds
     */
    void samplePurchases(CustomerBase base, int from, int to, double horizon, long[] seeds, Receiver receiver);
}
