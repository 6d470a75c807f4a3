// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/**
 * The capability of a spend model to draw the amounts of a customer's next purchases. It is made for many draws of many customers:
 * nothing is allocated for one of them.
 */
public interface AmountSampler {

    /** Draws amounts. Not thread-safe. */
    @FunctionalInterface
    interface Amounts {
        /**
         * Draws a mean spend of a customer from what the history leaves open, and purchases around it.
         *
         * @param frequency x, the repeat occasions behind the mean, as {@link FittedSpendModel#frequencyOf} gives them
         * @param monetaryValue z̄, their mean amount
         * @param purchases how many purchases, at least 0
         * @param seed the seed; the same seed gives the same draw on every machine
         * @param out receives the amounts in its first {@code purchases} cells; finite
         */
        void draw(int frequency, double monetaryValue, int purchases, long seed, double[] out);
    }

    /**
     * Returns what draws, for one thread.
     *
     * @return a new one
     */
    Amounts amounts();
}
