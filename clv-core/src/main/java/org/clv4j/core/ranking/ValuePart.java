// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.Locale;
import org.clv4j.core.value.CustomerValues;

/** Which of a customer's values is meant. */
public enum ValuePart {
    /** The margin realised so far. */
    CURRENT,
    /** The present value of the margin still to come. */
    FUTURE,
    /** Both together. */
    LIFETIME;

    /**
     * Returns the part of a name.
     *
     * @param text the name, as {@code future}, in any case
     * @return the part
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ValuePart parse(String text) {
        for (ValuePart part : values()) {
            if (part.name().equalsIgnoreCase(text)) {
                return part;
            }
        }
        throw new IllegalArgumentException("`part` must be current, future or lifetime, but was '" + text + "'");
    }

    /**
     * Returns the value of a customer.
     *
     * @param values what customers are worth
     * @param row the row of the base, from 0
     * @return this part of it
     */
    public double ofCustomer(CustomerValues values, int row) {
        return switch (this) {
            case CURRENT -> values.currentValue(row);
            case FUTURE -> values.futureValue(row);
            case LIFETIME -> values.lifetimeValue(row);
        };
    }

    /**
     * Returns the value of every customer.
     *
     * @param values what customers are worth
     * @return a fresh array, one value a row of the base
     */
    public double[] column(CustomerValues values) {
        double[] column = new double[values.size()];
        for (int row = 0; row < column.length; row++) {
            column[row] = ofCustomer(values, row);
        }
        return column;
    }

    /** Returns the name in files, as {@code future}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
