// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.clv4j.io.JsonFields.strings;
import static org.clv4j.io.JsonFields.writeTerms;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.ranking.Concentration;
import org.clv4j.core.ranking.IsoValueGrid;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.ranking.LorenzPoint;
import org.clv4j.core.ranking.ValuationBasis;
import org.clv4j.core.ranking.WinBackCustomer;
import org.clv4j.core.ranking.WinBackList;

/**
 * Writes concentration, win-back lists and grids of iso-value as JSON of the formats {@value #CONCENTRATION}, {@value #WIN_BACK} and {@value
 * #ISO_VALUE}. What is not known is {@code null}.
 */
public final class RankingJson {

    /** The format of a concentration. */
    public static final String CONCENTRATION = "clv4j-concentration/1";

    /** The format of a win-back list. */
    public static final String WIN_BACK = "clv4j-win-back/1";

    /** The format of a grid with its contours. */
    public static final String ISO_VALUE = "clv4j-iso-value/1";

    private RankingJson() {}

    /**
     * Writes a concentration.
     *
     * @param concentration the concentration
     * @param shares of which best parts of the customers the share is written, each in [0, 1]
     * @param steps how many pieces the Lorenz curve has, from 1 to 1,000,000
     * @param output where to write
     * @throws IllegalArgumentException if a number is out of its range
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeConcentration(
            Concentration concentration, List<? extends Number> shares, int steps, TextOutput output) {
        List<Double> best = shares.stream().map(Number::doubleValue).toList();
        best.forEach(concentration::topShare);
        List<LorenzPoint> points = concentration.lorenzCurve(steps);
        JsonOutput.write(output, json -> {
            json.writeStringField("format", CONCENTRATION);
            if (concentration.basis().isPresent()) {
                writeBasis(json, concentration.basis().get());
            }
            if (concentration.part().isPresent()) {
                json.writeStringField("value", concentration.part().get().toString());
            }
            number(json, "customers", concentration.customers());
            number(json, "total", concentration.total());
            json.writeBooleanField("negative_values", concentration.hasNegatives());
            number(json, "gini", concentration.gini());
            number(json, "herfindahl", concentration.herfindahl());
            number(json, "customers_holding_80_percent", concentration.shareHolding(0.8));
            json.writeArrayFieldStart("top");
            for (double share : best) {
                json.writeStartObject();
                number(json, "customers", share);
                number(json, "value", concentration.topShare(share));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("lorenz");
            for (LorenzPoint point : points) {
                json.writeStartObject();
                number(json, "customers", point.customers());
                number(json, "value", point.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes a win-back list.
     *
     * @param list the list
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeWinBack(WinBackList list, TextOutput output) {
        JsonOutput.write(output, json -> {
            json.writeStringField("format", WIN_BACK);
            writeBasis(json, list.basis());
            strings(json, "warnings", list.warnings());
            number(json, "horizon", list.horizon());
            number(json, "found", list.found());
            number(json, "value_at_risk", list.valueAtRisk());
            number(json, "equity_at_risk", list.equityAtRisk());
            json.writeArrayFieldStart("customers");
            for (WinBackCustomer customer : list.customers()) {
                write(json, customer);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, WinBackCustomer customer) throws IOException {
        json.writeStartObject();
        json.writeStringField("customer_id", customer.id());
        number(json, "weight", customer.weight());
        number(json, "value_at_risk", customer.valueAtRisk());
        number(json, "value_if_alive", customer.valueIfAlive());
        number(json, "clv", customer.expectedValue());
        number(json, "equity_at_risk", customer.equityAtRisk());
        number(json, "p_alive", customer.probabilityAlive());
        number(json, "p_active", customer.probabilityActive());
        json.writeFieldName("days_since_last_purchase");
        if (customer.daysSinceLastPurchase().isPresent()) {
            json.writeNumber(customer.daysSinceLastPurchase().getAsLong());
        } else {
            json.writeNull();
        }
        number(json, "time_since_last_purchase", customer.timeSinceLastPurchase());
        number(json, "expected_time_to_next_purchase", customer.timeToNextPurchase());
        json.writeStringField(
                "next_purchase_date",
                customer.dateOfNextPurchase().map(Object::toString).orElse(null));
        json.writeEndObject();
    }

    /**
     * Writes a grid, and contours.
     *
     * @param grid the grid
     * @param contours points of contours; may be none
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeIsoValue(IsoValueGrid grid, List<IsoValuePoint> contours, TextOutput output) {
        List<IsoValuePoint> points = List.copyOf(contours);
        JsonOutput.write(output, json -> {
            json.writeStringField("format", ISO_VALUE);
            writeBasis(json, grid.basis());
            number(json, "age", grid.age());
            numbers(json, "frequencies", grid.frequencies());
            numbers(json, "recencies", grid.recencies());
            numbers(json, "spends", grid.spends());
            json.writeArrayFieldStart("clv");
            for (int i = 0; i < grid.frequencies().size(); i++) {
                json.writeStartArray();
                for (int j = 0; j < grid.recencies().size(); j++) {
                    json.writeStartArray();
                    for (int k = 0; k < grid.spends().size(); k++) {
                        json.writeNumber(Numbers.count(grid.value(i, j, k)));
                    }
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("contours");
            for (IsoValuePoint point : points) {
                json.writeStartObject();
                number(json, "clv", point.value());
                number(json, "spend", point.spend());
                number(json, "frequency", point.frequency());
                number(json, "recency", point.recency());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeBasis(JsonGenerator json, ValuationBasis basis) throws IOException {
        json.writeStringField("model", basis.model());
        json.writeStringField("currency", basis.currency().getCurrencyCode());
        json.writeStringField("date", basis.date().map(Object::toString).orElse(null));
        writeTerms(json, basis.terms(), basis.timeScale());
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Numbers.count(value));
    }

    private static void number(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            number(json, name, value.getAsDouble());
        } else {
            json.writeNullField(name);
        }
    }

    private static void numbers(JsonGenerator json, String name, List<? extends Number> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Number value : values) {
            json.writeNumber(Numbers.count(value.doubleValue()));
        }
        json.writeEndArray();
    }
}
