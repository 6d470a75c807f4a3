// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.Collection;
import java.util.List;
import org.clv4j.core.data.Contract;

/**
 * Writes contracts with dates as CSV that {@link ContractsFile} reads: {@code customer_id, start, end, fee}; the end of an open contract is
 * empty.
 */
public final class ContractsCsv {

    private ContractsCsv() {}

    /**
     * Writes contracts.
     *
     * @param contracts the contracts, each with a start
     * @param output where to write
     * @throws IllegalArgumentException if one has no start
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(Collection<Contract> contracts, TextOutput output) {
        List<Contract> rows = List.copyOf(contracts);
        for (Contract contract : rows) {
            if (contract.start().isEmpty()) {
                throw new IllegalArgumentException(
                        "`contracts` must have a start, but that of " + contract.customerId() + " has none");
            }
        }
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("customer_id", "start", "end", "fee");
            for (Contract contract : rows) {
                csv.writeRecord(
                        contract.customerId(),
                        contract.start().orElseThrow().toString(),
                        contract.end().map(Object::toString).orElse(""),
                        Numbers.money(contract.fee()));
            }
            csv.flush();
        });
    }
}
