// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.Locale;

/** In which direction predictions may go when a feature grows and all others stay. */
public enum Monotone {
    /** Predictions never fall. */
    INCREASING(1),
    /** Predictions never rise. */
    DECREASING(-1);

    private final int sign;

    Monotone(int sign) {
        this.sign = sign;
    }

    int sign() {
        return sign;
    }

    /**
     * Parses a name.
     *
     * @param text the name in any case, as {@code increasing}
     * @return the direction
     * @throws IllegalArgumentException if there is no such direction
     */
    public static Monotone parse(String text) {
        for (Monotone direction : values()) {
            if (direction.name().equals(text.toUpperCase(Locale.ROOT))) {
                return direction;
            }
        }
        throw new IllegalArgumentException("`text` must be increasing or decreasing, but was '" + text + "'");
    }
}
