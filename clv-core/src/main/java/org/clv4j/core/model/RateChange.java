// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/**
 * A change of behaviour from now on: purchases come κ times as often, and the hazard of leaving is η times as high. What is believed
 * of a customer's past, and so whether she is still alive, stays as it is.
 *
 * @param purchaseFactor κ; finite, above 0; 1 changes nothing
 * @param dropoutFactor η; finite, above 0; 1 changes nothing
 */
public record RateChange(double purchaseFactor, double dropoutFactor) {

    /** No change. */
    public static final RateChange NONE = new RateChange(1, 1);

    /**
     * Creates a change.
     *
     * @param purchaseFactor κ; finite, above 0
     * @param dropoutFactor η; finite, above 0
     * @throws IllegalArgumentException if a factor is out of its range
     */
    public RateChange {
        check(purchaseFactor, "purchaseFactor");
        check(dropoutFactor, "dropoutFactor");
    }

    private static void check(double factor, String name) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and above 0, but was " + factor);
        }
    }

    /**
     * Tells whether nothing changes.
     *
     * @return true if both factors are 1
     */
    public boolean isNone() {
        return purchaseFactor == 1 && dropoutFactor == 1;
    }
}
