// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * The steps of an {@linkplain EquityBridge equity bridge}, in their order. The first three lead from the opening to what the opening's
 * customers were expected to be worth at the closing; then comes what was not expected, and what was decided or estimated anew.
 */
public enum BridgeStep {
    /** What was expected to be earned in the window leaves the future: −, at its value at the closing. */
    REALISED("realised", "margin expected in the window"),
    /** The rest is nearer by the length of the window, so that it is discounted less: +. */
    UNWINDING("unwinding", "unwinding of the discount"),
    /** The window moves the end of a finite horizon: the time that comes into view. 0 without end. */
    ROLL_FORWARD("roll_forward", "roll-forward of the horizon"),
    /** Purchases still expected of customers who bought in the window, against what was expected before. */
    BOUGHT("bought", "customers who bought"),
    /** The same of customers who did not buy, but are not lost. */
    SILENT("silent", "customers who did not"),
    /** The same of customers whose P(alive) fell below the threshold, and of those who are no longer in the base. */
    LOST("lost", "customers lost"),
    /** What their payments changed in the spend expected of existing customers. */
    SPEND("spend", "spend of existing customers"),
    /** What new customers are worth by the opening's model and terms. */
    NEW_CUSTOMERS("new_customers", "new customers"),
    /** The transaction model was fitted anew, or replaced. */
    TRANSACTION_MODEL("transaction_model", "transaction model"),
    /** The spend model was fitted anew, or replaced. */
    SPEND_MODEL("spend_model", "spend model"),
    /** Discount rate, horizon, timing or the number of periods in a year changed. */
    TERMS("terms", "discount rate and horizon"),
    /** The margin changed. */
    MARGIN("margin", "margin"),
    /** The exchange rate to the reporting currency changed. */
    CURRENCY("currency", "exchange rate");

    /** The steps that lead to the expected closing. */
    static final List<BridgeStep> EXPECTED = List.of(REALISED, UNWINDING, ROLL_FORWARD);

    /** The steps that interact, in the order in which they stand for bits. */
    static final List<BridgeStep> INTERACTING = List.of(TRANSACTION_MODEL, SPEND_MODEL, TERMS, MARGIN, CURRENCY);

    private final String key;
    private final String title;

    BridgeStep(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /**
     * Returns the step in words.
     *
     * @return a few words, as {@code unwinding of the discount}
     */
    public String title() {
        return title;
    }

    /** Returns the name in files, as {@code roll_forward}. */
    @Override
    public String toString() {
        return key;
    }
}
