// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuationTermsTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.PERIOD_END);

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void horizonsOutOfRangeAreRefused(double bad) {
        assertThatThrownBy(() -> Horizon.of(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`horizon`")
                .hasMessageContaining("" + bad);
    }

    @Property
    void horizonsAreReadBack(@ForAll @DoubleRange(min = -690, max = 690) double logarithm) {
        double periods = Math.exp(logarithm);
        Horizon horizon = Horizon.of(periods);
        assertThat(horizon.periods()).isEqualTo(periods);
        assertThat(Horizon.parse(horizon.toString())).isEqualTo(horizon).hasSameHashCodeAs(horizon);
        assertThat(horizon.isInfinite()).isFalse();
    }

    @Test
    void horizonsHaveWords() {
        assertThat(Horizon.of(39)).hasToString("39");
        assertThat(Horizon.of(0.5)).hasToString("0.5");
        assertThat(Horizon.of(1e300)).hasToString("1.0E300");
        assertThat(Horizon.parse("1.0E300")).isEqualTo(Horizon.of(1e300));
        assertThat(Horizon.parse(" Infinite ")).isSameAs(Horizon.infinite()).hasToString("infinite");
        assertThat(Horizon.infinite()).isNotEqualTo(Horizon.of(39)).isNotEqualTo("infinite");
        assertThatThrownBy(() -> Horizon.infinite().periods()).isInstanceOf(IllegalStateException.class);
        for (String bad : new String[] {"", "soon", "-1", "nan", "infinity", "0"}) {
            assertThatThrownBy(() -> Horizon.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`horizon`");
        }
    }

    @Test
    void marginsAreFractions() {
        assertThat(Margin.of(0.3).fraction()).isEqualTo(0.3);
        assertThat(Margin.of(1)).isEqualTo(Margin.ofRevenue()).hasSameHashCodeAs(Margin.ofRevenue());
        assertThat(Margin.of(0.3))
                .isNotEqualTo(Margin.of(0.4))
                .isNotEqualTo("0.3")
                .hasToString("0.3");
        for (double bad : new double[] {0, -0.1, 1.0000001, 30, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Margin.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`margin`")
                    .hasMessageContaining("" + bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void timingsAreReadBack(CashFlowTiming timing) {
        assertThat(CashFlowTiming.parse(timing.toString())).isSameAs(timing);
        assertThat(CashFlowTiming.parse(timing.name())).isSameAs(timing);
        assertThatThrownBy(() -> CashFlowTiming.parse("whenever"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`timing`")
                .hasMessageContaining("'whenever'");
    }

    @Test
    void termsAreValuesOfFourThings() {
        assertThat(TERMS.horizon()).isEqualTo(Horizon.of(39));
        assertThat(TERMS.discountRate()).isEqualTo(DiscountRate.annual(0.1));
        assertThat(TERMS.margin()).isEqualTo(Margin.of(0.3));
        assertThat(TERMS.timing()).isEqualTo(CashFlowTiming.PERIOD_END);
        assertThat(TERMS.periodsPerYear()).isEmpty();
        assertThat(TERMS.withPeriodsPerYear(52).periodsPerYear()).hasValue(52);
        assertThat(TERMS)
                .isEqualTo(ValuationTerms.of(
                        Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.PERIOD_END))
                .isNotEqualTo(TERMS.withPeriodsPerYear(52))
                .isNotEqualTo(ValuationTerms.of(
                        Horizon.of(40), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.PERIOD_END))
                .isNotEqualTo(ValuationTerms.of(
                        Horizon.of(39), DiscountRate.annual(0.2), Margin.of(0.3), CashFlowTiming.PERIOD_END))
                .isNotEqualTo(ValuationTerms.of(
                        Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.PERIOD_END))
                .isNotEqualTo(ValuationTerms.of(
                        Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.PERIOD_MID))
                .isNotEqualTo("terms");
        assertThat(TERMS.withPeriodsPerYear(52)).hasSameHashCodeAs(TERMS.withPeriodsPerYear(52));
        assertThat(TERMS).hasToString("horizon 39, 10.0 % a year, margin 0.3, paid period-end");
        assertThat(TERMS.withPeriodsPerYear(52))
                .hasToString("horizon 39, 10.0 % a year, margin 0.3, paid period-end, 52.0 periods a year");
    }

    @Test
    void infiniteHorizonsNeedARateAndContinuousPayment() {
        assertThatThrownBy(() -> ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`discountRate`");
        assertThatThrownBy(() -> ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.annual(-0.0), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE))
                .hasMessageContaining("`discountRate`");
        assertThatThrownBy(() -> ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.annual(0.1), Margin.ofRevenue(), CashFlowTiming.PERIOD_END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`timing`")
                .hasMessageContaining("period-end");
        assertThatThrownBy(() -> TERMS.withPeriodsPerYear(Double.NaN)).hasMessageContaining("`periodsPerYear`");
        assertThatThrownBy(() -> TERMS.withPeriodsPerYear(0)).hasMessageContaining("`periodsPerYear`");
        assertThatThrownBy(() ->
                        ValuationTerms.of(null, DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("horizon");
    }
}
