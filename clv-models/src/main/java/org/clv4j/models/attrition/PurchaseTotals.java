// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ModelException;

/** What a base has in sum: enough to refuse one that identifies no model, and to start a fit. */
final class PurchaseTotals {

    /** Repeat purchases a customer and period. */
    final double rate;
    /** The longest age. */
    final double longestAge;

    private PurchaseTotals(double rate, double longestAge) {
        this.rate = rate;
        this.longestAge = longestAge;
    }

    /**
     * Adds up a base.
     *
     * @param model the name of the model that is to be fitted
     * @param parameters how many parameters it has
     * @param base the customers
     * @return the totals
     * @throws ModelException if there are fewer customers than parameters, or no repeat purchases
     */
    static PurchaseTotals of(String model, int parameters, CustomerBase base) {
        double repeats = 0;
        double time = 0;
        double longest = 0;
        for (int row = 0; row < base.size(); row++) {
            repeats += base.weight(row) * base.frequency(row);
            time += base.weight(row) * base.age(row);
            longest = Math.max(longest, base.age(row));
        }
        if (base.size() < parameters) {
            throw new ModelException(model + " needs at least " + parameters + " customers, but the base has "
                    + base.size() + "; with so few, use average-order");
        }
        if (repeats == 0 || time == 0) {
            throw new ModelException(model + " needs repeat purchases, but none of the " + base.size()
                    + " customers came back by the calibration end; observe longer, or use average-order");
        }
        return new PurchaseTotals(repeats / time, longest);
    }
}
