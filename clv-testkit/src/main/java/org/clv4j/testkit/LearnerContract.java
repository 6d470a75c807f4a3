// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.clv4j.core.learn.CoefficientInference;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.QuantilePrediction;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/**
 * What every learner must do. Extend it in the learner's test tree; {@link #provider()} is enough, the other methods are hooks with
 * defaults. {@link Contributions}, {@link QuantilePrediction} and {@link CoefficientInference} are tested where the fitted learner
 * implements them.
 *
 * <p>A {@link ModelException} is a legal answer of a fit to poor data, and of a prediction for features so large that it overflows; NaN and
 * infinity never are answers. Nothing here is timed.
 */
public abstract class LearnerContract {

    /** A batch of so many rows has whole blocks and a part of one, whatever sizes blocks have. */
    private static final int MANY_ROWS = 2_500;

    /** A number of rows that no array has by chance. */
    private static final int ROWS_TO_FIND = 311;

    private static final double[] PROBABILITIES = {0.01, 0.3, 0.5, 0.7, 0.9, 0.99};

    /** For subclasses. */
    protected LearnerContract() {}

    // ------------------------------------------------------------------------------------------ what the author says

    /**
     * Returns the learner under test.
     *
     * @return its provider
     */
    protected abstract LearnerProvider provider();

    // --------------------------------------------------------------------------------------------------------- hooks

    /**
     * Returns the learner that is fitted.
     *
     * @return by default the one that the provider has; one with other options makes these the ones that are tested
     */
    protected Learner learner() {
        return provider().learner();
    }

    /**
     * Draws the target of a row.
     *
     * @param signal what the features say, about normal with mean 0 and a standard deviation of 0.5
     * @param random the source of chance
     * @return by default a whole number of purchases, 0 in about a third of the rows
     */
    protected double target(double signal, SplittableRandom random) {
        return Math.floor(-Math.exp(0.6 + signal) * Math.log(random.nextDouble(1e-9, 1)) + 0.4);
    }

    /**
     * Returns targets that the learner must refuse.
     *
     * @return none by default
     */
    protected List<? extends Number> impossibleTargets() {
        return List.of();
    }

    /**
     * Tells whether features may be missing, as NaN.
     *
     * @return false by default: they must be refused by their name
     */
    protected boolean takesMissing() {
        return false;
    }

    /**
     * Returns how far, relative to the largest, predictions may differ when the rows of the training data come in another order.
     *
     * @return 1e-7 by default
     */
    protected double orderTolerance() {
        return 1e-7;
    }

    /**
     * Returns why the order of the rows may matter.
     *
     * @return empty by default: it may not, and that is tested
     */
    protected Optional<String> whyOrderMatters() {
        return Optional.empty();
    }

    /**
     * Returns how far, relative to the largest, predictions may differ when rows come several times in place of with a weight.
     *
     * @return 1e-7 by default
     */
    protected double weightTolerance() {
        return 1e-7;
    }

    /**
     * Returns why a row of weight 3 may not say as much as three rows.
     *
     * @return empty by default: it says as much, and that is tested
     */
    protected Optional<String> whyWeightsAreNotRepetitions() {
        return Optional.empty();
    }

    /**
     * Makes the data that fits are tried on.
     *
     * @param rows the number of rows
     * @param seed the seed
     * @return by default three features of different size, one of which has few values, weights of 1 to 3, and {@link #target}
     */
    protected TrainingData trainingData(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] targets = new double[rows];
        double[] weights = new double[rows];
        double[][] columns = new double[3][rows];
        for (int i = 0; i < rows; i++) {
            columns[0][i] = random.nextGaussian();
            columns[1][i] = 100 + 20 * random.nextGaussian();
            columns[2][i] = random.nextInt(4);
            double signal = 0.3 * columns[0][i] + 0.01 * (columns[1][i] - 100) + 0.2 * (1.5 - columns[2][i]);
            targets[i] = target(signal, random);
            weights[i] = 1 + random.nextInt(3);
        }
        return TrainingData.of(table(columns), targets).withWeights(weights);
    }

    private static FeatureTable table(double[][] columns) {
        Map<String, double[]> named = new LinkedHashMap<>();
        named.put("engagement", columns[0]);
        named.put("spend", columns[1]);
        named.put("visits", columns[2]);
        return FeatureTable.of(named);
    }

    /** A table of the features of training data, with values about as large. */
    private FeatureTable others(TrainingData like, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FeatureTable features = like.features();
        FeatureTable.Builder table = FeatureTable.builder();
        for (int j = 0; j < features.names().size(); j++) {
            double[] column = new double[rows];
            for (int i = 0; i < rows; i++) {
                column[i] = features.value(random.nextInt(features.rows()), j) * (0.9 + 0.2 * random.nextDouble());
            }
            table.column(features.names().get(j), column);
        }
        return table.build();
    }

    /** The fitted learner; empty if the data are too poor for it. */
    private Optional<FittedLearner> fitted(TrainingData data) {
        try {
            return Optional.of(learner().fit(data));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /** Data with a fit that can be used. */
    private TrainingData goodData(int rows) {
        for (long seed = 1; seed < 100; seed++) {
            TrainingData data = trainingData(rows, seed);
            if (fitted(data).filter(fit -> fit.report().converged()).isPresent()) {
                return data;
            }
        }
        throw new AssertionError(provider().name() + " could not be fitted to any of 99 samples of " + rows + " rows");
    }

    // ---------------------------------------------------------------------------------------------------------- fits

    /** The report is of this learner and these data. */
    @Example
    public void reportsSayWhatTheyAre() {
        TrainingData data = goodData(80);
        FittedLearner fit = learner().fit(data);
        String name = provider().name();
        Expect.that(!provider().title().isBlank(), () -> "the title of " + name + " must not be blank");
        Expect.that(
                learner().name().equals(name),
                () -> "the learner's name must be " + name + ", but was "
                        + learner().name());
        Expect.that(
                fit.report().model().equals(name),
                () -> "the report must be of " + name + ", but was of "
                        + fit.report().model());
        Expect.close(fit.report().customers(), data.totalWeight(), 1e-12, "the customers of the report", name);
        Expect.that(
                fit.featureNames().equals(data.features().names()),
                () -> "the features must be " + data.features().names() + ", but were " + fit.featureNames());
        try {
            fit.featureNames().add("another");
            throw new AssertionError("the features must be unmodifiable");
        } catch (UnsupportedOperationException e) {
            // As it should be.
        }
    }

    /**
     * The same data give the same bits, again and on any number of threads.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void fitsAreRepeatable(@ForAll long seed) {
        TrainingData data = trainingData(60, seed);
        fitted(data).ifPresent(fit -> {
            requireSame(learner().fit(data), fit, data.features(), "a second fit");
            requireSame(learner().fit(data, Execution.ofThreads(3)), fit, data.features(), "a fit on three threads");
        });
    }

    /**
     * The order of the rows does not matter.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void theOrderOfRowsDoesNotMatter(@ForAll long seed) {
        if (whyOrderMatters().isPresent()) {
            return;
        }
        TrainingData data = trainingData(60, seed);
        int[] turned = new int[60];
        Arrays.setAll(turned, i -> 59 - i);
        requireAlike(data, data.selectRows(turned), orderTolerance(), "rows in another order");
    }

    /**
     * A row of weight 3 says as much as three rows.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void weightsAreRepetitions(@ForAll long seed) {
        if (whyWeightsAreNotRepetitions().isPresent()) {
            return;
        }
        TrainingData data = trainingData(60, seed);
        List<Integer> repeated = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            repeated.addAll(Collections.nCopies((int) data.weight(i), i));
        }
        double[] ones = new double[repeated.size()];
        Arrays.fill(ones, 1);
        TrainingData all = data.selectRows(
                        repeated.stream().mapToInt(Integer::intValue).toArray())
                .withWeights(ones);
        requireAlike(data, all, weightTolerance(), "rows repeated in place of their weights");
    }

    private void requireAlike(TrainingData data, TrainingData sameData, double tolerance, String what) {
        Optional<FittedLearner> fit = fitted(data);
        if (fit.filter(one -> one.report().converged()).isEmpty()) {
            return;
        }
        double[] expected = fit.get().predictColumn(data.features());
        double[] values = learner().fit(sameData).predictColumn(data.features());
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < values.length; i++) {
            Expect.closeOnScale(values[i], expected[i], tolerance, scale, "a prediction from " + what, "row " + i);
        }
    }

    /** What was learned has nothing of the training data in it. */
    @Example
    public void noTrainingDataAreKept() {
        TrainingData data = goodData(ROWS_TO_FIND);
        Optional<String> found = ReachableArrays.trainingDataIn(learner().fit(data), data.rows());
        Expect.that(found.isEmpty(), () -> "the fitted learner must keep no training data, but holds " + found.get());
    }

    // --------------------------------------------------------------------------------------------------- predictions

    /**
     * Any range of a table is predicted to the last bit as its rows are one by one, and nothing else is written.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void batchesAreTheScalarsToTheLastBit(@ForAll long seed) {
        TrainingData data = trainingData(60, seed);
        fitted(data).ifPresent(fit -> {
            FeatureTable table = others(data, MANY_ROWS, seed + 1);
            double[] column = fit.predictColumn(table);
            double[] features = new double[table.names().size()];
            for (int row = 0; row < MANY_ROWS; row++) {
                table.rowInto(row, features);
                Expect.sameBits(column[row], fit.predict(features), "the prediction of all rows", "row " + row);
                Expect.finite(column[row], "the prediction", "row " + row);
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (int range = 0; range < 6; range++) {
                int from = random.nextInt(MANY_ROWS);
                int to = range == 0 ? from : from + random.nextInt(MANY_ROWS - from + 1);
                requireRange(fit, table, column, from, to);
            }
            requireRefusedRanges(fit, table);
        });
    }

    private static void requireRange(FittedLearner fit, FeatureTable table, double[] column, int from, int to) {
        double[] out = new double[to - from + 3];
        Arrays.fill(out, -7.25);
        fit.predictInto(table, from, to, out);
        String range = "rows " + from + " to " + to;
        for (int row = from; row < to; row++) {
            Expect.sameBits(out[row - from], column[row], "the prediction of a range", "row " + row + ", " + range);
        }
        for (int i = to - from; i < out.length; i++) {
            Expect.sameBits(out[i], -7.25, "a cell behind the range", range);
        }
    }

    private static void requireRefusedRanges(FittedLearner fit, FeatureTable table) {
        Class<IndexOutOfBoundsException> type = IndexOutOfBoundsException.class;
        int rows = table.rows();
        Expect.refused(
                type, "", "a range beyond the table", () -> fit.predictInto(table, 0, rows + 1, new double[5000]));
        Expect.refused(type, "", "a negative range", () -> fit.predictInto(table, -1, 2, new double[3]));
        Expect.refused(type, "", "a range that runs back", () -> fit.predictInto(table, 5, 4, new double[3]));
        Expect.refused(type, "", "an array too short", () -> fit.predictInto(table, 0, 4, new double[3]));
    }

    /** Features are found by their names, wherever they stand in a table; one that is missing is named. */
    @Example
    public void featuresAreFoundByName() {
        TrainingData data = goodData(60);
        FittedLearner fit = learner().fit(data);
        FeatureTable table = data.features();
        double[] expected = fit.predictColumn(table);
        List<String> names = new ArrayList<>(table.names());
        Collections.reverse(names);
        FeatureTable.Builder builder = FeatureTable.builder().column("unheard of", new double[table.rows()]);
        for (String name : names) {
            builder.column(name, table.column(name));
        }
        double[] values = fit.predictColumn(builder.build());
        for (int i = 0; i < expected.length; i++) {
            Expect.sameBits(values[i], expected[i], "a prediction from columns in another order", "row " + i);
        }
        for (String missing : names) {
            List<String> rest = new ArrayList<>(names);
            rest.remove(missing);
            Expect.refused(
                    IllegalArgumentException.class,
                    missing,
                    "a table without '" + missing + "'",
                    () -> fit.predictColumn(
                            rest.isEmpty()
                                    ? FeatureTable.of(Map.of("unheard of", new double[table.rows()]))
                                    : table.select(rest)));
        }
    }

    /**
     * However large or small features are, predictions are finite or refused.
     *
     * @param seed the seed of the features
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void predictionsAreFinite(@ForAll long seed) {
        FittedLearner fit = learner().fit(goodData(60));
        SplittableRandom random = new SplittableRandom(seed);
        double[] features = new double[fit.featureNames().size()];
        for (int row = 0; row < 200; row++) {
            for (int j = 0; j < features.length; j++) {
                double size = Math.pow(10, random.nextDouble(-320, 308));
                features[j] = random.nextInt(4) == 0 ? 0 : random.nextBoolean() ? size : -size;
            }
            String where = Arrays.toString(features);
            try {
                Expect.finite(fit.predict(features), "a prediction", where);
                if (fit instanceof Contributions linear) {
                    requireSums(linear, features);
                }
            } catch (ModelException e) {
                Expect.that(
                        e.getMessage() != null && !e.getMessage().isBlank(),
                        () -> "a refusal must say why for " + where);
            }
        }
    }

    /**
     * Contributions add up to the linear predictor, and quantiles are finite and do not fall.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void contributionsAddUpAndQuantilesRise(@ForAll long seed) {
        TrainingData data = trainingData(60, seed);
        fitted(data).ifPresent(fit -> {
            double[] features = new double[data.features().names().size()];
            for (int row = 0; row < 20; row++) {
                data.features().rowInto(row, features);
                if (fit instanceof Contributions linear) {
                    requireSums(linear, features);
                }
                if (fit instanceof QuantilePrediction quantiles) {
                    requireRising(quantiles, features);
                }
            }
        });
    }

    private static void requireSums(Contributions linear, double[] features) {
        double sum = linear.baseline();
        for (double contribution : linear.contributions(features)) {
            sum += contribution;
        }
        Expect.sameBits(linear.linearPredictor(features), sum, "the sum of contributions", Arrays.toString(features));
    }

    private static void requireRising(QuantilePrediction fit, double[] features) {
        double before = Double.NEGATIVE_INFINITY;
        for (double probability : PROBABILITIES) {
            Optional<Double> quantile = quantile(fit, features, probability);
            if (quantile.isPresent()) {
                String where = "probability " + probability + ", " + Arrays.toString(features);
                Expect.finite(quantile.get(), "the quantile", where);
                Expect.ordered(before, quantile.get(), 0, "quantiles", where);
                before = quantile.get();
            }
        }
    }

    /** Empty where a learner does not know that quantile, or the fit is too poor for it. */
    private static Optional<Double> quantile(QuantilePrediction fit, double[] features, double probability) {
        try {
            return Optional.of(fit.quantile(features, probability));
        } catch (IllegalArgumentException | ModelException e) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------------------------------------------------- files

    /**
     * The provider makes the learner again from its state and its report, as a file has them: without the covariance.
     *
     * @param seed the seed of the data
     */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    public void learnersComeBackFromTheirStates(@ForAll long seed) {
        TrainingData data = trainingData(60, seed);
        fitted(data).ifPresent(fit -> {
            Expect.that(
                    fit instanceof RestorableLearner,
                    () -> "a fitted learner that has a provider must be a RestorableLearner");
            ModelState state = ((RestorableLearner) fit).state();
            RestorableLearner again = provider().ofState(state, kept(fit.report()));
            requireSame(again, fit, others(data, 1_500, seed), "the restored learner");
            Expect.that(
                    again.state().equals(state),
                    () -> "the state of the restored learner must be the same, but was " + again.state());
            double[] features = new double[data.features().names().size()];
            data.features().rowInto(0, features);
            requireSameBesides(again, fit, features);
        });
    }

    private static FitReport kept(FitReport report) {
        return report.withParameters(report.parameters())
                .standardErrors(report.standardErrors())
                .build();
    }

    private static void requireSameBesides(FittedLearner again, FittedLearner fit, double[] features) {
        if (fit instanceof Contributions linear && again instanceof Contributions restored) {
            Expect.sameBits(restored.baseline(), linear.baseline(), "the restored baseline", "");
            double[] contributions = linear.contributions(features);
            for (int j = 0; j < contributions.length; j++) {
                Expect.sameBits(
                        restored.contributions(features)[j],
                        contributions[j],
                        "a restored contribution",
                        "feature " + j);
            }
        }
        if (fit instanceof QuantilePrediction quantiles && again instanceof QuantilePrediction restored) {
            for (double probability : PROBABILITIES) {
                Optional<Double> expected = quantile(quantiles, features, probability);
                Optional<Double> value = quantile(restored, features, probability);
                Expect.that(
                        value.equals(expected),
                        () -> "the restored quantile of " + probability + " must be " + expected + ", but was "
                                + value);
            }
        }
        if (fit instanceof CoefficientInference inference && again instanceof CoefficientInference restored) {
            Expect.that(
                    restored.coefficientNames().equals(inference.coefficientNames()),
                    () -> "the restored coefficients must be " + inference.coefficientNames() + ", but were "
                            + restored.coefficientNames());
            Expect.that(
                    Arrays.equals(restored.estimates(), inference.estimates()),
                    () -> "the restored estimates must be " + Arrays.toString(inference.estimates()) + ", but were "
                            + Arrays.toString(restored.estimates()));
            for (CovarianceType type : CovarianceType.values()) {
                if (!restored.covarianceTypes().contains(type)) {
                    Expect.refused(
                            ModelException.class, "", "a covariance that is not kept", () -> restored.covariance(type));
                }
            }
        }
    }

    /** A state that is not the learner's is refused. */
    @Example
    public void wrongStatesAreRefused() {
        FitReport report = kept(learner().fit(goodData(60)).report());
        Expect.refused(IllegalArgumentException.class, "", "an empty state", () -> provider()
                .ofState(ModelState.builder().build(), report));
        Expect.refused(IllegalArgumentException.class, "", "the state of something else", () -> provider()
                .ofState(ModelState.builder().numbers("another", 1, 2).build(), report));
    }

    // ------------------------------------------------------------------------------------------------------ bad input

    /** Bad rows, targets and probabilities are refused with a message that names them. */
    @Example
    public void badInputIsRefused() {
        TrainingData data = goodData(60);
        FittedLearner fit = learner().fit(data);
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        int k = fit.featureNames().size();
        double[] good = new double[k];
        data.features().rowInto(0, good);
        Expect.refused(type, "", "a value too few", () -> fit.predict(Arrays.copyOf(good, k - 1)));
        Expect.refused(type, "", "a value too many", () -> fit.predict(Arrays.copyOf(good, k + 1)));
        for (int j = 0; j < k; j++) {
            String name = fit.featureNames().get(j);
            for (double bad : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
                double[] row = good.clone();
                row[j] = bad;
                if (!Double.isNaN(bad) || !takesMissing()) {
                    Expect.refused(type, name, "a feature that is " + bad, () -> fit.predict(row));
                }
            }
            requireMissing(fit, data, j);
        }
        if (fit instanceof QuantilePrediction quantiles) {
            for (double bad : new double[] {0, 1, -0.1, 1.1, Double.NaN}) {
                Expect.refused(type, "probability", "the quantile of " + bad, () -> quantiles.quantile(good, bad));
            }
        }
        for (Number impossible : impossibleTargets()) {
            double[] targets = new double[data.rows()];
            Arrays.setAll(targets, data::target);
            targets[7] = impossible.doubleValue();
            Expect.refused(
                    type, "row 7", "a target of " + impossible, () -> learner().fit(data.withTargets(targets)));
        }
    }

    private void requireMissing(FittedLearner fit, TrainingData data, int column) {
        String name = fit.featureNames().get(column);
        FeatureTable.Builder builder = FeatureTable.builder().allowingMissing();
        for (String each : data.features().names()) {
            double[] values = data.features().column(each);
            values[4] = each.equals(name) ? Double.NaN : values[4];
            builder.column(each, values);
        }
        FeatureTable holes = builder.build();
        double[] targets = new double[data.rows()];
        Arrays.setAll(targets, data::target);
        if (takesMissing()) {
            for (double value : fit.predictColumn(holes)) {
                Expect.finite(value, "a prediction where '" + name + "' is missing", "");
            }
            return;
        }
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        Expect.refused(type, name, "a batch in which '" + name + "' is missing", () -> fit.predictColumn(holes));
        Expect.refused(type, name, "a fit in which '" + name + "' is missing", () -> learner()
                .fit(TrainingData.of(holes, targets)));
    }

    // -------------------------------------------------------------------------------------------------------- threads

    /** Many threads may use one fitted learner. */
    @Example
    public void threadsAgree() {
        TrainingData data = goodData(60);
        FittedLearner fit = learner().fit(data);
        FeatureTable table = others(data, MANY_ROWS, 3);
        double[] alone = predictions(fit, table, 0);
        AtomicInteger threads = new AtomicInteger();
        // Each thread begins elsewhere, so that they are never all at the same row.
        for (double[] together :
                Bases.inThreads(4, () -> predictions(fit, table, threads.getAndIncrement() * MANY_ROWS / 4))) {
            for (int i = 0; i < alone.length; i++) {
                Expect.sameBits(together[i], alone[i], "a prediction in several threads", "cell " + i);
            }
        }
    }

    /** All rows as a batch, and one by one from some row on. */
    private static double[] predictions(FittedLearner fit, FeatureTable table, int first) {
        int rows = table.rows();
        double[] all = Arrays.copyOf(fit.predictColumn(table), 2 * rows);
        double[] features = new double[table.names().size()];
        for (int i = 0; i < rows; i++) {
            int row = (first + i) % rows;
            table.rowInto(row, features);
            all[rows + row] = fit.predict(features);
        }
        return all;
    }

    private static void requireSame(FittedLearner again, FittedLearner fit, FeatureTable table, String what) {
        Expect.that(
                again.featureNames().equals(fit.featureNames()),
                () -> "the features of " + what + " must be " + fit.featureNames() + ", but were "
                        + again.featureNames());
        double[] expected = fit.predictColumn(table);
        double[] values = again.predictColumn(table);
        for (int i = 0; i < expected.length; i++) {
            Expect.sameBits(values[i], expected[i], "a prediction of " + what, "row " + i);
        }
        double[] features = new double[table.names().size()];
        table.rowInto(0, features);
        Expect.sameBits(again.predict(features), expected[0], "the prediction of a row of " + what, "row 0");
        Expect.that(
                again.report().summary().equals(fit.report().summary()),
                () -> "the report of " + what + " must say\n" + fit.report().summary() + "\nbut said\n"
                        + again.report().summary());
    }
}
