// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.clv4j.core.economics.Pricing.Optimum;
import org.clv4j.core.value.PaymentTiming;
import org.junit.jupiter.api.Test;

class PricingTest {

    /**
     * With margin p − c and retention a − b p, the residual value (p − c)(a − b p)/(1 + d − a + b p) is best where 1 + d − a + b p is the
     * root of (1 + d)(1 + d − a + b c).
     */
    @Property
    void theBestPriceIsThatOfTheClosedForm(
            @ForAll @DoubleRange(max = 10) double cost,
            @ForAll @DoubleRange(min = 0.5, max = 0.95) double a,
            @ForAll @DoubleRange(min = 0.01, max = 0.3) double d) {
        double b = 0.01;
        double k = 1 + d - a;
        double best = (Math.sqrt((k + b * cost) * (1 + d)) - k) / b;
        Pricing pricing = Pricing.of(p -> p - cost, p -> a - b * p, d, PaymentTiming.RESIDUAL);
        Optimum optimum = pricing.best(0, (a - 1e-9) / b);
        assertThat(optimum.price()).isCloseTo(best, within(1e-5));
        assertThat(optimum.atBoundary()).isFalse();
        assertThat(optimum.value())
                .isEqualTo(pricing.value(optimum.price()))
                .isGreaterThanOrEqualTo(pricing.value(best) * (1 - 1e-12));
        assertThat(optimum.marginElasticity()).isPositive();
        assertThat(optimum.marginElasticity() + optimum.multipleElasticity()).isCloseTo(0, within(1e-3));
        assertThat(optimum.marginElasticity()).isCloseTo(best / (best - cost), within(1e-3 * best / (best - cost)));
        assertThat(optimum.margin()).isEqualTo(optimum.price() - cost);
        assertThat(optimum.retentionRate().value()).isEqualTo(a - b * optimum.price());
    }

    @Test
    void anEndOfTheBracketIsSaidToBeOne() {
        // Nobody minds the price: the highest is best. Or all do: the lowest.
        Optimum highest = Pricing.of(p -> p, p -> 0.8, 0.1, PaymentTiming.BEGIN).best(5, 30);
        assertThat(highest.price()).isEqualTo(30);
        assertThat(highest.atBoundary()).isTrue();
        assertThat(highest.marginElasticity()).isCloseTo(1, within(1e-6));
        assertThat(highest.multipleElasticity()).isZero();
        Optimum lowest = Pricing.of(p -> 10, p -> 0.9 * Math.exp(-p), 0.1, PaymentTiming.BEGIN)
                .best(0, 30);
        assertThat(lowest.price()).isZero();
        assertThat(lowest.atBoundary()).isTrue();
    }

    @Test
    void aBracketMayBeNarrow() {
        Pricing pricing = Pricing.of(p -> p, p -> 0.5, 0.1, PaymentTiming.BEGIN);
        Optimum best = pricing.best(1e6, Math.nextUp(1e6));
        assertThat(best.price()).isEqualTo(Math.nextUp(1e6));
        assertThat(best.atBoundary()).isTrue();
        assertThat(best.marginElasticity()).isCloseTo(1, within(1e-3));
    }

    @Test
    void theHighestOfSeveralMaximaIsFound() {
        // Two clienteles: one that leaves above 20, one that stays until 60.
        Pricing pricing = Pricing.of(
                p -> p,
                p -> 0.3 / (1 + Math.exp(2 * (p - 20))) + 0.6 / (1 + Math.exp(0.5 * (p - 60))),
                0.1,
                PaymentTiming.RESIDUAL);
        Optimum best = pricing.best(0, 100);
        double highest = 0;
        for (double p = 0; p <= 100; p += 0.001) {
            highest = Math.max(highest, pricing.value(p));
        }
        assertThat(best.value()).isGreaterThanOrEqualTo(highest);
        assertThat(best.atBoundary()).isFalse();
    }

    @Test
    void badArgumentsAreRefused() {
        Pricing pricing = Pricing.of(p -> 1 / (p - 10), p -> p / 20, 0.1, PaymentTiming.BEGIN);
        assertThatThrownBy(() -> pricing.value(10))
                .hasMessageContaining("`margin`")
                .hasMessageContaining("10.0");
        assertThatThrownBy(() -> pricing.value(20)).hasMessageContaining("`retention`");
        assertThatThrownBy(() -> pricing.value(-1)).hasMessageContaining("`price`");
        assertThatThrownBy(() -> pricing.best(-1, 5)).hasMessageContaining("`lowest`");
        assertThatThrownBy(() -> pricing.best(5, 5)).hasMessageContaining("`highest`");
        assertThatThrownBy(() -> Pricing.of(p -> p, p -> 0.5, Double.NaN, PaymentTiming.BEGIN))
                .hasMessageContaining("discountPerPeriod");
    }
}
