// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A customer of a {@link WinBackList}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class WinBackCustomer {

    private final String id;
    private final int row;
    private final double weight;
    private final double probabilityAlive;
    private final double probabilityActive;
    private final double expectedValue;
    private final double valueIfAlive;
    private final double timeSinceLastPurchase;
    private final OptionalLong daysSinceLastPurchase;
    private final OptionalDouble timeToNextPurchase;
    private final Optional<LocalDate> dateOfNextPurchase;

    WinBackCustomer(
            String id,
            int row,
            double weight,
            double probabilityAlive,
            double probabilityActive,
            double expectedValue,
            double valueIfAlive,
            double timeSinceLastPurchase,
            OptionalLong daysSinceLastPurchase,
            OptionalDouble timeToNextPurchase,
            Optional<LocalDate> dateOfNextPurchase) {
        this.id = id;
        this.row = row;
        this.weight = weight;
        this.probabilityAlive = probabilityAlive;
        this.probabilityActive = probabilityActive;
        this.expectedValue = expectedValue;
        this.valueIfAlive = valueIfAlive;
        this.timeSinceLastPurchase = timeSinceLastPurchase;
        this.daysSinceLastPurchase = daysSinceLastPurchase;
        this.timeToNextPurchase = timeToNextPurchase;
        this.dateOfNextPurchase = dateOfNextPurchase;
    }

    /**
     * Returns who it is.
     *
     * @return the customer's id
     */
    public String id() {
        return id;
    }

    /**
     * Returns where the customer stands.
     *
     * @return the row of the base
     */
    public int row() {
        return row;
    }

    /**
     * Returns how many customers the row stands for.
     *
     * @return the weight
     */
    public double weight() {
        return weight;
    }

    /**
     * Returns the probability that the customer is still there.
     *
     * @return P(alive), above 0
     */
    public double probabilityAlive() {
        return probabilityAlive;
    }

    /**
     * Returns the probability that the customer buys within the list's horizon by itself.
     *
     * @return P(active), in [0, 1]
     */
    public double probabilityActive() {
        return probabilityActive;
    }

    /**
     * Returns the residual value: what equity counts the customer for.
     *
     * @return R, the future value of the valuation
     */
    public double expectedValue() {
        return expectedValue;
    }

    /**
     * Returns the residual value of the customer if still there.
     *
     * @return R / P(alive)
     */
    public double valueIfAlive() {
        return valueIfAlive;
    }

    /**
     * Returns what is at risk, by which the list is in order.
     *
     * @return R / P(alive) × (1 − P(active))
     */
    public double valueAtRisk() {
        return valueIfAlive * (1 - probabilityActive);
    }

    /**
     * Returns how much of the customer's equity rests on nothing being heard from it within the horizon.
     *
     * @return R × (1 − P(active)), which never sums to more than equity
     */
    public double equityAtRisk() {
        return expectedValue * (1 - probabilityActive);
    }

    /**
     * Returns the time since the last purchase.
     *
     * @return age − recency, in the base's unit of time
     */
    public double timeSinceLastPurchase() {
        return timeSinceLastPurchase;
    }

    /**
     * Returns the days since the last purchase.
     *
     * @return the number of days; empty if the customers came without dates
     */
    public OptionalLong daysSinceLastPurchase() {
        return daysSinceLastPurchase;
    }

    /**
     * Returns when the next purchase is expected, given that it is made within the horizon.
     *
     * @return the time from now, in the base's unit; empty if the model cannot say
     */
    public OptionalDouble timeToNextPurchase() {
        return timeToNextPurchase;
    }

    /**
     * Returns the day of the next purchase, given that it is made within the horizon.
     *
     * @return the day; empty if the model cannot say, or the customers came without dates
     */
    public Optional<LocalDate> dateOfNextPurchase() {
        return dateOfNextPurchase;
    }

    /** Returns the customer and what is at risk. */
    @Override
    public String toString() {
        return "WinBackCustomer[" + id + ", value at risk " + valueAtRisk() + ", P(active) " + probabilityActive + "]";
    }
}
