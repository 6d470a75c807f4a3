// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * A bridge by one or several dimensions.
 *
 * @param dimensions the names of the customer attributes that make the segments
 * @param segments one entry a combination of values that some customer has, in the order of the labels
 */
public record BridgeBreakdown(List<String> dimensions, List<BridgeSegment> segments) {

    /**
     * Creates a breakdown.
     *
     * @param dimensions the names of the customer attributes that make the segments; copied
     * @param segments the segments in the order of the labels; copied
     */
    public BridgeBreakdown {
        dimensions = List.copyOf(dimensions);
        segments = List.copyOf(segments);
    }
}
