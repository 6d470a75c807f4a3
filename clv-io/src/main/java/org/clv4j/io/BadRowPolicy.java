// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.Locale;

/** What happens to rows that cannot be read. */
public enum BadRowPolicy {
    /** One bad row refuses the file; the error names the first one and how many there are. */
    ERROR,
    /** Bad rows are left out, and reported. */
    SKIP;

    /**
     * Parses {@code error} or {@code skip}, in any case.
     *
     * @param text the name
     * @return the policy
     * @throws IllegalArgumentException if the text names none
     */
    public static BadRowPolicy parse(String text) {
        for (BadRowPolicy policy : values()) {
            if (policy.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("`badRows` must be error or skip, but was '" + text + "'");
    }

    /** Returns the name: {@code error} or {@code skip}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
