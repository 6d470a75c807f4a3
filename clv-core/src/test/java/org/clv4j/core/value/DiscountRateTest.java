// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscountRateTest {

    @Test
    void fifteenPerCentAYearByTheWeek() {
        DiscountRate rate = DiscountRate.annual(0.15);
        // ln(1.15)/52, computed to 20 digits elsewhere; d/52 would be .0028846.
        assertThat(rate.continuousPerPeriod(52)).isCloseTo(0.002687729661060744, Percentage.withPercentage(1e-12));
        assertThat(rate.effectivePerPeriod(52)).isCloseTo(Math.pow(1.15, 1 / 52.0) - 1, within(1e-15));
        assertThat(rate.continuousPerPeriod(1)).isCloseTo(0.1397619423751587, Percentage.withPercentage(1e-12));
    }

    @Property
    void aYearOfPeriodsIsTheAnnualRate(
            @ForAll @DoubleRange(max = 10) double annual, @ForAll @DoubleRange(min = 0.1, max = 400) double periods) {
        DiscountRate rate = DiscountRate.annual(annual);
        assertThat(rate.effectiveAnnual()).isCloseTo(annual, within(1e-14 * (1 + annual)));
        assertThat(Math.pow(1 + rate.effectivePerPeriod(periods), periods))
                .isCloseTo(1 + annual, Percentage.withPercentage(1e-10));
        assertThat(Math.exp(rate.continuousPerPeriod(periods) * periods))
                .isCloseTo(1 + annual, Percentage.withPercentage(1e-12));
        DiscountRate again = DiscountRate.continuous(rate.continuousPerPeriod(periods), periods);
        assertThat(again.effectiveAnnual()).isCloseTo(annual, within(1e-13 * (1 + annual)));
        // Never d/k: less than it, as soon as there are several periods.
        if (annual > 1e-3 && periods > 1.1) {
            assertThat(rate.effectivePerPeriod(periods)).isLessThan(annual / periods);
        }
    }

    @Test
    void tinyRatesKeepTheirDigits() {
        assertThat(DiscountRate.annual(1e-14).effectiveAnnual()).isCloseTo(1e-14, Percentage.withPercentage(1e-10));
        assertThat(DiscountRate.annual(1e-14).continuousPerPeriod(52))
                .isCloseTo(1e-14 / 52, Percentage.withPercentage(1e-10));
    }

    @Test
    void zeroIsZeroHoweverItIsSaid() {
        assertThat(DiscountRate.annual(0)).isEqualTo(DiscountRate.none());
        assertThat(DiscountRate.annual(-0.0)).isEqualTo(DiscountRate.none()).hasSameHashCodeAs(DiscountRate.none());
        assertThat(DiscountRate.continuous(-0.0, 52)).isEqualTo(DiscountRate.none());
        assertThat(DiscountRate.none().effectivePerPeriod(12)).isZero();
    }

    @Test
    void ratesAreValues() {
        assertThat(DiscountRate.annual(0.1))
                .isEqualTo(DiscountRate.annual(0.1))
                .hasSameHashCodeAs(DiscountRate.annual(0.1))
                .isNotEqualTo(DiscountRate.annual(0.2))
                .isNotEqualTo("10 %")
                .hasToString("10.0 % a year");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void ratesOutOfRangeAreRefused(double bad) {
        assertThatThrownBy(() -> DiscountRate.annual(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`annual`")
                .hasMessageContaining("" + bad);
        assertThatThrownBy(() -> DiscountRate.continuous(bad, 52)).hasMessageContaining("`delta`");
        assertThatThrownBy(() -> DiscountRate.continuous(0.1, bad)).hasMessageContaining("`periodsPerYear`");
        assertThatThrownBy(() -> DiscountRate.none().continuousPerPeriod(bad)).hasMessageContaining("`periodsPerYear`");
    }

    @Test
    void aRateThatOverflowsIsRefused() {
        assertThatThrownBy(() -> DiscountRate.continuous(1e300, 1e300)).hasMessageContaining("`delta`");
        assertThatThrownBy(() -> DiscountRate.none().effectivePerPeriod(0)).hasMessageContaining("`periodsPerYear`");
    }

    @Test
    void termsCountPeriodsByTheTimeScaleOrAsStated() {
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(39), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        assertThat(terms.continuousRate(TimeScale.WEEKS))
                .isCloseTo(Math.log(1.15) * 7 / 365.25, Percentage.withPercentage(1e-12));
        assertThat(terms.continuousRate(TimeScale.MONTHS))
                .isCloseTo(Math.log(1.15) / 12, Percentage.withPercentage(1e-12));
        assertThat(terms.withPeriodsPerYear(52).continuousRate(TimeScale.WEEKS))
                .isCloseTo(0.002687729661060744, Percentage.withPercentage(1e-12));
    }
}
