// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * What the future may come out at by one or several dimensions.
 *
 * @param dimensions the names of what makes the segments
 * @param segments one entry a combination of values that some customer has, in the order of the labels
 */
public record BreakdownDraws(List<String> dimensions, List<SegmentDraws> segments) {

    /**
     * Creates a breakdown.
     *
     * @param dimensions the names of what makes the segments; copied
     * @param segments the segments in the order of the labels; copied
     */
    public BreakdownDraws {
        dimensions = List.copyOf(dimensions);
        segments = List.copyOf(segments);
    }
}
