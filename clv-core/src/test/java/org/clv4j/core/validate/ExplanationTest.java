// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.validate.PermutationImportance.Importances;
import org.junit.jupiter.api.Test;

/** What a learner makes of its features. */
class ExplanationTest {

    /** 3 a + b², and c for nothing; a missing a counts as 0. */
    private static final FittedLearner LEARNER = new FittedLearner() {
        @Override
        public List<String> featureNames() {
            return List.of("b", "a", "c");
        }

        @Override
        public double predict(double[] features) {
            return 3 * (Double.isNaN(features[1]) ? 0 : features[1]) + features[0] * features[0];
        }

        @Override
        public FitReport report() {
            return FitReport.builder("stated", Map.of()).converged(true).build();
        }
    };

    private static TrainingData data(int rows) {
        Random random = new Random(5);
        FeatureTable table = FeatureTable.of(new LinkedHashMap<>(Map.of(
                "a", random.doubles(rows).toArray(),
                "b", random.doubles(rows).toArray(),
                "c", random.doubles(rows).toArray(),
                "unused", random.doubles(rows).toArray())));
        double[] targets = LEARNER.predictColumn(table);
        for (int i = 0; i < rows; i++) {
            targets[i] += 0.1 * random.nextGaussian();
        }
        return TrainingData.of(table, targets);
    }

    private static final PermutationImportance MEASURE = PermutationImportance.of(StandardLoss.SQUARED_ERROR, 5, 1);

    /** Of an independent permutation the squared error grows by twice the variance of what the feature adds. */
    @Test
    void importanceIsTwiceTheVarianceThatAFeatureAdds() {
        Importances importances = MEASURE.measure(LEARNER, data(4000));
        assertThat(importances.baseline()).isCloseTo(0.01, within(0.002));
        assertThat(importances.features()).extracting(FeatureImportance::name).containsExactly("b", "a", "c");
        FeatureImportance b = importances.features().get(0);
        FeatureImportance a = importances.features().get(1);
        assertThat(a.mean()).isCloseTo(2 * 9 / 12.0, within(0.08));
        assertThat(b.mean()).isCloseTo(2 * 4 / 45.0, within(0.015));
        assertThat(a.standardDeviation()).isBetween(0.001, 0.1);
        assertThat(importances.features().get(2)).isEqualTo(new FeatureImportance("c", List.of("c"), 0, 0));
        assertThat(importances.ranked()).extracting(FeatureImportance::name).containsExactly("a", "b", "c");
    }

    @Test
    void meansAndDeviationsAreThoseOfTheRepeats() {
        TrainingData data = data(50);
        double[] increases = new double[3];
        PredictionLoss absolute = StandardLoss.ABSOLUTE_ERROR;
        double[] seen = new double[4];
        int[] calls = {0};
        PredictionLoss spying = (predicted, actual, weights) -> {
            double loss = absolute.loss(predicted, actual, weights);
            if (calls[0] < 4) {
                seen[calls[0]] = loss;
            }
            calls[0]++;
            return loss;
        };
        Importances importances = PermutationImportance.of(spying, 3, 9).measure(LEARNER, data);
        assertThat(calls[0]).isEqualTo(10);
        for (int i = 0; i < 3; i++) {
            increases[i] = seen[i + 1] - seen[0];
        }
        double mean = Arrays.stream(increases).average().orElseThrow();
        double variance =
                Arrays.stream(increases).map(v -> (v - mean) * (v - mean)).sum() / 2;
        assertThat(importances.baseline()).isEqualTo(seen[0]);
        assertThat(importances.features().get(0).mean()).isCloseTo(mean, within(1e-14));
        assertThat(importances.features().get(0).standardDeviation()).isCloseTo(Math.sqrt(variance), within(1e-14));
        assertThat(increases[0]).isNotEqualTo(increases[1]);
        assertThat(PermutationImportance.of(absolute, 1, 9)
                        .measure(LEARNER, data)
                        .features()
                        .get(0)
                        .standardDeviation())
                .isZero();
    }

    @Test
    void theNumberOfThreadsDoesNotMatterAndTheSeedDoes() {
        TrainingData data = data(300);
        Importances alone = MEASURE.measure(LEARNER, data);
        assertThat(MEASURE.measure(LEARNER, data, Execution.ofThreads(4))).isEqualTo(alone);
        assertThat(PermutationImportance.of(StandardLoss.SQUARED_ERROR, 5, 2).measure(LEARNER, data))
                .isNotEqualTo(alone);
        double[] once = PartialDependence.of(LEARNER, data.features(), "a", 9).means();
        assertThat(PartialDependence.of(LEARNER, data.features(), "a", 9, Execution.ofThreads(4))
                        .means())
                .containsExactly(once);
    }

    @Test
    void featuresOfAGroupAreDealtOutTogether() {
        // b² − a with b = √a would lose nothing if both moved together.
        int rows = 500;
        double[] a = new Random(3).doubles(rows).toArray();
        FeatureTable table = FeatureTable.of(Map.of(
                "a",
                Arrays.stream(a).map(v -> -v / 3).toArray(),
                "b",
                Arrays.stream(a).map(Math::sqrt).toArray(),
                "c",
                a));
        TrainingData data = TrainingData.of(table, new double[rows]);
        Importances together =
                MEASURE.withGroups(Map.of("both", List.of("a", "b"))).measure(LEARNER, data);
        assertThat(together.features()).extracting(FeatureImportance::name).containsExactly("both", "c");
        assertThat(together.features().get(0).features()).containsExactly("a", "b");
        assertThat(together.features().get(0).mean()).isCloseTo(0, within(1e-20));
        Importances apart = MEASURE.measure(LEARNER, data);
        assertThat(apart.features().get(0).mean()).isGreaterThan(0.1);
        // The others are dealt out as before.
        assertThat(together.features().get(1)).isEqualTo(apart.features().get(2));
    }

    @Test
    void losses() {
        double[] predicted = {1, 2, 4};
        double[] actual = {1, 4, 1};
        double[] weights = {1, 1, 2};
        assertThat(StandardLoss.ABSOLUTE_ERROR.loss(predicted, actual, weights)).isEqualTo(8 / 4.0);
        assertThat(StandardLoss.SQUARED_ERROR.loss(predicted, actual, weights)).isEqualTo(22 / 4.0);
        assertThat(StandardLoss.GINI.loss(predicted, actual, weights))
                .isEqualTo(1
                        - PredictionMetrics.of(predicted, actual, weights)
                                .normalisedGini()
                                .orElseThrow());
        assertThatThrownBy(() -> StandardLoss.GINI.loss(predicted, new double[] {7, 7, 7}, weights))
                .hasMessage("`actual` must not be the same in all rows, but was 7.0");
        assertThat(StandardLoss.parse("squared-error")).isEqualTo(StandardLoss.SQUARED_ERROR);
        assertThatThrownBy(() -> StandardLoss.parse("mse")).hasMessageContaining("'mse'");
    }

    @Test
    void badMeasurementsAreRefused() {
        TrainingData data = data(10);
        assertThatThrownBy(() -> PermutationImportance.of(StandardLoss.GINI, 0, 1))
                .hasMessage("`repeats` must be at least 1, but was 0");
        assertThatThrownBy(
                        () -> MEASURE.measure(LEARNER, data.withExposure(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 2})))
                .hasMessageContaining("offsets");
        assertThatThrownBy(() -> MEASURE.withGroups(Map.of("g", List.of()))).hasMessageContaining("'g'");
        assertThatThrownBy(() -> MEASURE.withGroups(Map.of("g", List.of("a", "a"))))
                .hasMessageContaining("'a' again");
        PermutationImportance stranger = MEASURE.withGroups(Map.of("g", List.of("unused")));
        assertThatThrownBy(() -> stranger.measure(LEARNER, data)).hasMessageContaining("'unused'");
        PermutationImportance homonym = MEASURE.withGroups(Map.of("c", List.of("a", "b")));
        assertThatThrownBy(() -> homonym.measure(LEARNER, data)).hasMessageContaining("'c'");
        assertThatThrownBy(() ->
                        PermutationImportance.of((p, y, w) -> Double.NaN, 1, 1).measure(LEARNER, data))
                .hasMessageContaining("finite number");
        assertThatThrownBy(() -> new FeatureImportance("a", List.of("a"), Double.NaN, 0))
                .hasMessageContaining("`mean`");
        assertThatThrownBy(() -> new FeatureImportance("a", List.of("a"), 0, -1))
                .hasMessageContaining("`standardDeviation`");
    }

    @Test
    void partialDependenceByHand() {
        FeatureTable table = FeatureTable.builder()
                .allowingMissing()
                .column("a", new double[] {5, 1, 2, 3, Double.NaN, 2})
                .column("b", new double[] {0, 1, 2, 0, 1, 2})
                .column("c", new double[6])
                .build();
        PartialDependence dependence = PartialDependence.withCurves(LEARNER, table, "a", 5, Execution.sequential());
        // Of 1, 2, 2, 3, 5 the values at 0, 1/4, 1/2, 3/4, 1 are 1, 2, 2, 3, 5; the mean of b² is 10/6.
        assertThat(dependence.feature()).isEqualTo("a");
        assertThat(dependence.grid()).containsExactly(1, 2, 3, 5);
        double mean = 10 / 6.0;
        assertThat(dependence.means())
                .containsExactly(new double[] {3 + mean, 6 + mean, 9 + mean, 15 + mean}, within(1e-14));
        assertThat(dependence.curve(2)).containsExactly(7, 10, 13, 19);
        assertThat(dependence.hasCurves()).isTrue();
        assertThatThrownBy(() -> dependence.curve(6)).isInstanceOf(IndexOutOfBoundsException.class);
        PartialDependence means = PartialDependence.of(LEARNER, table, "b", 2);
        assertThat(means.grid()).containsExactly(0, 2);
        assertThat(means.toString()).startsWith("PartialDependence[b at [0.0, 2.0]");
        assertThat(means.hasCurves()).isFalse();
        assertThatThrownBy(() -> means.curve(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PartialDependence.of(LEARNER, table, "z", 2)).hasMessageContaining("'z'");
        assertThatThrownBy(() -> PartialDependence.of(LEARNER, table, "a", 1)).hasMessageContaining("`points`");
        assertThatThrownBy(() -> PartialDependence.of(LEARNER, table.rows(4, 5), "a", 2))
                .hasMessageContaining("a value of 'a'");
        assertThatThrownBy(() -> PartialDependence.of(LEARNER, table.rows(0, 0), "b", 2))
                .hasMessageContaining("a value of 'b'");
    }
}
