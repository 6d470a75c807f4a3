// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.time.LocalDate;
import org.clv4j.core.data.TimeScale;

/** The capability of a transaction model to make up customers where who they are and when they come makes a difference. */
public interface DatedTransactionSimulator {

    /**
     * Simulates the repeat purchases of a new customer.
     *
     * @param customerId the customer's id
     * @param first the day of the first purchase, at the start of which time is 0
     * @param timeScale the unit of time
     * @param age the time that is simulated; finite, at least 0
     * @param seed the seed; the same seed gives the same purchases
     * @return the times in (0, age], ascending
     */
    double[] simulateTransactionTimes(String customerId, LocalDate first, TimeScale timeScale, double age, long seed);
}
