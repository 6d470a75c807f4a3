// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** The capability of a spend model to make up amounts. */
public interface SpendSimulator {

    /**
     * Simulates the amounts of purchases of one customer.
     *
     * @param purchases the number of purchases, at least 0
     * @param seed the seed; the same seed gives the same customer on every machine
     * @return the amounts, one a purchase
     */
    double[] simulateSpends(int purchases, long seed);
}
