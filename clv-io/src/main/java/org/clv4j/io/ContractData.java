// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.List;
import org.clv4j.core.data.Contract;

/**
 * The contracts of a file.
 *
 * @param contracts the contracts, in the order of the file
 * @param badRows the bad rows that were left out; of more than 100,000 the first ones
 * @param badRowCount how many there were
 * @param notes what was taken for what, one line each
 */
public record ContractData(List<Contract> contracts, List<BadRow> badRows, long badRowCount, List<String> notes) {

    /**
     * Creates the result.
     *
     * @param contracts the contracts, in the order of the file; copied
     * @param badRows the bad rows that were left out; copied
     * @param badRowCount how many there were
     * @param notes what was taken for what, one line each; copied
     */
    public ContractData {
        contracts = List.copyOf(contracts);
        badRows = List.copyOf(badRows);
        notes = List.copyOf(notes);
    }
}
