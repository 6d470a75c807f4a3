// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Segments that share a quantile of {@link ConformalIntervals}.
 *
 * @param label the segment, or the label of the pool of small ones
 * @param segments the segments, at least one
 * @param rows how many rows the quantile is of; n in the guarantee
 * @param quantile the quantile of the scores
 */
public record ConformalGroup(String label, List<String> segments, int rows, double quantile) {

    /** Times the largest scale this is still finite, and so are the ends of an interval. */
    static final double LARGEST_QUANTILE = 1e201;

    /**
     * Creates a group.
     *
     * @param label the segment, or the label of the pool of small ones
     * @param segments the segments, copied; at least one, none twice
     * @param rows how many rows the quantile is of; at least 1
     * @param quantile the quantile of the scores; from 0 to 1e201
     * @throws IllegalArgumentException if there is no segment or one is there twice, or a number is out of its range
     */
    public ConformalGroup {
        Objects.requireNonNull(label, "label");
        segments = List.copyOf(segments);
        if (segments.isEmpty() || new HashSet<>(segments).size() < segments.size()) {
            throw new IllegalArgumentException("`segments` must be at least one, none twice, but were " + segments);
        }
        Columns.atLeast(rows, 1, "rows");
        checkedQuantile(quantile);
    }

    static double checkedQuantile(double quantile) {
        if (!(quantile >= 0 && quantile <= LARGEST_QUANTILE)) {
            throw new IllegalArgumentException(
                    "`quantile` must be from 0 to " + LARGEST_QUANTILE + ", but was " + quantile);
        }
        return quantile;
    }
}
