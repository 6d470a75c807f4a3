// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Metrics worked by hand. */
class PredictionMetricsTest {

    private static final double[] PREDICTED = {4, 3, 2, 1};
    private static final double[] ACTUAL = {10, 0, 6, 4};

    /**
     * Centred ranks of ŷ are 3/8, 1/8, −1/8, −3/8, of y 3/8, −3/8, 1/8, −1/8; ȳ = 5. Σ (y − ȳ) r(ŷ) = (5·3 − 5·1 − 1·1 + 1·3)/8 = 12/8,
     * Σ (y − ȳ) r(y) = (15 + 15 + 1 + 1)/8 = 32/8.
     */
    @Test
    void byHand() {
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTED, ACTUAL);
        assertThat(metrics.rows()).isEqualTo(4);
        assertThat(metrics.totalWeight()).isEqualTo(4);
        assertThat(metrics.normalisedGini()).hasValue(0.375);
        // 1 − 6 Σ d²/(n (n² − 1)) with ranks 4, 3, 2, 1 and 4, 1, 3, 2: 1 − 6 · 6/60.
        assertThat(metrics.spearman().orElseThrow()).isCloseTo(0.4, within(1e-15));
        assertThat(metrics.meanAbsoluteError()).isEqualTo((6 + 3 + 4 + 3) / 4.0);
        assertThat(metrics.rootMeanSquaredError()).isEqualTo(Math.sqrt((36 + 9 + 16 + 9) / 4.0));
        assertThat(metrics.totalPredicted()).isEqualTo(10);
        assertThat(metrics.totalActual()).isEqualTo(20);
        assertThat(metrics.totalError()).hasValue(-0.5);
        assertThat(metrics.topCapture(0.25)).hasValue(0.5);
        assertThat(metrics.topCapture(0.75)).hasValue(0.8);
        assertThat(metrics.topCapture(1)).hasValue(1);
        // A tenth of four rows is four tenths of the best one.
        assertThat(metrics.topDecileCapture().orElseThrow()).isCloseTo(0.2, within(1e-15));
        assertThat(metrics)
                .hasToString("PredictionMetrics[4 rows, MAE 4.0, RMSE " + Math.sqrt(17.5) + ", Gini 0.375,"
                        + " Spearman " + metrics.spearman().orElseThrow() + "]");
    }

    /** The Gini as the area under the curve of captured value, row by row from the best, as it is usually computed without ties. */
    @Test
    void theGiniIsTheRatioOfAreasUnderTheCurveOfCapturedValue() {
        Random random = new Random(7);
        double[] predicted = random.doubles(200).toArray();
        double[] actual = random.doubles(200).map(u -> u < 0.6 ? 0 : 50 * u).toArray();
        // Without ties in what came as well, lest the curve depend on the order of the zeros.
        for (int i = 0; i < 200; i++) {
            actual[i] += 1e-3 * i;
        }
        double gini = area(predicted, actual) / area(actual, actual);
        assertThat(PredictionMetrics.of(predicted, actual).normalisedGini().orElseThrow())
                .isCloseTo(gini, within(1e-12));
    }

    private static double area(double[] order, double[] actual) {
        Integer[] rows = new Integer[order.length];
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, (one, other) -> Double.compare(order[other], order[one]));
        double total = Arrays.stream(actual).sum();
        double captured = 0;
        double area = 0;
        for (int row : rows) {
            captured += actual[row] / total;
            area += captured / rows.length;
        }
        return area - (rows.length + 1) / (2.0 * rows.length);
    }

    @Test
    void tiedPredictionsShareWhatTheyHold() {
        PredictionMetrics metrics = PredictionMetrics.of(new double[] {2, 1, 1, 1}, new double[] {0, 9, 0, 3});
        assertThat(metrics.topCapture(0.25)).hasValue(0);
        assertThat(metrics.topCapture(0.5).orElseThrow()).isCloseTo(1.0 / 3, within(1e-15));
        // Mean ranks of the tied rows: r(ŷ) = 3/8, −1/8, −1/8, −1/8; ȳ = 3; r(y) = −1/4, 3/8, −1/4, 1/8.
        assertThat(metrics.normalisedGini().orElseThrow())
                .isCloseTo((-9.0 - 6 + 3 + 0) / (6 + 18 + 6 + 0), within(1e-15));
    }

    @Test
    void decilesDivideRowsAndBlocksInProportion() {
        double[] predicted = new double[20];
        double[] actual = new double[20];
        for (int i = 0; i < 20; i++) {
            predicted[i] = i;
            actual[i] = 2 * i;
        }
        List<Decile> deciles = PredictionMetrics.of(predicted, actual).deciles();
        assertThat(deciles).hasSize(10);
        assertThat(deciles.get(0)).isEqualTo(new Decile(1, 2, 18.5, 37));
        assertThat(deciles.get(9)).isEqualTo(new Decile(10, 2, 0.5, 1));
        assertThat(PredictionMetrics.of(predicted, actual).decileMape()).hasValue(0.5);

        // Five rows: each is two deciles.
        List<Decile> halves = PredictionMetrics.of(new double[] {5, 4, 3, 2, 1}, new double[] {9, 7, 5, 3, 1})
                .deciles();
        assertThat(halves.get(0)).isEqualTo(new Decile(1, 0.5, 5, 9));
        assertThat(halves.get(3)).isEqualTo(new Decile(4, 0.5, 4, 7));

        // Ten rows of one prediction: every decile has the mean of all.
        double[] one = new double[10];
        double[] ten = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(PredictionMetrics.of(one, ten).deciles()).allSatisfy(decile -> {
            assertThat(decile.weight()).isCloseTo(1, within(1e-14));
            assertThat(decile.meanActual()).isCloseTo(4.5, within(1e-14));
        });
    }

    @Test
    void decilesWithoutValueAreLeftOutOfTheirError() {
        double[] predicted = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
        double[] actual = {8, -6, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(PredictionMetrics.of(predicted, actual).decileMape().orElseThrow())
                .isCloseTo((2.0 / 8 + 15.0 / 6) / 2, within(1e-14));
        assertThat(PredictionMetrics.of(predicted, new double[10]).decileMape()).isEmpty();
    }

    @Test
    void refundsAndRowsThatAreAllAlike() {
        PredictionMetrics refunds = PredictionMetrics.of(new double[] {3, 2, 1}, new double[] {5, -1, -10});
        assertThat(refunds.normalisedGini()).hasValue(1);
        assertThat(refunds.spearman()).hasValue(1);
        assertThat(refunds.topCapture(0.5)).isEmpty();
        assertThat(refunds.totalError()).hasValue(2);
        // 5 of a total of 4.
        assertThat(PredictionMetrics.of(new double[] {2, 1}, new double[] {5, -1})
                        .topCapture(0.5))
                .hasValue(1.25);

        PredictionMetrics zeros = PredictionMetrics.of(new double[] {1, 2}, new double[2]);
        assertThat(zeros.normalisedGini()).isEmpty();
        assertThat(zeros.spearman()).isEmpty();
        assertThat(zeros.topDecileCapture()).isEmpty();
        assertThat(zeros.totalError()).isEmpty();
        PredictionMetrics constant = PredictionMetrics.of(new double[] {1, 1}, new double[] {1, 2});
        assertThat(constant.normalisedGini()).hasValue(0);
        assertThat(constant.spearman()).isEmpty();
        // In doubles 0.1 + 0.2 − 0.3 is a little above 0.
        PredictionMetrics rounding = PredictionMetrics.of(new double[] {1, 1, 1}, new double[] {0.1, 0.2, -0.3});
        assertThat(rounding.totalActual()).isPositive();
        assertThat(rounding.totalError()).isEmpty();
        assertThat(rounding.topCapture(1)).isEmpty();
        assertThat(rounding.decileMape()).isEmpty();
        assertThat(rounding.deciles()).allMatch(decile -> decile.meanActual() == 0);
        // A total next to nothing makes no infinity.
        assertThat(PredictionMetrics.of(new double[] {1e100}, new double[] {1e-300})
                        .totalError())
                .isEmpty();
        assertThat(PredictionMetrics.of(new double[] {1e100, 0}, new double[] {-1e100, 1e100})
                        .rootMeanSquaredError())
                .isFinite();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> PredictionMetrics.of(new double[0], new double[0]))
                .hasMessage("`predicted` must have at least one row, but had none");
        assertThatThrownBy(() -> PredictionMetrics.of(new double[2], new double[3]))
                .hasMessage("`actual` must have a value for each of the 2 rows, but had 3");
        assertThatThrownBy(() -> PredictionMetrics.of(new double[] {1, Double.NaN}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`predicted` must be from -1.0E100 to 1.0E100, but was NaN in row 1");
        assertThatThrownBy(() -> PredictionMetrics.of(new double[2], new double[] {Double.POSITIVE_INFINITY, 0}))
                .hasMessageContaining("`actual`")
                .hasMessageContaining("Infinity in row 0");
        assertThatThrownBy(() -> PredictionMetrics.of(new double[2], new double[2], new double[] {1, 0}))
                .hasMessage("`weights` must be from 1.0E-50 to 1.0E50, but was 0.0 in row 1");
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTED, ACTUAL);
        for (double share : new double[] {0, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> metrics.topCapture(share)).hasMessageContaining("`share` must be in (0, 1]");
        }
        assertThatThrownBy(() -> new Decile(11, 1, 1, 1)).hasMessageContaining("`number`");
        assertThatThrownBy(() -> new Decile(1, 0, 1, 1)).hasMessageContaining("`weight`");
        assertThatThrownBy(() -> new Decile(1, 1, Double.NaN, 1)).hasMessageContaining("`meanPredicted`");
        assertThatThrownBy(() -> new Decile(1, 1, 1, Double.NaN)).hasMessageContaining("`meanActual`");
        assertThatThrownBy(() -> Metric.parse("gini")).hasMessageContaining("normalised-gini");
        assertThat(Metric.parse(" Total-Error ")).isEqualTo(Metric.TOTAL_ERROR);
    }
}
