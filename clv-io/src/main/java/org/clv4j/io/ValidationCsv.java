// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.validate.PredictionMetrics;

/** Writes how models did on customers or times that they had not seen: one row a model and day. */
public final class ValidationCsv {

    private ValidationCsv() {}

    /**
     * How one model did.
     *
     * @param model the model's name
     * @param cutOff the day as of which it predicted, as ISO text, or {@code all} for several days together
     * @param parameters how many parameters were estimated; empty if that is not known
     * @param logLikelihood the log-likelihood of the fit; empty if there is none
     * @param metrics how good the predictions are
     * @param coverage the share of customers whose outcome was in the model's interval; empty if it has none
     */
    public record Row(
            String model,
            String cutOff,
            OptionalDouble parameters,
            OptionalDouble logLikelihood,
            PredictionMetrics metrics,
            OptionalDouble coverage) {}

    /**
     * Writes the rows.
     *
     * @param rows the rows in their order
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<Row> rows, TextOutput output) {
        List<Row> all = List.copyOf(rows);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "model",
                    "cut_off",
                    "customers",
                    "parameters",
                    "log_likelihood",
                    "predicted_total",
                    "holdout_total",
                    "total_error",
                    "mae",
                    "rmse",
                    "gini",
                    "spearman",
                    "top_decile",
                    "decile_mape",
                    "coverage");
            for (Row row : all) {
                PredictionMetrics metrics = row.metrics();
                csv.writeRecord(
                        row.model(),
                        row.cutOff(),
                        Integer.toString(metrics.rows()),
                        cell(row.parameters()),
                        cell(row.logLikelihood()),
                        Numbers.shortest(metrics.totalPredicted()),
                        Numbers.shortest(metrics.totalActual()),
                        cell(metrics.totalError()),
                        Numbers.shortest(metrics.meanAbsoluteError()),
                        Numbers.shortest(metrics.rootMeanSquaredError()),
                        cell(metrics.normalisedGini()),
                        cell(metrics.spearman()),
                        cell(metrics.topDecileCapture()),
                        cell(metrics.decileMape()),
                        cell(row.coverage()));
            }
            csv.flush();
        });
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Numbers.shortest(value.getAsDouble()) : "";
    }
}
