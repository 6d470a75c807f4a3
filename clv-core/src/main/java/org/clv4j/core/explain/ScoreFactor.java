// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

/** The factors of customer lifetime value that tell customers apart; the margin is the same for all. */
public enum ScoreFactor {
    /** P(alive): the chance that the customer still is one. */
    PROBABILITY_ALIVE("p_alive", "chance of still being a customer"),
    /** Discounted expected transactions over P(alive): those of the customer if still alive. */
    TRANSACTIONS_IF_ALIVE("transactions_if_alive", "purchases to come if so"),
    /** The expected amount of a purchase. */
    EXPECTED_SPEND("expected_spend", "amount of a purchase");

    private final String key;
    private final String title;

    ScoreFactor(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /**
     * Returns the factor in words.
     *
     * @return a few words, as {@code amount of a purchase}
     */
    public String title() {
        return title;
    }

    /** Returns the name in files, as {@code p_alive}. */
    @Override
    public String toString() {
        return key;
    }
}
