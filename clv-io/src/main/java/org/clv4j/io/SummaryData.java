// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.List;
import org.clv4j.core.data.CustomerBase;

/**
 * A customer base that was read from summaries, with what a reader of the results should know.
 *
 * @param base the customers, in the order of the file
 * @param badRows the bad rows that were left out; of more than 100,000 the first ones
 * @param badRowCount how many there were
 * @param notes what was detected, one line each
 */
public record SummaryData(CustomerBase base, List<BadRow> badRows, long badRowCount, List<String> notes) {

    /**
     * Creates the result.
     *
     * @param base the customers, in the order of the file
     * @param badRows the bad rows that were left out; of more than 100,000 the first ones
     * @param badRowCount how many there were
     * @param notes what was detected, one line each
     */
    public SummaryData {
        badRows = List.copyOf(badRows);
        notes = List.copyOf(notes);
    }
}
