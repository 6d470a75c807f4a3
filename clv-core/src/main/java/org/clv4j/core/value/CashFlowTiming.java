// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import java.util.Locale;

/**
 * When within the future a purchase pays. The same purchases are worth a few per cent more or less by this choice, so it is
 * always stated.
 */
public enum CashFlowTiming {
    /** Each purchase pays when it is made and is discounted continuously from that moment. */
    AT_PURCHASE,
    /** The purchases of period i = 1, 2, … pay at its beginning and are discounted by i − 1 periods. */
    PERIOD_BEGIN,
    /** The purchases of period i pay at its middle and are discounted by i − ½ periods. */
    PERIOD_MID,
    /** The purchases of period i pay at its end and are discounted by i periods. */
    PERIOD_END;

    /**
     * Parses a name such as {@code at-purchase}, in any case, with hyphens or underscores.
     *
     * @param text the name
     * @return the timing
     * @throws IllegalArgumentException if the text names none
     */
    public static CashFlowTiming parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (CashFlowTiming timing : values()) {
            if (timing.name().equals(name)) {
                return timing;
            }
        }
        throw new IllegalArgumentException(
                "`timing` must be at-purchase, period-begin, period-mid or period-end, but was '" + text + "'");
    }

    /** Returns the name as {@code at-purchase}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
