// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import java.util.Map;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementAmount;
import org.clv4j.core.equity.EquityStatementBreakdown;
import org.clv4j.core.equity.EquityStatementPart;

/**
 * Writes an equity statement as CSV, a row for each part and line: {@code model, dimension, segment, line, revenue, contribution}. The
 * total has the dimension and the segment {@code total}; a breakdown by several dimensions joins their names, and their values, by {@code
 * " / "}. The sums {@code future_value}, {@code lifetime_value}, {@code gross_equity}, {@code net_future_value} and {@code net_equity} come
 * after the lines that they are made of. Amounts are exact: the segments of a dimension add up to the total to the last digit.
 */
public final class StatementCsv {

    private StatementCsv() {}

    /**
     * Writes a statement.
     *
     * @param statement the statement
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(EquityStatement statement, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("model", "dimension", "segment", "line", "revenue", "contribution");
            write(csv, statement.model(), "total", statement.total());
            for (EquityStatementBreakdown breakdown : statement.breakdowns()) {
                String dimension = String.join(" / ", breakdown.dimensions());
                List<EquityStatementPart> parts = breakdown.parts();
                parts.forEach(part -> write(csv, statement.model(), dimension, part));
            }
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, String model, String dimension, EquityStatementPart part) {
        for (Map.Entry<String, EquityStatementAmount> line :
                StatementLines.of(part).entrySet()) {
            csv.writeRecord(
                    model,
                    dimension,
                    part.name(),
                    line.getKey(),
                    Numbers.money(line.getValue().revenue()),
                    Numbers.money(line.getValue().contribution()));
        }
    }
}
