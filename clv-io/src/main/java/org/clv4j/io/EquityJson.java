// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.value.ValuationTerms;

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
        Objects.requireNonNull(timeScale, "timeScale");
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
                writeModel(json, equity);
            }
            json.writeEndArray();
        });
    }

    static void writeTerms(JsonGenerator json, ValuationTerms terms, TimeScale timeScale) throws IOException {
        json.writeObjectFieldStart("terms");
        json.writeStringField("time_unit", timeScale.toString());
        json.writeFieldName("horizon");
        if (terms.horizon().isInfinite()) {
            json.writeString("infinite");
        } else {
            json.writeNumber(Numbers.count(terms.horizon().periods()));
        }
        number(json, "discount_rate", terms.discountRate().effectiveAnnual());
        number(json, "periods_per_year", terms.periodsPerYear().orElse(timeScale.periodsPerYear()));
        number(json, "continuous_rate", terms.continuousRate(timeScale));
        number(json, "margin", terms.margin().fraction());
        json.writeStringField("timing", terms.timing().toString());
        json.writeEndObject();
    }

    private static void writeModel(JsonGenerator json, CustomerEquity equity) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", equity.model());
        json.writeArrayFieldStart("warnings");
        for (String warning : equity.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("total");
        writeSums(json, equity.total());
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

    static void money(JsonGenerator json, String name, BigDecimal value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Numbers.money(value));
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Numbers.shortest(value));
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
