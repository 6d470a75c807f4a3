// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * Customer equity by one or several dimensions.
 *
 * @param dimensions the names of the customer attributes that make the segments
 * @param segments one entry a combination of values that some customer has, in the order of the labels
 */
public record EquityBreakdown(List<String> dimensions, List<SegmentEquity> segments) {

    /** The label of customers without a value for a dimension. */
    public static final String UNKNOWN = "(unknown)";

    /**
     * Creates a breakdown.
     *
     * @param dimensions the names of the customer attributes that make the segments; copied
     * @param segments the segments in the order of the labels; copied
     */
    public EquityBreakdown {
        dimensions = List.copyOf(dimensions);
        segments = List.copyOf(segments);
    }
}
