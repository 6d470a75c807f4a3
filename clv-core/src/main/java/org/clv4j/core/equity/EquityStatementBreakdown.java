// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * The lines of an {@link EquityStatement} by one or several dimensions.
 *
 * @param dimensions the names of the attributes that make the segments
 * @param parts one a combination of values that some customer or cohort has, in the order of the labels
 */
public record EquityStatementBreakdown(List<String> dimensions, List<EquityStatementPart> parts) {

    /**
     * Creates a breakdown.
     *
     * @param dimensions the names of the attributes that make the segments; copied
     * @param parts the segments in the order of the labels; copied
     */
    public EquityStatementBreakdown {
        dimensions = List.copyOf(dimensions);
        parts = List.copyOf(parts);
    }
}
