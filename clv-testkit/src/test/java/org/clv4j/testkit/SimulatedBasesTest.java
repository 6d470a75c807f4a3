// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;

class SimulatedBasesTest {

    private static final SimulatedBases FIXED = SimulatedBases.of(
                    (age, seed) -> new double[] {0.05, 1.0, 1.01, 2.5, age})
            .withSpend((purchases, seed) -> new double[] {100, 1, 2, 4, 8, 16})
            .withAges(10, 10);

    @Test
    void griddedTimesAreWholeDaysAndPurchasesOfADayAreOne() {
        CustomerBase base = FIXED.gridded(2, TimeScale.WEEKS, 1);
        assertThat(base.isGridded()).isTrue();
        // .05 weeks is still the first day; 1.0 and 1.01 are day 7; 2.5 is day 17.
        assertThat(base.summary(1)).isEqualTo(CustomerSummary.of("c2", 3, 10, 10, (2 + 4 + 8 + 16) / 3.0));
        assertThat(base.recencySteps(0)).isEqualTo(70);
    }

    @Test
    void continuousTimesAreAsTheyAre() {
        CustomerBase base = FIXED.withAges(9.999, 9.999).continuous(1, TimeScale.WEEKS, 1);
        assertThat(base.isGridded()).isFalse();
        assertThat(base.summary(0)).isEqualTo(CustomerSummary.of("c1", 5, 9.999, 9.999, 31 / 5.0));
    }

    @Test
    void aSeedIsABase() {
        SimulatedBases shop = SimulatedBases.ofShop();
        CustomerBase base = shop.gridded(200, TimeScale.WEEKS, 3);
        assertThat(Bases.summaries(shop.gridded(200, TimeScale.WEEKS, 3))).isEqualTo(Bases.summaries(base));
        assertThat(Bases.summaries(shop.gridded(200, TimeScale.WEEKS, 4))).isNotEqualTo(Bases.summaries(base));
        int oneTime = 0;
        for (int row = 0; row < base.size(); row++) {
            assertThat(base.age(row)).isBetween(19.9, 60.1);
            oneTime += base.frequency(row) == 0 ? 1 : 0;
        }
        assertThat(oneTime).isBetween(20, 180);
    }

    @Test
    void badAgesAreRefused() {
        assertThatThrownBy(() -> FIXED.withAges(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FIXED.withAges(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FIXED.withAges(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FIXED.gridded(1, TimeScale.MONTHS, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void integralsAreThoseOfTheBooks() {
        assertThat(Quadrature.finite(Math::exp, 3)).isCloseTo(Math.expm1(3), within(1e-12));
        assertThat(Quadrature.finite(t -> 1 / (0.1 + t), 50)).isCloseTo(Math.log(501), within(1e-10));
        assertThat(Quadrature.exponential(u -> u * u)).isCloseTo(2, within(1e-12));
        assertThat(Quadrature.exponential(Math::sqrt)).isCloseTo(Math.sqrt(Math.PI) / 2, within(1e-12));
        // ∫ e^(−u) ln(1 + 1000 u) du, from the exponential integral.
        assertThat(Quadrature.exponential(u -> Math.log1p(1000 * u))).isCloseTo(6.337874070278, within(1e-9));
    }

    /** A function with bends is put together of pieces; bends beyond the end do not count. */
    @Test
    void integralsGoFromBendToBend() {
        double[] bends = {1, 2.5, 100};
        assertThat(Quadrature.finite(t -> Math.abs(t - 1) + Math.abs(t - 2.5), 3, bends))
                .isCloseTo(2.5 + 3.25, within(1e-12));
        // ∫ δ e^(−δt) min(t, 2.5) dt = (1 − e^(−2.5 δ)) / δ.
        assertThat(Quadrature.exponential(t -> Math.min(t, 2.5), 0.3, 2.5))
                .isCloseTo(-Math.expm1(-0.75) / 0.3, within(1e-12));
        assertThat(Quadrature.exponential(t -> t, 0.3)).isCloseTo(1 / 0.3, within(1e-11));
    }
}
