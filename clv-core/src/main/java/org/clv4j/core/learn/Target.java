// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Locale;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Outcomes;

/** What is predicted of the time after a day. */
public enum Target {

    /** What is paid, less what is refunded. */
    NET_VALUE,

    /** The net value less the direct costs, which every transaction must have. */
    MARGIN,

    /** The number of purchase occasions. */
    ORDERS,

    /** Whether there is a purchase occasion at all: 1 or 0. What a regression of it finds is what goes with retention. */
    ACTIVE;

    /**
     * Parses {@code net-value}, {@code margin}, {@code orders} or {@code active}, in any case.
     *
     * @param text the name
     * @return the target
     * @throws IllegalArgumentException if the text names none
     */
    public static Target parse(String text) {
        for (Target target : values()) {
            if (target.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return target;
            }
        }
        throw new IllegalArgumentException(
                "`target` must be net-value, margin, orders or active, but was '" + text + "'");
    }

    /**
     * Takes the target from what customers did.
     *
     * @param outcomes what they did
     * @return one value a customer, in a fresh array
     * @throws DataException if the margin is wanted and a transaction has no cost
     */
    public double[] of(Outcomes outcomes) {
        double[] values = new double[outcomes.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = switch (this) {
                case NET_VALUE -> outcomes.netValue(row).doubleValue();
                case MARGIN -> outcomes.margin(row).doubleValue();
                case ORDERS -> outcomes.orders(row);
                case ACTIVE -> Math.min(1, outcomes.orders(row));
            };
        }
        return values;
    }

    /** Returns the name in files and commands. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
