// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTimingTest {

    @Property
    void theSumIsTheFormula(
            @ForAll @DoubleRange(max = 0.95) double r,
            @ForAll @DoubleRange(max = 0.5) double d,
            @ForAll PaymentTiming timing) {
        double sum = 0;
        for (int t = timing.firstPeriod(); t < 1000; t++) {
            sum += Math.pow(r, t) * Math.pow(1 + d, -(t + timing.delay()));
        }
        double formula =
                switch (timing) {
                            case BEGIN -> 1 + d;
                            case RESIDUAL -> r;
                            case MID -> Math.sqrt(1 + d);
                            case END -> 1;
                        }
                        / (1 + d - r);
        assertThat(sum).isCloseTo(formula, Percentage.withPercentage(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void namesAreReadBack(PaymentTiming timing) {
        assertThat(PaymentTiming.parse(timing.toString())).isEqualTo(timing);
        assertThat(PaymentTiming.parse(" " + timing.name() + " ")).isEqualTo(timing);
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> PaymentTiming.parse("at-purchase"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`timing` must be begin, residual, mid or end, but was 'at-purchase'");
    }

    @Test
    void aRetentionRateIsAValue() {
        assertThat(RetentionRate.of(0.8))
                .isEqualTo(RetentionRate.of(0.8))
                .hasSameHashCodeAs(RetentionRate.of(0.8))
                .isNotEqualTo(RetentionRate.of(0.9))
                .isNotEqualTo(0.8)
                .hasToString("0.8");
        assertThat(RetentionRate.of(-0.0)).isEqualTo(RetentionRate.of(0));
        assertThat(RetentionRate.of(0.75).value()).isEqualTo(0.75);
        assertThat(RetentionRate.of(0.75).churn()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void ratesOutOfRangeAreRefused(double bad) {
        assertThatThrownBy(() -> RetentionRate.of(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`retentionRate`")
                .hasMessageContaining("" + bad);
    }
}
