// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.random.RandomGenerator;

/** A fitted model of retention that draws lifetimes. */
public interface RetentionSimulator {

    /**
     * Draws the opportunity at which a customer leaves.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param random the source of randomness; the same one, in the same state, gives the same draw
     * @return the opportunity, above {@code renewals}; {@link Integer#MAX_VALUE} if it is beyond
     */
    int drawLeaving(int renewals, RandomGenerator random);
}
