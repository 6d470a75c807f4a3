// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.util.Locale;

/**
 * What a scenario changes, by a factor and from now on. What was realised, and what is believed of the customers' past, stays as it
 * is.
 */
public enum Lever {
    /**
     * The expected remaining lifetime: times f divides the hazard of leaving, or the probability of leaving after a purchase, by f.
     */
    RETENTION,
    /** Purchases a period while a customer is alive. Where customers leave after a purchase, dropout comes as much more often. */
    PURCHASE_RATE,
    /** The amount of every future purchase, and of further products. */
    SPEND,
    /** The margin on future revenue; at most 1 with its factor. */
    MARGIN,
    /** The effective annual discount rate. */
    DISCOUNT_RATE,
    /** The acquisition cost of future cohorts, and that which a referral saves. */
    ACQUISITION_COST;

    /**
     * Parses a name such as {@code purchase-rate}, in any case, with hyphens or underscores.
     *
     * @param text the name
     * @return the lever
     * @throws IllegalArgumentException if the text names none
     */
    public static Lever parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Lever lever : values()) {
            if (lever.name().equals(name)) {
                return lever;
            }
        }
        throw new IllegalArgumentException("`lever` must be retention, purchase-rate, spend, margin, discount-rate or"
                + " acquisition-cost, but was '" + text + "'");
    }

    /** Returns the name as {@code purchase-rate}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
