// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.RetentionRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginMultipleTest {

    private static MarginMultiple residual(double r, double i) {
        return MarginMultiple.of(RetentionRate.of(r), i, PaymentTiming.RESIDUAL);
    }

    /** The published table, rounded to two digits. */
    @ParameterizedTest
    @CsvSource({
        "0.60, 1.20, 1.15, 1.11, 1.07",
        "0.70, 1.75, 1.67, 1.59, 1.52",
        "0.80, 2.67, 2.50, 2.35, 2.22",
        "0.90, 4.50, 4.09, 3.75, 3.46"
    })
    void multiplesAreThePublishedOnes(double r, double at10, double at12, double at14, double at16) {
        assertThat(residual(r, 0.10).value()).isCloseTo(at10, within(0.005));
        assertThat(residual(r, 0.12).value()).isCloseTo(at12, within(0.005));
        assertThat(residual(r, 0.14).value()).isCloseTo(at14, within(0.005));
        assertThat(residual(r, 0.16).value()).isCloseTo(at16, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"0, 4.09", "0.02, 4.46", "0.04, 4.89", "0.06, 5.42", "0.08, 6.08"})
    void multiplesOfAGrowingMarginAreThePublishedOnes(double growth, double multiple) {
        assertThat(residual(0.9, 0.12).withGrowth(growth).value()).isCloseTo(multiple, within(0.005));
    }

    @Test
    void theShortcutOfALifetimeOverstates() {
        MarginMultiple multiple = residual(0.8, 0.12);
        assertThat(multiple.value(100)).isCloseTo(250, within(1e-9));
        assertThat(100 * multiple.naiveLifetimeMultiple()).isCloseTo(360, within(0.5));
        assertThat(residual(0.75, 0).naiveLifetimeMultiple()).isEqualTo(4);
    }

    @Test
    void theElasticityOfRetentionIsThePublishedOne() {
        MarginMultiple multiple = residual(0.8, 0.12);
        assertThat(multiple.retentionElasticity()).isCloseTo(3.5, within(1e-12));
        assertThat(multiple.marginElasticity()).isEqualTo(1);
        assertThat(multiple.discountElasticity()).isCloseTo(-0.12 / 0.32, within(1e-12));
    }

    @Property
    void aMultipleIsItsSum(
            @ForAll @DoubleRange(max = 0.95) double r,
            @ForAll @DoubleRange(max = 0.5) double d,
            @ForAll @DoubleRange(min = -0.5, max = 0.04) double growth,
            @ForAll PaymentTiming timing,
            @ForAll @IntRange(min = 1, max = 60) int payments) {
        MarginMultiple endless =
                MarginMultiple.of(RetentionRate.of(r), d, timing).withGrowth(growth);
        double sum = 0;
        for (int k = 0; k < 4000; k++) {
            int t = timing.firstPeriod() + k;
            sum += Math.pow(r, t) * Math.pow(1 + growth, k) * Math.pow(1 + d, -(t + timing.delay()));
            if (k == payments - 1) {
                assertThat(endless.withPayments(payments).value()).isCloseTo(sum, within(1e-12 * (1 + sum)));
            }
        }
        assertThat(endless.value()).isCloseTo(sum, within(1e-11 * (1 + sum)));
        assertThat(endless.withPayments(4000).value()).isCloseTo(sum, within(1e-11 * (1 + sum)));
    }

    @Property
    void elasticitiesAreDerivatives(
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double r,
            @ForAll @DoubleRange(min = 0.02, max = 0.5) double d,
            @ForAll @DoubleRange(min = -0.2, max = 0.05) double growth,
            @ForAll PaymentTiming timing,
            @ForAll @IntRange(max = 30) int payments) {
        double step = 1e-5;
        assertThat(multiple(r, d, growth, timing, payments).retentionElasticity())
                .isCloseTo(
                        (Math.log(multiple(r * Math.exp(step), d, growth, timing, payments)
                                                .value())
                                        - Math.log(multiple(r * Math.exp(-step), d, growth, timing, payments)
                                                .value()))
                                / (2 * step),
                        within(1e-6));
        assertThat(multiple(r, d, growth, timing, payments).discountElasticity())
                .isCloseTo(
                        (Math.log(multiple(r, d * Math.exp(step), growth, timing, payments)
                                                .value())
                                        - Math.log(multiple(r, d * Math.exp(-step), growth, timing, payments)
                                                .value()))
                                / (2 * step),
                        within(1e-6));
    }

    /** Without end, if there are no payments. */
    private static MarginMultiple multiple(double r, double d, double growth, PaymentTiming timing, int payments) {
        MarginMultiple endless =
                MarginMultiple.of(RetentionRate.of(r), d, timing).withGrowth(growth);
        return payments == 0 ? endless : endless.withPayments(payments);
    }

    @Test
    void aGrowthThatNoRateTamesNeedsAnEnd() {
        MarginMultiple multiple = residual(0.9, 0.05);
        assertThatThrownBy(() -> multiple.withGrowth(0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of payments");
        assertThat(multiple.withPayments(2).withGrowth(0.2).value())
                .isCloseTo(0.9 / 1.05 + 0.81 * 1.2 / 1.05 / 1.05, Percentage.withPercentage(1e-12));
        assertThatThrownBy(() -> multiple.withPayments(100_000).withGrowth(10)).hasMessageContaining("growth");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void badArgumentsAreRefused(double bad) {
        assertThatThrownBy(() -> residual(0.8, bad)).hasMessageContaining("discountPerPeriod");
        assertThatThrownBy(() -> residual(0.8, 0.1).withGrowth(-1 + bad)).hasMessageContaining("growth");
        assertThatThrownBy(() -> residual(0.8, 0.1).withPayments(0)).hasMessageContaining("payments");
        assertThatThrownBy(() -> residual(0.8, 0.1).value(Double.NaN)).hasMessageContaining("margin");
    }

    @Test
    void nobodyRenews() {
        assertThat(residual(0, 0.1).value()).isZero();
        assertThat(MarginMultiple.of(RetentionRate.of(0), 0.1, PaymentTiming.BEGIN)
                        .value())
                .isEqualTo(1);
        assertThat(MarginMultiple.of(RetentionRate.of(0.5), 0, PaymentTiming.BEGIN)
                        .discountElasticity())
                .isEqualTo(0.0);
    }
}
