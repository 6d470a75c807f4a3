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
     * Returns x of a row as the methods of this model take it: the number of occasions that {@link #monetaryValueOf} is over.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return by default the repeat occasions, {@link CustomerBase#frequency}
     * @throws ModelException if the base does not have what the model was fitted to
     */
    default int frequencyOf(CustomerBase base, int row) {
        return base.frequency(row);
    }

    /**
     * Returns z̄ of a row as the methods of this model take it.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return by default the mean amount of the repeat occasions, {@link CustomerBase#monetaryValue}
     * @throws ModelException if the base does not have what the model was fitted to
     */
    default double monetaryValueOf(CustomerBase base, int row) {
        return base.monetaryValue(row);
    }

    /**
     * Writes {@link #expectedSpend} of rows of a base.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells; bit for bit those of the scalar method
     * @throws ModelException if the model gives one of the customers no finite expectation, or the base does not have what the
     *     model was fitted to
     */
    default void expectedSpendInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        for (int row = from; row < to; row++) {
            out[row - from] = expectedSpend(frequencyOf(base, row), monetaryValueOf(base, row));
        }
    }
}
