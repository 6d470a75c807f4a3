// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.BridgeBreakdown;
import org.clv4j.core.equity.BridgeCustomers;
import org.clv4j.core.equity.BridgeEnd;
import org.clv4j.core.equity.BridgeSegment;
import org.clv4j.core.equity.BridgeStep;
import org.clv4j.core.equity.EquityBridge;

/**
 * Writes a bridge of customer equity as JSON of the format {@value #FORMAT}: the ends with model and terms, and the steps of the total and
 * of the segments. Amounts are exact decimals: opening and steps add up to the closing, and the segments of a breakdown to the total.
 */
public final class BridgeJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-bridge/1";

    private BridgeJson() {}

    /**
     * Writes a bridge.
     *
     * @param bridge the bridge
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(EquityBridge bridge, TextOutput output) {
        Objects.requireNonNull(bridge, "bridge");
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("currency", bridge.currency().getCurrencyCode());
            JsonFields.number(json, "periods", bridge.periods());
            JsonFields.number(json, "lost_below", bridge.lostBelow());
            writeEnd(json, "opening", bridge.opening(), bridge.timeScale());
            writeEnd(json, "closing", bridge.closing(), bridge.timeScale());
            json.writeArrayFieldStart("warnings");
            for (String warning : bridge.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("total");
            writeSegment(json, bridge.total());
            json.writeEndObject();
            json.writeArrayFieldStart("breakdowns");
            for (BridgeBreakdown breakdown : bridge.breakdowns()) {
                json.writeStartObject();
                JsonFields.strings(json, "dimensions", breakdown.dimensions());
                json.writeArrayFieldStart("segments");
                for (BridgeSegment segment : breakdown.segments()) {
                    json.writeStartObject();
                    JsonFields.strings(json, "labels", segment.labels());
                    writeSegment(json, segment);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeEnd(JsonGenerator json, String name, BridgeEnd end, TimeScale timeScale)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("date", end.date().toString());
        json.writeStringField("model", end.model());
        JsonFields.number(json, "exchange_rate", end.exchangeRate());
        JsonFields.writeTerms(json, end.terms(), timeScale);
        json.writeEndObject();
    }

    private static void writeSegment(JsonGenerator json, BridgeSegment segment) throws IOException {
        JsonFields.money(json, "opening", segment.opening());
        json.writeObjectFieldStart("steps");
        for (Map.Entry<BridgeStep, BigDecimal> step : segment.steps().entrySet()) {
            JsonFields.money(json, step.getKey().toString(), step.getValue());
        }
        json.writeEndObject();
        JsonFields.money(json, "closing", segment.closing());
        JsonFields.money(json, "expected_closing", segment.expectedClosing());
        BridgeCustomers customers = segment.customers();
        json.writeObjectFieldStart("customers");
        count(json, "opening", customers.opening());
        count(json, "bought", customers.bought());
        count(json, "silent", customers.silent());
        count(json, "lost", customers.lost());
        count(json, "gone", customers.gone());
        count(json, "added", customers.added());
        count(json, "closing", customers.closing());
        json.writeEndObject();
        json.writeObjectFieldStart("margin");
        JsonFields.money(json, "expected", segment.margin().expected());
        JsonFields.money(json, "received", segment.margin().received());
        JsonFields.money(json, "received_of_new", segment.margin().receivedOfNew());
        json.writeEndObject();
    }

    private static void count(JsonGenerator json, String name, double customers) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Numbers.count(customers));
    }
}
