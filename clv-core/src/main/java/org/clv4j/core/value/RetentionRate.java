// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import org.jspecify.annotations.Nullable;

/**
 * The probability that a customer under contract renews, each time a renewal is due. It is a type of its own because formulas with
 * r<sup>t</sup> hold for contracts only: a customer without one who skips a period has not left, so the part of a base that buys again
 * within a year is no retention rate, and neither is P(alive).
 *
 * <p>This class is immutable and thread-safe.
 */
public final class RetentionRate {

    private final double value;

    private RetentionRate(double value) {
        this.value = value;
    }

    /**
     * Returns a retention rate.
     *
     * @param value the probability of a renewal, as 0.8 for 80 %; in [0, 1)
     * @return the rate
     * @throws IllegalArgumentException if the value is out of range
     */
    public static RetentionRate of(double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("`retentionRate` must be in [0, 1) (0.8 for 80 %), but was " + value);
        }
        // −0.0 is no rate of its own.
        return new RetentionRate(value + 0.0);
    }

    /**
     * Returns the probability of a renewal.
     *
     * @return the probability, in [0, 1)
     */
    public double value() {
        return value;
    }

    /**
     * Returns the probability of no renewal.
     *
     * @return 1 − r, in (0, 1]
     */
    public double churn() {
        return 1 - value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetentionRate that && Double.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
