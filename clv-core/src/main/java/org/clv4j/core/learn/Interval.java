// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

/**
 * An interval of numbers.
 *
 * @param lower the lower end; finite
 * @param upper the upper end; finite, at least the lower one
 */
public record Interval(double lower, double upper) {

    /**
     * Creates an interval.
     *
     * @param lower the lower end; finite
     * @param upper the upper end; finite, at least the lower one
     * @throws IllegalArgumentException if the ends are not finite or out of order
     */
    public Interval {
        if (!(lower <= upper && Double.isFinite(lower) && Double.isFinite(upper))) {
            throw new IllegalArgumentException(
                    "`lower` must be finite and at most `upper` = " + upper + ", but was " + lower);
        }
    }
}
