// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;

/**
 * Writes a customer base as {@code customer_id,first_date,last_date,frequency,recency,age,monetary_value,transactions,total_amount},
 * a row a customer in the order of the base. What a base built from summaries does not know (dates, transactions, total) stays
 * empty; if the base has weights, the column {@code weight} follows.
 */
public final class SummaryCsv {

    private static final List<String> COLUMNS = List.of(
            "customer_id",
            "first_date",
            "last_date",
            "frequency",
            "recency",
            "age",
            "monetary_value",
            "transactions",
            "total_amount");

    private SummaryCsv() {}

    /**
     * Writes a customer base.
     *
     * @param base the customers
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(CustomerBase base, TextOutput output) {
        Objects.requireNonNull(base, "base");
        List<String> columns = new ArrayList<>(COLUMNS);
        if (base.isWeighted()) {
            columns.add("weight");
        }
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(columns);
            List<String> record = new ArrayList<>();
            for (int row = 0; row < base.size(); row++) {
                record.clear();
                add(record, base, row);
                csv.writeRecord(record);
            }
            csv.flush();
        });
    }

    private static void add(List<String> record, CustomerBase base, int row) {
        boolean ledger = base.hasRealisedTotals();
        record.add(base.id(row));
        record.add(base.firstDate(row).map(LocalDate::toString).orElse(""));
        record.add(base.lastDate(row).map(LocalDate::toString).orElse(""));
        record.add(Integer.toString(base.frequency(row)));
        record.add(Numbers.shortest(base.recency(row)));
        record.add(Numbers.shortest(base.age(row)));
        record.add(Numbers.shortest(base.monetaryValue(row)));
        record.add(ledger ? Long.toString(base.transactions(row)) : "");
        record.add(ledger ? Numbers.money(base.totalAmount(row)) : "");
        if (base.isWeighted()) {
            record.add(Numbers.shortest(base.weight(row)));
        }
    }
}
