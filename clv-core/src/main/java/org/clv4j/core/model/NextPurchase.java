// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.time.LocalDate;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;

/**
 * The capability of a transaction model to say when a customer buys next. Both answers suppose that there is a next purchase;
 * how likely that is, {@link FittedTransactionModel#probabilityActive} says.
 */
public interface NextPurchase {

    /**
     * Returns the expected time to the next purchase, given that it is made within a horizon. Without the horizon there would be
     * no finite expectation for the less frequent customers.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param horizon H, the time from now within which the purchase is made; finite, at least 0
     * @return the expectation, in [0, H]
     */
    double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon);

    /**
     * Returns the time by which the next purchase is made with a given probability, given that there ever is one. The median
     * is at probability 0.5.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, first to last purchase, in [0, age]
     * @param age T, first purchase to now; finite, at least 0
     * @param probability the probability; at least 0, below 1
     * @return the time; at least 0, at most {@link Double#MAX_VALUE}, which stands for every time beyond
     */
    double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability);

    /**
     * Returns the day of the expected next purchase, given that it is made within a horizon: the calibration end plus {@link
     * #expectedTimeToNextPurchase}, any part of a day counting as a day.
     *
     * @param base the customers
     * @param row a row of the base
     * @param horizon H, the time from now within which the purchase is made; finite, at least 0
     * @return the day, or empty if the base was not made from dated transactions
     */
    default Optional<LocalDate> expectedDateOfNextPurchase(CustomerBase base, int row, double horizon) {
        double time = expectedTimeToNextPurchase(base.frequency(row), base.recency(row), base.age(row), horizon);
        return base.observation().map(Observation::end).map(now -> base.timeScale()
                .plus(now, time));
    }

    /**
     * Writes {@link #expectedTimeToNextPurchase} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param horizon H, the time from now within which the purchase is made; finite, at least 0
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void expectedTimeToNextPurchaseInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] =
                    expectedTimeToNextPurchase(base.frequency(row), base.recency(row), base.age(row), horizon);
        }
    }

    /**
     * Writes {@link #timeToNextPurchaseQuantile} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param probability the probability; at least 0, below 1
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     */
    default void timeToNextPurchaseQuantileInto(CustomerBase base, int from, int to, double probability, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] =
                    timeToNextPurchaseQuantile(base.frequency(row), base.recency(row), base.age(row), probability);
        }
    }
}
