// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.List;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.value.ValuationTerms;

/** Customer equity for people. */
final class EquityTable {

    private EquityTable() {}

    static String format(List<CustomerEquity> equities, TimeScale timeScale) {
        StringBuilder text = new StringBuilder();
        for (CustomerEquity equity : equities) {
            text.append("Customer equity by ").append(equity.model());
            if (!equity.currency().equals(Transaction.NO_CURRENCY)) {
                text.append(", in ").append(equity.currency().getCurrencyCode());
            }
            text.append('\n')
                    .append("  ")
                    .append(terms(equity.terms(), timeScale))
                    .append('\n');
            TextTable table = new TextTable()
                    .row("", "customers", "revenue", "current", "future", "lifetime", "acquisition", "equity", "share");
            row(table, "total", equity.total());
            for (EquityBreakdown breakdown : equity.breakdowns()) {
                table.row("by " + String.join(" / ", breakdown.dimensions()));
                breakdown.segments().forEach(segment -> row(table, "  " + segment.name(), segment));
            }
            text.append(table.format());
            equity.warnings()
                    .forEach(warning -> text.append("  note: ").append(warning).append('\n'));
        }
        return text.toString();
    }

    static String terms(ValuationTerms terms, TimeScale timeScale) {
        String reach = terms.horizon().isInfinite() ? "without end" : terms.horizon() + " " + timeScale;
        return "horizon " + reach + ", discounted by "
                + TextTable.decimal(terms.discountRate().effectiveAnnual() * 100, 2) + " % a year, margin "
                + TextTable.percent(terms.margin().fraction()) + ", paid " + terms.timing();
    }

    private static void row(TextTable table, String name, SegmentEquity segment) {
        table.row(
                name,
                TextTable.money(segment.customers()),
                TextTable.money(segment.revenue()),
                TextTable.money(segment.currentValue()),
                TextTable.money(segment.futureValue()),
                TextTable.money(segment.lifetimeValue()),
                // An unknown cost is not a cost of nothing.
                segment.customersWithAcquisitionCost() == 0 ? "-" : TextTable.money(segment.acquisitionCost()),
                TextTable.money(segment.equity()),
                TextTable.percent(segment.share()));
    }
}
