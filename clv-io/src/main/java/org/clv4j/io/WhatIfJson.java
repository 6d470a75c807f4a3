// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementAmount;
import org.clv4j.core.scenario.BreakEven;
import org.clv4j.core.scenario.Elasticities;
import org.clv4j.core.scenario.Lever;
import org.clv4j.core.scenario.ScenarioResult;
import org.clv4j.core.scenario.Tornado;
import org.clv4j.core.scenario.TornadoBar;

/**
 * Writes what-if results as JSON of the format {@value #FORMAT}: model, date, currency and terms without a change, and the net future value;
 * then scenarios line by line, the tornado, elasticities and break-evens, each if it is there. Amounts are exact decimals.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class WhatIfJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-what-if/1";

    private final EquityStatement before;
    private final List<ScenarioResult> scenarios;
    private final List<Tornado> tornados;
    private final List<Elasticities> elasticities;
    private final List<BreakEven> breakEvens;

    private WhatIfJson(
            EquityStatement before,
            List<ScenarioResult> scenarios,
            List<Tornado> tornados,
            List<Elasticities> elasticities,
            List<BreakEven> breakEvens) {
        this.before = before;
        this.scenarios = List.copyOf(scenarios);
        this.tornados = List.copyOf(tornados);
        this.elasticities = List.copyOf(elasticities);
        this.breakEvens = List.copyOf(breakEvens);
    }

    /**
     * Returns a file that has nothing but what is true without a change.
     *
     * @param before the statement without a change
     * @return the file
     */
    public static WhatIfJson of(EquityStatement before) {
        return new WhatIfJson(before, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Returns a copy with scenarios, in place of any before.
     *
     * @param results the scenarios
     * @return the copy
     */
    public WhatIfJson withScenarios(List<ScenarioResult> results) {
        return new WhatIfJson(before, results, tornados, elasticities, breakEvens);
    }

    /**
     * Returns a copy with a tornado, in place of any before.
     *
     * @param tornado the tornado
     * @return the copy
     */
    public WhatIfJson withTornado(Tornado tornado) {
        return new WhatIfJson(before, scenarios, List.of(tornado), elasticities, breakEvens);
    }

    /**
     * Returns a copy with elasticities, in place of any before.
     *
     * @param values the elasticities
     * @return the copy
     */
    public WhatIfJson withElasticities(Elasticities values) {
        return new WhatIfJson(before, scenarios, tornados, List.of(values), breakEvens);
    }

    /**
     * Returns a copy with break-evens, in place of any before.
     *
     * @param found the break-evens
     * @return the copy
     */
    public WhatIfJson withBreakEvens(List<BreakEven> found) {
        return new WhatIfJson(before, scenarios, tornados, elasticities, found);
    }

    /**
     * Writes the file.
     *
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public void write(TextOutput output) {
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            StatementJson.writeHead(json, before);
            JsonFields.money(json, "equity", before.total().netFutureValue().contribution());
            if (!scenarios.isEmpty()) {
                json.writeArrayFieldStart("scenarios");
                for (ScenarioResult result : scenarios) {
                    writeScenario(json, result);
                }
                json.writeEndArray();
            }
            for (Tornado tornado : tornados) {
                writeTornado(json, tornado);
            }
            for (Elasticities of : elasticities) {
                json.writeObjectFieldStart("elasticities");
                for (Map.Entry<Lever, Double> lever : of.values().entrySet()) {
                    JsonFields.number(json, lever.getKey().toString(), lever.getValue());
                }
                json.writeEndObject();
                JsonFields.strings(json, "elasticities_left_out", of.notes());
            }
            if (!breakEvens.isEmpty()) {
                json.writeArrayFieldStart("break_evens");
                for (BreakEven found : breakEvens) {
                    writeBreakEven(json, found);
                }
                json.writeEndArray();
            }
        });
    }

    private static void writeScenario(JsonGenerator json, ScenarioResult result) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("factors");
        for (Map.Entry<Lever, Double> factor : result.scenario().factors().entrySet()) {
            JsonFields.number(json, factor.getKey().toString(), factor.getValue());
        }
        json.writeEndObject();
        writeChange(json, result.equityBefore(), result.equityAfter());
        json.writeObjectFieldStart("lines");
        Map<String, EquityStatementAmount> after =
                StatementLines.of(result.after().total());
        for (Map.Entry<String, EquityStatementAmount> line :
                StatementLines.of(result.before().total()).entrySet()) {
            json.writeObjectFieldStart(line.getKey());
            writeChange(
                    json,
                    line.getValue().contribution(),
                    after.getOrDefault(line.getKey(), EquityStatementAmount.ZERO)
                            .contribution());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeChange(JsonGenerator json, BigDecimal before, BigDecimal after) throws IOException {
        JsonFields.money(json, "before", before);
        JsonFields.money(json, "after", after);
        JsonFields.money(json, "difference", after.subtract(before));
    }

    private static void writeTornado(JsonGenerator json, Tornado tornado) throws IOException {
        json.writeObjectFieldStart("tornado");
        JsonFields.number(json, "change", tornado.change());
        json.writeArrayFieldStart("bars");
        for (TornadoBar bar : tornado.bars()) {
            json.writeStartObject();
            json.writeStringField("lever", bar.lever().toString());
            JsonFields.money(json, "equity_at_less", bar.equityAtLess());
            JsonFields.money(json, "equity_at_more", bar.equityAtMore());
            JsonFields.money(json, "swing", bar.swing());
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonFields.strings(json, "left_out", tornado.notes());
        json.writeEndObject();
    }

    private static void writeBreakEven(JsonGenerator json, BreakEven found) throws IOException {
        json.writeStartObject();
        json.writeStringField("lever", found.lever().toString());
        JsonFields.money(json, "target", found.target());
        JsonFields.number(json, "factor", found.factor());
        if (found.value().isPresent()) {
            JsonFields.number(json, "value", found.value().getAsDouble());
        }
        JsonFields.money(json, "equity", found.equity());
        json.writeEndObject();
    }
}
