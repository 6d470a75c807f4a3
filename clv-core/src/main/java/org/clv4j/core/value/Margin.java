// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import org.jspecify.annotations.Nullable;

/**
 * The part of revenue that is left after direct costs. Where the cost of a transaction is known, its realised margin is
 * amount − cost; this margin serves the future and everything whose cost is not known.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class Margin {

    private final double fraction;

    private Margin(double fraction) {
        this.fraction = fraction;
    }

    /**
     * Returns a margin as a fraction of revenue.
     *
     * @param fraction the fraction, as 0.3 for 30 %; in (0, 1]. 1 values revenue, not profit
     * @return the margin
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public static Margin of(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("`margin` must be in (0, 1] (0.3 for 30 %), but was " + fraction);
        }
        return new Margin(fraction);
    }

    /**
     * Returns the margin of 1: values are revenue, not profit.
     *
     * @return the margin
     */
    public static Margin ofRevenue() {
        return new Margin(1);
    }

    /**
     * Returns the fraction of revenue.
     *
     * @return the fraction, in (0, 1]
     */
    public double fraction() {
        return fraction;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Margin that && Double.compare(fraction, that.fraction) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(fraction);
    }

    @Override
    public String toString() {
        return Double.toString(fraction);
    }
}
