// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.equity.BridgeBreakdown;
import org.clv4j.core.equity.BridgeCustomers;
import org.clv4j.core.equity.BridgeSegment;
import org.clv4j.core.equity.BridgeStep;
import org.clv4j.core.equity.EquityBridge;

/**
 * Writes a bridge of customer equity as CSV, a row for each segment: {@code dimension, segment, opening}, a column for each {@link
 * BridgeStep}, {@code closing}, then the customers by what became of them and the margin of the window. The total has the dimension and
 * the segment {@code total}; a breakdown by several dimensions joins their names, and their values, by {@code " / "}. Amounts are exact:
 * a row adds up from opening to closing, and the segments of a dimension to the total.
 */
public final class BridgeCsv {

    private BridgeCsv() {}

    /**
     * Writes a bridge.
     *
     * @param bridge the bridge
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(EquityBridge bridge, TextOutput output) {
        Objects.requireNonNull(bridge, "bridge");
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            List<String> header = new ArrayList<>(List.of("dimension", "segment", "opening"));
            for (BridgeStep step : BridgeStep.values()) {
                header.add(step.toString());
            }
            header.addAll(List.of(
                    "closing",
                    "customers_opening",
                    "customers_bought",
                    "customers_silent",
                    "customers_lost",
                    "customers_gone",
                    "customers_added",
                    "customers_closing",
                    "margin_expected",
                    "margin_received",
                    "margin_received_of_new"));
            csv.writeRecord(header);
            write(csv, "total", bridge.total());
            for (BridgeBreakdown breakdown : bridge.breakdowns()) {
                String dimension = String.join(" / ", breakdown.dimensions());
                breakdown.segments().forEach(segment -> write(csv, dimension, segment));
            }
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, String dimension, BridgeSegment segment) {
        List<String> row = new ArrayList<>(List.of(dimension, segment.name(), Numbers.money(segment.opening())));
        segment.steps().values().forEach(amount -> row.add(Numbers.money(amount)));
        BridgeCustomers customers = segment.customers();
        row.addAll(List.of(
                Numbers.money(segment.closing()),
                Numbers.count(customers.opening()),
                Numbers.count(customers.bought()),
                Numbers.count(customers.silent()),
                Numbers.count(customers.lost()),
                Numbers.count(customers.gone()),
                Numbers.count(customers.added()),
                Numbers.count(customers.closing()),
                Numbers.money(segment.margin().expected()),
                Numbers.money(segment.margin().received()),
                Numbers.money(segment.margin().receivedOfNew())));
        csv.writeRecord(row);
    }
}
