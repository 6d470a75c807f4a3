// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.Objects;
import org.clv4j.core.data.TransactionLog;

/** Writes transactions as {@code customer_id,date,amount}, in the order of the log; {@link TransactionFile} reads them. */
public final class TransactionsCsv {

    private TransactionsCsv() {}

    /**
     * Writes a log.
     *
     * @param log the transactions
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(TransactionLog log, TextOutput output) {
        Objects.requireNonNull(log, "log");
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("customer_id", "date", "amount");
            for (int row = 0; row < log.size(); row++) {
                csv.writeRecord(log.customerId(row), log.date(row).toString(), Numbers.money(log.amount(row)));
            }
            csv.flush();
        });
    }
}
