// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A customer's purchases in the numbers that models need; a view of one row of a {@link CustomerBase}.
 *
 * @param id the customer's id; not blank
 * @param frequency x, the number of <em>repeat</em> purchase occasions; at least 0
 * @param recency t_x, the time from the first purchase to the last one in [0, age]; 0 without repeat purchases. Not the time
 *     since the last purchase, which is {@link #timeSinceLastPurchase()}
 * @param age T, the time from the first purchase to the end of the calibration; finite, at least 0
 * @param monetaryValue z̄, the mean amount of a repeat occasion; finite, 0 without repeat purchases
 * @param weight how many customers the row stands for; finite, above 0
 * @param attributes segments and covariates by name
 */
public record CustomerSummary(
        String id,
        int frequency,
        double recency,
        double age,
        double monetaryValue,
        double weight,
        Map<String, String> attributes) {

    /**
     * Creates a summary.
     *
     * @param id the customer's id; not blank
     * @param frequency x, the number of repeat purchase occasions; at least 0
     * @param recency t_x, first to last purchase, in [0, age]; 0 without repeat purchases
     * @param age T, first purchase to calibration end; finite, at least 0
     * @param monetaryValue z̄, the mean amount of a repeat occasion; finite, 0 without repeat purchases
     * @param weight how many customers the row stands for; finite, above 0
     * @param attributes segments and covariates by name; copied
     * @throws IllegalArgumentException if a value is out of its range; the message names field, value and customer
     */
    public CustomerSummary {
        Checks.nonBlank(id, "id");
        require(frequency >= 0, "frequency", "at least 0", frequency, id);
        require(age >= 0 && age < Double.POSITIVE_INFINITY, "age", "finite and at least 0", age, id);
        require(recency >= 0 && recency <= age, "recency", "in [0, age = " + age + "]", recency, id);
        require(frequency > 0 || recency == 0, "recency", "0 without repeat purchases", recency, id);
        require(Double.isFinite(frequency * monetaryValue), "monetaryValue", "finite", monetaryValue, id);
        require(Double.isFinite(monetaryValue), "monetaryValue", "finite", monetaryValue, id);
        require(frequency > 0 || monetaryValue == 0, "monetaryValue", "0 without repeat purchases", monetaryValue, id);
        require(weight > 0 && weight < Double.POSITIVE_INFINITY, "weight", "finite and above 0", weight, id);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /**
     * Returns a summary without spend, of weight 1.
     *
     * @param id the customer's id
     * @param frequency x, the number of repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to calibration end
     * @return the summary
     */
    public static CustomerSummary of(String id, int frequency, double recency, double age) {
        return of(id, frequency, recency, age, 0);
    }

    /**
     * Returns a summary of weight 1.
     *
     * @param id the customer's id
     * @param frequency x, the number of repeat occasions
     * @param recency t_x, first to last purchase
     * @param age T, first purchase to calibration end
     * @param monetaryValue mean amount of a repeat occasion
     * @return the summary
     */
    public static CustomerSummary of(String id, int frequency, double recency, double age, double monetaryValue) {
        return new CustomerSummary(id, frequency, recency, age, monetaryValue, 1, Map.of());
    }

    /**
     * Returns a copy with another weight.
     *
     * @param newWeight how many customers the row stands for; above 0
     * @return the copy
     */
    public CustomerSummary withWeight(double newWeight) {
        return new CustomerSummary(id, frequency, recency, age, monetaryValue, newWeight, attributes);
    }

    /**
     * Returns a copy with other attributes.
     *
     * @param newAttributes segments and covariates by name
     * @return the copy
     */
    public CustomerSummary withAttributes(Map<String, String> newAttributes) {
        return new CustomerSummary(id, frequency, recency, age, monetaryValue, weight, newAttributes);
    }

    /**
     * Returns the time from the last purchase to the end of the calibration.
     *
     * @return age − recency
     */
    public double timeSinceLastPurchase() {
        return age - recency;
    }

    private static void require(boolean holds, String field, String rule, Number value, String id) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "`" + field + "` must be " + rule + ", but was " + value + " (customer " + id + ")");
        }
    }
}
