// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;
import java.util.Locale;

/** The lines of an {@link EquityStatement} that are computed; all others are sums of these. */
public enum EquityStatementLine {
    /** What existing customers have brought so far. */
    CURRENT_VALUE("current value"),
    /** What existing customers will bring by going on as they do. */
    REPEAT("repeat purchases"),
    /** What growth of the revenue of existing customers adds to that. */
    GROWTH("expansion: revenue growth"),
    /** What products add that existing customers do not take yet. */
    PRODUCTS("expansion: products"),
    /** What existing customers bring by referring others. */
    REFERRAL("referral"),
    /** What planned cohorts of customers will bring, who come without a referral. */
    FUTURE_COHORTS("future cohorts"),
    /** What keeping and serving existing customers, and those whom they refer, will cost. */
    SERVICE_COST("service cost"),
    /** What keeping and serving future cohorts will cost. */
    COHORT_SERVICE_COST("service cost of cohorts"),
    /** What acquiring future cohorts will cost. */
    COHORT_ACQUISITION_COST("acquisition cost of cohorts"),
    /** What acquiring existing customers has cost, as far as it is known. It is spent, whatever is decided now. */
    ACQUISITION_COST("acquisition cost, sunk");

    static final List<EquityStatementLine> FUTURE = List.of(REPEAT, GROWTH, PRODUCTS, REFERRAL);
    static final List<EquityStatementLine> COSTS_TO_COME =
            List.of(SERVICE_COST, COHORT_SERVICE_COST, COHORT_ACQUISITION_COST);

    private final String title;

    EquityStatementLine(String title) {
        this.title = title;
    }

    /**
     * Returns the line's title, as a reader sees it.
     *
     * @return the title, as {@code repeat purchases}
     */
    public String title() {
        return title;
    }

    /** Returns the line's name in files, as {@code future_cohorts}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
