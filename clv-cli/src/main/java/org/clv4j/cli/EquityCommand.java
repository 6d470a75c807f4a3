// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityBridge;
import org.clv4j.core.equity.EquityComparison;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquityPosition;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.equity.SimpsonCheck;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.scenario.WhatIf;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.EquityCsv;
import org.clv4j.io.EquityJson;
import org.clv4j.io.SavedModel;
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

    private static final double USUAL_LEVEL = 0.95;
    /** So many customers that a comparison is worth a note. */
    private static final double LARGE = 30;
    /** So many segments of a dimension are compared with one another, the largest. */
    private static final int MOST_COMPARED = 12;

    private static final int MOST_NOTES = 5;

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions termsOptions = new TermsOptions();

    @Mixin
    private SegmentOptions segmentOptions = new SegmentOptions();

    @Option(
            names = "--intervals",
            description = "Say how sure future values are: draw what may come out instead. Needs a finite horizon.")
    private boolean intervals;

    @Option(
            names = "--level",
            paramLabel = "L",
            description = "With --intervals: the part of the draws in an interval; default 0.95.")
    private @Nullable String level;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    @Mixin
    private StatementOptions statementOptions = new StatementOptions();

    @Mixin
    private WhatIfOptions whatIfOptions = new WhatIfOptions();

    @Mixin
    private BridgeOptions bridgeOptions = new BridgeOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    EquityCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean csv = format.isCsv(out);
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
        if (!intervals) {
            drawOptions.requireNone("--intervals");
            if (level != null) {
                throw new UsageException("--level goes with --intervals");
            }
        }
        level();
        requireOneModel(choices);
        Optional<TimeScale> timeUnit = choices.get(0).timeUnit();
        termsOptions.requireTerms("equity", timeUnit.orElse(TimeScale.WEEKS));
        model.requireContracts(choices, input);
        termsOptions
                .horizon()
                .filter(reach -> !reach.isInfinite())
                .ifPresent(reach -> model.predictOver(OptionalDouble.of(reach.periods())));
        CustomerBase loaded = input.load(console, timeUnit, attributes(choices), lineAttributes(choices));
        CustomerBase base = segmentOptions.describe(console, model.isMixed() ? loaded.withRelationship() : loaded);
        ValuationTerms terms = termsOptions.requireTerms("equity", base.timeScale());
        if (terms.horizon().isInfinite()) {
            model.holdPaths(console);
        }
        List<Valued> valued = new ArrayList<>();
        for (ModelOptions.Choice choice : choices) {
            valued.add(work.run(console, execution -> value(choice, base, terms, execution)));
        }
        write(valued, base.timeScale(), csv);
    }

    /** Checks what a part of the options asks for, before the work. */
    private void requireOneModel(List<ModelOptions.Choice> choices) {
        whatIfOptions.check();
        requireOutputs();
        statementOptions.requireUsed(whatIfOptions.isWanted());
        statementOptions.plan(List.of());
        Map<String, Boolean> parts = new LinkedHashMap<>();
        parts.put("--bridge-from", bridgeOptions.isWanted());
        parts.put("--statement", statementOptions.isWanted());
        parts.put("--what-if", whatIfOptions.isWanted());
        parts.forEach((option, wanted) -> {
            if (wanted && choices.size() > 1) {
                throw new UsageException(option + " goes with one --model");
            }
        });
    }

    /** What one model says. */
    private record Valued(
            CustomerEquity equity,
            List<SimpsonCheck> misleading,
            @Nullable EquityDraws draws,
            @Nullable EquityBridge bridge,
            @Nullable EquityStatement statement,
            WhatIfOptions.@Nullable Answers answers) {}

    private Valued value(ModelOptions.Choice choice, CustomerBase base, ValuationTerms terms, Execution execution) {
        SavedModel resolved = choice.resolve(base, execution);
        FittedClvModel fitted = resolved.clv().orElseThrow();
        CustomerValues values = fitted.value(base, terms, execution);
        List<List<Segmentation>> breakdowns = segmentOptions.breakdowns(base, () -> values);
        EquityAggregator aggregator = EquityAggregator.withDefaults();
        for (List<Segmentation> dimensions : breakdowns) {
            aggregator = aggregator.withSegmentations(dimensions);
        }
        CustomerEquity equity = aggregator.aggregate(values);
        EquityDraws draws = null;
        if (intervals) {
            EquitySimulation simulation = drawOptions.simulation();
            for (List<Segmentation> dimensions : breakdowns) {
                simulation = simulation.withSegmentations(dimensions);
            }
            draws = simulation.run(drawOptions.models(console, choice, resolved, base), base, terms, execution);
        }
        EquityStatementPlan plan = statementOptions.plan(breakdowns);
        return new Valued(
                equity,
                misleading(equity),
                draws,
                bridgeOptions.isWanted() ? bridge(resolved, base, terms, breakdowns, execution) : null,
                statementOptions.isWanted()
                        ? Options.checked("--statement", () -> plan.state(fitted, base, terms, execution))
                        : null,
                whatIfOptions.isWanted()
                        ? Options.checked(
                                "--what-if", () -> whatIfOptions.ask(WhatIf.of(plan, fitted, base, terms, execution)))
                        : null);
    }

    /** Where one segment beats another as a whole, but not within the segments of another dimension; of large segments only. */
    private static List<SimpsonCheck> misleading(CustomerEquity equity) {
        List<SimpsonCheck> found = new ArrayList<>();
        for (EquityBreakdown breakdown : equity.breakdowns()) {
            if (breakdown.dimensions().size() > 1) {
                for (String dimension : breakdown.dimensions()) {
                    found.addAll(misleading(breakdown, dimension));
                }
            }
        }
        return found;
    }

    private static List<SimpsonCheck> misleading(EquityBreakdown breakdown, String dimension) {
        List<String> labels = breakdown.rollUp(List.of(dimension)).segments().stream()
                .filter(segment -> segment.customers() >= LARGE)
                .sorted(Comparator.comparingDouble(SegmentEquity::customers).reversed())
                .limit(MOST_COMPARED)
                .map(segment -> segment.labels().get(0))
                .toList();
        List<SimpsonCheck> found = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            for (int j = i + 1; j < labels.size(); j++) {
                SimpsonCheck check = EquityComparison.withDefaults()
                        .checkSegments(breakdown, dimension, labels.get(i), labels.get(j));
                if (check.misleads() && check.cells() > 1) {
                    found.add(check);
                }
            }
        }
        return found;
    }

    private EquityBridge bridge(
            SavedModel now,
            CustomerBase base,
            ValuationTerms terms,
            List<List<Segmentation>> breakdowns,
            Execution execution) {
        SavedModel then = model.readFurther(console, bridgeOptions.from());
        CustomerBase before = segmentOptions.describeAgain(console, input.asOf(base, bridgeOptions.date(then)));
        EquityPosition opening = EquityPosition.of(
                before,
                then.clv()
                        .orElseThrow(() -> new UsageException(
                                "--bridge-from needs a model with one of spend, but was " + then.name() + " alone")),
                bridgeOptions.terms(terms, base.timeScale()));
        EquityPosition closing = EquityPosition.of(base, now.clv().orElseThrow(), terms);
        return Options.checked(
                "--bridge-from", () -> bridgeOptions.bridging(breakdowns).between(opening, closing, execution));
    }

    private List<String> attributes(List<ModelOptions.Choice> choices) {
        return Stream.concat(
                        choices.stream().flatMap(choice -> choice.attributes().stream()),
                        segmentOptions.attributes(input).stream())
                .distinct()
                .toList();
    }

    private static List<String> lineAttributes(List<ModelOptions.Choice> choices) {
        return choices.stream()
                .flatMap(choice -> choice.lineAttributes().stream())
                .distinct()
                .toList();
    }

    private void write(List<Valued> valued, TimeScale timeScale, boolean csv) {
        List<CustomerEquity> equities = valued.stream().map(Valued::equity).toList();
        List<EquityDraws> draws =
                valued.stream().map(Valued::draws).filter(Objects::nonNull).toList();
        StringBuilder parts = new StringBuilder();
        for (Valued one : valued) {
            one.misleading.stream().limit(MOST_NOTES).forEach(check -> parts.append("  note: ")
                    .append(check.message())
                    .append('\n'));
            if (one.misleading.size() > MOST_NOTES) {
                parts.append("  note: and so do the totals of ")
                        .append(one.misleading.size() - MOST_NOTES)
                        .append(" further pairs of segments\n");
            }
            if (one.statement != null) {
                statementOptions.write(one.statement, console);
                parts.append('\n').append(StatementTable.format(one.statement));
            }
            if (one.answers != null) {
                whatIfOptions.write(one.answers, console);
                parts.append('\n').append(WhatIfOptions.format(one.answers));
            }
            if (one.bridge != null) {
                bridgeOptions.write(one.bridge, console);
                parts.append('\n').append(BridgeTable.format(one.bridge));
            }
        }
        if (out.isGiven() && csv) {
            EquityCsv.writeWithIntervals(equities, draws, level(), out.output(console));
        } else if (out.isGiven()) {
            EquityJson.writeWithIntervals(equities, draws, level(), timeScale, out.output(console));
        }
        if (!isForPrograms()) {
            console.out().print(EquityTable.format(equities, draws, level(), timeScale));
            console.out().print(parts);
            console.out().flush();
        } else {
            equities.forEach(equity -> equity.warnings().forEach(console::note));
        }
    }

    private double level() {
        double value = level == null ? USUAL_LEVEL : Options.number("--level", level);
        if (!(value > 0 && value < 1)) {
            throw new UsageException("--level must be above 0 and below 1 (0.95 for 95 %), but was " + level);
        }
        return value;
    }

    /** Whether standard output holds a result for a program, so that nothing else is printed there. */
    private boolean isForPrograms() {
        return (out.isGiven() && out.isStandardOutput())
                || statementOptions.isStandardOutput()
                || whatIfOptions.isStandardOutput()
                || bridgeOptions.isStandardOutput();
    }

    /** What nobody would see, and two results in one place, are wrong usage. */
    private void requireOutputs() {
        if (!isForPrograms()) {
            return;
        }
        requireFile("--statement", statementOptions.isWanted() && !statementOptions.hasFile());
        requireFile("--what-if", whatIfOptions.isWanted() && !whatIfOptions.hasFile());
        requireFile("--bridge", bridgeOptions.isWanted() && !bridgeOptions.hasFile());
        long there = Stream.of(
                        out.isGiven() && out.isStandardOutput(),
                        statementOptions.isStandardOutput(),
                        whatIfOptions.isStandardOutput(),
                        bridgeOptions.isStandardOutput())
                .filter(used -> used)
                .count();
        if (there > 1) {
            throw new UsageException("only one result can go to standard output");
        }
    }

    private static void requireFile(String option, boolean missing) {
        if (missing) {
            throw new UsageException(
                    "standard output holds another result; say where to write this one with " + option + "-out FILE");
        }
    }
}
