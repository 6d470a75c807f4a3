// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.junit.jupiter.api.Test;

/** Tables and training data, and a learner that needs nothing but the core. */
class FeatureTableTest {

    private static FeatureTable table() {
        return FeatureTable.builder()
                .column("a", new double[] {1, 2, 3})
                .column("b", new double[] {4, 5, 6})
                .build();
    }

    @Test
    void arraysDoNotEscape() {
        double[] own = {1, 2, 3};
        FeatureTable table = FeatureTable.of(Map.of("a", own));
        own[0] = 9;
        table.column("a")[1] = 9;
        assertThat(table.column("a")).containsExactly(1, 2, 3);
    }

    @Test
    void partsOfATable() {
        FeatureTable table = table();
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.value(2, 1)).isEqualTo(6);
        FeatureTable turned = table.select(List.of("b", "a"));
        assertThat(turned.names()).containsExactly("b", "a");
        assertThat(turned.value(0, 0)).isEqualTo(4);
        assertThat(table.rows(1, 3).column("a")).containsExactly(2, 3);
        assertThat(table.selectRows(new int[] {2, 0, 2}).column("b")).containsExactly(6, 4, 6);
        double[] row = new double[2];
        table.rowInto(1, row);
        assertThat(row).containsExactly(2, 5);
        assertThatThrownBy(() -> table.select(List.of("a", "z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'z'")
                .hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> table.select(List.of("a", "a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.rows(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void badColumnsAreRefused() {
        assertThatThrownBy(() -> FeatureTable.of(Map.of("a", new double[] {1, Double.NaN})))
                .hasMessageContaining("'a'")
                .hasMessageContaining("NaN in row 1");
        assertThatThrownBy(() -> FeatureTable.builder()
                        .allowingMissing()
                        .column("a", new double[] {Double.POSITIVE_INFINITY})
                        .build())
                .hasMessageContaining("finite or NaN");
        assertThat(FeatureTable.builder()
                        .allowingMissing()
                        .column("a", new double[] {Double.NaN})
                        .build()
                        .hasMissing())
                .isTrue();
        assertThatThrownBy(() -> FeatureTable.builder().column("(intercept)", new double[1]))
                .hasMessageContaining("parenthesis");
        assertThatThrownBy(
                        () -> FeatureTable.builder().column("a", new double[1]).column("a", new double[1]))
                .hasMessageContaining("'a' is there");
        assertThatThrownBy(
                        () -> FeatureTable.builder().column("a", new double[1]).column("b", new double[2]))
                .hasMessageContaining("as many rows as 'a'");
        assertThatThrownBy(() -> FeatureTable.builder().build()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trainingDataNameWhatIsWrong() {
        TrainingData data = TrainingData.of(table(), new double[] {1, 2, 3});
        assertThat(data.totalWeight()).isEqualTo(3);
        assertThat(data.hasOffsets()).isFalse();
        assertThat(data.withExposure(new double[] {1, Math.E, 1}).offset(1)).isEqualTo(1);
        assertThat(data.withWeights(new double[] {1, 2, 3})
                        .selectRows(new int[] {2, 1})
                        .totalWeight())
                .isEqualTo(5);
        assertThat(data.withOffsets(new double[] {1, 2, 3}).hasOffsets()).isTrue();
        assertThat(data.withTargets(new double[] {4, 5, 6}).target(2)).isEqualTo(6);
        assertThatThrownBy(() -> TrainingData.of(table(), new double[2])).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> TrainingData.of(table(), new double[] {1, 2, Double.NaN}))
                .hasMessage("`target` must be finite, but was NaN in row 2");
        assertThatThrownBy(() -> data.withWeights(new double[] {1, 0, 1}))
                .hasMessage("`weight` must be finite and above 0, but was 0.0 in row 1");
        assertThatThrownBy(() -> data.withExposure(new double[] {1, 1, -1}))
                .hasMessage("`exposure` must be finite and above 0, but was -1.0 in row 2");
        assertThatThrownBy(() -> TrainingData.of(table().rows(0, 0), new double[0]))
                .hasMessageContaining("at least one row");
    }

    /** Predicts the mean and looks at no feature but one, by its name. */
    private static final class MeanLearner implements Learner {
        @Override
        public String name() {
            return "mean";
        }

        @Override
        public FittedLearner fit(TrainingData data, Execution execution) {
            double sum = 0;
            for (int i = 0; i < data.rows(); i++) {
                sum += data.weight(i) * data.target(i);
            }
            double mean = sum / data.totalWeight();
            return new FittedLearner() {
                @Override
                public List<String> featureNames() {
                    return List.of("b");
                }

                @Override
                public double predict(double[] features) {
                    return mean + features[0];
                }

                @Override
                public FitReport report() {
                    return FitReport.builder("mean", Map.of("mean", mean))
                            .converged(true)
                            .build();
                }
            };
        }
    }

    @Test
    void aLearnerOfOnesOwnNeedsTheCoreAlone() {
        FittedLearner fitted = new MeanLearner().fit(TrainingData.of(table(), new double[] {1, 2, 3}));
        assertThat(fitted.predictColumn(table())).containsExactly(6, 7, 8);
        double[] out = new double[2];
        fitted.predictInto(table(), 1, 3, out);
        assertThat(out).containsExactly(7, 8);
        assertThatThrownBy(() -> fitted.predictInto(table(), 0, 3, out)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> fitted.predictColumn(FeatureTable.of(Map.of("a", new double[1]))))
                .hasMessageContaining("'b'");
    }

    @Test
    void valuesCheckThemselves() {
        assertThat(CovarianceType.parse("hc3")).isEqualTo(CovarianceType.HC3);
        assertThatThrownBy(() -> CovarianceType.parse("hc4")).hasMessageContaining("hc4");
        assertThatThrownBy(() -> new Interval(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        Interval any = new Interval(0, 1);
        assertThatThrownBy(() -> new Coefficient("a", 1, -1, 1, 0.5, any)).hasMessageContaining("standardError");
        assertThatThrownBy(() -> new Coefficient("a", 1, 1, 1, Double.NaN, any)).hasMessageContaining("pValue");
        assertThat(Arrays.asList(CovarianceType.values())).hasSize(5);
    }
}
