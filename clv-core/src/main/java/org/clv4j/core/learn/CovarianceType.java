// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Locale;

/** What the standard errors of coefficients take for granted. */
public enum CovarianceType {
    /** What the model says: the variance of the target is what the family takes it to be. */
    MODEL,
    /** Robust: the variance of each row is its squared residual (White, 1980). */
    HC0,
    /** {@link #HC0} times n/(n − k). */
    HC1,
    /** Robust: squared residuals divided by 1 − leverage. */
    HC2,
    /** Robust: squared residuals divided by the square of 1 − leverage; close to the jackknife, the most careful one. */
    HC3;

    /**
     * Parses a name.
     *
     * @param text the name in any case, as {@code hc3}
     * @return the type
     * @throws IllegalArgumentException if there is no such type
     */
    public static CovarianceType parse(String text) {
        for (CovarianceType type : values()) {
            if (type.name().equals(text.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "`text` must be one of model, hc0, hc1, hc2 and hc3, but was '" + text + "'");
    }
}
