// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class FactorSplitTest {

    private static double product(double[] factors, double multiplier) {
        return multiplier * Arrays.stream(factors).reduce(1, (a, b) -> a * b);
    }

    @Test
    void logarithmsSplitAProduct() {
        // 2 · 3 · 5 = 30 beside 1 · 3 · 10 = 30: two factors that cancel, each worth 30 ln 2.
        double[] parts = FactorSplit.of(new double[] {2, 3, 5}, new double[] {1, 3, 10}, 1);
        assertThat(parts[0]).isCloseTo(30 * Math.log(2), within(1e-12));
        assertThat(parts[1]).isZero();
        assertThat(parts[2]).isCloseTo(-30 * Math.log(2), within(1e-12));
        // One factor alone takes the whole difference.
        assertThat(FactorSplit.of(new double[] {4, 3}, new double[] {1, 3}, 0.5)[0])
                .isCloseTo(4.5, within(1e-12));
    }

    @Test
    void zeroTakesTheDifference() {
        assertThat(FactorSplit.of(new double[] {0, 0, 5}, new double[] {.5, 2, 4}, 2))
                .containsExactly(-8, 0, 0);
        assertThat(FactorSplit.of(new double[] {1, 0, 5}, new double[] {.5, 2, 4}, 2))
                .containsExactly(0, -8, 0);
        assertThat(FactorSplit.of(new double[] {1, 0, 0}, new double[] {.5, 2, 4}, 2))
                .containsExactly(0, -4, -4);
        assertThat(FactorSplit.of(new double[] {1, 2, 3}, new double[] {1, 2, 0}, 1))
                .containsExactly(0, 0, 6);
        assertThat(FactorSplit.of(new double[] {0, 2, 3}, new double[] {1, 2, 0}, 1))
                .containsExactly(0, 0, 0);
        // The limit: a factor that is almost 0 takes almost all.
        assertThat(FactorSplit.of(new double[] {1, 1e-300, 5}, new double[] {.5, 2, 4}, 2)[1])
                .isCloseTo(-8, within(0.02));
    }

    @Test
    void signsThatDifferHaveNoLogarithms() {
        // (−1)(3) beside (2)(1): 2 → −1 is worth −3 · (1 + 3)/2, 1 → 3 is worth 2 · (2 − 1)/2.
        assertThat(FactorSplit.of(new double[] {-1, 3}, new double[] {2, 1}, 1)).containsExactly(-6, 1);
        // Two losses are as good as two gains.
        assertThat(FactorSplit.of(new double[] {-2, 3}, new double[] {-1, 3}, 1))
                .containsExactly(new double[] {-3, 0}, within(1e-12));
    }

    @Property(tries = 300)
    void partsAddUp(
            @ForAll @DoubleRange(min = 0, max = 1) double p,
            @ForAll @DoubleRange(min = 0, max = 1e4) double n,
            @ForAll @DoubleRange(min = -1e4, max = 1e6) double s,
            @ForAll @DoubleRange(min = 0, max = 1) double meanP,
            @ForAll @DoubleRange(min = 0, max = 1e4) double meanN,
            @ForAll @DoubleRange(min = -1e4, max = 1e6) double meanS) {
        double[] values = {p, n, s};
        double[] averages = {meanP, meanN, meanS};
        double[] parts = FactorSplit.of(values, averages, 0.3);
        double difference = product(values, 0.3) - product(averages, 0.3);
        double size = 0.3;
        for (int f = 0; f < 3; f++) {
            size *= Math.max(Math.abs(values[f]), Math.abs(averages[f]));
        }
        assertThat(Arrays.stream(parts).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(parts).sum()).isCloseTo(difference, within(1e-12 * size + 1e-300));

        BigDecimal total = ScoreExplainer.exact(difference);
        assertThat(Arrays.stream(FactorSplit.rounded(parts, total)).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(total);
    }
}
