// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.clv4j.io.JsonFields.money;
import static org.clv4j.io.JsonFields.number;
import static org.clv4j.io.JsonFields.strings;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.clv4j.core.equity.MixRate;
import org.clv4j.core.equity.MixRateCell;
import org.clv4j.core.equity.ShrunkMean;
import org.clv4j.core.equity.ShrunkMeans;
import org.clv4j.core.equity.SimpsonCheck;

/** Writes as JSON what is found out about segments: means after shrinkage, mix and rate, and totals that mislead. */
public final class SegmentsJson {

    /** The name and version of the format of means after shrinkage. */
    public static final String SHRUNK_MEANS_FORMAT = "clv4j-shrunk-means/1";

    /** The name and version of the format of comparisons. */
    public static final String COMPARISON_FORMAT = "clv4j-segment-comparison/1";

    private SegmentsJson() {}

    /**
     * Writes means after shrinkage, in the format {@value #SHRUNK_MEANS_FORMAT}.
     *
     * @param means the means
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeShrunkMeans(ShrunkMeans means, TextOutput output) {
        JsonOutput.write(output, json -> {
            json.writeStringField("format", SHRUNK_MEANS_FORMAT);
            json.writeStringField("figure", means.figure());
            if (means.model().isPresent()) {
                json.writeStringField("model", means.model().get());
            }
            if (means.terms().isPresent()) {
                json.writeStringField("terms", means.terms().get().toString());
            }
            json.writeStringField("currency", means.currency().getCurrencyCode());
            if (means.date().isPresent()) {
                json.writeStringField("date", means.date().get().toString());
            }
            strings(json, "warnings", means.warnings());
            strings(json, "dimensions", means.dimensions());
            number(json, "level", means.level());
            number(json, "mean", means.mean());
            number(json, "centre", means.centre());
            number(json, "between_deviation", means.betweenDeviation());
            number(json, "within_deviation", means.withinDeviation());
            json.writeArrayFieldStart("segments");
            for (ShrunkMean segment : means.segments()) {
                json.writeStartObject();
                strings(json, "labels", segment.labels());
                json.writeFieldName("customers");
                json.writeNumber(Numbers.count(segment.customers()));
                number(json, "mean", segment.mean());
                number(json, "standard_error", segment.standardError());
                number(json, "weight", segment.weight());
                number(json, "shrunk_mean", segment.shrunkMean());
                number(json, "error", segment.rootMeanSquaredError());
                number(json, "lower", segment.lower());
                number(json, "upper", segment.upper());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes comparisons, in the format {@value #COMPARISON_FORMAT}.
     *
     * @param differences decompositions into mix and rate
     * @param checks comparisons of totals with like and like
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeComparisons(List<MixRate> differences, List<SimpsonCheck> checks, TextOutput output) {
        List<MixRate> allDifferences = List.copyOf(differences);
        List<SimpsonCheck> allChecks = List.copyOf(checks);
        JsonOutput.write(output, json -> {
            json.writeStringField("format", COMPARISON_FORMAT);
            json.writeArrayFieldStart("mix_and_rate");
            for (MixRate difference : allDifferences) {
                write(json, difference);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("checks");
            for (SimpsonCheck check : allChecks) {
                write(json, check);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, MixRate difference) throws IOException {
        json.writeStartObject();
        json.writeStringField("ratio", difference.ratio());
        json.writeStringField("from", difference.from());
        json.writeStringField("to", difference.to());
        strings(json, "dimensions", difference.dimensions());
        strings(json, "warnings", difference.warnings());
        money(json, "from_ratio", difference.fromRatio());
        money(json, "to_ratio", difference.toRatio());
        money(json, "difference", difference.difference());
        money(json, "mix", difference.mix());
        money(json, "rate", difference.rate());
        json.writeArrayFieldStart("cells");
        for (MixRateCell cell : difference.cells()) {
            json.writeStartObject();
            strings(json, "labels", cell.labels());
            number(json, "from_share", cell.fromShare());
            number(json, "to_share", cell.toShare());
            money(json, "from_ratio", cell.fromRatio());
            money(json, "to_ratio", cell.toRatio());
            money(json, "mix", cell.mix());
            money(json, "rate", cell.rate());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SimpsonCheck check) throws IOException {
        json.writeStartObject();
        json.writeStringField("ratio", check.ratio());
        json.writeStringField("from", check.from());
        json.writeStringField("to", check.to());
        strings(json, "dimensions", check.dimensions());
        money(json, "difference", check.difference());
        money(json, "standardised_difference", check.standardisedDifference());
        json.writeNumberField("higher_cells", check.higherCells());
        json.writeNumberField("lower_cells", check.lowerCells());
        json.writeNumberField("equal_cells", check.equalCells());
        json.writeBooleanField("misleads", check.misleads());
        json.writeStringField("message", check.message());
        json.writeEndObject();
    }
}
