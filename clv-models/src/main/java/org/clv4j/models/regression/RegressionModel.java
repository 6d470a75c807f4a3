// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.Outcomes;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.learn.FeatureCatalog;
import org.clv4j.core.learn.FeatureSet;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.Target;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.learn.ValueIntervals;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.clv4j.core.model.StatefulModel;
import org.clv4j.core.validate.ConformalCalibrator;
import org.clv4j.core.validate.ConformalGroup;
import org.clv4j.core.validate.ConformalIntervals;
import org.clv4j.core.validate.HashSplit;
import org.clv4j.core.validate.IsotonicCalibration;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.internal.linear.IndependentColumns;
import org.clv4j.models.internal.optim.Version;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what customers are worth over a horizon by a regression, or any other {@link Learner}, of what they did afterwards on what was known
 * of them.
 *
 * <p><b>Assumptions.</b> The value of the horizon after a day depends on the features as of that day in the same way later as it did on the
 * days of training. A regression does not know seasons or trends that it was not shown.
 *
 * <p><b>Training.</b> On each cut-off day of the {@link PredictionTask} everybody who had bought by then is a row: features from her history
 * until that day, the target from the horizon after it, which must be over at the end of the base's observation. Nothing that the
 * transactions say of later days can reach a feature; what features learn (levels, parameters of attrition models) is learned as of the
 * earliest day. Columns that are constant, or a linear combination of others, among all rows or among those with a target, are left out; the
 * report names them.
 *
 * <p><b>Intervals.</b> Customers are split into folds by a hash of their ids; each fold is predicted by what was learned from the others, and
 * the distance of these predictions from what came gives {@link ConformalIntervals}. They hold what comes with the stated probability as far as
 * the customers to come are like those of the training. Where no target was below 0 no interval goes below 0.
 *
 * <p><b>Value.</b> {@link Fitted#value} takes the prediction as the net value over the horizon, which the terms must state alike. Discounting
 * takes the profile of the training: which share of the value came in which period.
 *
 * <p><b>Units.</b> Horizon and features in periods of the base's time scale; values in its currency.
 *
 * <p><b>Limits.</b> Needs the transactions ({@link CustomerBase#of}). A customer with several cut-off days has several rows, which the standard
 * errors of coefficients take for independent.
 *
 * <p><b>Cost.</b> That of the learner, once for each fold and once more.
 *
 * <p>Immutable and thread-safe.
 */
public final class RegressionModel implements ClvModel {

    /** The model's name in files and commands. */
    public static final String NAME = "regression";

    private static final String ALL = "(all)";

    /** Keeps the folds apart from a split that a caller made of the same ids by the same seed. */
    private static final long FOLDS = 0x9E3779B97F4A7C15L;

    private final Learner learner;
    private final @Nullable PredictionTask task;

    private RegressionModel(Learner learner, @Nullable PredictionTask task) {
        this.learner = learner;
        this.task = task;
    }

    /**
     * Returns the model of a learner.
     *
     * @param learner what learns
     * @param task what is to be learned
     * @return the model
     */
    public static RegressionModel of(Learner learner, PredictionTask task) {
        return new RegressionModel(Objects.requireNonNull(learner, "learner"), Objects.requireNonNull(task, "task"));
    }

    /**
     * Returns the two-part model of the net value of a year.
     *
     * @return the model
     */
    public static RegressionModel ofOneYear() {
        return new RegressionModel(TwoPart.gamma(), null);
    }

    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    /**
     * Fits the model.
     *
     * @param base the customers and what they did until the end of its observation
     * @param execution how the learner's work is run
     * @return the fitted model
     * @throws org.clv4j.core.data.DataException if the base was not made of transactions
     * @throws IllegalArgumentException if the horizon after a stated cut-off day is not over, or a target is outside of what the learner can
     *     learn
     * @throws ModelException if no horizon is over at the end of the observation, or the learner cannot learn
     */
    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        MixedModel.requireNoContracts(base);
        PredictionTask resolved =
                task == null ? PredictionTask.of(base.timeScale().periodsPerYear()) : task;
        return new Training(learner, resolved, base, execution).run();
    }

    /** The stages of a fit. */
    private static final class Training {
        private final Learner learner;
        private final PredictionTask task;
        private final CustomerBase base;
        private final Execution execution;
        private final List<CustomerHistories> stacked = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<String> segments = new ArrayList<>();

        Training(Learner learner, PredictionTask task, CustomerBase base, Execution execution) {
            this.learner = learner;
            this.task = task;
            this.base = base;
            this.execution = execution;
        }

        Fitted run() {
            requireSegments();
            collect();
            List<Outcomes> outcomes = stacked.stream()
                    .map(histories -> Outcomes.of(histories, task.horizon()))
                    .toList();
            double[] targets = outcomes.stream()
                    .flatMapToDouble(one -> Arrays.stream(task.target().of(one)))
                    .toArray();
            FeatureSet.Fitted features = features();
            FeatureTable table = stack(features);
            List<String> kept = informative(table, targets);
            List<String> dropped = new ArrayList<>(features.columns());
            dropped.removeAll(kept);
            features = features.select(kept);
            TrainingData data = TrainingData.of(table.select(kept), learnable(targets));
            if (base.isWeighted()) {
                data = data.withWeights(stacked.stream()
                        .flatMapToDouble(histories ->
                                IntStream.range(0, histories.size()).mapToDouble(histories::weight))
                        .toArray());
            }
            FittedLearner fitted = learn(data);
            double[] outOfFold = task.folds() == 0 && !task.isRecalibrated() ? new double[0] : outOfFold(data);
            IsotonicCalibration calibration = task.isRecalibrated() ? calibration(outOfFold, targets, data) : null;
            ConformalIntervals intervals = task.folds() == 0 ? null : intervals(outOfFold, calibration, targets);
            return new Fitted(
                    report(fitted, features, dropped, data.totalWeight()),
                    base.timeScale(),
                    task.target(),
                    task.horizon(),
                    task.firstPeriods(),
                    profile(outcomes),
                    features,
                    fitted,
                    calibration,
                    intervals,
                    task.segments().orElse(null));
        }

        private static IsotonicCalibration calibration(double[] outOfFold, double[] targets, TrainingData data) {
            double[] weights =
                    IntStream.range(0, data.rows()).mapToDouble(data::weight).toArray();
            return IsotonicCalibration.fit(outOfFold, targets, weights);
        }

        private double[] learnable(double[] targets) {
            return task.isNegativeAsZero()
                    ? Arrays.stream(targets).map(target -> Math.max(0, target)).toArray()
                    : targets;
        }

        private FittedLearner learn(TrainingData data) {
            try {
                return learner.fit(data, execution);
            } catch (IllegalArgumentException e) {
                boolean negative = IntStream.range(0, data.rows()).anyMatch(row -> data.target(row) < 0);
                throw new ModelException(e.getMessage()
                        + (negative
                                ? "; some customers were refunded more than they paid: take that for 0, or another family"
                                : ""));
            }
        }

        private void requireSegments() {
            task.segments().ifPresent(name -> {
                if (!name.equals(PredictionTask.PURCHASES)
                        && !base.attributeNames().contains(name)) {
                    throw new ModelException(
                            "intervals cannot be grouped by '" + name + "', which no customer has; there are "
                                    + PredictionTask.PURCHASES + " and the attributes " + base.attributeNames());
                }
            });
        }

        private void collect() {
            OptionalDouble first = task.firstPeriods();
            if (first.isPresent()) {
                // Who has her horizon behind her, whatever she did in it.
                CustomerHistories known = base.historiesAfter(first.getAsDouble());
                add(known.select(IntStream.range(0, known.size())
                        .filter(row -> isOver(known.asOf(row)))
                        .toArray()));
            } else {
                cutOffs().forEach(day -> add(base.historiesAt(day)));
            }
            if (stacked.stream().allMatch(histories -> histories.size() == 0)) {
                throw new ModelException("no customer has a horizon of " + task.horizon() + " " + base.timeScale()
                        + " that is over at the end of the observation");
            }
        }

        private boolean isOver(LocalDate day) {
            return !base.timeScale().plus(day, task.horizon()).isAfter(end());
        }

        private LocalDate end() {
            return base.observation().map(Observation::end).orElseThrow();
        }

        private void add(CustomerHistories histories) {
            if (histories.size() == 0) {
                return;
            }
            stacked.add(histories);
            for (int row = 0; row < histories.size(); row++) {
                ids.add(histories.id(row));
                segments.add(segmentOf(histories, row, task.segments().orElse(null)));
            }
        }

        /** The days of training, the earliest first. */
        private List<LocalDate> cutOffs() {
            if (!task.cutOffs().isEmpty()) {
                return task.cutOffs();
            }
            base.histories();
            LocalDate firstDay = IntStream.range(0, base.size())
                    .mapToObj(row -> base.firstDate(row).orElseThrow())
                    .min(LocalDate::compareTo)
                    .orElseThrow(() -> new ModelException("there are no customers to learn from"));
            List<LocalDate> days = new ArrayList<>();
            LocalDate last = end();
            while (days.size() < task.cutOffCount()) {
                LocalDate day = lastDayBefore(last, firstDay);
                if (day.isBefore(firstDay)) {
                    break;
                }
                days.add(day);
                last = day;
            }
            if (days.isEmpty()) {
                throw new ModelException("a horizon of " + task.horizon() + " " + base.timeScale()
                        + " is longer than the observation since the first purchase on " + firstDay + ", which ends on "
                        + end() + "; take a shorter horizon");
            }
            Collections.reverse(days);
            return days;
        }

        /** The last day whose horizon is over on another, or one before the first of all. */
        private LocalDate lastDayBefore(LocalDate last, LocalDate first) {
            LocalDate day = last.minusDays(
                    (long) Math.ceil(task.horizon() * 366 / base.timeScale().periodsPerYear()) + 1);
            if (day.isBefore(first.minusDays(1))) {
                day = first.minusDays(1);
            }
            while (!base.timeScale().plus(day.plusDays(1), task.horizon()).isAfter(last)) {
                day = day.plusDays(1);
            }
            return base.timeScale().plus(day, task.horizon()).isAfter(last) ? first.minusDays(1) : day;
        }

        private FeatureSet.Fitted features() {
            FeatureSet set = FeatureSet.of(
                    !task.features().isEmpty()
                            ? task.features()
                            : task.firstPeriods().isPresent()
                                    ? StandardFeatures.ofNewCustomers()
                                    : StandardFeatures.standard(task.horizon()));
            return set.fit(stacked.get(0));
        }

        private FeatureTable stack(FeatureSet.Fitted features) {
            List<FeatureTable> tables = stacked.stream().map(features::table).toList();
            FeatureTable.Builder all = FeatureTable.builder();
            for (String column : features.columns()) {
                all.column(
                        column,
                        tables.stream()
                                .flatMapToDouble(table -> Arrays.stream(table.column(column)))
                                .toArray());
            }
            return all.build();
        }

        /** The columns that are independent among all rows, and among those with a target, which models in two parts look at. */
        private static List<String> informative(FeatureTable table, double[] targets) {
            List<String> kept = independent(table);
            int[] positive = IntStream.range(0, targets.length)
                    .filter(row -> targets[row] > 0)
                    .toArray();
            if (positive.length > kept.size() && !kept.isEmpty()) {
                kept = independent(table.select(kept).selectRows(positive));
            }
            if (kept.isEmpty()) {
                throw new ModelException("no feature tells customers apart: all of " + table.names() + " are constant");
            }
            return kept;
        }

        private static List<String> independent(FeatureTable table) {
            double[][] columns = table.names().stream().map(table::column).toArray(double[][]::new);
            return IndependentColumns.of(columns).stream()
                    .map(table.names()::get)
                    .toList();
        }

        /** Each row as predicted by what was learned from other customers. */
        private double[] outOfFold(TrainingData data) {
            int folds = Math.max(2, task.folds());
            HashSplit split = HashSplit.of(task.seed() ^ FOLDS);
            int[] foldOf = ids.stream().mapToInt(id -> split.fold(id, folds)).toArray();
            double[] predicted = new double[data.rows()];
            for (int f = 0; f < folds; f++) {
                int fold = f;
                int[] others = IntStream.range(0, foldOf.length)
                        .filter(row -> foldOf[row] != fold)
                        .toArray();
                int[] own = IntStream.range(0, foldOf.length)
                        .filter(row -> foldOf[row] == fold)
                        .toArray();
                if (own.length == 0 || others.length == 0) {
                    throw new ModelException("there are too few customers, " + ids.size() + " rows, for intervals by "
                            + folds + " folds; ask for none");
                }
                FeatureTable table = data.features();
                double[] part = learn(toldApart(data.selectRows(others))).predictColumn(table.selectRows(own));
                for (int i = 0; i < own.length; i++) {
                    predicted[own[i]] = part[i];
                }
            }
            return predicted;
        }

        /** Without the columns that are constant without the fold, as one of a rare level whose customers are all in it. */
        private static TrainingData toldApart(TrainingData data) {
            double[] targets = new double[data.rows()];
            double[] weights = new double[data.rows()];
            for (int row = 0; row < targets.length; row++) {
                targets[row] = data.target(row);
                weights[row] = data.weight(row);
            }
            List<String> kept = informative(data.features(), targets);
            return kept.size() == data.features().names().size()
                    ? data
                    : TrainingData.of(data.features().select(kept), targets).withWeights(weights);
        }

        private ConformalIntervals intervals(
                double[] outOfFold, @Nullable IsotonicCalibration calibration, double[] targets) {
            double[] predicted = calibration == null ? outOfFold : calibration.applyColumn(outOfFold);
            boolean negative = Arrays.stream(targets).anyMatch(target -> target < 0);
            ConformalCalibrator calibrator = ConformalCalibrator.withDefaults();
            try {
                // Taking the quantiles of all rows, also those that taught the smooth scale, costs less of the level
                // than
                // leaving half of a small segment out.
                IsotonicCalibration scale =
                        calibrator.fit(task.level(), predicted, targets).scale();
                return (negative ? calibrator : calibrator.withFloor(0))
                        .withScale(scale)
                        .fit(task.level(), predicted, targets, segments);
            } catch (IllegalArgumentException e) {
                throw new ModelException(
                        "intervals of " + task.level() + " cannot be had: " + e.getMessage() + "; ask for none");
            }
        }

        private static double[] profile(List<Outcomes> outcomes) {
            double[] sums = outcomes.get(0).profile();
            for (Outcomes more : outcomes.subList(1, outcomes.size())) {
                double[] other = more.profile();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += other[i];
                }
            }
            // A period of refunds has no share: of a small sum, the others' would be far above 1.
            Arrays.setAll(sums, i -> Math.max(0, sums[i]));
            double sum = Arrays.stream(sums).sum();
            double[] shares = new double[sums.length];
            for (int i = 0; i < sums.length; i++) {
                shares[i] = sum > 0 ? sums[i] / sum : 1.0 / sums.length;
            }
            return shares;
        }

        private FitReport report(
                FittedLearner fitted, FeatureSet.Fitted features, List<String> dropped, double totalWeight) {
            FitReport.Builder report = fitted.report().toBuilder(NAME)
                    .timeScale(base.timeScale())
                    .customers(totalWeight)
                    .provenance("library", "clv4j " + Version.VERSION)
                    .provenance("family", learner.name())
                    .provenance("target", task.target() + " over " + number(task.horizon()) + " " + base.timeScale())
                    .provenance("features", String.join(", ", features.names()))
                    .provenance(
                            "cut-offs",
                            task.firstPeriods().isPresent()
                                    ? number(task.firstPeriods().getAsDouble()) + " " + base.timeScale()
                                            + " after the first purchase"
                                    : stacked.stream()
                                            .map(histories -> histories.asOf(0).toString())
                                            .collect(Collectors.joining(", ")))
                    .provenance("rows", Integer.toString(ids.size()));
            task.segments().ifPresent(name -> report.provenance("interval segments", name));
            if (task.isNegativeAsZero()) {
                report.provenance("targets below 0", "taken for 0");
            }
            if (!dropped.isEmpty()) {
                report.provenance("columns left out", String.join(", ", dropped));
            }
            return report.build();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String segmentOf(CustomerHistories histories, int row, @Nullable String attribute) {
        if (attribute == null) {
            return ALL;
        }
        CustomerHistory history = histories.history(row);
        return attribute.equals(PredictionTask.PURCHASES)
                ? PredictionTask.purchasesSegment(history)
                : history.attribute(attribute).orElse("");
    }

    /** A fitted regression. Immutable and thread-safe, if its learner and its features are. */
    public static final class Fitted implements FittedClvModel, FittedModel, StatefulModel, ValueIntervals {

        private final FitReport report;
        private final TimeScale timeScale;
        private final Target target;
        private final double horizon;
        private final OptionalDouble firstPeriods;
        private final double[] profile;
        private final FeatureSet.Fitted features;
        private final FittedLearner learner;
        private final @Nullable IsotonicCalibration calibration;
        private final @Nullable ConformalIntervals intervals;
        private final @Nullable String segments;

        private Fitted(
                FitReport report,
                TimeScale timeScale,
                Target target,
                double horizon,
                OptionalDouble firstPeriods,
                double[] profile,
                FeatureSet.Fitted features,
                FittedLearner learner,
                @Nullable IsotonicCalibration calibration,
                @Nullable ConformalIntervals intervals,
                @Nullable String segments) {
            this.report = report;
            this.timeScale = timeScale;
            this.target = target;
            this.horizon = horizon;
            this.firstPeriods = firstPeriods;
            this.profile = profile;
            this.features = features;
            this.learner = learner;
            this.calibration = calibration;
            this.intervals = intervals;
            this.segments = segments;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return report.parameters();
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.of(report);
        }

        @Override
        public List<FitReport> reports() {
            return List.of(report);
        }

        /**
         * Returns what was learned: coefficients, contributions, quantiles, as far as the learner has them.
         *
         * @return the fitted learner
         */
        public FittedLearner learner() {
            return learner;
        }

        /**
         * Returns the features.
         *
         * @return the fitted features
         */
        public FeatureSet.Fitted features() {
            return features;
        }

        /**
         * Returns what is predicted.
         *
         * @return the target
         */
        public Target target() {
            return target;
        }

        /**
         * Returns how far ahead is predicted.
         *
         * @return the horizon, in periods
         */
        public double horizon() {
            return horizon;
        }

        /**
         * Returns after what time customers are new no more, for a model of new customers.
         *
         * @return the time in periods, or empty for a model of all customers
         */
        public OptionalDouble firstPeriods() {
            return firstPeriods;
        }

        /**
         * Returns when the value came in the training.
         *
         * @return the share of each period of the horizon, in a fresh array; they add up to 1
         */
        public double[] profile() {
            return profile.clone();
        }

        /**
         * Returns the histories that the model predicts from: those until the end of the observation, or of the first periods.
         *
         * @param base the customers
         * @return the histories
         * @throws org.clv4j.core.data.DataException if the base was not made of transactions
         */
        public CustomerHistories histories(CustomerBase base) {
            MixedModel.requireNoContracts(base);
            requireTimeScale(base);
            return firstPeriods.isPresent() ? base.historiesAfter(firstPeriods.getAsDouble()) : base.histories();
        }

        /**
         * Predicts the target.
         *
         * @param histories the customers, as of any day
         * @return one prediction a customer, in a fresh array
         * @throws ModelException if a feature is missing where none was in the training
         */
        public double[] predict(CustomerHistories histories) {
            return predictTable(features.table(histories));
        }

        /**
         * Predicts the target from features.
         *
         * @param table the features, as {@link #features()} computes them
         * @return one prediction a row, in a fresh array
         * @throws IllegalArgumentException if a feature is not in the table
         */
        public double[] predictTable(FeatureTable table) {
            double[] predicted = learner.predictColumn(table);
            return calibration == null ? predicted : calibration.applyColumn(predicted);
        }

        /**
         * Returns how intervals are made.
         *
         * @return the intervals, or empty if the task asked for none
         */
        public Optional<ConformalIntervals> intervals() {
            return Optional.ofNullable(intervals);
        }

        /**
         * Predicts intervals that hold the target with the stated probability.
         *
         * @param histories the customers, as of any day
         * @return one interval a customer, unmodifiable
         * @throws ModelException if the task asked for no intervals
         */
        public List<Interval> predictIntervals(CustomerHistories histories) {
            if (intervals == null) {
                throw new ModelException("the model was fitted without intervals; fit it with some");
            }
            List<String> segmentOfRow = new ArrayList<>();
            for (int row = 0; row < histories.size(); row++) {
                segmentOfRow.add(segmentOf(histories, row, segments));
            }
            return intervals.intervals(predict(histories), segmentOfRow);
        }

        /**
         * Values every customer by the prediction.
         *
         * @param base the customers; made of transactions
         * @param terms the terms; of the model's horizon
         * @return the values
         * @throws org.clv4j.core.data.DataException if the base was not made of transactions
         * @throws ModelException if the model does not predict a value, the horizon is not the model's, the time units differ, a margin is predicted
         *     and the terms take one off again, or a customer is younger than the first periods that a model of new customers looks at
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            double factor = worthOfOne(terms);
            double[] clv = predict(complete(base));
            for (int row = 0; row < clv.length; row++) {
                clv[row] *= factor;
            }
            List<String> warnings = firstPeriods.isPresent()
                    ? List.of("values are as of " + number(firstPeriods.getAsDouble()) + " " + timeScale
                            + " after each customer's first purchase")
                    : List.of();
            return CustomerValues.builder(NAME + " " + learner.report().model(), base, terms)
                    .column(ValueColumn.CLV, clv)
                    .warnings(warnings)
                    .build();
        }

        @Override
        public List<Interval> valueIntervals(CustomerBase base, ValuationTerms terms) {
            double factor = worthOfOne(terms);
            return predictIntervals(complete(base)).stream()
                    .map(interval -> new Interval(factor * interval.lower(), factor * interval.upper()))
                    .toList();
        }

        @Override
        public OptionalDouble intervalLevel() {
            return intervals == null ? OptionalDouble.empty() : OptionalDouble.of(intervals.level());
        }

        private CustomerHistories complete(CustomerBase base) {
            CustomerHistories histories = histories(base);
            if (histories.size() < base.size()) {
                throw new ModelException("the model predicts customers whose first " + number(firstPeriods.orElse(0))
                        + " " + timeScale + " are over, but " + (base.size() - histories.size()) + " of the "
                        + base.size() + " are younger");
            }
            return histories;
        }

        /** What one unit of the target is worth under terms. */
        private double worthOfOne(ValuationTerms terms) {
            if (target == Target.ORDERS || target == Target.ACTIVE) {
                throw new ModelException(
                        "the model predicts " + target + ", which has no value; predict net-value or margin");
            }
            if (terms.horizon().isInfinite() || terms.horizon().periods() != horizon) {
                throw new ModelException("the model predicts " + number(horizon) + " " + timeScale
                        + ", no other horizon, but was asked for " + terms.horizon());
            }
            if (target == Target.MARGIN && terms.margin().fraction() != 1) {
                throw new ModelException("the model predicts margins; the terms must not take one off again, but state "
                        + terms.margin());
            }
            return terms.margin().fraction() * presentValueOfOne(terms);
        }

        private double presentValueOfOne(ValuationTerms terms) {
            double rate = terms.continuousRate(timeScale);
            if (rate == 0) {
                return 1;
            }
            double sum = 0;
            for (int period = 0; period < profile.length; period++) {
                double length = Math.min(1, horizon - period);
                double at = terms.timing() == CashFlowTiming.PERIOD_BEGIN
                        ? 0
                        : terms.timing() == CashFlowTiming.PERIOD_END ? 1 : length / 2;
                sum += profile[period] * Math.exp(-rate * (period + at));
            }
            return sum;
        }

        @Override
        public ModelState state() {
            if (!(learner instanceof RestorableLearner restorable)) {
                throw new ModelException("the learner " + learner.report().model()
                        + " cannot be saved; it would have to be a RestorableLearner");
            }
            ModelState.Builder state = ModelState.builder()
                    .text("time unit", timeScale.toString())
                    .text("target", target.toString())
                    .numbers("horizon", horizon)
                    .numbers("profile", profile)
                    .text("family", learner.report().model())
                    .part("learner", restorable.state())
                    .part("features", features.state());
            firstPeriods.ifPresent(periods -> state.numbers("first periods", periods));
            if (calibration != null) {
                state.part("calibration", state(calibration));
            }
            if (intervals != null) {
                state.part("intervals", state(intervals));
            }
            if (segments != null) {
                state.text("segments", segments);
            }
            return state.build();
        }

        private static ModelState state(IsotonicCalibration calibration) {
            return ModelState.builder()
                    .numbers("knots", calibration.knots())
                    .numbers("values", calibration.values())
                    .build();
        }

        private static ModelState state(ConformalIntervals intervals) {
            ModelState.Builder state = ModelState.builder()
                    .numbers("level", intervals.level())
                    .numbers("quantile", intervals.allQuantile())
                    .part("scale", state(intervals.scale()));
            intervals.floor().ifPresent(floor -> state.numbers("floor", floor));
            List<ConformalGroup> groups = intervals.groups();
            state.texts("groups", groups.stream().map(ConformalGroup::label).toList());
            for (int i = 0; i < groups.size(); i++) {
                state.texts("group " + i, List.copyOf(groups.get(i).segments()));
                state.numbers(
                        "group " + i + " quantile and rows",
                        groups.get(i).quantile(),
                        groups.get(i).rows());
            }
            return state.build();
        }

        /**
         * Returns the model that a state describes.
         *
         * @param state what {@link #state()} said
         * @param report the report of the fit
         * @return the model; it predicts the same bits
         * @throws IllegalArgumentException if the state is not that of a regression, or its learner or a feature is not known
         */
        public static Fitted ofState(ModelState state, FitReport report) {
            String family = state.text("family");
            FitReport ofLearner = report.toBuilder(family).build();
            double horizon = PredictionTask.of(state.number("horizon")).horizon();
            if (state.numbers("profile").length != (int) Math.ceil(horizon)) {
                throw new IllegalArgumentException(
                        "`profile` must have a share for each of the " + number(Math.ceil(horizon))
                                + " periods of the horizon, but had " + state.numbers("profile").length);
            }
            return new Fitted(
                    report,
                    TimeScale.parse(state.text("time unit")),
                    Target.parse(state.text("target")),
                    horizon,
                    state.has("first periods")
                            ? OptionalDouble.of(state.number("first periods"))
                            : OptionalDouble.empty(),
                    state.numbers("profile"),
                    FeatureSet.Fitted.ofState(state.part("features"), FeatureCatalog.load()),
                    LearnerCatalog.load().find(family).ofState(state.part("learner"), ofLearner),
                    state.has("calibration/knots") ? calibration(state.part("calibration")) : null,
                    state.has("intervals/level") ? intervals(state.part("intervals")) : null,
                    state.has("segments") ? state.text("segments") : null);
        }

        private static IsotonicCalibration calibration(ModelState state) {
            return IsotonicCalibration.of(state.numbers("knots"), state.numbers("values"));
        }

        private static ConformalIntervals intervals(ModelState state) {
            List<ConformalGroup> groups = new ArrayList<>();
            List<String> labels = state.texts("groups");
            for (int i = 0; i < labels.size(); i++) {
                double[] numbers = state.numbers("group " + i + " quantile and rows");
                if (numbers.length != 2) {
                    throw new IllegalArgumentException(
                            "`group " + i + " quantile and rows` must be two numbers, but were " + numbers.length);
                }
                groups.add(new ConformalGroup(labels.get(i), state.texts("group " + i), (int) numbers[1], numbers[0]));
            }
            ConformalIntervals intervals = ConformalIntervals.of(
                    state.number("level"), calibration(state.part("scale")), state.number("quantile"), groups);
            return state.has("floor") ? intervals.withFloor(state.number("floor")) : intervals;
        }

        @Override
        public String toString() {
            return report.summary();
        }
    }

    @Override
    public String toString() {
        return NAME + " by " + learner.name() + (task == null ? "" : ", " + task);
    }
}
