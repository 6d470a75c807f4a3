// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;

/** What holds of regressions for any data. */
class RegressionProperties {

    private static final int TRIES = 60;

    /** Learners of targets that are counts above 0 somewhere, which all of them can learn. */
    private static final List<Learner> LEARNERS = List.of(
            LinearRegression.withDefaults(),
            LinearRegression.withDefaults().withoutIntercept(),
            RidgeRegression.of(0.3),
            ElasticNet.of(0.05, 0.7),
            QuantileRegression.of(0.3),
            GeneralisedLinearModel.poisson(),
            GeneralisedLinearModel.negativeBinomial(1.5),
            GeneralisedLinearModel.tweedie(1.4),
            TwoPart.gamma(),
            TwoPart.smearing(),
            ZeroInflatedLogNormal.withDefaults());

    /** Three features of different size, counts of which about a third are 0, weights of 1 to 3. */
    private static TrainingData data(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] columns = new double[3][rows];
        double[] target = new double[rows];
        double[] weights = new double[rows];
        for (int i = 0; i < rows; i++) {
            columns[0][i] = random.nextGaussian();
            columns[1][i] = 100 + 20 * random.nextGaussian();
            columns[2][i] = random.nextInt(4);
            double mean = Math.exp(0.6 + 0.3 * columns[0][i] + 0.01 * (columns[1][i] - 100) - 0.2 * columns[2][i]);
            target[i] = Math.floor(-mean * Math.log(random.nextDouble(1e-9, 1)) + 0.4);
            weights[i] = 1 + random.nextInt(3);
        }
        // Neither all zeros nor all above 0, whatever the seed.
        for (int i = 0; i < 6; i++) {
            target[i] = i % 2 == 0 ? 0 : 1 + i;
        }
        return TrainingData.of(table(columns), target).withWeights(weights);
    }

    private static FeatureTable table(double[][] columns) {
        Map<String, double[]> named = new LinkedHashMap<>();
        for (int j = 0; j < columns.length; j++) {
            named.put("x" + j, columns[j]);
        }
        return FeatureTable.of(named);
    }

    private static int[] range(int to) {
        int[] rows = new int[to];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private static void assertAlike(
            FittedLearner one, FittedLearner other, FeatureTable table, double relative, String as) {
        double[] first = one.predictColumn(table);
        double[] second = other.predictColumn(table);
        double size = Arrays.stream(first).map(Math::abs).max().orElse(0);
        for (int i = 0; i < first.length; i++) {
            assertThat(second[i]).as("%s, row %s", as, i).isCloseTo(first[i], within(relative * size));
        }
    }

    private static boolean isRegular(FittedLearner fit) {
        return fit.report().converged();
    }

    @Property(tries = TRIES)
    void batchIsScalarAndContributionsAddUp(@ForAll long seed, @ForAll @IntRange(min = 30, max = 60) int rows) {
        TrainingData data = data(seed, rows);
        for (Learner learner : LEARNERS) {
            FittedLearner fit = learner.fit(data);
            double[] batch = new double[rows - 5];
            fit.predictInto(data.features(), 3, rows - 2, batch);
            double[] features = new double[3];
            for (int i = 0; i < batch.length; i++) {
                data.features().rowInto(i + 3, features);
                assertThat(batch[i]).isEqualTo(fit.predict(features)).isFinite();
                if (fit instanceof Contributions linear) {
                    double sum = linear.baseline();
                    for (double contribution : linear.contributions(features)) {
                        sum += contribution;
                    }
                    assertThat(sum).isEqualTo(linear.linearPredictor(features));
                }
            }
        }
    }

    @Property(tries = TRIES)
    void orderOfRowsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 30, max = 60) int rows) {
        TrainingData data = data(seed, rows);
        int[] turned = new int[rows];
        Arrays.setAll(turned, i -> rows - 1 - i);
        for (Learner learner : LEARNERS) {
            FittedLearner fit = learner.fit(data);
            if (isRegular(fit)) {
                assertAlike(fit, learner.fit(data.selectRows(turned)), data.features(), 1e-8, learner.name());
            }
        }
        QuantileRegression median = QuantileRegression.of(0.5);
        assertThat(median.fit(data.selectRows(turned)).estimates())
                .isEqualTo(median.fit(data).estimates());
    }

    @Property(tries = TRIES)
    void weightsAreRepetitions(@ForAll long seed, @ForAll @IntRange(min = 30, max = 60) int rows) {
        TrainingData data = data(seed, rows);
        int[] repeated = Arrays.stream(range(rows))
                .flatMap(i -> Arrays.stream(new int[(int) data.weight(i)]).map(none -> i))
                .toArray();
        TrainingData all = data.selectRows(repeated);
        double[] ones = new double[repeated.length];
        Arrays.fill(ones, 1);
        TrainingData unweighted = all.withWeights(ones);
        for (Learner learner : LEARNERS) {
            FittedLearner fit = learner.fit(data);
            FittedLearner other = learner.fit(unweighted);
            if (isRegular(fit)) {
                assertAlike(fit, other, data.features(), 1e-8, learner.name());
            }
            if (fit instanceof FittedCoefficients inferred && isRegular(fit)) {
                for (CovarianceType type : inferred.covarianceTypes()) {
                    double[][] one = inferred.covariance(type);
                    double[][] repeat = ((FittedCoefficients) other).covariance(type);
                    for (int j = 0; j < one.length; j++) {
                        assertThat(repeat[j][j] / one[j][j])
                                .as("%s %s", learner.name(), type)
                                .isCloseTo(1, within(1e-7));
                    }
                }
            }
        }
    }

    @Property(tries = TRIES)
    void unitsDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 30, max = 60) int rows) {
        TrainingData data = data(seed, rows);
        double[] scaled = Regressions.mapped(data.features().column("x1"), x -> 1e4 * x);
        FeatureTable other = FeatureTable.builder()
                .column("x0", data.features().column("x0"))
                .column("x1", scaled)
                .column("x2", data.features().column("x2"))
                .build();
        double[] weights = new double[rows];
        Arrays.setAll(weights, data::weight);
        for (Learner learner : LEARNERS) {
            FittedLearner fit = learner.fit(data);
            FittedLearner rescaled = learner.fit(
                    TrainingData.of(other, Regressions.targets(data)).withWeights(weights));
            if (isRegular(fit)) {
                double[] expected = fit.predictColumn(data.features());
                double[] actual = rescaled.predictColumn(other);
                for (int i = 0; i < rows; i++) {
                    assertThat(actual[i])
                            .as(learner.name())
                            .isCloseTo(expected[i], within(1e-8 * (1 + Math.abs(expected[i]))));
                }
            }
        }
        double[] dearer = Regressions.mapped(Regressions.targets(data), y -> 1000 * y);
        for (Learner learner : List.of(
                LinearRegression.withDefaults(),
                RidgeRegression.of(0.3),
                ElasticNet.of(0.05, 0.7),
                QuantileRegression.of(0.3),
                TwoPart.gamma(),
                TwoPart.smearing(),
                ZeroInflatedLogNormal.withDefaults())) {
            FittedLearner fit = learner.fit(data);
            double[] expected = fit.predictColumn(data.features());
            double[] actual = learner.fit(data.withTargets(dearer)).predictColumn(data.features());
            for (int i = 0; i < rows && isRegular(fit); i++) {
                assertThat(actual[i] / 1000)
                        .as(learner.name())
                        .isCloseTo(expected[i], within(1e-8 * (1 + Math.abs(expected[i]))));
            }
        }
    }

    @Property(tries = TRIES)
    void anOffsetMovesTheIntercept(@ForAll long seed) {
        TrainingData data = data(seed, 40);
        double[] offsets = new double[40];
        double[] exposure = new double[40];
        Arrays.fill(offsets, 0.7);
        Arrays.fill(exposure, Math.exp(0.7));
        for (Learner learner : List.of(
                LinearRegression.withDefaults(),
                RidgeRegression.of(0.3),
                ElasticNet.of(0.05, 0.7),
                QuantileRegression.of(0.3),
                GeneralisedLinearModel.poisson(),
                GeneralisedLinearModel.negativeBinomial(1.5),
                GeneralisedLinearModel.tweedie(1.4))) {
            FittedLinear fit = (FittedLinear) learner.fit(data);
            for (TrainingData moved : List.of(data.withOffsets(offsets), data.withExposure(exposure))) {
                FittedLinear shifted = (FittedLinear) learner.fit(moved);
                if (isRegular(fit)) {
                    assertThat(shifted.baseline()).as(learner.name()).isCloseTo(fit.baseline() - 0.7, within(1e-7));
                    assertThat(shifted.coefficient("x0")).isCloseTo(fit.coefficient("x0"), within(1e-7));
                }
            }
        }
    }

    @Property(tries = TRIES)
    void ridgeBecomesLeastSquares(@ForAll long seed) {
        TrainingData data = data(seed, 40);
        assertAlike(
                LinearRegression.withDefaults().fit(data),
                RidgeRegression.of(1e-13).fit(data),
                data.features(),
                1e-9,
                "ridge");
        assertAlike(
                RidgeRegression.of(0.4).fit(data), ElasticNet.of(0.4, 0).fit(data), data.features(), 1e-9, "mixing 0");
    }

    /** The subgradient of the loss has 0 in it: in standardised units |cov(x, r)| − λα, or its sign where b is not 0. */
    @Property(tries = TRIES)
    void theElasticNetIsAtItsOptimum(@ForAll long seed) {
        TrainingData data = data(seed, 50);
        double penalty = 0.1;
        double mixing = 0.6;
        ElasticNet.Fitted fit = ElasticNet.of(penalty, mixing).fit(data);
        double total = data.totalWeight();
        double[] prediction = fit.predictColumn(data.features());
        double mean = 0;
        double residualSum = 0;
        for (int i = 0; i < 50; i++) {
            mean += data.weight(i) * data.target(i) / total;
            residualSum += data.weight(i) * (data.target(i) - prediction[i]);
        }
        assertThat(residualSum).isCloseTo(0, within(1e-9));
        double targetDeviation = 0;
        for (int i = 0; i < 50; i++) {
            targetDeviation += data.weight(i) * (data.target(i) - mean) * (data.target(i) - mean) / total;
        }
        targetDeviation = Math.sqrt(targetDeviation);
        for (String name : data.features().names()) {
            double[] x = data.features().column(name);
            double center = 0;
            for (int i = 0; i < 50; i++) {
                center += data.weight(i) * x[i] / total;
            }
            double deviation = 0;
            double cross = 0;
            for (int i = 0; i < 50; i++) {
                deviation += data.weight(i) * (x[i] - center) * (x[i] - center) / total;
                cross += data.weight(i) * (x[i] - center) * (data.target(i) - prediction[i]) / total;
            }
            deviation = Math.sqrt(deviation);
            double b = fit.coefficient(name) * deviation / targetDeviation;
            double slope = cross / deviation / targetDeviation - penalty * (1 - mixing) * b;
            if (b == 0) {
                assertThat(Math.abs(slope)).as(name).isLessThanOrEqualTo(penalty * mixing + 1e-10);
            } else {
                assertThat(slope).as(name).isCloseTo(Math.signum(b) * penalty * mixing, within(1e-10));
            }
        }
    }

    @Property(tries = TRIES)
    void asManyRowsAreBelowAQuantileAsItSays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 19) int twentieths) {
        TrainingData data = data(seed, 60);
        double probability = twentieths / 20.0;
        QuantileRegression.Fitted fit = QuantileRegression.of(probability).fit(data);
        assertThat(fit.report().converged()).isTrue();
        double below = 0;
        double notAbove = 0;
        double loss = 0;
        double[] prediction = fit.predictColumn(data.features());
        for (int i = 0; i < 60; i++) {
            double r = data.target(i) - prediction[i];
            below += r < -1e-9 ? data.weight(i) : 0;
            notAbove += r < 1e-9 ? data.weight(i) : 0;
            loss += data.weight(i) * (r < 0 ? (probability - 1) * r : probability * r);
        }
        assertThat(below).isLessThanOrEqualTo(probability * data.totalWeight() + 1e-9);
        assertThat(notAbove).isGreaterThanOrEqualTo(probability * data.totalWeight() - 1e-9);
        assertThat(fit.loss()).isCloseTo(loss, within(1e-8 * (1 + loss)));
        // No point nearby is better: the loss is convex.
        SplittableRandom random = new SplittableRandom(seed);
        for (int way = 0; way < 30; way++) {
            double[] step = {
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian() / 100, random.nextGaussian()
            };
            double other = 0;
            for (int i = 0; i < 60; i++) {
                double moved = step[0];
                for (int j = 0; j < 3; j++) {
                    moved += step[j + 1] * data.features().value(i, j);
                }
                double r = data.target(i) - prediction[i] - 1e-3 * moved;
                other += data.weight(i) * (r < 0 ? (probability - 1) * r : probability * r);
            }
            assertThat(other).isGreaterThanOrEqualTo(loss * (1 - 1e-9) - 1e-9);
        }
    }

    /** Σ w (y − μ)μ/V(μ) x = 0. */
    @Property(tries = TRIES)
    void likelihoodsAreAtTheirMaximum(@ForAll long seed) {
        maximum(seed);
    }

    /** Plain steps by the expected information swing about this optimum of the negative binomial for hundreds of iterations. */
    @Example
    void likelihoodsAreAtTheirMaximumWhereStepsSwing() {
        maximum(6307295);
    }

    private static void maximum(long seed) {
        TrainingData data = data(seed, 50);
        double theta = 1.5;
        GeneralisedLinearModel.Fitted poisson = GeneralisedLinearModel.poisson().fit(data);
        GeneralisedLinearModel.Fitted binomial =
                GeneralisedLinearModel.negativeBinomial(theta).fit(data);
        GeneralisedLinearModel.Fitted tweedie =
                GeneralisedLinearModel.tweedie(1.4).fit(data);
        for (int j = 0; j < 3; j++) {
            double[] scores = new double[3];
            double size = 0;
            for (int i = 0; i < 50; i++) {
                double[] x = new double[3];
                data.features().rowInto(i, x);
                double[] means = {poisson.predict(x), binomial.predict(x), tweedie.predict(x)};
                double[] variances = {means[0], means[1] * (1 + means[1] / theta), Math.pow(means[2], 1.4)};
                for (int m = 0; m < 3; m++) {
                    scores[m] += data.weight(i) * (data.target(i) - means[m]) * means[m] / variances[m] * x[j];
                }
                size += data.weight(i) * Math.abs(x[j]) * (1 + data.target(i));
            }
            for (int m = 0; m < 3; m++) {
                assertThat(scores[m]).as("family " + m).isCloseTo(0, within(1e-9 * size));
            }
        }
    }
}
