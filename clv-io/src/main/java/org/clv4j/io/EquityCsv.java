// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.SegmentEquity;

/**
 * Writes customer equity as CSV, a row for each model and segment: {@code model, dimension, segment, customers, revenue,
 * current_value, future_value, lifetime_value, acquisition_cost, equity, share}. The total of a model has the dimension and the
 * segment {@code total}; a breakdown by several dimensions joins their names, and their values, by {@code " / "}. Amounts are
 * exact: the segments of a dimension add up to the total to the last digit.
 */
public final class EquityCsv {

    private EquityCsv() {}

    /**
     * Writes the equity by one or several models.
     *
     * @param equities the equity by each model
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<CustomerEquity> equities, TextOutput output) {
        List<CustomerEquity> models = List.copyOf(equities);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
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
            for (CustomerEquity equity : models) {
                write(csv, equity.model(), "total", equity.total());
                for (EquityBreakdown breakdown : equity.breakdowns()) {
                    String dimension = String.join(" / ", breakdown.dimensions());
                    breakdown.segments().forEach(segment -> write(csv, equity.model(), dimension, segment));
                }
            }
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, String model, String dimension, SegmentEquity segment) {
        csv.writeRecord(
                model,
                dimension,
                segment.name(),
                Numbers.count(segment.customers()),
                Numbers.money(segment.revenue()),
                Numbers.money(segment.currentValue()),
                Numbers.money(segment.futureValue()),
                Numbers.money(segment.lifetimeValue()),
                Numbers.money(segment.acquisitionCost()),
                Numbers.money(segment.equity()),
                Numbers.shortest(segment.share()));
    }
}
