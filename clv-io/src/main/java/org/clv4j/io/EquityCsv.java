// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentEquity;
import org.jspecify.annotations.Nullable;

/**
 * Writes customer equity as CSV, a row for each model and segment: {@code model, dimension, segment, customers, revenue,
 * current_value, future_value, lifetime_value, acquisition_cost, equity, share}. The total of a model has the dimension and the
 * segment {@code total}; a breakdown by several dimensions joins their names, and their values, by {@code " / "}. Amounts are
 * exact: the segments of a dimension add up to the total to the last digit.
 */
public final class EquityCsv {

    private static final List<String> COLUMNS = List.of(
            "model",
            "dimension",
            "segment",
            "customers",
            "revenue",
            "current_value",
            "future_value",
            "lifetime_value",
            "acquisition_cost",
            "equity",
            "share");

    private static final List<String> INTERVALS = List.of("future_value_lower", "future_value_upper");

    private EquityCsv() {}

    /**
     * Writes the equity by one or several models.
     *
     * @param equities the equity by each model
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<CustomerEquity> equities, TextOutput output) {
        writeWithIntervals(equities, List.of(), 0.5, output);
    }

    /**
     * Writes the equity by one or several models with the intervals of the future values: two more columns, {@code
     * future_value_lower} and {@code future_value_upper}, empty of a model that was not drawn. Without draws they are left out.
     *
     * @param equities the equity by each model
     * @param draws the draws of some of the models, with the breakdowns of the equity
     * @param level the part of the draws in an interval, in (0, 1)
     * @param output where to write
     * @throws IllegalArgumentException if the level is out of its range, or draws lack a segment of the equity
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeWithIntervals(
            List<CustomerEquity> equities, List<EquityDraws> draws, double level, TextOutput output) {
        List<CustomerEquity> models = List.copyOf(equities);
        List<EquityDraws> drawn = List.copyOf(draws);
        EquityJson.checkLevel(level);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            List<String> columns = new ArrayList<>(COLUMNS);
            if (!drawn.isEmpty()) {
                columns.addAll(INTERVALS);
            }
            csv.writeRecord(columns);
            for (CustomerEquity equity : models) {
                Rows rows = new Rows(csv, equity.model(), !drawn.isEmpty(), EquityJson.drawsOf(equity, drawn), level);
                rows.write(List.of(), equity.total());
                for (EquityBreakdown breakdown : equity.breakdowns()) {
                    breakdown.segments().forEach(segment -> rows.write(breakdown.dimensions(), segment));
                }
            }
            csv.flush();
        });
    }

    /** The rows of a model. */
    private record Rows(CsvWriter csv, String model, boolean withIntervals, @Nullable EquityDraws draws, double level) {

        void write(List<String> dimensions, SegmentEquity segment) {
            List<String> fields = new ArrayList<>(List.of(
                    model,
                    dimensions.isEmpty() ? "total" : String.join(" / ", dimensions),
                    segment.name(),
                    Numbers.count(segment.customers()),
                    Numbers.money(segment.revenue()),
                    Numbers.money(segment.currentValue()),
                    Numbers.money(segment.futureValue()),
                    Numbers.money(segment.lifetimeValue()),
                    Numbers.money(segment.acquisitionCost()),
                    Numbers.money(segment.equity()),
                    Numbers.shortest(segment.share())));
            if (draws != null) {
                FigureDraws value = draws.segment(dimensions, segment.labels()).figure(ForecastFigure.VALUE);
                fields.add(Numbers.shortest(value.lower(level)));
                fields.add(Numbers.shortest(value.upper(level)));
            } else if (withIntervals) {
                fields.addAll(List.of("", ""));
            }
            csv.writeRecord(fields);
        }
    }
}
