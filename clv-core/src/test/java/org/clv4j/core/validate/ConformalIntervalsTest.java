// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.learn.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals that hold what they claim. */
class ConformalIntervalsTest {

    private static final ConformalCalibrator CONSTANT =
            ConformalCalibrator.withDefaults().withConstantScale();

    /** Scores 1, …, 19: the 19th of 20 · 0.95 = 19, and the 16th of 20 · 0.8 = 16. */
    @Test
    void byHand() {
        double[] predicted = new double[19];
        double[] actual = new double[19];
        Arrays.fill(predicted, 10);
        for (int i = 0; i < 19; i++) {
            actual[i] = i % 2 == 0 ? 10 + (i + 1) : 10 - (i + 1);
        }
        ConformalIntervals intervals = CONSTANT.fit(0.95, predicted, actual);
        assertThat(intervals.allQuantile()).isEqualTo(19);
        assertThat(CONSTANT.fit(0.8, predicted, actual).allQuantile()).isEqualTo(16);
        Interval interval = intervals.interval(100, "whatever");
        assertThat(interval.lower()).isCloseTo(81, within(1e-12)).isLessThan(81);
        assertThat(interval.upper()).isCloseTo(119, within(1e-12)).isGreaterThan(119);
        assertThat(intervals.groups()).isEmpty();
        assertThat(intervals.floor()).isEmpty();

        ConformalIntervals cut = intervals.withFloor(0);
        assertThat(cut.interval(5, ""))
                .isEqualTo(new Interval(0, intervals.interval(5, "").upper()));
        assertThat(cut.interval(-50, "")).isEqualTo(new Interval(0, 0));
        assertThatThrownBy(() -> CONSTANT.fit(0.96, predicted, actual))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`level` 0.96 takes at least 24 rows to find the quantile, but there were 19 of 19");
        assertThatThrownBy(() -> ConformalCalibrator.withDefaults().fit(0.95, predicted, actual))
                .hasMessage("`level` 0.95 takes at least 19 rows to find the quantile, but there were 10 of 19;"
                        + " the others teach the scale");
    }

    @Test
    void aStatedScaleWidens() {
        double[] predicted = {0, 10, 20};
        double[] actual = {2, 4, 41};
        // s is 1, 2, 3: the scores are 2, 3, 7.
        IsotonicCalibration scale = IsotonicCalibration.of(new double[] {0, 20}, new double[] {1, 3});
        ConformalIntervals intervals =
                ConformalCalibrator.withDefaults().withScale(scale).fit(0.5, predicted, actual);
        assertThat(intervals.allQuantile()).isEqualTo(3);
        assertThat(intervals.interval(15, "a").upper()).isCloseTo(15 + 3 * 2.5, within(1e-12));
        assertThat(intervals.level()).isEqualTo(0.5);
    }

    @Test
    void smallSegmentsShareAPoolAndStrangersUseAllRows() {
        List<String> segments = new ArrayList<>();
        double[] predicted = new double[100];
        double[] actual = new double[100];
        for (int i = 0; i < 100; i++) {
            segments.add(i < 60 ? "large" : i < 80 ? "small" : "tiny");
            actual[i] = i < 60 ? 1 : i < 80 ? 5 : 9;
        }
        ConformalCalibrator calibrator = CONSTANT.withMinimumRows(30).withPoolLabel("pool");
        ConformalIntervals intervals = calibrator.fit(0.9, predicted, actual, segments);
        assertThat(intervals.groups())
                .containsExactly(
                        new ConformalGroup("large", List.of("large"), 60, 1),
                        new ConformalGroup("pool", List.of("small", "tiny"), 40, 9));
        assertThat(intervals.quantile("small")).isEqualTo(9);
        assertThat(intervals.quantile("large")).isEqualTo(1);
        assertThat(intervals.quantile("unheard of"))
                .isEqualTo(intervals.allQuantile())
                .isEqualTo(9);
        assertThat(CONSTANT.withMinimumRows(50)
                        .fit(0.5, predicted, actual, segments)
                        .groups())
                .as("a pool that is small itself uses all rows")
                .containsExactly(new ConformalGroup("large", List.of("large"), 60, 1));
        assertThat(CONSTANT.withMinimumRows(1)
                        .fit(0.97, predicted, actual, segments)
                        .groups())
                .as("20 rows have no quantile at 97 %")
                .extracting(ConformalGroup::label)
                .containsExactly("large", "(small segments)");
        assertThatThrownBy(() -> calibrator.withPoolLabel("tiny").fit(0.9, predicted, actual, segments))
                .hasMessageContaining("'tiny'");
        assertThat(calibrator.toString()).contains("minimum of rows 30", "pool 'pool'");
        assertThat(intervals.toString()).contains("level 0.9", "floor not defined");
    }

    /** Where half of the rows have the same score, rounding must not decide whether they are inside. */
    @Property(tries = 100)
    void rowsWhoseScoreIsTheQuantileAreInside(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double prediction,
            @ForAll @DoubleRange(min = 0.01, max = 100) double scale) {
        double[] predicted = new double[20];
        Arrays.fill(predicted, prediction);
        ConformalCalibrator calibrator = ConformalCalibrator.withDefaults()
                .withScale(IsotonicCalibration.of(new double[] {0}, new double[] {scale}))
                .withFloor(0);
        ConformalIntervals intervals = calibrator.fit(0.95, predicted, new double[20]);
        assertThat(intervals.interval(prediction, "").lower()).isZero();
    }

    /** Spend of customers, most of whom spend nothing: a log-normal with a heavy tail, of which the prediction knows a part. */
    private static final class Book {
        private final double[] predicted;
        private final double[] actual;
        private final List<String> segments;

        Book(double[] predicted, double[] actual, List<String> segments) {
            this.predicted = predicted;
            this.actual = actual;
            this.segments = segments;
        }

        static Book of(long seed, int rows) {
            Random random = new Random(seed);
            double[] predicted = new double[rows];
            double[] actual = new double[rows];
            List<String> segments = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                int segment = random.nextInt(3);
                segments.add(List.of("retail", "business", "web").get(segment));
                double mean = Math.exp(3 + segment * 0.5 + random.nextGaussian());
                double alive = 0.2 + 0.5 * random.nextDouble();
                predicted[i] = mean * alive * Math.exp(0.2 * random.nextGaussian());
                double sigma = 1.2 + 0.2 * segment;
                actual[i] = random.nextDouble() < alive
                        ? mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2)
                        : 0;
            }
            return new Book(predicted, actual, segments);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void coverageIsTheLevelInEachSegment(long seed) {
        Book known = Book.of(seed, 9000);
        ConformalIntervals intervals = ConformalCalibrator.withDefaults()
                .withFloor(0)
                .withSeed(seed)
                .fit(0.95, known.predicted, known.actual, known.segments);
        assertThat(intervals.groups()).hasSize(3).allMatch(group -> group.rows() > 1000);
        Book next = Book.of(1000 + seed, 9000);
        CoverageReport report =
                CoverageReport.of(intervals.intervals(next.predicted, next.segments), next.actual, next.segments);
        assertThat(report.overall().share()).isBetween(0.93, 0.97);
        assertThat(report.bySegment()).hasSize(3).allSatisfy(coverage -> {
            assertThat(coverage.rows()).isGreaterThanOrEqualTo(500);
            assertThat(coverage.share()).isBetween(0.93, 0.97);
        });
        // Who is predicted more has the wider interval.
        assertThat(intervals.scale().apply(200))
                .isGreaterThan(2 * intervals.scale().apply(5));
    }

    /**
     * The probability of the interval of a new row, on average over small calibrations, is ⌈(n + 1) level⌉/(n + 1) exactly if scores have
     * no ties: here estimated within four standard errors, also where half of the rows teach the scale.
     */
    @ParameterizedTest
    @ValueSource(ints = {10, 30, 37})
    void theGuaranteeIsThatOfSmallSamples(int rows) {
        double level = 0.8;
        int sets = 3000;
        for (boolean learned : new boolean[] {false, true}) {
            Random random = new Random(rows);
            int inside = 0;
            for (int set = 0; set < sets; set++) {
                double[] predicted = new double[rows + 1];
                double[] actual = new double[rows + 1];
                for (int i = 0; i <= rows; i++) {
                    predicted[i] = Math.exp(random.nextGaussian());
                    actual[i] = predicted[i] * Math.exp(1.5 * random.nextGaussian());
                }
                ConformalCalibrator calibrator = learned ? ConformalCalibrator.withDefaults() : CONSTANT;
                Interval interval = calibrator
                        .withSeed(set)
                        .fit(level, Arrays.copyOf(predicted, rows), Arrays.copyOf(actual, rows))
                        .interval(predicted[rows], "all");
                if (interval.lower() <= actual[rows] && actual[rows] <= interval.upper()) {
                    inside++;
                }
            }
            int scored = learned ? rows - rows / 2 : rows;
            double expected = Math.ceil((scored + 1) * level - 1e-9) / (scored + 1);
            assertThat((double) inside / sets)
                    .as("learned %s", learned)
                    .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / sets)));
        }
    }

    @Property(tries = 30)
    void areRebuiltFromTheirNumbers(
            @ForAll @IntRange(min = 200, max = 600) int rows,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double level) {
        Book book = Book.of(seed, rows);
        ConformalIntervals fitted =
                ConformalCalibrator.withDefaults().withFloor(0).fit(level, book.predicted, book.actual, book.segments);
        ConformalIntervals rebuilt = ConformalIntervals.of(
                        fitted.level(),
                        IsotonicCalibration.of(
                                fitted.scale().knots(), fitted.scale().values()),
                        fitted.allQuantile(),
                        fitted.groups())
                .withFloor(fitted.floor().orElseThrow());
        assertThat(rebuilt.intervals(book.predicted, book.segments))
                .isEqualTo(fitted.intervals(book.predicted, book.segments));
        assertThat(ConformalIntervals.fit(level, book.predicted, book.actual, book.segments)
                        .groups())
                .isEqualTo(fitted.groups());
    }

    /** Rows that come in the order of their error must not teach the scale with the small ones alone. */
    @Test
    void halvesAreDrawnAtRandom() {
        double[] predicted = new double[400];
        double[] actual = new double[400];
        Arrays.setAll(actual, i -> i + 1);
        ConformalIntervals one = ConformalCalibrator.withDefaults().fit(0.9, predicted, actual);
        assertThat(one.scale().apply(0)).isBetween(170.0, 230.0);
        assertThat(one.interval(0, "").upper()).isBetween(330.0, 390.0);
        assertThat(ConformalCalibrator.withDefaults()
                        .withSeed(2)
                        .fit(0.9, predicted, actual)
                        .allQuantile())
                .isNotEqualTo(one.allQuantile());
    }

    @Test
    void predictionsThatAreRightHaveIntervalsWithoutWidth() {
        double[] exact = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        ConformalIntervals intervals = ConformalCalibrator.withDefaults().fit(0.8, exact, exact);
        assertThat(intervals.interval(4, "")).isEqualTo(new Interval(4, 4));
        assertThat(intervals.scale().values()).containsExactly(1);
    }

    @Test
    void theLargestNumbersGiveNoInfinity() {
        double[] predicted = new double[40];
        double[] actual = new double[40];
        for (int i = 0; i < 40; i++) {
            predicted[i] = i % 2 == 0 ? 1e100 : -1e100;
            actual[i] = i % 3 == 0 ? 1e-300 : i % 3 == 1 ? 1e100 : -1e100;
        }
        ConformalIntervals intervals = ConformalCalibrator.withDefaults().fit(0.9, predicted, actual);
        assertThat(intervals.interval(1e100, "").upper()).isFinite();
        IsotonicCalibration wide = IsotonicCalibration.of(new double[] {0, 1}, new double[] {1e-100, 1e100});
        ConformalIntervals widest = ConformalIntervals.of(0.9, wide, 1e201, List.of());
        assertThat(widest.interval(1e100, "").upper()).isFinite();
    }

    @Test
    void badInputIsNamed() {
        double[] ten = new double[10];
        for (double level : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> CONSTANT.fit(level, ten, ten)).hasMessageContaining("`level` must be in (0, 1)");
        }
        assertThatThrownBy(() -> CONSTANT.fit(0.5, new double[0], new double[0]))
                .hasMessageContaining("`predicted`");
        assertThatThrownBy(() -> CONSTANT.fit(0.5, ten, ten, List.of("a")))
                .hasMessage("`segments` must have a value for each of the 10 rows, but had 1");
        assertThatThrownBy(() -> CONSTANT.withFloor(1).fit(0.5, ten, ten))
                .hasMessage("`actual` must not be below the floor 1.0, but was 0.0 in row 0");
        assertThatThrownBy(() -> CONSTANT.withFloor(Double.NaN)).hasMessageContaining("`floor`");
        assertThatThrownBy(() -> CONSTANT.withMinimumRows(0)).hasMessageContaining("`rows`");
        IsotonicCalibration zero = IsotonicCalibration.of(new double[] {0}, new double[] {0});
        assertThatThrownBy(() -> CONSTANT.withScale(zero)).hasMessageContaining("`scale`");
        IsotonicCalibration one = IsotonicCalibration.of(new double[] {0}, new double[] {1});
        assertThatThrownBy(() -> ConformalIntervals.of(0.5, one, -1, List.of())).hasMessageContaining("`quantile`");
        ConformalGroup group = new ConformalGroup("a", List.of("a"), 20, 1);
        assertThatThrownBy(() -> ConformalIntervals.of(0.5, one, 1, List.of(group, group)))
                .hasMessageContaining("'a' again");
        assertThatThrownBy(() -> new ConformalGroup("a", List.of("a", "a"), 1, 1))
                .hasMessageContaining("`segments`");
        assertThatThrownBy(() -> new ConformalGroup("a", List.of("a"), 1, Double.NaN))
                .hasMessageContaining("`quantile`");
        ConformalIntervals intervals = ConformalIntervals.of(0.5, one, 1, List.of());
        assertThatThrownBy(() -> intervals.interval(Double.NaN, "a")).hasMessageContaining("`predicted`");
        assertThatThrownBy(() -> intervals.intervals(new double[] {0, 1e200}, Collections.nCopies(2, "a")))
                .hasMessageContaining("1.0E200 in row 1");
    }
}
