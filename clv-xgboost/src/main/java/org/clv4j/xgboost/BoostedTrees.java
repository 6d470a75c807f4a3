// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees: a sum of many shallow trees, each grown to what those before it left unexplained. Grown by XGBoost, predicted with
 * in Java.
 *
 * <p><b>Assumptions.</b> None on the form of what is learned: curves, thresholds and interactions of up to as many features as trees are
 * deep. The {@link Objective} says which deviance is made small, so what the spread of targets is taken to grow with.
 *
 * <p><b>Likelihood.</b> None; each round takes a Newton step on the objective's deviance, held back by learning rate and l2. Where the
 * link is a logarithm, all means are then multiplied by one factor, with which they add up to the targets of all training rows: without it,
 * Tweedie trees that follow the noise predict too little. A report has no log-likelihood.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>η</td><td>{@link Fitted#linearPredictor(double[])}</td><td>start plus the leaves of all trees, on the scale of the link</td></tr>
 * <tr><td>E η</td><td>{@link Fitted#baseline()}</td><td>mean of η over the training rows, by the trees' own weights</td></tr>
 * <tr><td>φ<sub>j</sub></td><td>{@link Fitted#contributions(double[])}</td><td>what feature j adds to η: its Shapley value</td></tr>
 * <tr><td></td><td>{@link Fitted#importance()}</td><td>share of each feature in what all splits gained</td></tr>
 * <tr><td></td><td>{@link Fitted#trees()}</td><td>number of trees</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Targets in any; they are standardised for least squares and divided by their mean for Tweedie and gamma, so that the unit
 * of money changes no tree. Weights count as repetitions. Offsets are added to η before the first tree, as XGBoost's base margin; with an
 * exposure, predictions are of one unit of it. Means are exp(η) with {@link Objective#TWEEDIE}, {@link Objective#POISSON} and {@link
 * Objective#GAMMA}, 1/(1 + exp(−η)) with {@link Objective#LOGISTIC}, and η itself with {@link Objective#SQUARED_ERROR}.
 *
 * <p><b>Domain and limits.</b>
 * <ul>
 *   <li>Missing features (NaN) are allowed, in training and in prediction: each split learns to which side they go.
 *   <li>Targets that the objective cannot have are refused by their row: amounts below 0, as of customers with refunds, want {@link
 *       Objective#SQUARED_ERROR}.
 *   <li>A learner cannot go beyond the largest targets that it has seen: trees do not extrapolate.
 *   <li>Where rows are left out at random, and where some are held for early stopping, a row of weight 3 is drawn at once and three rows
 *       are not; beyond that, weights and repetitions differ by the rounding of floats, and where a feature has more than 256 different
 *       values, by where splits may stand.
 *   <li>In predictions, η beyond ±300 counts as ±300 where there is a link.
 *   <li>Learning loads XGBoost's native library, which is in the jar for Linux with glibc 2.17 or newer and macOS on x86-64 and ARM64, and
 *       for Windows on x86-64; on Linux it needs libgomp, on macOS libomp of the system. It writes its library to the temporary folder. There is
 *       none for Alpine Linux (musl) nor other processors: a fit there is a {@link ModelException}. Fitted learners and those from files
 *       predict on every platform, without it.
 * </ul>
 *
 * <p><b>Numerics.</b> XGBoost works in floats of 7 digits: features, targets, weights and leaves are rounded to them. Splits compare the same
 * floats here and there, and leaves are then added in doubles. The same data, options and seed give the same bits on a platform: XGBoost
 * runs on one thread always, whatever the {@link Execution}, since several would add in another order.
 *
 * <p><b>Cost.</b> About n · features · depth additions a round; memory of 4 bytes a cell, outside of the heap and in it. A prediction takes
 * trees · depth comparisons, contributions about trees · 2<sup>depth</sup> · depth² multiplications.
 *
 * <p>Immutable and thread-safe. Fitted learners hold no native memory and need not be closed.
 *
 * <p>References: T. Chen, C. Guestrin, XGBoost: a scalable tree boosting system, KDD (2016), <a
 * href="https://doi.org/10.1145/2939672.2939785">doi:10.1145/2939672.2939785</a>; S. M. Lundberg et al., From local explanations to global
 * understanding with explainable AI for trees, Nature Machine Intelligence 2 (2020), <a
 * href="https://doi.org/10.1038/s42256-019-0138-9">doi:10.1038/s42256-019-0138-9</a>; G. Owen, Multilinear extensions of games, Management
 * Science 18 (1972), <a href="https://doi.org/10.1287/mnsc.18.5.64">doi:10.1287/mnsc.18.5.64</a>.
 */
public final class BoostedTrees implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "boosted";

    private static final String VERSION =
            Objects.requireNonNullElse(BoostedTrees.class.getPackage().getImplementationVersion(), "development");

    private static final int MOST_ROUNDS = 100_000;
    private static final double LEAST_POWER = 1.01;
    private static final double LARGEST_POWER = 1.99;
    private static final double LARGEST_PENALTY = 1e20;

    private Objective objective = Objective.TWEEDIE;
    private double tweediePower = 1.5;
    private int rounds = 300;
    private int depth = 3;
    private double learningRate = 0.05;
    private double subsample = 0.8;
    private double columnSample = 0.8;
    private double minChildWeight = 10;
    private double l2 = 1;
    private long seed = 1;
    private Map<String, Monotone> monotone = Map.of();
    private double stoppingShare;
    private int patience;

    private BoostedTrees() {}

    /** A copy that one with-method may still change. */
    private BoostedTrees(BoostedTrees other) {
        objective = other.objective;
        tweediePower = other.tweediePower;
        rounds = other.rounds;
        depth = other.depth;
        learningRate = other.learningRate;
        subsample = other.subsample;
        columnSample = other.columnSample;
        minChildWeight = other.minChildWeight;
        l2 = other.l2;
        seed = other.seed;
        monotone = other.monotone;
        stoppingShare = other.stoppingShare;
        patience = other.patience;
    }

    /**
     * Returns the learner with its defaults, which suit a thousand to a million rows: Tweedie of power 1.5, 300 trees of depth 3, learning
     * rate 0.05, 80 % of the rows and of the features for each tree, 10 rows a leaf, l2 of 1, seed 1, no early stopping.
     *
     * @return the learner
     */
    public static BoostedTrees withDefaults() {
        return new BoostedTrees();
    }

    /**
     * Returns a copy with another objective.
     *
     * @param newObjective what is to be predicted, from which targets
     * @return the copy
     */
    public BoostedTrees withObjective(Objective newObjective) {
        BoostedTrees copy = new BoostedTrees(this);
        copy.objective = Objects.requireNonNull(newObjective, "objective");
        return copy;
    }

    /**
     * Returns a copy with another power of the Tweedie variance, which only {@link Objective#TWEEDIE} asks for.
     *
     * @param newPower the power, in [1.01, 1.99]; near 1 large targets count most, near 2 small ones
     * @return the copy
     * @throws IllegalArgumentException if the power is out of range
     */
    public BoostedTrees withTweediePower(double newPower) {
        require(newPower >= LEAST_POWER && newPower <= LARGEST_POWER, "power", "in [1.01, 1.99]", newPower);
        BoostedTrees copy = new BoostedTrees(this);
        copy.tweediePower = newPower;
        return copy;
    }

    /**
     * Returns a copy with another number of rounds.
     *
     * @param newRounds how many trees are grown, at most where there is early stopping; in [1, 100000]
     * @return the copy
     * @throws IllegalArgumentException if the number is out of range
     */
    public BoostedTrees withRounds(int newRounds) {
        require(newRounds >= 1 && newRounds <= MOST_ROUNDS, "rounds", "in [1, 100000]", newRounds);
        BoostedTrees copy = new BoostedTrees(this);
        copy.rounds = newRounds;
        return copy;
    }

    /**
     * Returns a copy with another depth.
     *
     * @param newDepth how many questions a tree asks one after the other at most, so how many features can interact; in [1, 12]
     * @return the copy
     * @throws IllegalArgumentException if the depth is out of range
     */
    public BoostedTrees withDepth(int newDepth) {
        require(newDepth >= 1 && newDepth <= Forest.LARGEST_DEPTH, "depth", "in [1, 12]", newDepth);
        BoostedTrees copy = new BoostedTrees(this);
        copy.depth = newDepth;
        return copy;
    }

    /**
     * Returns a copy with another learning rate.
     *
     * @param newRate the share of each step that is taken; in (0, 1]
     * @return the copy
     * @throws IllegalArgumentException if the rate is out of range
     */
    public BoostedTrees withLearningRate(double newRate) {
        require(newRate > 0 && newRate <= 1, "learningRate", "in (0, 1]", newRate);
        BoostedTrees copy = new BoostedTrees(this);
        copy.learningRate = newRate;
        return copy;
    }

    /**
     * Returns a copy that grows each tree to another share of the rows.
     *
     * @param newShare the share, drawn anew for each tree; in (0, 1], 1 for all
     * @return the copy
     * @throws IllegalArgumentException if the share is out of range
     */
    public BoostedTrees withSubsample(double newShare) {
        require(newShare > 0 && newShare <= 1, "subsample", "in (0, 1]", newShare);
        BoostedTrees copy = new BoostedTrees(this);
        copy.subsample = newShare;
        return copy;
    }

    /**
     * Returns a copy that grows each tree with another share of the features.
     *
     * @param newShare the share, drawn anew for each tree, at least one feature; in (0, 1], 1 for all
     * @return the copy
     * @throws IllegalArgumentException if the share is out of range
     */
    public BoostedTrees withColumnSample(double newShare) {
        require(newShare > 0 && newShare <= 1, "columnSample", "in (0, 1]", newShare);
        BoostedTrees copy = new BoostedTrees(this);
        copy.columnSample = newShare;
        return copy;
    }

    /**
     * Returns a copy with another least weight of a leaf.
     *
     * @param newWeight the least sum of second derivatives in a leaf: the weight of its rows with least squares, about that with Tweedie and
     *     gamma, the expected count with Poisson, Σ p(1 − p) with logistic; in [0, 1e20]
     * @return the copy
     * @throws IllegalArgumentException if the weight is out of range
     */
    public BoostedTrees withMinChildWeight(double newWeight) {
        require(newWeight >= 0 && newWeight <= LARGEST_PENALTY, "minChildWeight", "in [0, 1e20]", newWeight);
        BoostedTrees copy = new BoostedTrees(this);
        copy.minChildWeight = newWeight;
        return copy;
    }

    /**
     * Returns a copy with another penalty.
     *
     * @param newL2 what is added to the sum of second derivatives of a leaf, which shrinks leaves of few rows; in [0, 1e20]
     * @return the copy
     * @throws IllegalArgumentException if the penalty is out of range
     */
    public BoostedTrees withL2(double newL2) {
        require(newL2 >= 0 && newL2 <= LARGEST_PENALTY, "l2", "in [0, 1e20]", newL2);
        BoostedTrees copy = new BoostedTrees(this);
        copy.l2 = newL2;
        return copy;
    }

    /**
     * Returns a copy with another seed of all that is drawn.
     *
     * @param newSeed the seed
     * @return the copy
     */
    public BoostedTrees withSeed(long newSeed) {
        BoostedTrees copy = new BoostedTrees(this);
        copy.seed = newSeed;
        return copy;
    }

    /**
     * Returns a copy in which predictions go one way with a feature; those of other features stay as they are.
     *
     * @param feature the feature, which the training data must have
     * @param direction in which direction predictions may go when it grows
     * @return the copy
     */
    public BoostedTrees withMonotone(String feature, Monotone direction) {
        Map<String, Monotone> directions = new LinkedHashMap<>(monotone);
        directions.put(Objects.requireNonNull(feature, "feature"), Objects.requireNonNull(direction, "direction"));
        BoostedTrees copy = new BoostedTrees(this);
        copy.monotone = Collections.unmodifiableMap(directions);
        return copy;
    }

    /**
     * Returns a copy that stops when rows from which it does not learn are predicted no better. The trees up to the best round stay; they are
     * not grown again with all rows.
     *
     * @param share the share of the rows that is held, drawn by the seed; in (0, 0.5]
     * @param rounds after how many rounds without a better one to stop, at least 1
     * @return the copy
     * @throws IllegalArgumentException if the share or the number is out of range
     */
    public BoostedTrees withEarlyStopping(double share, int rounds) {
        require(share > 0 && share <= 0.5, "share", "in (0, 0.5]", share);
        require(rounds >= 1, "rounds", "at least 1", rounds);
        BoostedTrees copy = new BoostedTrees(this);
        copy.stoppingShare = share;
        copy.patience = rounds;
        return copy;
    }

    private static void require(boolean condition, String name, String range, double value) {
        if (!condition) {
            String was = value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.valueOf((long) value)
                    : String.valueOf(value);
            throw new IllegalArgumentException("`" + name + "` must be " + range + ", but was " + was);
        }
    }

    Objective objective() {
        return objective;
    }

    double tweediePower() {
        return tweediePower;
    }

    int rounds() {
        return rounds;
    }

    int depth() {
        return depth;
    }

    double learningRate() {
        return learningRate;
    }

    double subsample() {
        return subsample;
    }

    double columnSample() {
        return columnSample;
    }

    double minChildWeight() {
        return minChildWeight;
    }

    double l2() {
        return l2;
    }

    long seed() {
        return seed;
    }

    Map<String, Monotone> monotone() {
        return monotone;
    }

    double stoppingShare() {
        return stoppingShare;
    }

    /** 0 without early stopping. */
    int patience() {
        return patience;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Fitted fit(TrainingData data) {
        return fit(data, Execution.sequential());
    }

    /**
     * Grows the trees, on the calling thread.
     *
     * @param data features, which may be missing, targets, weights and offsets
     * @param execution who hears of the progress, and may stop it
     * @return the fitted learner
     * @throws IllegalArgumentException if a target, weight or feature is out of range, or a monotone feature is not there; the message names
     *     the row
     * @throws ModelException if XGBoost cannot run on this platform, all targets are 0 where a logarithm or logit of their mean is needed, or
     *     they differ by too many orders of magnitude
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        return fit(data, execution, null);
    }

    Fitted fit(TrainingData data, Execution execution, Training.@Nullable Witness witness) {
        Objects.requireNonNull(execution, "execution");
        Rows.check(data, objective);
        List<String> names = data.features().names();
        for (String feature : monotone.keySet()) {
            if (!names.contains(feature)) {
                throw new IllegalArgumentException(
                        "`monotone` must name features, but named '" + feature + "'; there are " + names);
            }
        }
        Training.Grown grown = new Training(this, execution, witness).grow(data);
        boolean converged = patience == 0 || grown.stopped;
        List<FitWarning> warnings = new ArrayList<>();
        if (!converged) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED,
                    "the held rows were still predicted better towards round " + grown.rounds + "; allow more rounds"));
        }
        if (Arrays.stream(grown.gains).sum() == 0) {
            warnings.add(new FitWarning(
                    Condition.WEAKLY_IDENTIFIED, "no feature was worth a split: every row gets the same prediction"));
        }
        FitReport report = FitReport.builder(NAME, Map.of("(trees)", (double) grown.forest.trees()))
                .customers(data.totalWeight())
                .converged(converged)
                .evaluations(grown.rounds)
                .warnings(warnings)
                .provenance("library", "clv4j " + VERSION)
                .provenance("xgboost", grown.version)
                .provenance("options", toString())
                .build();
        Fitted fit =
                new Fitted(report, names, objective, grown.scale.start, grown.scale.factor, grown.forest, grown.gains);
        return objective.isLogarithmic() ? fit.balanced(data, execution) : fit;
    }

    @Override
    public String toString() {
        return "objective=" + objective
                + (objective == Objective.TWEEDIE ? ", power=" + tweediePower : "")
                + ", rounds=" + rounds + ", depth=" + depth + ", learningRate=" + learningRate + ", subsample="
                + subsample + ", columnSample=" + columnSample + ", minChildWeight=" + minChildWeight + ", l2=" + l2
                + ", seed=" + seed
                + (monotone.isEmpty() ? "" : ", monotone=" + monotone)
                + (patience == 0 ? "" : ", earlyStopping=" + stoppingShare + "/" + patience);
    }

    /** Fitted boosted trees; they predict the mean. Immutable and thread-safe; nothing of XGBoost is left in them. */
    public static final class Fitted implements RestorableLearner, Contributions {

        private final FitReport report;
        private final List<String> names;
        private final Objective objective;
        private final double start;
        private final double factor;
        private final Forest forest;
        private final double[] gains;
        private final double baseline;

        private Fitted(
                FitReport report,
                List<String> names,
                Objective objective,
                double start,
                double factor,
                Forest forest,
                double[] gains) {
            this.report = report;
            this.names = names;
            this.objective = objective;
            this.start = start;
            this.factor = factor;
            this.forest = forest;
            this.gains = gains;
            this.baseline = start + factor * forest.expectation();
        }

        /** Tweedie trees that follow the noise predict too little on the whole; a customer base is worth what it is worth together. */
        private Fitted balanced(TrainingData data, Execution execution) {
            double[] means = new double[data.rows()];
            execution.fill("balancing " + NAME, means, (from, to, part) -> {
                float[] row = new float[names.size()];
                for (int i = from; i < to; i++) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = (float) data.features().value(i, j);
                    }
                    part[i - from] = objective.mean(start + factor * forest.sum(row) + data.offset(i));
                }
            });
            double observed = 0;
            double predicted = 0;
            for (int i = 0; i < means.length; i++) {
                observed += data.weight(i) * data.target(i);
                predicted += data.weight(i) * means[i];
            }
            double shift = Math.log(observed / predicted);
            if (!Double.isFinite(shift)) {
                throw new ModelException(NAME + ": targets or offsets differ by too many orders of magnitude");
            }
            return new Fitted(report, names, objective, start + shift, factor, forest, gains);
        }

        static Fitted ofState(ModelState state, FitReport report) {
            List<String> names = state.texts("features");
            double[] gains = state.numbers("gains");
            if (names.isEmpty() || gains.length != names.size()) {
                throw new IllegalArgumentException("`state` must have features and a gain of each, but had "
                        + names.size() + " and " + gains.length);
            }
            for (double gain : gains) {
                if (!(gain >= 0)) {
                    throw new IllegalArgumentException("`state` must have gains of at least 0, but had " + gain);
                }
            }
            double start = state.number("start");
            double factor = state.number("factor");
            // As wide as targets may be, so that no prediction overflows.
            if (!(Math.abs(start) <= Rows.LARGEST_SCALE && factor > 0 && factor <= Rows.LARGEST_SCALE)) {
                throw new IllegalArgumentException(
                        "`state` must have a start and a factor within 1e120, but had " + start + " and " + factor);
            }
            return new Fitted(
                    report,
                    names,
                    Objective.parse(state.text("objective")),
                    start,
                    factor,
                    Forest.ofState(state, names.size()),
                    gains);
        }

        @Override
        public List<String> featureNames() {
            return names;
        }

        /**
         * Returns what is predicted.
         *
         * @return the objective
         */
        public Objective objective() {
            return objective;
        }

        /**
         * Returns the number of trees.
         *
         * @return at least 0; with early stopping that of the best round
         */
        public int trees() {
            return forest.trees();
        }

        /**
         * Predicts the mean.
         *
         * @param features the values in the order of {@link #featureNames()}; finite, or NaN for missing ones
         * @return the mean, finite
         * @throws IllegalArgumentException if there are not as many values as features, or one is infinite
         */
        @Override
        public double predict(double[] features) {
            return mean(floats(features));
        }

        private double mean(float[] row) {
            return objective.mean(start + factor * forest.sum(row));
        }

        private float[] floats(double[] features) {
            if (features.length != names.size()) {
                throw new IllegalArgumentException("`features` must have " + names.size() + " values, one of each of "
                        + names + ", but had " + features.length);
            }
            float[] row = new float[features.length];
            for (int j = 0; j < row.length; j++) {
                if (Double.isInfinite(features[j])) {
                    throw new IllegalArgumentException(
                            "`" + names.get(j) + "` must be finite or NaN, but was " + features[j]);
                }
                row[j] = (float) features[j];
            }
            return row;
        }

        @Override
        public void predictInto(FeatureTable table, int from, int to, double[] out) {
            Objects.checkFromToIndex(from, to, table.rows());
            Objects.checkFromToIndex(0, to - from, out.length);
            int[] columns = new int[names.size()];
            for (int j = 0; j < columns.length; j++) {
                columns[j] = table.index(names.get(j));
            }
            float[] row = new float[columns.length];
            for (int i = from; i < to; i++) {
                for (int j = 0; j < columns.length; j++) {
                    row[j] = (float) table.value(i, columns[j]);
                }
                out[i - from] = mean(row);
            }
        }

        @Override
        public double baseline() {
            return baseline;
        }

        /**
         * Returns what each feature adds to the linear predictor: its Shapley value, where a feature that is not known sends a row down both
         * sides of a split in the proportion of the training rows (path-dependent TreeSHAP, exact).
         *
         * @param features the values in the order of {@link #featureNames()}; finite, or NaN for missing ones
         * @return what is added, in the same order; with {@link #baseline()} the linear predictor of {@link #predict(double[])}, up to the
         *     rounding of doubles
         * @throws IllegalArgumentException if there are not as many values as features, or one is infinite
         */
        @Override
        public double[] contributions(double[] features) {
            float[] row = floats(features);
            double[] out = new double[row.length];
            forest.addContributions(row, out);
            for (int j = 0; j < out.length; j++) {
                out[j] *= factor;
            }
            return out;
        }

        /**
         * Returns how much each feature was worth while learning.
         *
         * @return the share of its splits in what all splits gained, by name in the order of the features; sums to 1, or all are 0 if there
         *     was no split; unmodifiable
         */
        public Map<String, Double> importance() {
            double total = Arrays.stream(gains).sum();
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int j = 0; j < gains.length; j++) {
                shares.put(names.get(j), total > 0 ? gains[j] / total : 0);
            }
            return Collections.unmodifiableMap(shares);
        }

        @Override
        public FitReport report() {
            return report;
        }

        @Override
        public ModelState state() {
            ModelState.Builder state = ModelState.builder()
                    .text("objective", objective.name())
                    .texts("features", names)
                    .numbers("start", start)
                    .numbers("factor", factor)
                    .numbers("gains", gains);
            forest.describe(state);
            return state.build();
        }

        @Override
        public String toString() {
            return report.summary();
        }
    }
}
