// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.List;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.equity.VarianceSplit;
import org.clv4j.core.value.ValuationTerms;

/** Customer equity for people. */
final class EquityTable {

    private EquityTable() {}

    /** The table; with the intervals of the models that were drawn. */
    static String format(List<CustomerEquity> equities, List<EquityDraws> draws, double level, TimeScale timeScale) {
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
            draws.stream()
                    .filter(of -> of.model().equals(equity.model()))
                    .findFirst()
                    .ifPresent(of -> text.append(intervals(equity, of, level)));
            equity.warnings()
                    .forEach(warning -> text.append("  note: ").append(warning).append('\n'));
        }
        return text.toString();
    }

    private static String intervals(CustomerEquity equity, EquityDraws draws, double level) {
        String inside = TextTable.percent(level).replace(".0 %", " %");
        TextTable table = new TextTable()
                .row("future value", "expected", inside + " from", "to", "s.d.", "parameters", "purchases", "amounts");
        interval(table, "total", draws.total(), level);
        for (EquityBreakdown breakdown : equity.breakdowns()) {
            table.row("by " + String.join(" / ", breakdown.dimensions()));
            for (SegmentEquity segment : breakdown.segments()) {
                interval(table, "  " + segment.name(), draws.segment(breakdown.dimensions(), segment.labels()), level);
            }
        }
        return "\n" + table.format() + "  " + drawing(draws) + "\n";
    }

    /** How the future was drawn, in words. */
    static String drawing(EquityDraws draws) {
        return draws.draws() + " futures of seed " + draws.seed() + ", drawn with " + draws.method();
    }

    private static void interval(TextTable table, String name, SegmentDraws segment, double level) {
        FigureDraws value = segment.figure(ForecastFigure.VALUE);
        VarianceSplit split = value.split().orElseThrow();
        table.row(
                name,
                TextTable.money(value.expected().orElseThrow()),
                TextTable.money(value.lower(level)),
                TextTable.money(value.upper(level)),
                TextTable.money(value.standardDeviation()),
                TextTable.money(Math.sqrt(split.parameters())),
                TextTable.money(Math.sqrt(split.process())),
                TextTable.money(Math.sqrt(split.spend())));
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
