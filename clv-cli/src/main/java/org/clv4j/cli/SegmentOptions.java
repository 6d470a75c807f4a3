// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.io.SegmentsFile;
import org.clv4j.io.TextInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is known of customers beside their purchases, and by what figures are broken down. */
final class SegmentOptions {

    @Option(
            names = "--segments",
            paramLabel = "FILE",
            description =
                    "What is known of customers: the id first (or in customer_id), every other column an attribute.")
    private @Nullable String segments;

    @Option(
            names = "--by",
            paramLabel = "A,B,...",
            description = {
                "What to break down by: by each, and by all together. An attribute: a column of --segments or --summary; without"
                        + " --segments, of --transactions, where the earliest row of a customer counts.",
                "Or rfm, rfm-group, value-tier, value-share, acquisition-month, acquisition-quarter, acquisition-year; or a figure"
                        + " of the summary in bands, as total_amount:100:500 or frequency:q4 for quartiles."
            })
    private @Nullable String by;

    @Option(names = "--rfm-scores", paramLabel = "K", description = "Scores of rfm from 1 to K, 2 to 9; default 5.")
    private @Nullable String rfmScores;

    @Option(
            names = "--rfm-zero-class",
            description = "Who never came back is a class of its own of rfm; scores are among the others.")
    private boolean rfmZeroClass;

    @Option(
            names = "--cac",
            paramLabel = "N|COL",
            description = "Acquisition cost: one figure for every customer, or a column of the segments.")
    private @Nullable String cac;

    /** What to break down by, in the order in which it was named. */
    List<Segmenting> segmentings() {
        if (by == null) {
            if (rfmScores != null || rfmZeroClass) {
                throw new UsageException("--rfm-scores and --rfm-zero-class go with --by rfm or --by rfm-group");
            }
            return List.of();
        }
        RfmScoring scoring = rfmScores == null
                ? RfmScoring.withDefaults()
                : Options.parse("--rfm-scores", rfmScores, text -> RfmScoring.withDefaults()
                        .withScores((int) Math.min(100, Options.wholeNumber("--rfm-scores", text, 0))));
        RfmScoring chosen = rfmZeroClass ? scoring.withZeroClass() : scoring;
        return Options.list("--by", by).stream()
                .map(text -> new Segmenting(text, chosen))
                .toList();
    }

    /** The columns of the customers' own file that are needed: all to break down by, if no other file says what is known. */
    List<String> attributes(InputOptions input) {
        return segments == null && input.hasTransactionsOnly() ? attributes() : List.of();
    }

    private List<String> attributes() {
        return segmentings().stream()
                .filter(Segmenting::isAttribute)
                .map(Segmenting::attribute)
                .toList();
    }

    /** Refuses what takes values, where there are none. */
    void requireNoValues(String command) {
        segmentings().stream().filter(Segmenting::isOfValues).findFirst().ifPresent(of -> {
            throw new UsageException("--by " + of.attribute() + " does not go with " + command);
        });
    }

    /** The breakdowns: by each dimension, and by all together. */
    List<List<Segmentation>> breakdowns(CustomerBase base, Supplier<CustomerValues> values) {
        List<Segmentation> dimensions = segmentings().stream()
                .map(segmenting -> segmenting.of(base, values))
                .toList();
        List<List<Segmentation>> breakdowns = new ArrayList<>();
        dimensions.forEach(dimension -> breakdowns.add(List.of(dimension)));
        if (dimensions.size() > 1) {
            breakdowns.add(dimensions);
        }
        return breakdowns;
    }

    /** The customers with what is known of them. */
    CustomerBase describe(Console console, CustomerBase base) {
        CustomerBase described = withSegments(console, base);
        requireAttributes(described);
        return described;
    }

    /** The same of customers as they were earlier, without saying again what is known of how many. */
    CustomerBase describeAgain(Console console, CustomerBase earlier) {
        return withSegments(console.silent(), earlier);
    }

    private void requireAttributes(CustomerBase base) {
        for (String dimension : attributes()) {
            if (!base.attributeNames().contains(dimension)) {
                throw new DataException("no customer has an attribute '" + dimension + "' to break down by; known: "
                        + (base.attributeNames().isEmpty()
                                ? "none, give --segments FILE"
                                : String.join(", ", base.attributeNames())));
            }
        }
    }

    private CustomerBase withSegments(Console console, CustomerBase base) {
        BigDecimal flatCost = cac == null ? null : Options.decimal(cac);
        if (flatCost != null && flatCost.signum() < 0) {
            throw new UsageException("--cac must be at least 0, but was " + cac);
        }
        CustomerBase known = base;
        if (segments != null) {
            SegmentsFile reader = SegmentsFile.withDefaults();
            if (cac != null && flatCost == null) {
                reader = reader.withAcquisitionCost(cac);
            }
            List<Customer> customers = reader.read(TextInput.parse(segments, console.in()));
            noteUnknown(console, base, customers);
            known = base.withCustomers(customers);
        } else if (cac != null && flatCost == null) {
            return base.withCustomers(costsFromAttribute(base, cac));
        }
        return flatCost == null ? known : known.withCustomers(sameCost(base, flatCost));
    }

    private static void noteUnknown(Console console, CustomerBase base, List<Customer> customers) {
        long found = customers.stream()
                .filter(customer -> base.indexOf(customer.id()) >= 0)
                .count();
        if (found < customers.size()) {
            console.note(customers.size() - found + " customers of the segments are not among those valued");
        }
        if (found < base.size()) {
            console.note(base.size() - found + " customers have no row in the segments");
        }
    }

    private static List<Customer> sameCost(CustomerBase base, BigDecimal cost) {
        List<Customer> customers = new ArrayList<>(base.size());
        for (int row = 0; row < base.size(); row++) {
            customers.add(Customer.of(base.id(row)).withAcquisitionCost(cost));
        }
        return customers;
    }

    private static List<Customer> costsFromAttribute(CustomerBase base, String column) {
        if (!base.attributeNames().contains(column)) {
            throw new DataException("no customer has a column '" + column + "' for --cac; give --segments FILE");
        }
        List<Customer> customers = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            String text = base.attribute(column, row).orElse("");
            BigDecimal cost = Options.decimal(text);
            if (!text.isEmpty() && (cost == null || cost.signum() < 0)) {
                throw new DataException("`" + column + "` of customer " + base.id(row)
                        + " must be an acquisition cost of at least 0, but was '" + text + "'");
            }
            if (cost != null) {
                customers.add(Customer.of(base.id(row)).withAcquisitionCost(cost));
            }
        }
        return customers;
    }
}
