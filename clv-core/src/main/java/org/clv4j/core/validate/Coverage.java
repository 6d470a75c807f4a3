// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Objects;

/**
 * How many actuals lay in their intervals.
 *
 * @param segment the segment, or {@code (all)}
 * @param rows how many intervals there were, n
 * @param inside how many held their actual, the ends included
 * @param meanWidth the mean of upper − lower end, by which intervals of the same coverage are told apart
 */
public record Coverage(String segment, int rows, int inside, double meanWidth) {

    /**
     * Creates a coverage.
     *
     * @param segment the segment, or {@code (all)}
     * @param rows how many intervals there were, at least 1
     * @param inside how many held their actual; from 0 to {@code rows}
     * @param meanWidth the mean width; finite, at least 0
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Coverage {
        Objects.requireNonNull(segment, "segment");
        Columns.atLeast(rows, 1, "rows");
        if (!(inside >= 0 && inside <= rows)) {
            throw new IllegalArgumentException("`inside` must be from 0 to `rows` = " + rows + ", but was " + inside);
        }
        if (!(meanWidth >= 0 && meanWidth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`meanWidth` must be finite and at least 0, but was " + meanWidth);
        }
    }

    /**
     * Returns the part of the intervals that held their actual.
     *
     * @return inside / rows, in [0, 1]
     */
    public double share() {
        return (double) inside / rows;
    }

    /**
     * Returns the binomial standard error of the share, by the share itself.
     *
     * @return √(share (1 − share) / n); 0 if all or none lay inside, where it says nothing
     */
    public double standardError() {
        return Math.sqrt(share() * (1 - share()) / rows);
    }

    /**
     * Returns the binomial standard error of the share if the intervals hold what they claim: what the difference of share and level is to
     * be compared with.
     *
     * @param level how probable it is to be that an interval holds what comes, in (0, 1)
     * @return √(level (1 − level) / n)
     * @throws IllegalArgumentException if the level is out of its range
     */
    public double standardErrorAt(double level) {
        Columns.between0And1(level, "level");
        return Math.sqrt(level * (1 - level) / rows);
    }
}
