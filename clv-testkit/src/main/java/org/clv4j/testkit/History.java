// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import org.clv4j.core.data.CustomerSummary;

/**
 * A customer's purchases as a transaction model sees them.
 *
 * @param frequency x, the number of repeat occasions; at least 0
 * @param recency t_x, first to last purchase, in [0, age]; 0 if the frequency is
 * @param age T, first purchase to now; finite, at least 0
 */
public record History(int frequency, double recency, double age) {

    /** The customer who bought for the first time just now. */
    public static final History EMPTY = new History(0, 0, 0);

    /**
     * Creates a history.
     *
     * @param frequency x, the number of repeat occasions; at least 0
     * @param recency t_x, first to last purchase, in [0, age]; 0 if the frequency is
     * @param age T, first purchase to now; finite, at least 0
     * @throws IllegalArgumentException if a value is out of its range
     */
    public History {
        if (frequency < 0
                || !(age >= 0 && age < Double.POSITIVE_INFINITY)
                || !(recency >= 0 && recency <= age)
                || (frequency == 0 && recency > 0)) {
            throw new IllegalArgumentException("`history` must have frequency >= 0 and 0 <= recency <= age, but was x "
                    + frequency + ", t_x " + recency + ", T " + age);
        }
    }

    /**
     * Returns a history whose recency is a part of its age.
     *
     * @param frequency x, at least 0
     * @param part the recency as a part of the age, in [0, 1]; passed over if the frequency is 0
     * @param age T
     * @return the history
     */
    public static History of(int frequency, double part, double age) {
        return new History(frequency, frequency == 0 ? 0 : Math.min(age, part * age), age);
    }

    /**
     * Returns the same history in another time unit.
     *
     * @param factor what all times are multiplied with
     * @return the history with recency and age × factor
     */
    public History inTimeUnit(double factor) {
        return new History(frequency, Math.min(recency * factor, age * factor), age * factor);
    }

    /**
     * Returns the row that a customer base has for this history.
     *
     * @param id the customer's id
     * @return the summary
     */
    public CustomerSummary toSummary(String id) {
        return CustomerSummary.of(id, frequency, recency, age);
    }
}
