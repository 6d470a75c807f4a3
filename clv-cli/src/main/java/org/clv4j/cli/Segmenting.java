// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.segment.Bands;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.RfmSegments;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.segment.ValueTiers;
import org.clv4j.core.value.CustomerValues;

/**
 * A name after {@code --by}: {@code rfm}, {@code rfm-group}, {@code value-tier}, {@code value-share}, {@code acquisition-month}, {@code
 * acquisition-quarter}, {@code acquisition-year}; a figure with cut points, as {@code total_amount:100:500}, or with a number of quantiles, as
 * {@code frequency:q4}; any other name is that of an attribute.
 */
final class Segmenting {

    private static final List<Double> TIERS = List.of(0.01, 0.04, 0.15);
    private static final List<Double> VALUE_SHARES = List.of(0.5, 0.3);
    private static final String ACQUISITION = "acquisition-";

    private final String text;
    private final RfmScoring scoring;

    Segmenting(String text, RfmScoring scoring) {
        this.text = text;
        this.scoring = scoring;
        if (isBands()) {
            bands(null);
        }
    }

    private boolean isBands() {
        return text.contains(":") && CustomerFigures.has(text.substring(0, text.indexOf(':')));
    }

    /** Whether it is an attribute, which customers have to have. */
    boolean isAttribute() {
        return !isBands()
                && !List.of("rfm", "rfm-group", "value-tier", "value-share").contains(text)
                && !text.matches(ACQUISITION + "(month|quarter|year)");
    }

    /** Whether what customers are worth has to be known first. */
    boolean isOfValues() {
        return text.equals("value-tier") || text.equals("value-share");
    }

    String attribute() {
        return text;
    }

    /** The segments of the customers; values are asked for only where they are needed. */
    Segmentation of(CustomerBase base, Supplier<CustomerValues> values) {
        if (isBands()) {
            return bands(base);
        }
        return switch (text) {
            case "rfm" -> scoring.of(base);
            case "rfm-group" -> named(scoring.of(base));
            case "value-tier" -> ValueTiers.byCustomers(values.get(), TIERS);
            case "value-share" -> ValueTiers.byValue(values.get(), VALUE_SHARES);
            default ->
                text.startsWith(ACQUISITION) && !isAttribute()
                        ? Segmentations.acquisition(CohortPeriod.parse(text.substring(ACQUISITION.length())))
                        : Segmentations.attribute(text);
        };
    }

    private static Segmentation named(RfmSegments segments) {
        return segments.named();
    }

    /** Bands between stated numbers, or, where the customers are known, between quantiles. */
    private Segmentation bands(@org.jspecify.annotations.Nullable CustomerBase base) {
        String[] parts = text.split(":", -1);
        String name = parts[0];
        if (parts.length == 2 && parts[1].startsWith("q")) {
            int count = (int) Math.min(1000, Options.wholeNumber("--by " + name, parts[1].substring(1), 2));
            return base == null
                    ? Segmentations.labels(name, (unused, row) -> null)
                    : Bands.ofQuantiles(name, CustomerFigures.of(name), base, count);
        }
        List<Double> cuts = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            cuts.add(Options.number("--by " + name, parts[i]));
        }
        return Options.parse("--by " + name, name, unused -> Bands.of(name, CustomerFigures.of(name), cuts));
    }
}
