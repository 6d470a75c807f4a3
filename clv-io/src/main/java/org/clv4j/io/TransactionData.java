// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.List;
import org.clv4j.core.data.TransactionLog;

/**
 * Transactions that were read, with what a reader of the results should know.
 *
 * @param log the transactions, in the order of the files
 * @param badRows the bad rows that were left out; of more than 100,000 the first ones
 * @param badRowCount how many there were
 * @param notes what was guessed or detected, one line each
 */
public record TransactionData(TransactionLog log, List<BadRow> badRows, long badRowCount, List<String> notes) {

    /**
     * Creates the result.
     *
     * @param log the transactions, in the order of the files
     * @param badRows the bad rows that were left out; of more than 100,000 the first ones
     * @param badRowCount how many there were
     * @param notes what was guessed or detected, one line each
     */
    public TransactionData {
        badRows = List.copyOf(badRows);
        notes = List.copyOf(notes);
    }
}
