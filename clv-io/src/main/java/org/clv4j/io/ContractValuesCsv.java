// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.equity.BookCohort;

/**
 * Writes what contracts are worth as CSV, a row for each model and segment: {@code model, segment, customers, active, current_value,
 * contracted_value, renewal_value, future_value, future_lower, future_upper}. Amounts are exact: segments add up to their total to the last
 * digit.
 */
public final class ContractValuesCsv {

    private ContractValuesCsv() {}

    /**
     * Writes values.
     *
     * @param values the values, in the order of the rows
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<ContractValue> values, TextOutput output) {
        List<ContractValue> rows = List.copyOf(values);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "model",
                    "segment",
                    "customers",
                    "active",
                    "current_value",
                    "contracted_value",
                    "renewal_value",
                    "future_value",
                    "future_lower",
                    "future_upper");
            for (ContractValue value : rows) {
                BookCohort book = value.book();
                csv.writeRecord(
                        value.model(),
                        value.segment(),
                        Numbers.count(book.customers()),
                        Numbers.count(book.active()),
                        Numbers.money(value.currentValue()),
                        Numbers.money(book.contractedValue()),
                        Numbers.money(book.renewalValue()),
                        Numbers.money(book.futureValue()),
                        cell(value.lower()),
                        cell(value.upper()));
            }
            csv.flush();
        });
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Numbers.shortest(value.getAsDouble()) : "";
    }
}
