// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * A fitted model of how much customers spend a purchase.
 *
 * <p>A customer is given by frequency x (the repeat occasions that the mean is over, at least 0) and monetary value z̄ (their
 * mean amount, finite; passed over if x = 0). Every argument out of its range, NaN included, is an {@link
 * IllegalArgumentException} that names it; every result is finite.
 */
public interface FittedSpendModel extends FittedModel {

    /**
     * Returns the expected amount of a future purchase of a customer.
     *
     * @param frequency x, the repeat occasions behind the mean
     * @param monetaryValue z̄, their mean amount
     * @return the expected amount, in the base's currency
     * @throws ModelException if the model gives this customer no finite expectation
     */
    double expectedSpend(int frequency, double monetaryValue);

    /**
     * Returns the expected amount of a purchase of a customer about whom nothing is known.
     *
     * @return the population mean, in the base's currency
     * @throws ModelException if the model has no finite population mean
     */
    default double expectedSpendOfNewCustomer() {
        return expectedSpend(0, 0);
    }

    /**
     * Writes {@link #expectedSpend} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     * @throws ModelException if the model gives one of the customers no finite expectation
     */
    default void expectedSpendInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = expectedSpend(base.frequency(row), base.monetaryValue(row));
        }
    }
}
