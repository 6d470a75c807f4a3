// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.clv4j.io.JsonFields.money;
import static org.clv4j.io.JsonFields.number;
import static org.clv4j.io.JsonFields.strings;
import static org.clv4j.io.JsonFields.writeTerms;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.equity.VarianceSplit;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;

/**
 * Writes customer equity as JSON of the format {@value #FORMAT}: the terms of the valuation, and for each model the total and
 * the breakdowns. Amounts are exact decimals: the segments of a breakdown add up to the total to the last digit.
 */
public final class EquityJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-equity/1";

    private EquityJson() {}

    /**
     * Writes the equity by one or several models.
     *
     * @param equities the equity by each model, at least one, under the same terms
     * @param timeScale the unit that the horizon counts
     * @param output where to write
     * @throws IllegalArgumentException if there is none, or the terms differ
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<CustomerEquity> equities, TimeScale timeScale, TextOutput output) {
        writeWithIntervals(equities, List.of(), 0.5, timeScale, output);
    }

    /**
     * Writes the equity by one or several models with the intervals of the future values, and where their variance comes from.
     *
     * @param equities the equity by each model, at least one, under the same terms
     * @param draws the draws of some of the models, with the breakdowns of the equity
     * @param level the part of the draws in an interval, in (0, 1)
     * @param timeScale the unit that the horizon counts
     * @param output where to write
     * @throws IllegalArgumentException if there is no equity, the terms differ, the level is out of its range, or draws lack a segment of
     *     the equity
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeWithIntervals(
            List<CustomerEquity> equities,
            List<EquityDraws> draws,
            double level,
            TimeScale timeScale,
            TextOutput output) {
        Objects.requireNonNull(timeScale, "timeScale");
        checkLevel(level);
        List<EquityDraws> drawn = List.copyOf(draws);
        List<CustomerEquity> models = List.copyOf(equities);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("`equities` must hold at least one, but was empty");
        }
        ValuationTerms terms = models.get(0).terms();
        for (CustomerEquity equity : models) {
            if (!equity.terms().equals(terms)) {
                throw new IllegalArgumentException(
                        "`equities` must be under the same terms, but were under " + terms + " and " + equity.terms());
            }
        }
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("currency", models.get(0).currency().getCurrencyCode());
            writeTerms(json, terms, timeScale);
            json.writeArrayFieldStart("models");
            for (CustomerEquity equity : models) {
                writeModel(json, equity, drawsOf(equity, drawn), level);
            }
            json.writeEndArray();
        });
    }

    static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("`level` must be in (0, 1) (0.95 for 95 %), but was " + level);
        }
    }

    /** The draws of the same model, if there are some. */
    static @Nullable EquityDraws drawsOf(CustomerEquity equity, List<EquityDraws> draws) {
        return draws.stream()
                .filter(of -> of.model().equals(equity.model()))
                .findFirst()
                .orElse(null);
    }

    private static void writeModel(JsonGenerator json, CustomerEquity equity, @Nullable EquityDraws draws, double level)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model", equity.model());
        json.writeArrayFieldStart("warnings");
        for (String warning : equity.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        if (draws != null) {
            writeDrawing(json, draws);
            number(json, "level", level);
        }
        json.writeObjectFieldStart("total");
        writeSums(json, equity.total());
        if (draws != null) {
            writeInterval(json, draws.total(), level);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("breakdowns");
        for (EquityBreakdown breakdown : equity.breakdowns()) {
            json.writeStartObject();
            strings(json, "dimensions", breakdown.dimensions());
            json.writeArrayFieldStart("segments");
            for (SegmentEquity segment : breakdown.segments()) {
                json.writeStartObject();
                strings(json, "labels", segment.labels());
                writeSums(json, segment);
                if (draws != null) {
                    writeInterval(json, draws.segment(breakdown.dimensions(), segment.labels()), level);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeSums(JsonGenerator json, SegmentEquity segment) throws IOException {
        json.writeFieldName("customers");
        json.writeNumber(Numbers.count(segment.customers()));
        money(json, "revenue", segment.revenue());
        money(json, "current_value", segment.currentValue());
        money(json, "future_value", segment.futureValue());
        money(json, "lifetime_value", segment.lifetimeValue());
        json.writeFieldName("customers_with_acquisition_cost");
        json.writeNumber(Numbers.count(segment.customersWithAcquisitionCost()));
        money(json, "acquisition_cost", segment.acquisitionCost());
        money(json, "equity", segment.equity());
        number(json, "share", segment.share());
    }

    /** How the future was drawn. */
    static void writeDrawing(JsonGenerator json, EquityDraws draws) throws IOException {
        json.writeNumberField("draws", draws.draws());
        json.writeNumberField("seed", draws.seed());
        json.writeStringField("parameter_draws", draws.method());
    }

    private static void writeInterval(JsonGenerator json, SegmentDraws segment, double level) throws IOException {
        FigureDraws value = segment.figure(ForecastFigure.VALUE);
        json.writeObjectFieldStart("future_value_interval");
        number(json, "lower", value.lower(level));
        number(json, "upper", value.upper(level));
        number(json, "standard_deviation", value.standardDeviation());
        writeSplit(json, value);
        json.writeEndObject();
    }

    /** Where the variance comes from, if that is known. */
    static void writeSplit(JsonGenerator json, FigureDraws figure) throws IOException {
        VarianceSplit split = figure.split().orElse(null);
        if (split != null) {
            json.writeObjectFieldStart("variance");
            number(json, "parameters", split.parameters());
            number(json, "process", split.process());
            number(json, "spend", split.spend());
            json.writeEndObject();
        }
    }
}
