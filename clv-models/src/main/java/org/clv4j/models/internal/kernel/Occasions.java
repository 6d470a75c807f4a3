// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ModelException;

/** Which purchase occasions of a customer a spend model looks at. */
public enum Occasions {
    /** All but the first. */
    REPEAT("repeat purchases"),
    /** The first one too. */
    ALL("purchases");

    private final String words;

    Occasions(String words) {
        this.words = words;
    }

    /**
     * Returns what the occasions are called in messages.
     *
     * @return the words
     */
    public String words() {
        return words;
    }

    /**
     * Checks that a base has these occasions.
     *
     * @param base the customers
     * @param model the model's name, for the message
     * @throws ModelException if the base lacks the first purchases
     */
    public void require(CustomerBase base, String model) {
        if (this == ALL && !base.hasRealisedTotals()) {
            throw new ModelException(
                    model + " with all transactions needs the amounts of first purchases, but a base of"
                            + " summaries has those of repeat purchases only; build the base from transactions, or fit without"
                            + " withAllTransactions");
        }
    }

    /**
     * Returns how many occasions a customer has.
     *
     * @param base the customers
     * @param row the row
     * @return the number, at least 0
     */
    public int count(CustomerBase base, int row) {
        return this == ALL ? base.frequency(row) + 1 : base.frequency(row);
    }

    /**
     * Returns the mean amount of a customer's occasions.
     *
     * @param base the customers
     * @param row the row
     * @return the mean; 0 without occasions. Of all occasions at least 0: refunds of purchases before the window do not make it
     *     negative
     */
    public double mean(CustomerBase base, int row) {
        return this == ALL
                ? Math.max(0, base.totalAmountAsDouble(row)) / (base.frequency(row) + 1.0)
                : base.monetaryValue(row);
    }
}
