// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.clv4j.io.JsonFields.money;
import static org.clv4j.io.JsonFields.strings;
import static org.clv4j.io.JsonFields.writeTerms;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementAmount;
import org.clv4j.core.equity.EquityStatementBreakdown;
import org.clv4j.core.equity.EquityStatementPart;

/**
 * Writes an equity statement as JSON of the format {@value #FORMAT}: model, date, currency and terms, then the total and the breakdowns, line
 * by line, in revenue and in contribution. Amounts are exact decimals: the segments of a breakdown add up to the total to the last digit.
 */
public final class StatementJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-statement/1";

    private StatementJson() {}

    /**
     * Writes a statement.
     *
     * @param statement the statement
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(EquityStatement statement, TextOutput output) {
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            writeHead(json, statement);
            json.writeObjectFieldStart("total");
            writePart(json, statement.total());
            json.writeEndObject();
            json.writeArrayFieldStart("breakdowns");
            for (EquityStatementBreakdown breakdown : statement.breakdowns()) {
                json.writeStartObject();
                strings(json, "dimensions", breakdown.dimensions());
                json.writeArrayFieldStart("segments");
                for (EquityStatementPart part : breakdown.parts()) {
                    json.writeStartObject();
                    strings(json, "labels", part.labels());
                    writePart(json, part);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** What a reader of any figure of a statement has to know. */
    static void writeHead(JsonGenerator json, EquityStatement statement) throws IOException {
        json.writeStringField("model", statement.model());
        if (statement.date().isPresent()) {
            json.writeStringField("date", statement.date().get().toString());
        }
        json.writeStringField("currency", statement.currency().getCurrencyCode());
        writeTerms(json, statement.terms(), statement.timeScale());
        strings(json, "warnings", statement.warnings());
    }

    private static void writePart(JsonGenerator json, EquityStatementPart part) throws IOException {
        json.writeFieldName("customers");
        json.writeNumber(Numbers.count(part.customers()));
        json.writeFieldName("future_customers");
        json.writeNumber(Numbers.count(part.futureCustomers()));
        json.writeObjectFieldStart("lines");
        for (Map.Entry<String, EquityStatementAmount> line :
                StatementLines.of(part).entrySet()) {
            json.writeObjectFieldStart(line.getKey());
            money(json, "revenue", line.getValue().revenue());
            money(json, "contribution", line.getValue().contribution());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
