// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** The capability of a transaction model to give the distribution of a new customer's purchases. */
public interface TransactionDistribution {

    /**
     * Returns the probability that a just-acquired customer makes n repeat purchases within a horizon, P(X(t) = n).
     *
     * @param transactions n, at least 0
     * @param horizon t, the time from the first purchase; finite, at least 0
     * @return the probability, in [0, 1]; over all n they sum to 1
     */
    double probabilityOfTransactions(int transactions, double horizon);
}
