// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.EquityCsv;
import org.clv4j.io.EquityJson;
import org.clv4j.io.SegmentsFile;
import org.clv4j.io.TextInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds up what customers are worth. */
@Command(
        name = "equity",
        mixinStandardHelpOptions = true,
        description = {
            "Add up customer lifetime values to customer equity, in total and by segment.",
            "Several models with commas between them are set side by side. Without --out, a table is shown."
        })
final class EquityCommand implements Runnable {

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions termsOptions = new TermsOptions();

    @Option(
            names = "--segments",
            paramLabel = "FILE",
            description =
                    "What is known of customers: the id first (or in customer_id), every other column an attribute.")
    private @Nullable String segments;

    @Option(
            names = "--by",
            paramLabel = "A,B,...",
            description = "Attributes to break down by: by each, and by all together.")
    private @Nullable String by;

    @Option(
            names = "--cac",
            paramLabel = "N|COL",
            description = "Acquisition cost: one figure for every customer, or a column of the segments.")
    private @Nullable String cac;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "Format of --out. Default: by the file's name; json for standard output.")
    private @Nullable String format;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    EquityCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean csv = isCsv();
        List<ModelOptions.Choice> choices = model.choices(console);
        for (ModelOptions.Choice choice : choices) {
            if (!choice.isComplete()) {
                throw new UsageException(
                        "equity needs a spend model for " + choice.name() + "; give --spend, as gamma-gamma");
            }
            if (choice.hasParameters() && choices.size() > 1) {
                throw new UsageException("--parameters goes with one --model");
            }
        }
        EquityAggregator aggregator = aggregator();
        Optional<TimeScale> timeUnit = choices.get(0).timeUnit();
        termsOptions.requireTerms("equity", timeUnit.orElse(TimeScale.WEEKS));
        model.requireContracts(choices, input);
        termsOptions
                .horizon()
                .filter(reach -> !reach.isInfinite())
                .ifPresent(reach -> model.predictOver(OptionalDouble.of(reach.periods())));
        CustomerBase loaded = input.load(console, timeUnit, attributes(choices), lineAttributes(choices));
        CustomerBase base = withSegments(model.isMixed() ? loaded.withRelationship() : loaded);
        requireAttributes(base);
        ValuationTerms terms = termsOptions.requireTerms("equity", base.timeScale());
        if (terms.horizon().isInfinite()) {
            model.holdPaths(console);
        }
        List<CustomerEquity> equities = new ArrayList<>();
        for (ModelOptions.Choice choice : choices) {
            equities.add(aggregator.aggregate(work.run(
                    console,
                    execution ->
                            choice.resolve(base, execution).clv().orElseThrow().value(base, terms, execution))));
        }
        write(equities, base.timeScale(), csv);
    }

    private static List<String> attributes(List<ModelOptions.Choice> choices) {
        return choices.stream()
                .flatMap(choice -> choice.attributes().stream())
                .distinct()
                .toList();
    }

    private static List<String> lineAttributes(List<ModelOptions.Choice> choices) {
        return choices.stream()
                .flatMap(choice -> choice.lineAttributes().stream())
                .distinct()
                .toList();
    }

    private void write(List<CustomerEquity> equities, TimeScale timeScale, boolean csv) {
        if (out.isGiven()) {
            if (csv) {
                EquityCsv.write(equities, out.output(console));
            } else {
                EquityJson.write(equities, timeScale, out.output(console));
            }
        }
        if (!out.isGiven() || !out.isStandardOutput()) {
            console.out().print(EquityTable.format(equities, timeScale));
            console.out().flush();
        } else {
            equities.forEach(equity -> equity.warnings().forEach(console::note));
        }
    }

    private boolean isCsv() {
        if (format != null) {
            return Options.oneOf("--format", format, "csv", "json").equals("csv");
        }
        if (out.isStandardOutput() || out.endsWith(".json")) {
            return false;
        }
        if (out.endsWith(".csv")) {
            return true;
        }
        throw new UsageException("--out must end in .csv or .json, or say which with --format");
    }

    private List<String> dimensions() {
        return by == null ? List.of() : Options.list("--by", by);
    }

    private EquityAggregator aggregator() {
        EquityAggregator aggregator = EquityAggregator.withDefaults();
        List<String> dimensions = dimensions();
        for (String dimension : dimensions) {
            aggregator = aggregator.withBreakdown(List.of(dimension));
        }
        return dimensions.size() > 1 ? aggregator.withBreakdown(dimensions) : aggregator;
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

    private CustomerBase withSegments(CustomerBase base) {
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
            noteUnknown(base, customers);
            known = base.withCustomers(customers);
        } else if (cac != null && flatCost == null) {
            return base.withCustomers(costsFromAttribute(base, cac));
        }
        return flatCost == null ? known : known.withCustomers(sameCost(base, flatCost));
    }

    private void noteUnknown(CustomerBase base, List<Customer> customers) {
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
