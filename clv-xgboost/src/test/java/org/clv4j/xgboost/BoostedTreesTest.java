// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What boosted trees learn, keep and refuse. */
class BoostedTreesTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    /** A bend in a, a threshold in b that matters only where c is above 0, and noise in d; one value in twelve is missing. */
    private static TrainingData data(long seed, int rows, Objective objective) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] columns = new double[4][rows];
        double[] target = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 4; j++) {
                columns[j][i] = random.nextGaussian();
            }
            double eta = Math.abs(columns[0][i]) + (columns[1][i] > 0.3 && columns[2][i] > 0 ? 1.5 : 0) - 0.5;
            target[i] = switch (objective) {
                case SQUARED_ERROR -> 100 * eta - 30 + 20 * random.nextGaussian();
                case TWEEDIE -> random.nextDouble() < 0.4 ? 0 : -50 * Math.exp(eta) * Math.log(1 - random.nextDouble());
                case POISSON -> Math.floor(-Math.exp(eta) * Math.log(1 - random.nextDouble()));
                case GAMMA -> 1e-3 - 50 * Math.exp(eta) * Math.log(1 - random.nextDouble());
                case LOGISTIC -> random.nextDouble() < 1 / (1 + Math.exp(1 - eta)) ? 1 : 0;
            };
            for (int j = 0; j < 4; j++) {
                if (random.nextInt(12) == 0) {
                    columns[j][i] = Double.NaN;
                }
            }
        }
        return TrainingData.of(table(columns), target);
    }

    private static FeatureTable table(double[]... columns) {
        FeatureTable.Builder builder = FeatureTable.builder().allowingMissing();
        for (int j = 0; j < columns.length; j++) {
            builder.column(NAMES.get(j), columns[j]);
        }
        return builder.build();
    }

    private static BoostedTrees small(Objective objective) {
        return BoostedTrees.withDefaults()
                .withObjective(objective)
                .withRounds(60)
                .withLearningRate(0.15)
                .withMinChildWeight(3);
    }

    private static double[] row(FeatureTable table, int row) {
        double[] values = new double[table.names().size()];
        table.rowInto(row, values);
        return values;
    }

    private static double loss(Objective objective, double[] means, TrainingData data) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            double eta =
                    switch (objective) {
                        case SQUARED_ERROR -> means[i];
                        case LOGISTIC -> Math.log(means[i] / (1 - means[i]));
                        default -> Math.log(means[i]);
                    };
            sum += objective.loss(data.target(i), eta, 1.5);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void newRowsArePredictedBetterThanByTheirMean(Objective objective) {
        BoostedTrees.Fitted fit = small(objective).fit(data(1, 3000, objective));
        TrainingData fresh = data(2, 2000, objective);
        double mean = IntStream.range(0, fresh.rows())
                .mapToDouble(fresh::target)
                .average()
                .orElseThrow();
        double[] constant = new double[fresh.rows()];
        Arrays.fill(constant, mean);
        double[] predicted = fit.predictColumn(fresh.features());
        assertThat(loss(objective, predicted, fresh)).isLessThan(loss(objective, constant, fresh));
        if (objective == Objective.SQUARED_ERROR) {
            // The noise is 20, that of missing values comes on top; without trees it is 104.
            assertThat(Math.sqrt(loss(objective, predicted, fresh) / fresh.rows()))
                    .isLessThan(50);
        }
        assertThat(Arrays.stream(predicted).average().orElseThrow()).isCloseTo(mean, within(0.15 * Math.abs(mean)));
    }

    /** Leaf for leaf, and with leaves added in floats as XGBoost does, bit for bit. */
    @ParameterizedTest
    @EnumSource
    void treesAreThoseOfXgboost(Objective objective) {
        TrainingData fresh = data(4, 2000, objective)
                .withOffsets(new SplittableRandom(5).doubles(2000, -1, 1).toArray());
        List<String> seen = new ArrayList<>();
        small(objective).withDepth(6).fit(data(3, 2000, objective), Execution.sequential(), (booster, grown, rows) -> {
            Rows others = Rows.of(fresh, objective, grown.scale);
            DMatrix matrix = Training.matrix(others);
            float[][] margins = booster.predict(matrix, true);
            float[][] leaves = booster.predictLeaf(matrix, 0);
            float[][] contributions = booster.predictContrib(matrix, 0);
            matrix.dispose();
            Map<List<Integer>, Integer> leafOf = new HashMap<>();
            double farthest = 0;
            for (int i = 0; i < fresh.rows(); i++) {
                float[] row = Arrays.copyOfRange(others.features, 4 * i, 4 * i + 4);
                float margin = others.margins[i];
                for (int tree = 0; tree < grown.forest.trees(); tree++) {
                    int leaf = grown.forest.leaf(tree, row);
                    margin += grown.forest.value(leaf);
                    Integer before = leafOf.put(List.of(tree, (int) leaves[i][tree]), leaf);
                    if (before != null && before != leaf) {
                        fail("row %s comes to leaf %s of tree %s, not to %s", i, leaf, tree, before);
                    }
                }
                if (margin != margins[i][0]) {
                    fail("row %s: the sum is %s, not %s", i, margin, margins[i][0]);
                }
                double[] own = new double[4];
                grown.forest.addContributions(row, own);
                for (int j = 0; j < 4; j++) {
                    farthest = Math.max(farthest, Math.abs(own[j] - contributions[i][j]));
                }
                double bias = grown.forest.expectation() + others.margins[i];
                farthest = Math.max(farthest, Math.abs(bias - contributions[i][4]));
            }
            // XGBoost's are floats.
            assertThat(farthest).isLessThan(2e-5);
            assertThat(leafOf.values()).doesNotHaveDuplicates();
            seen.add("compared " + grown.forest.trees());
        });
        assertThat(seen).containsExactly("compared 60");
    }

    @ParameterizedTest
    @EnumSource
    void batchIsScalarAndContributionsAddUp(Objective objective) {
        TrainingData data = data(6, 500, objective);
        BoostedTrees.Fitted fit = small(objective).withDepth(5).fit(data);
        FeatureTable turned = data.features().select(List.of("d", "b", "a", "c"));
        double[] batch = new double[400];
        fit.predictInto(turned, 50, 450, batch);
        for (int i = 0; i < batch.length; i++) {
            double[] row = row(data.features(), i + 50);
            assertThat(fit.predict(row)).isEqualTo(batch[i]).isFinite();
            double eta = fit.linearPredictor(row);
            double size = Arrays.stream(fit.contributions(row)).map(Math::abs).sum() + Math.abs(fit.baseline());
            double link = objective.mean(eta);
            assertThat(link).isCloseTo(batch[i], within(1e-12 * (size + 1) * Math.max(1, Math.abs(link))));
        }
    }

    /** Against the definition: the mean over all orders in which features become known. */
    @Test
    void contributionsAreShapleyValues() {
        TrainingData data = data(7, 400, Objective.SQUARED_ERROR);
        BoostedTrees.Fitted fit =
                small(Objective.SQUARED_ERROR).withRounds(5).withDepth(6).fit(data);
        ModelState state = fit.state();
        for (int i = 0; i < 20; i++) {
            double[] row = row(data.features(), i);
            double[] own = fit.contributions(row);
            for (int j = 0; j < 4; j++) {
                double expected = 0;
                for (int known = 0; known < 16; known++) {
                    if ((known >> j & 1) == 0) {
                        // |S|! (3 − |S|)! / 4!
                        double weight = new double[] {1.0 / 4, 1.0 / 12, 1.0 / 12, 1.0 / 4}[Integer.bitCount(known)];
                        expected += weight * (game(state, row, known | 1 << j) - game(state, row, known));
                    }
                }
                assertThat(own[j]).isCloseTo(expected, within(1e-10));
            }
            assertThat(fit.baseline()).isCloseTo(game(state, row, 0), within(1e-10));
            assertThat(fit.predict(row)).isCloseTo(game(state, row, 15), within(1e-10));
        }
    }

    /** The linear predictor where only some features are known, by the recursion that defines it. */
    private static double game(ModelState state, double[] row, int known) {
        double sum = state.number("start");
        double[] starts = state.numbers("trees/starts");
        for (int tree = 0; tree < starts.length - 1; tree++) {
            sum += state.number("factor") * mean(state, row, known, (int) starts[tree]);
        }
        return sum;
    }

    private static double mean(ModelState state, double[] row, int known, int node) {
        int feature = (int) state.numbers("trees/feature")[node];
        double value = state.numbers("trees/value")[node];
        if (feature < 0) {
            return value;
        }
        int right = (int) state.numbers("trees/right")[node];
        if ((known >> feature & 1) == 0) {
            double left = state.numbers("trees/cover")[node + 1];
            double other = state.numbers("trees/cover")[right];
            return (left * mean(state, row, known, node + 1) + other * mean(state, row, known, right)) / (left + other);
        }
        boolean goesLeft = Double.isNaN(row[feature])
                ? state.numbers("trees/missing_left")[node] == 1
                : (float) row[feature] < value;
        return mean(state, row, known, goesLeft ? node + 1 : right);
    }

    @Test
    void monotoneFeaturesKeepTheirDirection() {
        TrainingData data = data(8, 2000, Objective.SQUARED_ERROR);
        BoostedTrees free = small(Objective.SQUARED_ERROR);
        BoostedTrees.Fitted fit = free.withMonotone("a", Monotone.INCREASING)
                .withMonotone("b", Monotone.DECREASING)
                .fit(data);
        assertThat(falls(fit, 0)).isZero();
        assertThat(rises(fit, 1)).isZero();
        // Not for want of a bend: without the constraints both happen.
        assertThat(falls(free.fit(data), 0)).isPositive();
        assertThat(rises(free.fit(data), 1)).isPositive();
    }

    private static long falls(BoostedTrees.Fitted fit, int feature) {
        return steps(fit, feature).filter(step -> step < 0).count();
    }

    private static long rises(BoostedTrees.Fitted fit, int feature) {
        return steps(fit, feature).filter(step -> step > 0).count();
    }

    private static java.util.stream.DoubleStream steps(BoostedTrees.Fitted fit, int feature) {
        return IntStream.range(0, 27).boxed().flatMapToDouble(grid -> {
            double[] row = {grid % 3 - 1, grid / 3 % 3 - 1, grid / 9 - 1, 0.2};
            return IntStream.range(-30, 30).mapToDouble(i -> {
                row[feature] = i / 10.0;
                double before = fit.predict(row);
                row[feature] = (i + 1) / 10.0;
                return fit.predict(row) - before;
            });
        });
    }

    @Test
    void sameDataAndSeedGiveSameBits() {
        TrainingData data = data(9, 5000, Objective.TWEEDIE);
        BoostedTrees learner = small(Objective.TWEEDIE).withEarlyStopping(0.2, 10);
        ModelState state = learner.fit(data).state();
        for (int threads : new int[] {1, 2, 5}) {
            assertThat(learner.fit(data, Execution.ofThreads(threads)).state()).isEqualTo(state);
        }
        assertThat(learner.withSeed(2).fit(data).state()).isNotEqualTo(state);
    }

    @Test
    void manyThreadsFitAndPredictAtOnce() {
        TrainingData data = data(10, 1000, Objective.GAMMA);
        BoostedTrees learner = small(Objective.GAMMA);
        BoostedTrees.Fitted fit = learner.fit(data);
        double[] expected = fit.predictColumn(data.features());
        IntStream.range(0, 8).parallel().forEach(i -> {
            assertThat(fit.predictColumn(data.features())).isEqualTo(expected);
            assertThat(learner.fit(data).state()).isEqualTo(fit.state());
        });
    }

    @Test
    void missingValuesTellSomething() {
        // The target is 10 where the feature is missing, and 0 elsewhere.
        double[] column = new double[400];
        double[] target = new double[400];
        for (int i = 0; i < column.length; i++) {
            column[i] = i % 4 == 0 ? Double.NaN : i % 5;
            target[i] = i % 4 == 0 ? 10 : 0;
        }
        BoostedTrees.Fitted fit = small(Objective.SQUARED_ERROR).fit(TrainingData.of(table(column), target));
        assertThat(fit.predict(new double[] {Double.NaN})).isCloseTo(10, within(0.2));
        assertThat(fit.predict(new double[] {3})).isCloseTo(0, within(0.2));
    }

    /** Without anything drawn, and where features have few values, so that quantiles of weighted and of repeated rows are the same. */
    @ParameterizedTest
    @EnumSource
    void weightsAreRepetitions(Objective objective) {
        TrainingData drawn = data(11, 600, objective);
        double[][] coarse = new double[4][];
        for (int j = 0; j < 4; j++) {
            coarse[j] = Arrays.stream(drawn.features().column(NAMES.get(j)))
                    .map(x -> Math.floor(8 * x) / 8)
                    .toArray();
        }
        double[] target =
                IntStream.range(0, drawn.rows()).mapToDouble(drawn::target).toArray();
        TrainingData data = TrainingData.of(table(coarse), target);
        int[] repeated = IntStream.range(0, data.rows())
                .flatMap(i -> IntStream.generate(() -> i).limit(1 + i % 3))
                .toArray();
        double[] weights =
                IntStream.range(0, data.rows()).mapToDouble(i -> 1 + i % 3).toArray();
        BoostedTrees learner =
                small(objective).withSubsample(1).withColumnSample(1).withRounds(20);
        BoostedTrees.Fitted weighted = learner.fit(data.withWeights(weights));
        BoostedTrees.Fitted all = learner.fit(data.selectRows(repeated));
        double[] first = weighted.predictColumn(data.features());
        double[] second = all.predictColumn(data.features());
        double size = Arrays.stream(first).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < first.length; i++) {
            assertThat(second[i]).isCloseTo(first[i], within(1e-5 * size));
        }
        assertThat(weighted.report().customers()).isEqualTo(all.report().customers());
    }

    /** The same trees in cents and in millions; in floats the targets differ in their last bits. */
    @Test
    void unitOfMoneyDoesNotMatter() {
        for (Objective objective : new Objective[] {Objective.TWEEDIE, Objective.GAMMA, Objective.SQUARED_ERROR}) {
            TrainingData data = data(12, 800, objective);
            double[] expected = small(objective).fit(data).predictColumn(data.features());
            for (double unit : new double[] {100, 1e-6, 1e60}) {
                double[] target = IntStream.range(0, data.rows())
                        .mapToDouble(i -> unit * data.target(i))
                        .toArray();
                double[] predicted =
                        small(objective).fit(data.withTargets(target)).predictColumn(data.features());
                double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                for (int i = 0; i < predicted.length; i++) {
                    assertThat(predicted[i] / unit).isCloseTo(expected[i], within(1e-4 * size));
                }
            }
        }
    }

    @Test
    void exposureMakesRates() {
        SplittableRandom random = new SplittableRandom(13);
        double[] column = new double[4000];
        double[] exposure = new double[4000];
        double[] target = new double[4000];
        for (int i = 0; i < column.length; i++) {
            column[i] = random.nextInt(2);
            exposure[i] = 0.2 + 20 * random.nextDouble();
            target[i] = exposure[i] * (column[i] == 1 ? 3 : 0.5);
        }
        BoostedTrees.Fitted fit = small(Objective.POISSON)
                .withRounds(200)
                .fit(TrainingData.of(table(column), target).withExposure(exposure));
        assertThat(fit.predict(new double[] {1})).isCloseTo(3, within(0.01));
        assertThat(fit.predict(new double[] {0})).isCloseTo(0.5, within(0.01));
        double[] offsets = IntStream.range(0, 4000).mapToDouble(i -> i % 100).toArray();
        double[] shifted = IntStream.range(0, 4000)
                .mapToDouble(i -> offsets[i] + 2 * column[i])
                .toArray();
        BoostedTrees.Fitted linear = small(Objective.SQUARED_ERROR)
                .fit(TrainingData.of(table(column), shifted).withOffsets(offsets));
        assertThat(linear.predict(new double[] {1})).isCloseTo(2, within(0.01));
    }

    /** Each mean for its own exposure, added up by weight. */
    @Test
    void meansAddUpToTheTargets() {
        for (Objective objective : new Objective[] {Objective.TWEEDIE, Objective.GAMMA, Objective.POISSON}) {
            double[] exposure = new SplittableRandom(21).doubles(500, 0.5, 2).toArray();
            double[] weights = new SplittableRandom(22).doubles(500, 0.5, 2).toArray();
            TrainingData data = data(23, 500, objective).withExposure(exposure).withWeights(weights);
            for (BoostedTrees learner :
                    List.of(small(objective), small(objective).withEarlyStopping(0.3, 10))) {
                double[] means = learner.fit(data, Execution.ofThreads(2)).predictColumn(data.features());
                double predicted = 0;
                double observed = 0;
                for (int i = 0; i < 500; i++) {
                    predicted += weights[i] * exposure[i] * means[i];
                    observed += weights[i] * data.target(i);
                }
                assertThat(predicted).isCloseTo(observed, within(1e-10 * observed));
            }
        }
    }

    @Test
    void earlyStoppingKeepsTheBestTrees() {
        TrainingData data = data(14, 600, Objective.SQUARED_ERROR);
        BoostedTrees learner = small(Objective.SQUARED_ERROR).withDepth(6).withRounds(400);
        BoostedTrees.Fitted fit = learner.withEarlyStopping(0.25, 15).fit(data);
        assertThat(fit.trees()).isBetween(3, 380);
        assertThat(fit.report().evaluations()).isEqualTo(fit.trees() + 15);
        assertThat(fit.report().converged()).isTrue();
        BoostedTrees.Fitted cut =
                learner.withRounds(5).withEarlyStopping(0.25, 15).fit(data);
        assertThat(cut.trees()).isEqualTo(5);
        assertThat(cut.report().has(FitWarning.Condition.NOT_CONVERGED)).isTrue();
        assertThatThrownBy(() -> learner.withEarlyStopping(0.1, 5).fit(data.selectRows(new int[] {0, 1, 2})))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("leaves none");
    }

    @Test
    void whatDoesNotVaryIsPredictedAsItIs() {
        double[] same = new double[30];
        Arrays.fill(same, 4.5);
        BoostedTrees.Fitted fit = small(Objective.SQUARED_ERROR).fit(TrainingData.of(table(same), same));
        assertThat(fit.predict(new double[] {1})).isEqualTo(4.5);
        assertThat(fit.importance()).containsExactly(Map.entry("a", 0.0));
        assertThat(fit.report().has(FitWarning.Condition.WEAKLY_IDENTIFIED)).isTrue();
        BoostedTrees.Fitted one =
                BoostedTrees.withDefaults().fit(TrainingData.of(table(new double[1]), new double[] {7}));
        assertThat(one.predict(new double[] {-3})).isCloseTo(7, within(1e-4));
    }

    @Test
    void importanceIsOfFeaturesThatMatter() {
        Map<String, Double> shares = small(Objective.SQUARED_ERROR)
                .fit(data(15, 3000, Objective.SQUARED_ERROR))
                .importance();
        assertThat(shares.keySet()).containsExactly("a", "b", "c", "d");
        assertThat(shares.values().stream().mapToDouble(x -> x).sum()).isCloseTo(1, within(1e-12));
        assertThat(shares.get("d"))
                .isLessThan(shares.get("a"))
                .isLessThan(shares.get("b"))
                .isLessThan(shares.get("c"));
    }

    @Test
    void savedLearnersPredictTheSameBits() {
        for (Objective objective : Objective.values()) {
            TrainingData data = data(16, 500, objective);
            BoostedTrees.Fitted fit = small(objective).fit(data);
            LearnerProvider provider = LearnerCatalog.load().find(BoostedTrees.NAME);
            assertThat(provider.learner().name()).isEqualTo("boosted");
            BoostedTrees.Fitted copy = (BoostedTrees.Fitted) provider.ofState(fit.state(), fit.report());
            assertThat(copy.state()).isEqualTo(fit.state());
            assertThat(copy.predictColumn(data.features())).isEqualTo(fit.predictColumn(data.features()));
            assertThat(copy.contributions(row(data.features(), 3)))
                    .isEqualTo(fit.contributions(row(data.features(), 3)));
            assertThat(copy.importance()).isEqualTo(fit.importance());
            assertThat(copy.baseline()).isEqualTo(fit.baseline());
            assertThat(copy.objective()).isEqualTo(objective);
        }
    }

    /** A state that was tampered with is refused, or at least predicts something finite and ends. */
    @Test
    void brokenStatesDoNoHarm() {
        BoostedTrees.Fitted fit =
                small(Objective.SQUARED_ERROR).withRounds(3).fit(data(17, 300, Objective.SQUARED_ERROR));
        ModelState state = fit.state();
        SplittableRandom random = new SplittableRandom(18);
        BoostedTreesProvider provider = new BoostedTreesProvider();
        int refused = 0;
        for (int time = 0; time < 500; time++) {
            String broken =
                    state.numberNames().get(random.nextInt(state.numberNames().size()));
            ModelState.Builder builder = ModelState.builder();
            state.textNames().forEach(name -> builder.texts(name, state.texts(name)));
            for (String name : state.numberNames()) {
                double[] numbers = state.numbers(name);
                if (name.equals(broken)) {
                    numbers[random.nextInt(numbers.length)] =
                            new double[] {-1, 0, 1, 2, 7, 0.5, 1e300}[random.nextInt(7)];
                    numbers = random.nextInt(5) == 0 ? Arrays.copyOf(numbers, numbers.length - 1) : numbers;
                }
                builder.numbers(name, numbers);
            }
            try {
                assertThat(provider.ofState(builder.build(), fit.report()).predict(new double[] {0.1, 2, -1, 0}))
                        .isFinite();
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(200, 499);
    }

    @Test
    void badTargetsAreRefusedByTheirRow() {
        TrainingData data = TrainingData.of(table(new double[] {1, 2, 3}), new double[] {5, -2, 0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoostedTrees.withDefaults().fit(data))
                .withMessageContaining("at least 0")
                .withMessageContaining("-2.0 in row 1")
                .withMessageContaining("SQUARED_ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.GAMMA).fit(data.withTargets(new double[] {1, 2, 0})))
                .withMessageContaining("above 0")
                .withMessageContaining("row 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.LOGISTIC).fit(data))
                .withMessageContaining("[0, 1]")
                .withMessageContaining("row 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.SQUARED_ERROR).fit(data.withTargets(new double[] {0, 1e150, 0})))
                .withMessageContaining("row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.SQUARED_ERROR)
                        .fit(TrainingData.of(table(new double[] {0, 0, 1e40}), new double[3])))
                .withMessageContaining("'a'")
                .withMessageContaining("row 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.SQUARED_ERROR).fit(data.withWeights(new double[] {1, 1e-30, 1})))
                .withMessageContaining("`weight`");
        assertThatThrownBy(() -> small(Objective.TWEEDIE).fit(data.withTargets(new double[3])))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all targets are 0");
        assertThatThrownBy(() -> small(Objective.LOGISTIC).fit(data.withTargets(new double[] {1, 1, 1})))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all targets are 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(Objective.SQUARED_ERROR)
                        .withMonotone("z", Monotone.INCREASING)
                        .fit(data))
                .withMessageContaining("'z'");
    }

    @Test
    void badOptionsAndFeaturesAreRefused() {
        BoostedTrees learner = BoostedTrees.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.withRounds(0))
                .withMessage("`rounds` must be in [1, 100000], but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withDepth(13));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withLearningRate(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withSubsample(0));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withColumnSample(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withMinChildWeight(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withL2(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withTweediePower(2));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withEarlyStopping(0.6, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> learner.withEarlyStopping(0.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Objective.parse("least"));
        assertThatIllegalArgumentException().isThrownBy(() -> Monotone.parse("up"));
        assertThat(Objective.parse("squared_error")).isEqualTo(Objective.SQUARED_ERROR);
        assertThat(Monotone.parse("Decreasing")).isEqualTo(Monotone.DECREASING);

        BoostedTrees.Fitted fit = small(Objective.SQUARED_ERROR).fit(data(19, 100, Objective.SQUARED_ERROR));
        assertThatIllegalArgumentException().isThrownBy(() -> fit.predict(new double[3]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit.contributions(new double[] {0, 0, Double.POSITIVE_INFINITY, 0}))
                .withMessageContaining("`c`");
        assertThat(fit.predict(new double[] {1e300, -1e300, 0, 0})).isFinite();
    }

    @Test
    void anInterruptEndsTheFit() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> small(Objective.TWEEDIE).fit(data(20, 300, Objective.TWEEDIE)))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void onePlaceKnowsXgboost() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Training")
                .and()
                .doNotHaveSimpleName("Witness")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ml.dmlc..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.clv4j.xgboost"));
    }

    @Test
    void fittingPrintsNothing() throws Exception {
        assertThat(printedElsewhere()).containsExactly("predicted 8.0 12.0 8.0", "trees 3", "trees 3");
    }

    /** On a platform without native library a fit says so, the second time as well, and saved learners predict all the same. */
    @Test
    void unknownPlatformsPredictAndSayWhyTheyDoNotLearn() throws Exception {
        List<String> printed = printedElsewhere("-Dos.name=Plan 9");
        assertThat(printed).hasSize(3);
        assertThat(printed.get(0)).isEqualTo("predicted 8.0 12.0 8.0");
        assertThat(printed.subList(1, 3)).allSatisfy(line -> assertThat(line)
                .startsWith("boosted: XGBoost's native library cannot be loaded on Plan 9, ")
                .contains("Linux with glibc"));
    }

    private static List<String> printedElsewhere(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        if (Runtime.version().feature() >= 24) {
            // Java itself warns of any native library that was not allowed.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Elsewhere.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().toList();
    }
}
