// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.List;

/**
 * The customers of a book of business who began together, or all of them.
 *
 * @param name the cohort: a period as {@code 2024}, a value of an attribute, or {@code total}
 * @param customers how many were acquired (the sum of their weights)
 * @param active how many are under contract now
 * @param contractedValue Σ present value of the margin of the bills of present terms still to come
 * @param renewalValue Σ present value of the margin of the terms after
 * @param expectedCustomers how many are expected to be under contract after 1, 2, … periods, to the millionth
 */
public record BookCohort(
        String name,
        double customers,
        double active,
        BigDecimal contractedValue,
        BigDecimal renewalValue,
        List<BigDecimal> expectedCustomers) {

    /**
     * Creates a cohort.
     *
     * @param name the cohort
     * @param customers how many were acquired
     * @param active how many are under contract now
     * @param contractedValue Σ contracted value
     * @param renewalValue Σ renewal value
     * @param expectedCustomers how many are expected after 1, 2, … periods; copied
     */
    public BookCohort {
        expectedCustomers = List.copyOf(expectedCustomers);
    }

    /**
     * Returns contracted and renewal value together.
     *
     * @return Σ future value, as an {@link EquityAggregator} gives it
     */
    public BigDecimal futureValue() {
        return contractedValue.add(renewalValue);
    }
}
