// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.explain.FactorContribution;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.explain.Shrinkage;
import org.clv4j.core.explain.ValueThen;

/**
 * Writes explanations of scores as JSON of the format {@value #FORMAT}: model, terms and date, and each customer's value, factors, estimates
 * and what would change it. What is not known is null. The contributions of a customer add up to the difference exactly.
 */
public final class ExplanationJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-explanation/1";

    private ExplanationJson() {}

    /**
     * Writes explanations.
     *
     * @param explanations the explanations, at least one, of one explainer
     * @param output where to write
     * @throws IllegalArgumentException if there is none, or model or terms differ
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<ScoreExplanation> explanations, TextOutput output) {
        List<ScoreExplanation> all = List.copyOf(explanations);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("`explanations` must hold at least one, but was empty");
        }
        ScoreExplanation first = all.get(0);
        for (ScoreExplanation explanation : all) {
            if (!explanation.terms().equals(first.terms())
                    || !explanation.model().equals(first.model())) {
                throw new IllegalArgumentException(
                        "`explanations` must be by one model under the same terms, but were by "
                                + first.model() + " under " + first.terms() + " and by " + explanation.model()
                                + " under "
                                + explanation.terms());
            }
        }
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("model", first.model());
            json.writeStringField("currency", first.currency().getCurrencyCode());
            json.writeStringField("date", first.date().map(Object::toString).orElse(null));
            JsonFields.writeTerms(json, first.terms(), first.timeScale());
            json.writeArrayFieldStart("customers");
            for (ScoreExplanation explanation : all) {
                json.writeStartObject();
                writeCustomer(json, explanation);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeCustomer(JsonGenerator json, ScoreExplanation explanation) throws IOException {
        json.writeStringField("customer_id", explanation.customerId());
        JsonFields.money(json, "clv", explanation.clv());
        JsonFields.money(json, "average_clv", explanation.averageClv());
        JsonFields.money(json, "difference", explanation.difference());
        json.writeArrayFieldStart("factors");
        for (FactorContribution factor : explanation.factors()) {
            json.writeStartObject();
            json.writeStringField("factor", factor.factor().toString());
            JsonFields.number(json, "value", factor.value());
            JsonFields.number(json, "average", factor.average());
            JsonFields.money(json, "contribution", factor.contribution());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("rank");
        json.writeFieldName("place");
        json.writeNumber(Numbers.count(explanation.rank().place()));
        json.writeFieldName("customers");
        json.writeNumber(Numbers.count(explanation.rank().customers()));
        JsonFields.number(json, "below", explanation.rank().below());
        json.writeEndObject();
        writeShrinkage(json, "spend", explanation.spend());
        if (explanation.purchaseRate().isPresent()) {
            writeShrinkage(json, "purchase_rate", explanation.purchaseRate().get());
        } else {
            json.writeNullField("purchase_rate");
        }
        json.writeFieldName("purchase_today");
        if (explanation.purchaseToday().isPresent()) {
            writeThen(json, explanation.purchaseToday().get());
        } else {
            json.writeNull();
        }
        json.writeArrayFieldStart("silence");
        for (ValueThen then : explanation.silence()) {
            writeThen(json, then);
        }
        json.writeEndArray();
        JsonFields.strings(json, "warnings", explanation.warnings());
    }

    private static void writeShrinkage(JsonGenerator json, String name, Shrinkage shrinkage) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("observations", shrinkage.observations());
        optional(json, "own", shrinkage.own());
        optional(json, "population", shrinkage.population());
        JsonFields.number(json, "estimate", shrinkage.expected());
        optional(json, "own_weight", shrinkage.weight());
        json.writeEndObject();
    }

    private static void writeThen(JsonGenerator json, ValueThen then) throws IOException {
        json.writeStartObject();
        json.writeFieldName("periods");
        json.writeNumber(Numbers.count(then.periods()));
        JsonFields.number(json, "p_alive", then.probabilityAlive());
        JsonFields.money(json, "clv", then.clv());
        JsonFields.money(json, "change", then.change());
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            JsonFields.number(json, name, value.getAsDouble());
        } else {
            json.writeNullField(name);
        }
    }
}
