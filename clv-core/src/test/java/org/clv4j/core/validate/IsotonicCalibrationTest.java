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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.internal.PreciseSum;
import org.junit.jupiter.api.Test;

/** The calibration that keeps the order. */
class IsotonicCalibrationTest {

    @Test
    void byHand() {
        // 3 and 1 are pooled to 2, then 6 at 4 stands; the two rows of 5 have the mean 5 and are pooled with it to
        // 16/3.
        IsotonicCalibration fitted =
                IsotonicCalibration.fit(new double[] {5, 1, 2, 4, 5}, new double[] {2, 3, 1, 6, 8});
        assertThat(fitted.knots()).containsExactly(1, 2, 4, 5);
        assertThat(fitted.values()).containsExactly(2, 2, 16.0 / 3, 16.0 / 3);
        assertThat(fitted.apply(-7)).isEqualTo(2);
        assertThat(fitted.apply(1.5)).isEqualTo(2);
        assertThat(fitted.apply(3)).isCloseTo(11.0 / 3, within(1e-15));
        assertThat(fitted.apply(9)).isEqualTo(16.0 / 3);
        assertThat(fitted)
                .hasToString("IsotonicCalibration[4 knots from 1.0 to 5.0, values from 2.0 to 5.333333333333333]");
        double[] out = new double[3];
        fitted.applyInto(new double[] {0, 1, 2, 9}, 1, 4, out);
        assertThat(out).containsExactly(2, 2, 16.0 / 3);
        assertThat(IsotonicCalibration.fit(new double[] {1, 2}, new double[] {4, 1}, new double[] {1, 2})
                        .values())
                .containsExactly(2, 2);
    }

    @Test
    void zeroHasNoSign() {
        IsotonicCalibration map = IsotonicCalibration.of(new double[] {-1, -0.0, 1}, new double[] {1, 2, 3});
        assertThat(map.apply(0.0)).isEqualTo(2);
        assertThat(map.apply(-0.0)).isEqualTo(2);
        assertThat(IsotonicCalibration.fit(new double[] {-0.0, 0.0}, new double[] {4, 2})
                        .apply(0))
                .isEqualTo(3);
    }

    /** A row of prediction, actual and weight. */
    record Line(double predicted, double actual, int weight) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-20, 20).ofScale(1),
                        Arbitraries.doubles().between(-100, 100).ofScale(2),
                        Arbitraries.integers().between(1, 4))
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

    private static IsotonicCalibration fit(List<Line> lines) {
        return IsotonicCalibration.fit(predicted(lines), actual(lines), weights(lines));
    }

    @Property(tries = 100)
    void isMonotoneKeepsTheMeanAndIsIdempotent(@ForAll("lines") List<Line> lines) {
        IsotonicCalibration fitted = fit(lines);
        double last = Double.NEGATIVE_INFINITY;
        for (double x = -25; x <= 25; x += 0.3) {
            assertThat(fitted.apply(x)).isGreaterThanOrEqualTo(last);
            last = fitted.apply(x);
        }
        double[] calibrated = fitted.applyColumn(predicted(lines));
        double[] weights = weights(lines);
        assertThat(PreciseSum.ofProducts(weights, calibrated))
                .isCloseTo(PreciseSum.ofProducts(weights, actual(lines)), within(1e-9));
        IsotonicCalibration again = IsotonicCalibration.fit(calibrated, actual(lines), weights);
        assertThat(again.applyColumn(calibrated)).containsExactly(calibrated, within(1e-9));
    }

    /** The max-min formula of isotonic regression, over blocks of the same prediction. */
    @Property(tries = 100)
    void isTheLeastSquaresFitThatNeverFalls(@ForAll("lines") List<Line> lines) {
        double[] calibrated = fit(lines).applyColumn(predicted(lines));
        double[] levels = Arrays.stream(predicted(lines))
                .map(v -> v + 0.0)
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < lines.size(); i++) {
            double at = lines.get(i).predicted();
            double highest = Double.NEGATIVE_INFINITY;
            for (double from : levels) {
                double lowest = Double.POSITIVE_INFINITY;
                for (double to : levels) {
                    if (from <= at && at <= to) {
                        lowest = Math.min(lowest, mean(lines, from, to));
                    }
                }
                highest = from <= at ? Math.max(highest, lowest) : highest;
            }
            assertThat(calibrated[i]).isCloseTo(highest, within(1e-9));
        }
    }

    private static double mean(List<Line> lines, double from, double to) {
        double sum = 0;
        double weight = 0;
        for (Line line : lines) {
            if (line.predicted() >= from && line.predicted() <= to) {
                sum += line.weight() * line.actual();
                weight += line.weight();
            }
        }
        return sum / weight;
    }

    @Property(tries = 100)
    void isRebuiltFromItsNumbersAndTheOrderOfRowsDoesNotMatter(@ForAll("lines") List<Line> lines, @ForAll long seed) {
        IsotonicCalibration fitted = fit(lines);
        List<Line> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(fit(shuffled).knots()).containsExactly(fitted.knots());
        assertThat(fit(shuffled).values()).containsExactly(fitted.values());
        IsotonicCalibration rebuilt = IsotonicCalibration.of(fitted.knots(), fitted.values());
        for (double x = -25; x <= 25; x += 0.31) {
            assertThat(rebuilt.apply(x)).isEqualTo(fitted.apply(x));
        }
    }

    @Test
    void arraysDoNotEscapeAndBadNumbersAreNamed() {
        double[] knots = {1, 2};
        double[] values = {3, 4};
        IsotonicCalibration map = IsotonicCalibration.of(knots, values);
        knots[0] = 9;
        map.knots()[0] = 9;
        map.values()[0] = 9;
        assertThat(map.apply(1)).isEqualTo(3);
        assertThatThrownBy(() -> IsotonicCalibration.of(new double[] {1, 1}, values))
                .hasMessage("`knots` must be strictly ascending, but 1.0 was followed by 1.0 in row 1");
        assertThatThrownBy(() -> IsotonicCalibration.of(new double[] {1, 2}, new double[] {2, 1}))
                .hasMessage("`values` must never fall, but 2.0 was followed by 1.0 in row 1");
        assertThatThrownBy(() -> IsotonicCalibration.of(new double[0], new double[0]))
                .hasMessageContaining("`knots`");
        assertThatThrownBy(() -> map.apply(Double.NaN)).hasMessageContaining("`predicted`");
        assertThatThrownBy(() -> map.applyColumn(new double[] {1, Double.NEGATIVE_INFINITY}))
                .hasMessageContaining("-Infinity in row 1");
        assertThatThrownBy(() -> map.applyInto(new double[2], 0, 3, new double[3]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> IsotonicCalibration.fit(new double[2], new double[] {0, Double.NaN}))
                .hasMessageContaining("`actual`")
                .hasMessageContaining("NaN in row 1");
    }
}
