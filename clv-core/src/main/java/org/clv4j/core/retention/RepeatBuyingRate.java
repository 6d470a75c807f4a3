// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;

/**
 * The part of the customers who bought in one period and bought again in the next: what can be measured where there is no contract.
 *
 * <p>It is no {@link org.clv4j.core.value.RetentionRate}, and deliberately of another type. Without a contract nobody sees a customer leave:
 * one who skips a period may be back in the one after, and one who bought may be gone. The rate falls with the length of the period, though
 * the same customers stay; its complement is no churn, and its powers r<sup>t</sup> do not say how many are left after t periods. So it
 * does not fit where a formula or a model of contracts asks for a retention rate: that does not compile. What such customers are worth, a
 * model of purchases says, as BG/NBD.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class RepeatBuyingRate {

    private final String period;
    private final double buyers;
    private final double again;

    private RepeatBuyingRate(String period, double buyers, double again) {
        this.period = period;
        this.buyers = buyers;
        this.again = again;
    }

    /**
     * Returns a rate of known counts.
     *
     * @param period the name of the first period, as {@code 2024-Q1}
     * @param buyers how many customers bought in it; finite, above 0
     * @param again how many of them bought in the next; in [0, buyers]
     * @return the rate
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static RepeatBuyingRate of(String period, double buyers, double again) {
        if (!(buyers > 0 && buyers < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`buyers` must be finite and above 0, but was " + buyers);
        }
        if (!(again >= 0 && again <= buyers)) {
            throw new IllegalArgumentException("`again` must be in [0, " + buyers + "], but was " + again);
        }
        return new RepeatBuyingRate(period, buyers, again);
    }

    /**
     * Measures the rate of every period that is followed by another one within the observation.
     *
     * @param base the customers, made of transactions
     * @param period the length of the periods, which are those of the calendar; one that the observation cuts at its start or its end is
     *     left out
     * @return the rates in the order of time; periods without a buyer have none
     * @throws IllegalArgumentException if the base does not know the days of purchases, or has customers under contract
     */
    public static List<RepeatBuyingRate> byPeriod(CustomerBase base, CohortPeriod period) {
        if (!base.hasOccasions()) {
            throw new IllegalArgumentException(
                    "`base` must know the days of purchases, but was built from summaries; build it from transactions");
        }
        if (base.hasContracts()) {
            throw new IllegalArgumentException(
                    "`base` must have no customers under contract, who do not buy again but"
                            + " renew; use base.select(row -> base.contract(row).isEmpty()), and CohortTriangle for the others");
        }
        if (base.size() == 0) {
            return List.of();
        }
        Observation observation = base.observation().orElseThrow();
        int last = period.indexOf(observation.end().plusDays(1)) - 1;
        int first = firstPeriod(base, observation, period);
        double[] buyers = new double[Math.max(0, last - first)];
        double[] again = new double[buyers.length];
        for (int row = 0; row < base.size(); row++) {
            int before = Integer.MIN_VALUE;
            for (int occasion = 0; occasion <= base.frequency(row); occasion++) {
                int now = period.indexOf(LocalDate.ofEpochDay(base.occasionDay(row, occasion)));
                if (now == before) {
                    continue;
                }
                if (now >= first && now < last) {
                    buyers[now - first] += base.weight(row);
                }
                if (now == before + 1 && before >= first && now <= last) {
                    again[before - first] += base.weight(row);
                }
                before = now;
            }
        }
        List<RepeatBuyingRate> rates = new ArrayList<>();
        for (int i = 0; i < buyers.length; i++) {
            if (buyers[i] > 0) {
                rates.add(new RepeatBuyingRate(period.label(first + i), buyers[i], Math.min(again[i], buyers[i])));
            }
        }
        return List.copyOf(rates);
    }

    private static int firstPeriod(CustomerBase base, Observation observation, CohortPeriod period) {
        if (observation.start().isPresent()) {
            return period.indexOf(observation.start().get().minusDays(1)) + 1;
        }
        int earliest = Integer.MAX_VALUE;
        for (int row = 0; row < base.size(); row++) {
            earliest = Math.min(earliest, base.occasionDay(row, 0));
        }
        return period.indexOf(LocalDate.ofEpochDay(earliest));
    }

    /**
     * Returns the first of the two periods.
     *
     * @return its name
     */
    public String period() {
        return period;
    }

    /**
     * Returns how many customers bought in the period.
     *
     * @return the number, by weight; above 0
     */
    public double buyers() {
        return buyers;
    }

    /**
     * Returns how many of them bought in the next period.
     *
     * @return the number, by weight; in [0, buyers]
     */
    public double again() {
        return again;
    }

    /**
     * Returns the rate.
     *
     * @return again/buyers, in [0, 1]
     */
    public double value() {
        return again / buyers;
    }

    @Override
    public String toString() {
        return period + ": " + value();
    }
}
