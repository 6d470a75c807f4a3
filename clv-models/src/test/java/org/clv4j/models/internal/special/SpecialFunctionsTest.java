// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Special functions against high-precision truth; the script special_truth.py made the table. */
class SpecialFunctionsTest {

    @Test
    void agreeWithTheTruth() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/internal/special/special_truth.csv")) {
            double first = Csv.number(row, "first");
            double second = Csv.number(row, "second");
            double expected = Csv.number(row, "value");
            String function = String.valueOf(row.get("function"));
            double actual =
                    switch (function) {
                        case "digamma" -> Psi.digamma(first);
                        case "rising" -> Rising.log(first, (int) second);
                        case "scaled_exponential_integral" -> ExponentialIntegral.scaled(first, second);
                        default -> throw new AssertionError(function);
                    };
            // digamma has a zero, near which only the absolute error is small.
            assertThat(actual)
                    .as(row.toString())
                    .isCloseTo(
                            expected, within(3e-14 * Math.max(Math.abs(expected), function.equals("digamma") ? 1 : 0)));
        }
    }

    @Test
    void risingLogarithmsAddUp() {
        for (int split : new int[] {0, 1, 100, 130, 400}) {
            assertThat(Rising.log(0.7, 0, split) + Rising.log(0.7, split, 500))
                    .isCloseTo(Rising.log(0.7, 500), within(1e-12 * Rising.log(0.7, 500)));
            assertThat(Rising.reciprocals(0.7, 0, split) + Rising.reciprocals(0.7, split, 500))
                    .isCloseTo(Rising.reciprocals(0.7, 0, 500), within(1e-13));
        }
    }

    @Test
    void betaExpectationOfAConstantAndOfMoments() {
        double[] shapes = {1e-3, 0.05, 0.7, 1, 3.3, 50, 1e4, 1e7};
        for (double a : shapes) {
            for (double b : shapes) {
                assertThat(BetaExpectation.of(a, b, (p, first, second) -> 42, 0, 0, 1))
                        .isCloseTo(42, within(1e-12));
                assertThat(BetaExpectation.of(a, b, (p, first, second) -> first + second * p, 1, 2, 1))
                        .as("1 + 2p, a = %s, b = %s", a, b)
                        .isCloseTo(1 + 2 * a / (a + b), within(1e-12));
                double second = a * (a + 1) / ((a + b) * (a + b + 1));
                assertThat(BetaExpectation.of(a, b, (p, unused, scale) -> 1 + scale * p * p, 0, 3, 1))
                        .as("1 + 3p², a = %s, b = %s", a, b)
                        .isCloseTo(1 + 3 * second, within(1e-12));
            }
        }
    }

    /** Shapes near 0 make clocks that may ring later than a double can say, in units of a small scale even more so. */
    @Test
    void theRaceIsFiniteUpToTheLatestTime() {
        for (double scale : new double[] {1e-7, 1.167e-3, 1, 1e7}) {
            for (double probability : new double[] {0, 1e-9, 0.5, 0.999}) {
                assertThat(GammaRace.timeQuantile(6.06e-5, scale, 5.53e-5, 0.9 * scale, probability))
                        .as("quantile %s, scale %s", probability, scale)
                        .isBetween(0.0, Double.MAX_VALUE);
            }
            for (double time : new double[] {1e300, Double.MAX_VALUE}) {
                double before = GammaRace.secondFirstBefore(6.06e-5, scale, 5.53e-5, 0.9 * scale, time);
                assertThat(before)
                        .as("before %s, scale %s", time, scale)
                        .isBetween(0.0, GammaRace.secondFirst(6.06e-5, scale, 5.53e-5, 0.9 * scale));
                assertThat(GammaRace.meanTimeBefore(6.06e-5, scale, 5.53e-5, 0.9 * scale, time))
                        .as("mean before %s, scale %s", time, scale)
                        .isBetween(0.0, time);
            }
        }
    }
}
