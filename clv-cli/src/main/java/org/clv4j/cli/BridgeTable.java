// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.equity.BridgeBreakdown;
import org.clv4j.core.equity.BridgeSegment;
import org.clv4j.core.equity.BridgeStep;
import org.clv4j.core.equity.EquityBridge;

/** A bridge as a table to read: the total as a list of steps, then a column a segment. */
final class BridgeTable {

    private BridgeTable() {}

    static String format(EquityBridge bridge) {
        StringBuilder text = new StringBuilder(bridge.summary());
        for (BridgeBreakdown breakdown : bridge.breakdowns()) {
            if (breakdown.segments().size() > TextTable.MOST_COLUMNS) {
                text.append("  by ")
                        .append(String.join(" / ", breakdown.dimensions()))
                        .append(": ")
                        .append(breakdown.segments().size())
                        .append(" segments, too many to show side by side; --bridge-out writes them\n");
            } else {
                text.append('\n').append(table(breakdown).format());
            }
        }
        return text.toString();
    }

    private static TextTable table(BridgeBreakdown breakdown) {
        List<BridgeSegment> segments = breakdown.segments();
        List<String> header = new ArrayList<>(List.of("by " + String.join(" / ", breakdown.dimensions())));
        List<String> opening = new ArrayList<>(List.of("opening"));
        List<String> closing = new ArrayList<>(List.of("closing"));
        for (BridgeSegment segment : segments) {
            header.add(segment.name());
            opening.add(TextTable.money(segment.opening()));
            closing.add(TextTable.money(segment.closing()));
        }
        TextTable table = new TextTable().row(header.toArray(new String[0])).row(opening.toArray(new String[0]));
        for (BridgeStep step : BridgeStep.values()) {
            if (segments.stream().anyMatch(segment -> segment.step(step).signum() != 0)) {
                List<String> cells = new ArrayList<>(List.of(step.title()));
                segments.forEach(segment -> cells.add(TextTable.money(segment.step(step))));
                table.row(cells.toArray(new String[0]));
            }
        }
        return table.row(closing.toArray(new String[0]));
    }
}
