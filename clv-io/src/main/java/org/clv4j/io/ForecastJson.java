// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.BreakdownDraws;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;

/**
 * Writes a forecast as JSON of the format {@value #FORMAT}: how it was drawn, and for the total and each segment the figures of each
 * period and of the whole horizon, with their quantiles.
 *
 * <p>This class is immutable; the {@code with…} methods return copies.
 */
public final class ForecastJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-forecast/1";

    private static final ForecastJson DEFAULTS = new ForecastJson(List.of(0.05, 0.5, 0.95), List.of());

    private final List<Double> quantiles;
    /** Empty for all that were drawn. */
    private final List<ForecastFigure> figures;

    private ForecastJson(List<Double> quantiles, List<ForecastFigure> figures) {
        this.quantiles = quantiles;
        this.figures = figures;
    }

    /**
     * Returns a writer of all figures that were drawn, with the quantiles .05, .5 and .95.
     *
     * @return the writer
     */
    public static ForecastJson withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that writes other quantiles.
     *
     * @param probabilities the probabilities, each in [0, 1]
     * @return the copy
     * @throws IllegalArgumentException if one is out of its range
     */
    public ForecastJson withQuantiles(List<? extends Number> probabilities) {
        List<Double> checked = new ArrayList<>();
        for (Number probability : probabilities) {
            checked.add(ForecastPeriod.checkProbability(probability.doubleValue()));
        }
        return new ForecastJson(List.copyOf(checked), figures);
    }

    /**
     * Returns a copy that writes some figures only.
     *
     * @param newFigures the figures, at least one, in their order
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public ForecastJson withFigures(List<ForecastFigure> newFigures) {
        if (newFigures.isEmpty()) {
            throw new IllegalArgumentException("`newFigures` must hold at least one, but was empty");
        }
        return new ForecastJson(quantiles, List.copyOf(newFigures));
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
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("model", draws.model());
            json.writeStringField("currency", draws.currency().getCurrencyCode());
            if (written.contains(ForecastFigure.VALUE)) {
                JsonFields.writeTerms(json, draws.terms(), base.timeScale());
            } else {
                json.writeStringField("time_unit", base.timeScale().toString());
            }
            EquityJson.writeDrawing(json, draws);
            JsonFields.strings(json, "warnings", draws.warnings());
            json.writeObjectFieldStart("total");
            write(json, draws.total(), periods, written);
            json.writeEndObject();
            json.writeArrayFieldStart("breakdowns");
            for (BreakdownDraws breakdown : draws.breakdowns()) {
                json.writeStartObject();
                JsonFields.strings(json, "dimensions", breakdown.dimensions());
                json.writeArrayFieldStart("segments");
                for (SegmentDraws segment : breakdown.segments()) {
                    json.writeStartObject();
                    JsonFields.strings(json, "labels", segment.labels());
                    write(json, segment, periods, written);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void write(
            JsonGenerator json, SegmentDraws segment, List<ForecastPeriod> periods, List<ForecastFigure> written)
            throws IOException {
        json.writeFieldName("customers");
        json.writeNumber(Numbers.count(segment.customers()));
        json.writeArrayFieldStart("periods");
        for (ForecastPeriod period : periods) {
            json.writeStartObject();
            json.writeStringField("period", period.name());
            JsonFields.number(json, "start", period.start());
            JsonFields.number(json, "end", period.end());
            if (period.firstDay().isPresent() && period.lastDay().isPresent()) {
                json.writeStringField("first_day", period.firstDay().get().toString());
                json.writeStringField("last_day", period.lastDay().get().toString());
            }
            for (ForecastFigure figure : written) {
                json.writeObjectFieldStart(figure.toString().replace('-', '_'));
                write(json, period.of(segment, figure));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, FigureDraws figure) throws IOException {
        if (figure.expected().isPresent()) {
            JsonFields.number(json, "expected", figure.expected().getAsDouble());
        }
        JsonFields.number(json, "mean", figure.mean());
        JsonFields.number(json, "standard_deviation", figure.standardDeviation());
        json.writeObjectFieldStart("quantiles");
        for (double probability : quantiles) {
            JsonFields.number(json, Numbers.shortest(probability), figure.quantile(probability));
        }
        json.writeEndObject();
        EquityJson.writeSplit(json, figure);
    }
}
