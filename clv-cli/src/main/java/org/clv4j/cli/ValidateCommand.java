// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Outcomes;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.learn.Target;
import org.clv4j.core.learn.ValueIntervals;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.validate.Coverage;
import org.clv4j.core.validate.CoverageReport;
import org.clv4j.core.validate.HashSplit;
import org.clv4j.core.validate.PredictionMetrics;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.io.SavedModel;
import org.clv4j.io.ValidationCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares models by what came after the time that they saw. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Compare models by what customers did after --until, up to --holdout-until. Values are net, not"
                + " discounted; without a model of spend, orders are compared.")
final class ValidateCommand implements Runnable {

    /** What customers paid so far, by the time since their first purchase, goes on. */
    private static final String SPEND_RATE = "spend-rate";

    private static final long DEFAULT_SEED = 1;

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--holdout-until",
            paramLabel = "DATE",
            required = true,
            description = "The last day of what is predicted.")
    private String holdoutUntil = "";

    @Option(
            names = "--train-share",
            paramLabel = "P",
            description =
                    "Learn from this share of the customers, by a hash of their ids, and judge by the others. A regression"
                            + " then learns from what the former did in the holdout. Without it all learn from the time before --until.")
    private @Nullable String trainShare;

    @Option(
            names = "--origins",
            paramLabel = "N",
            description = "Judge as of N days, the last --until, each a holdout before the next. Default: 1.")
    private @Nullable String origins;

    @Option(names = "--seed", paramLabel = "K", description = "Seed of the hash; default 1.")
    private @Nullable String seed;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        LocalDate until = input.until()
                .orElseThrow(() -> new UsageException("validate needs --until, the last day that models see"));
        LocalDate last = Options.date("--holdout-until", holdoutUntil);
        if (!last.isAfter(until)) {
            throw new UsageException("--holdout-until must be after --until " + until + ", but was " + last);
        }
        boolean withSpendRate = model.remove(SPEND_RATE);
        List<ModelOptions.Choice> choices = model.isGiven() || !withSpendRate ? model.choices(console) : List.of();
        input.lookUntil(last);
        CustomerBase whole = input.load(
                console,
                Optional.empty(),
                choices.stream()
                        .flatMap(c -> c.attributes().stream())
                        .distinct()
                        .toList(),
                choices.stream()
                        .flatMap(c -> c.lineAttributes().stream())
                        .distinct()
                        .toList());
        if (input.hasContracts()) {
            throw new UsageException("validate compares models of purchases; --contracts does not go with it");
        }
        Study study = new Study(whole, until, last, choices, withSpendRate);
        List<ValidationCsv.Row> rows = work.run(console, study::run);
        if (out.isGiven()) {
            ValidationCsv.write(rows, out.output(console));
        }
        if (!out.isGiven() || !out.isStandardOutput()) {
            Console.print(console.out(), study.describe(rows).stripTrailing());
        }
    }

    /** The comparison on one or several days. */
    private final class Study {
        private final CustomerBase whole;
        private final LocalDate until;
        private final LocalDate last;
        private final List<ModelOptions.Choice> choices;
        private final boolean withSpendRate;
        private final TimeScale timeScale;
        private final double horizon;
        private final Target target;
        private final HashSplit split =
                HashSplit.of(seed == null ? DEFAULT_SEED : Options.wholeNumber("--seed", seed, Long.MIN_VALUE));
        private final double share = trainShare == null ? 0 : Options.number("--train-share", trainShare);
        private final Map<String, Predictions> byModel = new LinkedHashMap<>();

        Study(
                CustomerBase whole,
                LocalDate until,
                LocalDate last,
                List<ModelOptions.Choice> choices,
                boolean withSpendRate) {
            this.whole = whole;
            this.until = until;
            this.last = last;
            this.choices = choices;
            this.withSpendRate = withSpendRate;
            timeScale = whole.timeScale();
            horizon = timeScale.between(until, last);
            boolean ordersOnly = choices.stream().anyMatch(choice -> !choice.isComplete());
            if (ordersOnly && choices.stream().anyMatch(ModelOptions.Choice::isComplete)) {
                throw new UsageException("some models give values, others only orders; give --spend, as gamma-gamma");
            }
            target = ordersOnly ? Target.ORDERS : model.regression().target();
            if (trainShare != null && !(share > 0 && share < 1)) {
                throw new UsageException("--train-share must be between 0 and 1, but was " + trainShare);
            }
            if (!ordersOnly && target != Target.NET_VALUE && target != Target.MARGIN) {
                throw new UsageException("--target " + target + " does not go with models of value here");
            }
        }

        List<ValidationCsv.Row> run(Execution execution) {
            long days = origins == null ? 1 : Options.wholeNumber("--origins", origins, 1);
            List<LocalDate> cutOffs = new ArrayList<>();
            LocalDate day = until;
            for (int i = 0; i < days; i++) {
                cutOffs.add(day);
                day = day.minusDays(last.toEpochDay() - until.toEpochDay());
            }
            Collections.reverse(cutOffs);
            cutOffs.forEach(cutOff -> predictAsOf(cutOff, execution));
            List<ValidationCsv.Row> rows = new ArrayList<>();
            byModel.forEach((name, predictions) -> rows.addAll(predictions.rows(name)));
            return rows;
        }

        private void predictAsOf(LocalDate cutOff, Execution execution) {
            CustomerHistories known = whole.historiesAt(cutOff);
            int[] train = rows(known, true);
            int[] test = rows(known, false);
            if (test.length == 0 || train.length == 0) {
                throw new DataException(
                        "no customer to " + (test.length == 0 ? "judge by" : "learn from") + " as of " + cutOff);
            }
            CustomerHistories judged = known.select(test);
            CustomerBase judgedBase = judged.base();
            double[] actual = target.of(Outcomes.of(judged, horizon));
            List<String> segments = model.regression()
                    .segments()
                    .map(name -> IntStream.range(0, judged.size())
                            .mapToObj(row -> name.equals(PredictionTask.PURCHASES)
                                    ? PredictionTask.purchasesSegment(judged.history(row))
                                    : judged.history(row).attribute(name).orElse(""))
                            .toList())
                    .orElse(Collections.nCopies(judged.size(), "all"));
            if (withSpendRate) {
                double[] rate = new double[judged.size()];
                for (int row = 0; row < rate.length; row++) {
                    // Who came within the last period has been here for one.
                    rate[row] = judgedBase.totalAmountAsDouble(row) / Math.max(1, judgedBase.age(row)) * horizon;
                }
                predictions(SPEND_RATE).add(cutOff, rate, actual, List.of(), segments, Optional.empty());
            }
            for (ModelOptions.Choice choice : choices) {
                SavedModel fitted = choice.learns()
                        ? learn(choice, known, cutOff, execution)
                        : choice.resolve(known.select(train).base(), execution);
                Optional<FitReport> report = fitted.reports().stream().findFirst();
                List<Interval> intervals = fitted.clv()
                        .filter(ValueIntervals.class::isInstance)
                        .map(ValueIntervals.class::cast)
                        .filter(value -> value.intervalLevel().isPresent())
                        .map(value -> value.valueIntervals(judgedBase, terms()))
                        .orElse(List.of());
                predictions(choice.label())
                        .add(cutOff, predict(fitted, judgedBase), actual, intervals, segments, report);
            }
        }

        /** Customers to learn from, or to judge by; all, if they are not split. */
        private int[] rows(CustomerHistories known, boolean first) {
            return IntStream.range(0, known.size())
                    .filter(row -> share == 0 || split.isFirst(known.id(row), share) == first)
                    .toArray();
        }

        private SavedModel learn(
                ModelOptions.Choice choice, CustomerHistories known, LocalDate cutOff, Execution execution) {
            PredictionTask task = model.regression().task(horizon);
            if (share == 0) {
                return choice.learn(known.base(), task, execution);
            }
            // What the customers to learn from did in the holdout may be known; of the others it is not looked at.
            CustomerBase others = whole.select(row -> split.isFirst(whole.id(row), share));
            LocalDate end = timeScale.plus(cutOff, horizon);
            return choice.learn(others.historiesAt(end).base(), task.withCutOffs(List.of(cutOff)), execution);
        }

        private ValuationTerms terms() {
            return ValuationTerms.of(
                    Horizon.of(horizon), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE);
        }

        private double[] predict(SavedModel fitted, CustomerBase base) {
            if (target == Target.ORDERS) {
                double[] orders = new double[base.size()];
                fitted.transactions().orElseThrow().expectedTransactionsInto(base, 0, base.size(), horizon, orders);
                return orders;
            }
            FittedClvModel value = fitted.clv().orElseThrow();
            return value.value(base, terms()).column(ValueColumn.CLV);
        }

        private Predictions predictions(String name) {
            return byModel.computeIfAbsent(name, unused -> new Predictions());
        }

        String describe(List<ValidationCsv.Row> rows) {
            StringBuilder text = new StringBuilder();
            text.append(target)
                    .append(" of the ")
                    .append(TextTable.decimal(horizon, 2))
                    .append(' ')
                    .append(timeScale);
            text.append(" after ").append(until);
            text.append(
                    share == 0
                            ? ", learned from the time before\n"
                            : ", learned from " + TextTable.percent(share)
                                    + " of the customers, judged by the others\n");
            TextTable table = new TextTable();
            table.row(
                    "model",
                    "as of",
                    "customers",
                    "predicted",
                    "actual",
                    "error",
                    "MAE",
                    "Gini",
                    "Spearman",
                    "top 10 %",
                    "decile MAPE",
                    "coverage");
            for (ValidationCsv.Row row : rows) {
                PredictionMetrics metrics = row.metrics();
                table.row(
                        row.model(),
                        row.cutOff(),
                        Integer.toString(metrics.rows()),
                        TextTable.money(metrics.totalPredicted()),
                        TextTable.money(metrics.totalActual()),
                        percent(metrics.totalError()),
                        TextTable.decimal(metrics.meanAbsoluteError(), 3),
                        number(metrics.normalisedGini()),
                        number(metrics.spearman()),
                        percent(metrics.topDecileCapture()),
                        percent(metrics.decileMape()),
                        percent(row.coverage()));
            }
            text.append(table.format());
            byModel.forEach((name, predictions) -> text.append(predictions.coverageBySegment(name)));
            return text.toString();
        }

        private String percent(OptionalDouble part) {
            return part.isPresent() ? TextTable.percent(part.getAsDouble()) : "";
        }

        private String number(OptionalDouble value) {
            return value.isPresent() ? TextTable.decimal(value.getAsDouble(), 4) : "";
        }
    }

    /** What one model predicted on all days. */
    private static final class Predictions {
        private final List<LocalDate> days = new ArrayList<>();
        private final List<double[]> predicted = new ArrayList<>();
        private final List<double[]> actual = new ArrayList<>();
        private final List<List<Interval>> intervals = new ArrayList<>();
        private final List<List<String>> segments = new ArrayList<>();
        private final List<Optional<FitReport>> reports = new ArrayList<>();

        void add(
                LocalDate day,
                double[] newPredicted,
                double[] newActual,
                List<Interval> newIntervals,
                List<String> newSegments,
                Optional<FitReport> report) {
            days.add(day);
            predicted.add(newPredicted);
            actual.add(newActual);
            intervals.add(newIntervals);
            segments.add(newSegments);
            reports.add(report);
        }

        List<ValidationCsv.Row> rows(String name) {
            List<ValidationCsv.Row> rows = new ArrayList<>();
            for (int i = 0; i < days.size(); i++) {
                Optional<FitReport> report = reports.get(i);
                rows.add(new ValidationCsv.Row(
                        name,
                        days.get(i).toString(),
                        report.map(r -> OptionalDouble.of(r.estimatedParameters()))
                                .orElse(OptionalDouble.empty()),
                        report.map(FitReport::logLikelihood).orElse(OptionalDouble.empty()),
                        PredictionMetrics.of(predicted.get(i), actual.get(i)),
                        coverage(intervals.get(i), actual.get(i))));
            }
            if (days.size() > 1) {
                double[] all = joined(actual);
                rows.add(new ValidationCsv.Row(
                        name,
                        "all",
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        PredictionMetrics.of(joined(predicted), all),
                        coverage(intervals.stream().flatMap(List::stream).toList(), all)));
            }
            return rows;
        }

        private static OptionalDouble coverage(List<Interval> intervals, double[] actual) {
            return intervals.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                            CoverageReport.of(intervals, actual).overall().share());
        }

        private static double[] joined(List<double[]> parts) {
            return parts.stream().flatMapToDouble(Arrays::stream).toArray();
        }

        /** How many outcomes were in the intervals, segment by segment, if there is more than one. */
        String coverageBySegment(String name) {
            List<String> labels = segments.stream().flatMap(List::stream).toList();
            List<Interval> all = intervals.stream().flatMap(List::stream).toList();
            if (all.isEmpty() || labels.stream().distinct().count() < 2) {
                return "";
            }
            TextTable table = new TextTable();
            table.row("segment", "customers", "coverage");
            for (Coverage one : CoverageReport.of(all, joined(actual), labels).bySegment()) {
                table.row(one.segment(), Integer.toString(one.rows()), TextTable.percent(one.share()));
            }
            return "\ncoverage of the intervals of " + Objects.requireNonNull(name) + "\n" + table.format();
        }
    }
}
