// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.equity.BreakdownDraws;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;

/** A forecast as a table to read: a row a period of the total, then a row a segment over the whole horizon. */
final class ForecastTable {

    private ForecastTable() {}

    static String format(
            EquityDraws draws, CustomerBase base, List<ForecastFigure> figures, List<Double> probabilities) {
        TimeScale timeScale = base.timeScale();
        StringBuilder text = new StringBuilder("Forecast by ").append(draws.model());
        if (!draws.currency().equals(Transaction.NO_CURRENCY)) {
            text.append(", in ").append(draws.currency().getCurrencyCode());
        }
        text.append('\n');
        if (figures.contains(ForecastFigure.VALUE)) {
            text.append("  ")
                    .append(EquityTable.terms(draws.terms(), timeScale))
                    .append('\n');
        }
        for (ForecastFigure figure : figures) {
            text.append('\n').append(table(draws, base, figure, probabilities).format());
        }
        text.append("  ").append(EquityTable.drawing(draws)).append('\n');
        draws.warnings()
                .forEach(warning -> text.append("  note: ").append(warning).append('\n'));
        return text.toString();
    }

    private static TextTable table(
            EquityDraws draws, CustomerBase base, ForecastFigure figure, List<Double> probabilities) {
        List<String> header = new ArrayList<>(List.of(figure.toString().replace('-', ' '), "expected", "s.d."));
        probabilities.forEach(
                probability -> header.add(TextTable.percent(probability).replace(".0 %", " %") + " below"));
        TextTable table = new TextTable().row(header.toArray(new String[0]));
        Optional<LocalDate> now = base.observation().map(Observation::end);
        double start = 0;
        for (int i = 0; i < draws.periodEnds().size(); i++) {
            double end = draws.periodEnds().get(i);
            row(table, name(start, end, now, base.timeScale()), draws.total().figure(figure, i + 1), probabilities);
            start = end;
        }
        double horizon = draws.terms().horizon().periods();
        row(table, name(0, horizon, now, base.timeScale()), draws.total().figure(figure), probabilities);
        for (BreakdownDraws breakdown : draws.breakdowns()) {
            table.row("by " + String.join(" / ", breakdown.dimensions()));
            for (SegmentDraws segment : breakdown.segments()) {
                row(table, "  " + segment.name(), segment.figure(figure), probabilities);
            }
        }
        return table;
    }

    /** The days of a period, or its time from now where days are not known. */
    private static String name(double start, double end, Optional<LocalDate> now, TimeScale timeScale) {
        return now.map(day -> timeScale.plus(day, start).plusDays(1) + " to " + timeScale.plus(day, end))
                .orElseGet(() -> timeScale + " " + plain(start) + " to " + plain(end));
    }

    private static String plain(double time) {
        return time == Math.rint(time) ? Long.toString((long) time) : Double.toString(time);
    }

    private static void row(TextTable table, String name, FigureDraws figure, List<Double> probabilities) {
        // What adds up over periods and segments, and agrees with the equity; the mean where models have no formula.
        double expected = figure.expected().orElse(figure.mean());
        List<String> cells =
                new ArrayList<>(List.of(name, TextTable.money(expected), TextTable.money(figure.standardDeviation())));
        probabilities.forEach(probability -> cells.add(TextTable.money(figure.quantile(probability))));
        table.row(cells.toArray(new String[0]));
    }
}
