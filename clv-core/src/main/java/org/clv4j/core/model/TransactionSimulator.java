// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** The capability of a transaction model to make up customers. */
public interface TransactionSimulator {

    /**
     * Simulates the repeat purchases of a new customer.
     *
     * @param age the time from the first purchase that is simulated; finite, at least 0
     * @param seed the seed; the same seed gives the same customer on every machine
     * @return the times of the repeat purchases since the first, in (0, age], ascending
     */
    double[] simulateTransactionTimes(double age, long seed);
}
