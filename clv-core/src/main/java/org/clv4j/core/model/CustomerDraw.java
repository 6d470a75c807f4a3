// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/**
 * What may be true of a customer: one draw from the posterior distribution given a history.
 *
 * @param alive whether the customer is alive now
 * @param purchaseRate λ, purchases a period while alive; finite, at least 0
 * @param dropoutRate the dropout rate in the unit of {@link PosteriorRates#expectedDropoutRate}; finite, at least 0
 * @param lifetime the time from the first purchase to the departure: above the age if alive, else at most the age. Finite: {@link
 *     #NEVER}, the largest double, for one who never leaves, or later than a double can say
 * @param futureTransactions purchases in the horizon from now; at least 0, 0 if not alive. More than a long holds are {@link
 *     Long#MAX_VALUE}
 */
public record CustomerDraw(
        boolean alive, double purchaseRate, double dropoutRate, double lifetime, long futureTransactions) {

    /** The lifetime of one who never leaves. */
    public static final double NEVER = Double.MAX_VALUE;

    /**
     * Creates a draw.
     *
     * @param alive whether the customer is alive now
     * @param purchaseRate λ; finite, at least 0
     * @param dropoutRate the dropout rate; finite, at least 0
     * @param lifetime the time from the first purchase to the departure; finite, at least 0
     * @param futureTransactions purchases in the horizon; at least 0, and 0 if not alive
     * @throws IllegalArgumentException if one is out of its range
     */
    public CustomerDraw {
        check(purchaseRate, "purchaseRate");
        check(dropoutRate, "dropoutRate");
        check(lifetime, "lifetime");
        if (futureTransactions < 0 || (!alive && futureTransactions != 0)) {
            throw new IllegalArgumentException(
                    "`futureTransactions` must be at least 0, and 0 of a customer who has left, but was "
                            + futureTransactions);
        }
    }

    private static void check(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and at least 0, but was " + value);
        }
    }
}
