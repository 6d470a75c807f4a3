// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.BreakdownDraws;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;

/**
 * Writes a forecast as CSV, a row for each segment, period and figure: {@code dimension, segment, period, start, end, first_day,
 * last_day, figure, expected, mean, standard_deviation}, and a column for each quantile, as {@code q0.05}. The whole horizon is the period
 * {@code total}, all customers are the segment {@code total}. Start and end count time units from now; days are empty where the customers
 * came without dates; {@code expected} is empty for the active customers of a period.
 *
 * <p>This class is immutable; the {@code with…} methods return copies.
 */
public final class ForecastCsv {

    private static final ForecastCsv DEFAULTS = new ForecastCsv(List.of(0.05, 0.5, 0.95), List.of());

    private final List<Double> quantiles;
    /** Empty for all that were drawn. */
    private final List<ForecastFigure> figures;

    private ForecastCsv(List<Double> quantiles, List<ForecastFigure> figures) {
        this.quantiles = quantiles;
        this.figures = figures;
    }

    /**
     * Returns a writer of all figures that were drawn, with the quantiles .05, .5 and .95.
     *
     * @return the writer
     */
    public static ForecastCsv withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that writes other quantiles.
     *
     * @param probabilities the probabilities, each in [0, 1]
     * @return the copy
     * @throws IllegalArgumentException if one is out of its range
     */
    public ForecastCsv withQuantiles(List<? extends Number> probabilities) {
        List<Double> checked = new ArrayList<>();
        for (Number probability : probabilities) {
            checked.add(ForecastPeriod.checkProbability(probability.doubleValue()));
        }
        return new ForecastCsv(List.copyOf(checked), figures);
    }

    /**
     * Returns a copy that writes some figures only.
     *
     * @param newFigures the figures, at least one, in the order of the rows
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public ForecastCsv withFigures(List<ForecastFigure> newFigures) {
        if (newFigures.isEmpty()) {
            throw new IllegalArgumentException("`newFigures` must hold at least one, but was empty");
        }
        return new ForecastCsv(quantiles, List.copyOf(newFigures));
    }

    /**
     * Writes a forecast.
     *
     * @param draws the forecast
     * @param base the customers whose future was drawn: tells the time unit, and the day that is now
     * @param output where to write
     * @throws IllegalArgumentException if the forecast lacks a figure, as those of money without a spend model
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public void write(EquityDraws draws, CustomerBase base, TextOutput output) {
        List<ForecastPeriod> periods = ForecastPeriod.of(draws, base);
        List<ForecastFigure> written =
                figures.isEmpty() ? List.copyOf(draws.total().figures()) : figures;
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            List<String> columns = new ArrayList<>(List.of(
                    "dimension",
                    "segment",
                    "period",
                    "start",
                    "end",
                    "first_day",
                    "last_day",
                    "figure",
                    "expected",
                    "mean",
                    "standard_deviation"));
            quantiles.forEach(probability -> columns.add("q" + Numbers.shortest(probability)));
            csv.writeRecord(columns);
            write(csv, "total", draws.total(), periods, written);
            for (BreakdownDraws breakdown : draws.breakdowns()) {
                String dimension = String.join(" / ", breakdown.dimensions());
                breakdown.segments().forEach(segment -> write(csv, dimension, segment, periods, written));
            }
            csv.flush();
        });
    }

    private void write(
            CsvWriter csv,
            String dimension,
            SegmentDraws segment,
            List<ForecastPeriod> periods,
            List<ForecastFigure> written) {
        for (ForecastPeriod period : periods) {
            for (ForecastFigure figure : written) {
                FigureDraws drawn = period.of(segment, figure);
                List<String> fields = new ArrayList<>(List.of(
                        dimension,
                        segment.name(),
                        period.name(),
                        Numbers.count(period.start()),
                        Numbers.count(period.end()),
                        period.firstDay().map(Object::toString).orElse(""),
                        period.lastDay().map(Object::toString).orElse(""),
                        figure.toString(),
                        drawn.expected().isPresent()
                                ? Numbers.shortest(drawn.expected().getAsDouble())
                                : "",
                        Numbers.shortest(drawn.mean()),
                        Numbers.shortest(drawn.standardDeviation())));
                quantiles.forEach(probability -> fields.add(Numbers.shortest(drawn.quantile(probability))));
                csv.writeRecord(fields);
            }
        }
    }
}
