// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    @Provide
    Arbitrary<List<Double>> doubles() {
        Arbitrary<Double> ordinary = Arbitraries.doubles().between(-1e6, 1e6).ofScale(9);
        Arbitrary<Double> huge = Arbitraries.integers().between(12, 305).map(power -> Math.pow(10, power) / 3);
        return Arbitraries.oneOf(ordinary, huge, huge.map(value -> -value), Arbitraries.of(9e12, -9e12, 8.9e12, 0.0))
                .list()
                .ofMaxSize(30);
    }

    @Property
    void sumsAreThoseOfTheRoundedValuesInAnyGrouping(
            @ForAll("doubles") List<Double> values, @ForAll @DoubleRange(max = 1) double cut) {
        ExactSum all = new ExactSum();
        ExactSum left = new ExactSum();
        ExactSum right = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        int border = (int) (cut * values.size());
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            all.add(value);
            (i < border ? left : right).add(value);
            ExactSum one = new ExactSum();
            one.add(value);
            // Off by the rounding to a millionth, and by that of the product in doubles.
            assertThat(one.value().subtract(new BigDecimal(value)).abs().doubleValue())
                    .isLessThanOrEqualTo(0.5000001e-6 + Math.abs(value) * 2e-16);
            expected = expected.add(one.value());
        }
        assertThat(all.value()).isEqualByComparingTo(expected);
        right.add(left);
        assertThat(right.value()).isEqualTo(all.value());
    }

    @Test
    void longsOverflowIntoBigIntegers() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 1000; i++) {
            sum.add(8.9e12);
        }
        assertThat(sum.value()).isEqualByComparingTo("8.9e15");
        for (int i = 0; i < 2000; i++) {
            sum.add(-8.9e12);
        }
        assertThat(sum.value()).isEqualByComparingTo("-8.9e15");
        assertThat(sum.value().scale()).isEqualTo(6);
    }

    @Test
    void decimalsKeepSixPlaces() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 10; i++) {
            sum.add(new BigDecimal("0.1"));
        }
        sum.add(new BigDecimal("12345678901234567890.123456"));
        assertThat(sum.value()).isEqualByComparingTo("12345678901234567891.123456");
        ExactSum rounded = new ExactSum();
        rounded.add(new BigDecimal("0.0000005"));
        rounded.add(new BigDecimal("0.0000015"));
        assertThat(rounded.value())
                .isEqualByComparingTo(new BigDecimal("0.000002").setScale(6, RoundingMode.UNNECESSARY));
    }

    @Test
    void aWeightedValueBeyondTheLargestDoubleIsKept() {
        ExactSum sum = new ExactSum();
        sum.add(1e308, 1e10);
        sum.add(-1e308, 1e10);
        sum.add(2.5, 4);
        assertThat(sum.value()).isEqualByComparingTo("10");
    }
}
