// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.clv4j.core.internal.PreciseSum;

/** What holds of the metrics of any rows. */
class PredictionMetricsProperties {

    /** A row of prediction, actual and weight, with many ties. */
    record Line(double predicted, double actual, int weight) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        return linesFrom(Arbitraries.oneOf(
                Arbitraries.doubles().between(-1000, 1000).ofScale(3), Arbitraries.of(0.0, 10.0, -10.0, 0.1)));
    }

    @Provide
    Arbitrary<List<Line>> withoutRefunds() {
        return linesFrom(
                Arbitraries.oneOf(Arbitraries.doubles().between(0, 1000).ofScale(3), Arbitraries.of(0.0, 10.0, 0.1)));
    }

    private static Arbitrary<List<Line>> linesFrom(Arbitrary<Double> values) {
        return Combinators.combine(values, values, Arbitraries.integers().between(1, 4))
                .as(Line::new)
                .withoutEdgeCases()
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static double[] predicted(List<Line> lines) {
        return lines.stream().mapToDouble(Line::predicted).toArray();
    }

    private static double[] actual(List<Line> lines) {
        return lines.stream().mapToDouble(Line::actual).toArray();
    }

    private static double[] weights(List<Line> lines) {
        return lines.stream().mapToDouble(Line::weight).toArray();
    }

    private static PredictionMetrics metrics(List<Line> lines) {
        return PredictionMetrics.of(predicted(lines), actual(lines), weights(lines));
    }

    private static List<Object> all(PredictionMetrics metrics) {
        List<Object> all = new ArrayList<>(metrics.deciles());
        for (Metric metric : Metric.values()) {
            all.add(metric.value(metrics));
        }
        all.add(metrics.totalPredicted());
        all.add(metrics.totalActual());
        all.add(metrics.topCapture(0.37));
        return all;
    }

    @Property(tries = 100)
    void theOrderOfRowsDoesNotMatterToTheLastBit(@ForAll("lines") List<Line> lines, @ForAll long seed) {
        List<Line> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(all(metrics(shuffled))).isEqualTo(all(metrics(lines)));
    }

    @Property(tries = 100)
    void weightsAreRepetitions(@ForAll("lines") List<Line> lines) {
        List<Line> repeated = new ArrayList<>();
        for (Line line : lines) {
            repeated.addAll(Collections.nCopies(line.weight(), new Line(line.predicted(), line.actual(), 1)));
        }
        PredictionMetrics one = metrics(lines);
        PredictionMetrics other = metrics(repeated);
        List<Double> expected = numbers(other);
        List<Double> found = numbers(one);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-8));
        }
        // A total of 0 but for rounding is not compared.
        if (Math.abs(one.totalActual()) > 1e-3) {
            assertThat(one.totalError().orElseThrow())
                    .isCloseTo(other.totalError().orElseThrow(), within(1e-6));
            assertThat(one.topCapture(0.37).orElse(0))
                    .isCloseTo(other.topCapture(0.37).orElse(0), within(1e-6));
        }
    }

    private static List<Double> numbers(PredictionMetrics metrics) {
        List<Double> numbers = new ArrayList<>(List.of(
                metrics.normalisedGini().orElse(9),
                metrics.spearman().orElse(9),
                metrics.meanAbsoluteError(),
                metrics.rootMeanSquaredError(),
                metrics.totalPredicted(),
                metrics.totalActual()));
        for (Decile decile : metrics.deciles()) {
            numbers.addAll(List.of(decile.weight(), decile.meanPredicted(), decile.meanActual()));
        }
        return numbers;
    }

    @Property(tries = 100)
    void ranksIgnoreRisingFunctionsOfThePrediction(@ForAll("lines") List<Line> lines) {
        // A rising function that keeps all values apart.
        double[] moved =
                Arrays.stream(predicted(lines)).map(v -> v * v * v + 5 * v - 7).toArray();
        PredictionMetrics metrics = metrics(lines);
        PredictionMetrics other = PredictionMetrics.of(moved, actual(lines), weights(lines));
        assertThat(other.normalisedGini()).isEqualTo(metrics.normalisedGini());
        assertThat(other.spearman()).isEqualTo(metrics.spearman());
        assertThat(other.topDecileCapture()).isEqualTo(metrics.topDecileCapture());
    }

    @Property(tries = 100)
    void anotherCurrencyScalesErrorsAndNothingElse(
            @ForAll("lines") List<Line> lines, @ForAll @DoubleRange(min = 0.01, max = 100) double rate) {
        PredictionMetrics metrics = metrics(lines);
        PredictionMetrics other = PredictionMetrics.of(
                Arrays.stream(predicted(lines)).map(v -> v * rate).toArray(),
                Arrays.stream(actual(lines)).map(v -> v * rate).toArray(),
                weights(lines));
        assertThat(other.meanAbsoluteError()).isCloseTo(rate * metrics.meanAbsoluteError(), within(1e-9));
        assertThat(other.rootMeanSquaredError()).isCloseTo(rate * metrics.rootMeanSquaredError(), within(1e-9));
        assertThat(other.spearman()).isEqualTo(metrics.spearman());
        assertThat(other.normalisedGini().isPresent())
                .isEqualTo(metrics.normalisedGini().isPresent());
        metrics.normalisedGini()
                .ifPresent(
                        gini -> assertThat(other.normalisedGini().orElseThrow()).isCloseTo(gini, within(1e-9)));
    }

    @Property(tries = 100)
    void rangesAndPerfection(@ForAll("lines") List<Line> lines) {
        PredictionMetrics metrics = metrics(lines);
        metrics.normalisedGini().ifPresent(gini -> assertThat(gini).isBetween(-1.0, 1.0));
        metrics.spearman().ifPresent(rank -> assertThat(rank).isBetween(-1.0, 1.0));
        assertThat(metrics.rootMeanSquaredError()).isGreaterThanOrEqualTo(metrics.meanAbsoluteError() * (1 - 1e-12));
        assertThat(metrics.deciles().stream().mapToDouble(Decile::weight).sum())
                .isCloseTo(metrics.totalWeight(), within(1e-9));
        assertThat(metrics.deciles().stream()
                        .mapToDouble(decile -> decile.weight() * decile.meanActual())
                        .sum())
                .isCloseTo(metrics.totalActual(), within(1e-8));
        for (int i = 1; i < 10; i++) {
            assertThat(metrics.deciles().get(i).meanPredicted())
                    .isLessThanOrEqualTo(metrics.deciles().get(i - 1).meanPredicted() + 1e-9);
        }

        boolean differ = Arrays.stream(actual(lines)).distinct().count() > 1;
        PredictionMetrics perfect = PredictionMetrics.of(actual(lines), actual(lines), weights(lines));
        PredictionMetrics constant = PredictionMetrics.of(new double[lines.size()], actual(lines), weights(lines));
        assertThat(perfect.normalisedGini()).isEqualTo(differ ? OptionalDouble.of(1) : OptionalDouble.empty());
        assertThat(perfect.spearman()).isEqualTo(differ ? OptionalDouble.of(1) : OptionalDouble.empty());
        assertThat(constant.normalisedGini()).isEqualTo(differ ? OptionalDouble.of(0) : OptionalDouble.empty());
        assertThat(perfect.meanAbsoluteError()).isZero();
        assertThat(perfect.decileMape().orElse(0)).isLessThan(1e-9);
    }

    @Property(tries = 100)
    void capturesAreParts(
            @ForAll("withoutRefunds") List<Line> lines,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share,
            @ForAll @DoubleRange(min = 0.01, max = 1) double larger) {
        PredictionMetrics metrics = metrics(lines);
        if (metrics.totalActual() > 0) {
            double capture = metrics.topCapture(Math.min(share, larger)).orElseThrow();
            assertThat(capture).isBetween(0.0, 1.0);
            assertThat(metrics.topCapture(Math.max(share, larger)).orElseThrow())
                    .isGreaterThanOrEqualTo(capture);
            assertThat(metrics.topCapture(1)).hasValue(1);
            // Nobody captures more than who knows what comes.
            assertThat(PredictionMetrics.of(actual(lines), actual(lines), weights(lines))
                            .topCapture(share)
                            .orElseThrow())
                    .isGreaterThanOrEqualTo(metrics.topCapture(share).orElseThrow() - 1e-12);
            assertThat(metrics.topDecileCapture().orElseThrow())
                    .isCloseTo(
                            metrics.deciles().get(0).weight()
                                    * metrics.deciles().get(0).meanActual()
                                    / metrics.totalActual(),
                            within(1e-12));
        }
    }

    @Property(tries = 300)
    void sumsAreRoundedOnce(@ForAll("mixed") List<Double> values) {
        BigDecimal exact = BigDecimal.ZERO;
        for (double value : values) {
            exact = exact.add(new BigDecimal(value));
        }
        double[] column = values.stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(PreciseSum.of(column)).isEqualTo(exact.doubleValue());
    }

    @Provide
    Arbitrary<List<Double>> mixed() {
        Arbitrary<Double> wide = Combinators.combine(
                        Arbitraries.doubles().between(-1, 1),
                        Arbitraries.integers().between(-90, 90))
                .as(Math::scalb);
        return Arbitraries.oneOf(wide, Arbitraries.of(1.0, -1.0, 0x1p53, -0x1p53, 0x1p-53, 0x1p52, 1e100, -1e100, 0.1))
                .list()
                .ofMaxSize(25);
    }
}
