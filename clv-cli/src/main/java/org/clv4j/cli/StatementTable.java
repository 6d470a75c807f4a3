// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementBreakdown;
import org.clv4j.core.equity.EquityStatementLine;
import org.clv4j.core.equity.EquityStatementPart;

/** A statement as a table to read: the total with revenue and contribution, then the contribution of segments, a column each. */
final class StatementTable {

    private StatementTable() {}

    static String format(EquityStatement statement) {
        StringBuilder text = new StringBuilder(statement.summary());
        for (EquityStatementBreakdown breakdown : statement.breakdowns()) {
            if (breakdown.parts().size() > TextTable.MOST_COLUMNS) {
                text.append("  by ")
                        .append(String.join(" / ", breakdown.dimensions()))
                        .append(": ")
                        .append(breakdown.parts().size())
                        .append(" segments, too many to show side by side; --statement-out writes them\n");
            } else {
                text.append('\n').append(table(breakdown).format());
            }
        }
        return text.toString();
    }

    private static TextTable table(EquityStatementBreakdown breakdown) {
        List<EquityStatementPart> parts = breakdown.parts();
        List<String> header = new ArrayList<>(List.of("by " + String.join(" / ", breakdown.dimensions())));
        parts.forEach(part -> header.add(part.name()));
        TextTable table = new TextTable().row(header.toArray(new String[0]));
        for (EquityStatementLine line : EquityStatementLine.values()) {
            if (parts.stream().anyMatch(part -> part.line(line).contribution().signum() != 0)) {
                List<String> cells = new ArrayList<>(List.of(line.title()));
                parts.forEach(part -> cells.add(TextTable.money(part.line(line).contribution())));
                table.row(cells.toArray(new String[0]));
            }
        }
        List<String> net = new ArrayList<>(List.of("net equity"));
        parts.forEach(part -> net.add(TextTable.money(part.netEquity().contribution())));
        return table.row(net.toArray(new String[0]));
    }
}
