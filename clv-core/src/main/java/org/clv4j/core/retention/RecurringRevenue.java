// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A row of a ledger of recurring revenue: what a customer under contract pays for the period in which a day lies. Rows of the same customer
 * and period add up.
 *
 * @param customerId the customer's id; not blank
 * @param day a day of the period
 * @param amount the revenue; at least 0, at most 18 digits before and after the point
 */
public record RecurringRevenue(String customerId, LocalDate day, BigDecimal amount) {

    /**
     * Creates a row.
     *
     * @param customerId the customer's id; not blank
     * @param day a day of the period
     * @param amount the revenue; at least 0, at most 18 digits before and after the point
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public RecurringRevenue {
        if (Objects.requireNonNull(customerId, "customerId").isBlank()) {
            throw new IllegalArgumentException("`customerId` must not be blank");
        }
        Objects.requireNonNull(day, "day");
        BigDecimal plain = Objects.requireNonNull(amount, "amount").signum() == 0 ? BigDecimal.ZERO : amount;
        if (plain.signum() < 0 || plain.precision() - (long) plain.scale() > 18 || plain.scale() > 18) {
            throw new IllegalArgumentException(
                    "`amount` must be at least 0, with at most 18 digits before and after the"
                            + " point, but was " + (plain.precision() > 40 ? "longer than 40 digits" : plain)
                            + " (customer "
                            + customerId + ")");
        }
    }

    /**
     * Returns a row, for scripts.
     *
     * @param customerId the customer's id; not blank
     * @param isoDay a day of the period, as {@code 2024-03-01}
     * @param amount the revenue; at least 0
     * @return the row
     * @throws java.time.format.DateTimeParseException if the text is not an ISO date
     */
    public static RecurringRevenue ofIso(String customerId, String isoDay, BigDecimal amount) {
        return new RecurringRevenue(customerId, LocalDate.parse(isoDay), amount);
    }
}
