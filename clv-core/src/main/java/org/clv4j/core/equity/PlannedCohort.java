// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Map;

/**
 * Customers who are yet to be acquired, without a referral.
 *
 * @param start when they make their first purchase, in periods from now; finite, at least 0, before the end of the horizon
 * @param customers how many; finite, above 0
 * @param acquisitionCost what acquiring each costs at that time; finite, at least 0
 * @param attributes what will be known of them, as {@code channel}: the segment they are in, and the covariates of a model that has some
 */
public record PlannedCohort(double start, double customers, double acquisitionCost, Map<String, String> attributes) {

    /**
     * Creates a cohort.
     *
     * @param start when they make their first purchase, in periods from now; finite, at least 0
     * @param customers how many; finite, above 0
     * @param acquisitionCost what acquiring each costs at that time; finite, at least 0
     * @param attributes what will be known of them; copied
     * @throws IllegalArgumentException if a number is out of its range
     */
    public PlannedCohort {
        StatementChecks.nonNegative(start, "start");
        StatementChecks.positive(customers, "customers");
        StatementChecks.nonNegative(acquisitionCost, "acquisitionCost");
        attributes = Map.copyOf(attributes);
    }

    /**
     * Returns a cohort of whom nothing is known.
     *
     * @param start when they make their first purchase, in periods from now; finite, at least 0
     * @param customers how many; finite, above 0
     * @param acquisitionCost what acquiring each costs at that time; finite, at least 0
     * @return the cohort
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static PlannedCohort of(double start, double customers, double acquisitionCost) {
        return new PlannedCohort(start, customers, acquisitionCost, Map.of());
    }
}
