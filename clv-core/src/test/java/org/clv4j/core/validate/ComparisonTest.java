// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.learn.Interval;
import org.junit.jupiter.api.Test;

/** Predictions beside each other, and intervals against what came. */
class ComparisonTest {

    private static ModelComparison comparison() {
        return ModelComparison.of(new double[] {100, 0, 20, 40})
                .with("constant", new double[] {40, 40, 40, 40})
                .with("ranks well", new double[] {4, 1, 2, 3})
                .with("hits well", new double[] {90, 12, 10, 36});
    }

    @Test
    void theBestOfEachMetric() {
        ModelComparison comparison = comparison();
        assertThat(comparison.rows())
                .extracting(ModelComparison.Row::name)
                .containsExactly("constant", "ranks well", "hits well");
        assertThat(comparison.best(Metric.NORMALISED_GINI)).contains("ranks well");
        assertThat(comparison.best(Metric.SPEARMAN)).contains("ranks well");
        assertThat(comparison.best(Metric.MAE)).contains("hits well");
        assertThat(comparison.best(Metric.RMSE)).contains("hits well");
        assertThat(comparison.best(Metric.DECILE_MAPE))
                .as("constant: all deciles are the mean")
                .contains("constant");
        assertThat(comparison.best(Metric.TOTAL_ERROR))
                .as("constant: no error of the total")
                .contains("constant");
        assertThat(comparison.with("over", new double[] {41, 40, 40, 40}).best(Metric.TOTAL_ERROR))
                .contains("constant");
        assertThat(comparison.best(Metric.TOP_DECILE_CAPTURE))
                .as("of two that are as good the first")
                .contains("ranks well");
        assertThat(ModelComparison.of(new double[3])
                        .with("any", new double[] {1, 2, 3})
                        .best(Metric.NORMALISED_GINI))
                .isEmpty();
        assertThat(comparison.metrics("constant").totalError()).hasValue(0);
        assertThatThrownBy(() -> comparison.metrics("nobody"))
                .hasMessage("`name` must be in the comparison, but was 'nobody'; there are"
                        + " [constant, ranks well, hits well]");
    }

    @Test
    void theTextIsAligned() {
        assertThat(comparison().with("größer", new double[] {1e15, 0, 0, 1e-9}).toText())
                .isEqualTo(
                        """
                        model         Gini  Spearman  top 10 %        MAE       RMSE      total  total error  decile MAPE
                        constant    0.0000       n/a    0.1000      30.00      37.42     160.00       0.0000       0.0000
                        ranks well  1.0000    1.0000    0.2500      38.00      52.23      10.00      -0.9375       0.9213
                        hits well   0.8750    0.8000    0.2500       9.00       9.49     148.00      -0.0750       0.2000
                        größer      0.9375    0.9487    0.2500  2.500e+14  5.000e+14  1.000e+15    6.250e+12    2.714e+12
                        """);
    }

    @Test
    void weightsCount() {
        assertThat(comparison()).hasToString(comparison().toText());
        double[] actual = {1, 2};
        ModelComparison weighted =
                ModelComparison.of(actual, new double[] {3, 1}).with("zero", new double[2]);
        actual[0] = 100;
        assertThat(weighted.metrics("zero").meanAbsoluteError()).isEqualTo(1.25);
    }

    @Test
    void badComparisonsAreRefused() {
        ModelComparison comparison = comparison();
        assertThatThrownBy(() -> comparison.with("constant", new double[4])).hasMessageContaining("'constant'");
        assertThatThrownBy(() -> comparison.with(" ", new double[4])).hasMessageContaining("`name`");
        assertThatThrownBy(() -> comparison.with("short", new double[3]))
                .hasMessage("`predicted` must have a value for each of the 4 rows, but had 3");
        assertThatThrownBy(() -> ModelComparison.of(new double[] {Double.NaN})).hasMessageContaining("`actual`");
    }

    @Test
    void coverageByHand() {
        Interval interval = new Interval(0, 2);
        List<Interval> intervals = List.of(interval, interval, new Interval(1, 5), interval, interval);
        CoverageReport report =
                CoverageReport.of(intervals, new double[] {0, 2, 0.9, 1, 2.1}, List.of("b", "a", "a", "a", "b"));
        assertThat(report.overall()).isEqualTo(new Coverage("(all)", 5, 3, 2.4));
        assertThat(report.bySegment()).containsExactly(new Coverage("a", 3, 2, 8 / 3.0), new Coverage("b", 2, 1, 2));
        assertThat(report.overall().share()).isEqualTo(0.6);
        assertThat(report.overall().standardError()).isCloseTo(Math.sqrt(0.24 / 5), within(1e-15));
        assertThat(report.overall().standardErrorAt(0.95)).isCloseTo(Math.sqrt(0.0475 / 5), within(1e-15));
        assertThat(report.toText())
                .isEqualTo(
                        """
                        segment  rows  inside   share  std. error  mean width
                        a           3       2  0.6667      0.2722        2.67
                        b           2       1  0.5000      0.3536        2.00
                        (all)       5       3  0.6000      0.2191        2.40
                        """);
        Interval widest = new Interval(-Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(CoverageReport.of(List.of(widest, widest), new double[2])
                        .overall()
                        .meanWidth())
                .isFinite();
        assertThat(CoverageReport.of(intervals, new double[5]).bySegment()).isEmpty();
        assertThatThrownBy(() -> CoverageReport.of(intervals, new double[4]))
                .hasMessage("`intervals` must have a value for each of the 4 rows, but had 5");
        assertThatThrownBy(() -> CoverageReport.of(List.of(), new double[0])).hasMessageContaining("`actual`");
        assertThatThrownBy(() -> CoverageReport.of(intervals, new double[5], List.of()))
                .hasMessageContaining("`segments`");
        assertThatThrownBy(() -> new Coverage("a", 2, 3, 0)).hasMessageContaining("`inside`");
        assertThatThrownBy(() -> new Coverage("a", 0, 0, 0)).hasMessageContaining("`rows`");
        assertThatThrownBy(() -> new Coverage("a", 1, 0, Double.NaN)).hasMessageContaining("`meanWidth`");
        assertThatThrownBy(() -> report.overall().standardErrorAt(1)).hasMessageContaining("`level`");
    }
}
