// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.ValueIntervals;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.io.SavedModel;
import org.clv4j.io.ValuesCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what a model says of each customer. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Score customers: P(alive), expected purchases and spend, customer lifetime value.")
final class ScoreCommand implements Runnable {

    /** Columns that look ahead. */
    private static final Set<ValueColumn> FORECASTS = Set.of(
            ValueColumn.PROBABILITY_ACTIVE,
            ValueColumn.EXPECTED_TRANSACTIONS,
            ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS,
            ValueColumn.CLV);

    /** Columns beyond values that look ahead. */
    private static final Set<String> FURTHER_FORECASTS = Set.of(
            ValuesCsv.PROBABILITY_ALIVE_AT_HORIZON,
            ValuesCsv.EXPECTED_TIME_TO_NEXT_PURCHASE,
            ValuesCsv.NEXT_PURCHASE_DATE);

    private static final String NOT_DEFINED = "not defined by the model";

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions terms = new TermsOptions();

    @Option(
            names = "--columns",
            paramLabel = "A,B,...",
            description =
                    "Which columns to write. Besides the usual ones: weight, log_likelihood, p_alive_at_horizon, "
                            + "expected_time_to_next_purchase, next_purchase_date, purchase_rate, dropout_rate; clv_lower, clv_upper.")
    private @Nullable String columns;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    ScoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        ValuesCsv csv = columns == null
                ? usualColumns()
                : Options.parse("--columns", columns, text -> ValuesCsv.withDefaults()
                        .withColumns(Options.list("--columns", text)));
        Optional<Horizon> horizon = terms.horizon();
        if (horizon.isEmpty()
                && (FORECASTS.stream().anyMatch(column -> csv.columns().contains(column.toString()))
                        || FURTHER_FORECASTS.stream().anyMatch(csv.columns()::contains))) {
            throw new UsageException("score needs --horizon N or infinite to forecast");
        }
        ModelOptions.Choice choice = model.choice(console);
        model.requireContracts(List.of(choice), input);
        model.predictOver(periods(horizon));
        CustomerBase base = input.load(console, choice.timeUnit(), choice.attributes(), choice.lineAttributes());
        if (horizon.isPresent() && horizon.get().isInfinite()) {
            model.holdPaths(console);
        }
        Scores scores = work.run(console, execution -> {
            SavedModel fitted = choice.resolve(base, execution);
            Scores computing = new Scores(csv.columns(), base, fitted, horizon, execution);
            computing.compute();
            return computing;
        });
        csv.writeColumns(base, scores.computed, out.output(console));
    }

    private static OptionalDouble periods(Optional<Horizon> horizon) {
        return horizon.filter(reach -> !reach.isInfinite()).stream()
                .mapToDouble(Horizon::periods)
                .findFirst();
    }

    private ValuesCsv usualColumns() {
        ValuesCsv usual = ValuesCsv.withDefaults();
        if (!input.hasContracts()) {
            return usual;
        }
        List<String> more = new ArrayList<>(usual.columns());
        more.addAll(
                more.indexOf(ValueColumn.CLV.toString()),
                List.of(ValueColumn.CONTRACTED_VALUE.toString(), ValueColumn.RENEWAL_VALUE.toString()));
        return usual.withColumns(more);
    }

    /** The columns that can be computed from what is given. */
    private final class Scores {
        private final List<String> wanted;
        private final CustomerBase base;
        private final SavedModel fitted;
        private final Execution execution;
        private final Optional<Horizon> horizon;
        private final Optional<DiscountRate> rate;
        private final Optional<Margin> margin;
        private final Map<String, double[]> computed = new HashMap<>();
        private final Map<String, String> missing = new TreeMap<>();

        Scores(
                List<String> wanted,
                CustomerBase base,
                SavedModel fitted,
                Optional<Horizon> horizon,
                Execution execution) {
            this.execution = execution;
            this.wanted = wanted;
            this.base = base;
            this.fitted = fitted;
            this.horizon = horizon;
            this.rate = terms.rate(base.timeScale());
            this.margin = terms.margin();
        }

        void compute() {
            fitted.transactions().ifPresent(this::computeFurther);
            boolean complete = horizon.isPresent() && rate.isPresent() && margin.isPresent();
            if (complete && fitted.clv().isPresent() && wants(ValueColumn.CLV)) {
                CustomerValues values =
                        fitted.clv().get().value(base, terms.terms(horizon.get(), rate.get(), margin.get()), execution);
                values.warnings().forEach(console::note);
                take(values, ValueColumn.values());
                computeBounds(fitted.clv().get(), terms.terms(horizon.get(), rate.get(), margin.get()));
            } else {
                fitted.transactions().ifPresent(this::computeOneByOne);
                if (fitted.transactions().isEmpty()) {
                    fitted.clv().ifPresent(this::computeWhole);
                }
            }
            noteMissing();
        }

        private void computeBounds(FittedClvModel model, ValuationTerms under) {
            boolean wanted = wanted(ValuesCsv.CLV_LOWER) || wanted(ValuesCsv.CLV_UPPER);
            if (!wanted
                    || !(model instanceof ValueIntervals of)
                    || of.intervalLevel().isEmpty()) {
                return;
            }
            List<Interval> bounds = of.valueIntervals(base, under);
            computed.put(
                    ValuesCsv.CLV_LOWER,
                    bounds.stream().mapToDouble(Interval::lower).toArray());
            computed.put(
                    ValuesCsv.CLV_UPPER,
                    bounds.stream().mapToDouble(Interval::upper).toArray());
        }

        private boolean wanted(String column) {
            return wanted.contains(column);
        }

        private boolean wants(ValueColumn column) {
            return wanted.contains(column.toString());
        }

        private void take(CustomerValues values, ValueColumn... columnsToTake) {
            for (ValueColumn column : columnsToTake) {
                if (wants(column) && values.has(column)) {
                    computed.put(column.toString(), values.column(column));
                }
            }
        }

        /** What a transaction model says beyond values. */
        private void computeFurther(FittedTransactionModel transactions) {
            further(ValuesCsv.LOG_LIKELIHOOD, transactions::logLikelihoodInto);
            if (transactions instanceof PosteriorRates rates) {
                further(ValuesCsv.PURCHASE_RATE, rates::expectedPurchaseRateInto);
                further(ValuesCsv.DROPOUT_RATE, rates::expectedDropoutRateInto);
            }
            if (horizon.isEmpty() || horizon.get().isInfinite()) {
                return;
            }
            double periods = horizon.get().periods();
            if (transactions instanceof FutureSurvival survival) {
                further(
                        ValuesCsv.PROBABILITY_ALIVE_AT_HORIZON,
                        (rows, from, to, values) -> survival.probabilityAliveAtInto(rows, from, to, periods, values));
            }
            if (transactions instanceof NextPurchase next) {
                Filler time = (rows, from, to, values) ->
                        next.expectedTimeToNextPurchaseInto(rows, from, to, periods, values);
                further(ValuesCsv.EXPECTED_TIME_TO_NEXT_PURCHASE, time);
                if (base.observation().isPresent()) {
                    further(ValuesCsv.NEXT_PURCHASE_DATE, time);
                }
            }
        }

        private void further(String column, Filler filler) {
            if (wanted.contains(column)) {
                double[] values = new double[base.size()];
                execution.fill("computing " + column, values, (from, to, part) -> filler.fill(base, from, to, part));
                computed.put(column, values);
            }
        }

        /** What a transaction model can say when the terms are not complete. */
        private void computeOneByOne(FittedTransactionModel transactions) {
            column(ValueColumn.PROBABILITY_ALIVE, transactions::probabilityAliveInto);
            if (horizon.isPresent() && !horizon.get().isInfinite()) {
                double periods = horizon.get().periods();
                column(
                        ValueColumn.PROBABILITY_ACTIVE,
                        (rows, from, to, values) ->
                                transactions.probabilityActiveInto(rows, from, to, periods, values));
                column(
                        ValueColumn.EXPECTED_TRANSACTIONS,
                        (rows, from, to, values) ->
                                transactions.expectedTransactionsInto(rows, from, to, periods, values));
            }
            if (horizon.isPresent() && rate.isPresent() && wants(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS)) {
                // The number of purchases does not depend on the margin.
                computed.put(
                        ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS.toString(),
                        TransactionSpendModel.discountedTransactions(
                                transactions,
                                base,
                                terms.terms(horizon.get(), rate.get(), Margin.ofRevenue()),
                                execution));
            }
            fitted.spend().ifPresent(spend -> column(ValueColumn.EXPECTED_SPEND, spend::expectedSpendInto));
        }

        private void column(ValueColumn column, Filler filler) {
            further(column.toString(), filler);
        }

        /** What a model in one piece can say without a rate or a margin: the columns that depend on neither. */
        private void computeWhole(FittedClvModel whole) {
            if (horizon.isPresent() && (rate.isPresent() || !horizon.get().isInfinite())) {
                CustomerValues values = whole.value(
                        base,
                        terms.terms(horizon.get(), rate.orElse(DiscountRate.none()), margin.orElse(Margin.ofRevenue())),
                        execution);
                take(
                        values,
                        ValueColumn.PROBABILITY_ALIVE,
                        ValueColumn.PROBABILITY_ACTIVE,
                        ValueColumn.EXPECTED_TRANSACTIONS,
                        ValueColumn.EXPECTED_SPEND);
                if (rate.isPresent()) {
                    take(values, ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS);
                }
            }
        }

        private void noteMissing() {
            for (ValueColumn column : ValueColumn.values()) {
                if (wants(column) && !computed.containsKey(column.toString())) {
                    missing.merge(reason(column), column.toString(), (some, more) -> some + ", " + more);
                }
            }
            for (String column : ValuesCsv.furtherColumns()) {
                if (wanted.contains(column) && !computed.containsKey(column)) {
                    missing.merge(reason(column), column, (some, more) -> some + ", " + more);
                }
            }
            missing.forEach((reason, names) -> console.note("left empty: " + names + " (" + reason + ")"));
        }

        private String reason(String further) {
            if (further.equals(ValuesCsv.NEXT_PURCHASE_DATE)
                    && base.observation().isEmpty()) {
                return "needs dated transactions";
            }
            return FURTHER_FORECASTS.contains(further) ? undefinedAhead() : NOT_DEFINED;
        }

        private String undefinedAhead() {
            return horizon.isPresent() && horizon.get().isInfinite()
                    ? "not defined by the model for an infinite horizon"
                    : NOT_DEFINED;
        }

        private String reason(ValueColumn column) {
            boolean discounted = column == ValueColumn.CLV || column == ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS;
            if (discounted && rate.isEmpty()) {
                return column == ValueColumn.CLV ? "needs --discount-rate and --margin" : "needs --discount-rate";
            }
            if (column == ValueColumn.CLV && margin.isEmpty()) {
                return "needs --margin";
            }
            if ((column == ValueColumn.CLV || column == ValueColumn.EXPECTED_SPEND)
                    && fitted.transactions().isPresent()
                    && fitted.spend().isEmpty()) {
                return "needs a spend model (--spend)";
            }
            return undefinedAhead();
        }
    }

    private interface Filler {
        void fill(CustomerBase base, int from, int to, double[] out);
    }
}
