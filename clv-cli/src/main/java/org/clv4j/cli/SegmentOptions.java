// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
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
            description =
                    "Attributes to break down by: by each, and by all together. Columns of --segments or --summary; without"
                            + " --segments, of --transactions, where the earliest row of a customer counts.")
    private @Nullable String by;

    @Option(
            names = "--cac",
            paramLabel = "N|COL",
            description = "Acquisition cost: one figure for every customer, or a column of the segments.")
    private @Nullable String cac;

    private List<String> dimensions() {
        return by == null ? List.of() : Options.list("--by", by);
    }

    /** The columns of the customers' own file that are needed: all to break down by, if no other file says what is known. */
    List<String> attributes(InputOptions input) {
        return segments == null && input.hasTransactionsOnly() ? dimensions() : List.of();
    }

    /** The breakdowns: by each dimension, and by all together. */
    List<List<String>> breakdowns() {
        List<List<String>> breakdowns = new ArrayList<>();
        List<String> dimensions = dimensions();
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
        for (String dimension : dimensions()) {
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
