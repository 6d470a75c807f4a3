// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clv4j.core.retention.SurvivalTable;

/**
 * Writes survival as CSV, a row for each segment, model and number of renewals: {@code segment, model, renewals, use, at_risk, observed,
 * observed_lower, observed_upper, survival, retention_rate}. The use is {@code calibration} of what the model was fitted to,
 * {@code holdout} of what was observed beside, and {@code forecast} of what was not observed; there the observed cells are empty.
 */
public final class SurvivalCsv {

    private SurvivalCsv() {}

    /**
     * Writes tables.
     *
     * @param segments the tables of each segment, one a model; {@code ""} is all customers
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(Map<String, List<SurvivalTable>> segments, TextOutput output) {
        Map<String, List<SurvivalTable>> kept = new LinkedHashMap<>();
        segments.forEach((segment, tables) -> kept.put(segment, new ArrayList<>(tables)));
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "segment",
                    "model",
                    "renewals",
                    "use",
                    "at_risk",
                    "observed",
                    "observed_lower",
                    "observed_upper",
                    "survival",
                    "retention_rate");
            kept.forEach((segment, tables) -> tables.forEach(table -> write(csv, segment, table)));
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, String segment, SurvivalTable table) {
        for (SurvivalTable.Row row : table.rows()) {
            csv.writeRecord(
                    segment,
                    table.model(),
                    Integer.toString(row.renewals()),
                    use(row),
                    row.observed().isPresent() ? Numbers.count(row.atRisk()) : "",
                    cell(row.observed()),
                    cell(row.lower()),
                    cell(row.upper()),
                    Numbers.shortest(row.survival()),
                    cell(row.retentionRate()));
        }
    }

    private static String use(SurvivalTable.Row row) {
        if (row.observed().isEmpty()) {
            return "forecast";
        }
        return row.calibration() ? "calibration" : "holdout";
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Numbers.shortest(value.getAsDouble()) : "";
    }
}
