// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Locale;

/** A figure of the future of a group of customers. */
public enum ForecastFigure {
    /** How many purchases are made. */
    ORDERS,
    /** How many customers buy at least once. */
    ACTIVE_CUSTOMERS,
    /** Σ amounts of the purchases: neither discounted nor times the margin. */
    REVENUE,
    /** Σ present value of the margin of the purchases, under the terms: the future value of customer equity. */
    VALUE;

    /** Returns the name as {@code active-customers}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
