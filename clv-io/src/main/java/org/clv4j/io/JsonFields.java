// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.ValuationTerms;

/** Fields that several formats of results have. */
final class JsonFields {

    private JsonFields() {}

    /** The terms of a valuation, with the rate both ways. */
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
