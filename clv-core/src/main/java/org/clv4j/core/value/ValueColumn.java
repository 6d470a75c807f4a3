// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

/** What a model can say of a customer. Every model gives {@link #CLV}; the rest where its assumptions define it. */
public enum ValueColumn {
    /** The probability that the customer is still alive at the calibration end; not the probability of buying again. */
    PROBABILITY_ALIVE("p_alive"),
    /** The probability of at least one purchase within the horizon. */
    PROBABILITY_ACTIVE("p_active"),
    /** The expected number of purchases within the horizon. */
    EXPECTED_TRANSACTIONS("expected_transactions"),
    /** The expected number of purchases within the horizon, each counted at its present value. */
    DISCOUNTED_EXPECTED_TRANSACTIONS("discounted_expected_transactions"),
    /** The expected amount of a future purchase. */
    EXPECTED_SPEND("expected_spend"),
    /** Of a contract, the present value of the margin of the bills of the present term that are still to come. */
    CONTRACTED_VALUE("contracted_value"),
    /** Of a contract, the present value of the margin of the terms after the present one, each counted as it is likely. */
    RENEWAL_VALUE("renewal_value"),
    /** The present value of the margin of the purchases within the horizon: the customer's future (residual) value. */
    CLV("clv");

    private final String label;

    ValueColumn(String label) {
        this.label = label;
    }

    /** Returns the column's name in files, as {@code p_alive}. */
    @Override
    public String toString() {
        return label;
    }
}
