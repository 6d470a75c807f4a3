// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.junit.jupiter.api.Test;

class CustomerValuesTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.25), CashFlowTiming.AT_PURCHASE);
    private static final CustomerBase BASE = CustomerBase.of(
            TransactionLog.of(List.of(
                    // Cost known of all, of a part, of none; and a loss that is known to the cent.
                    Transaction.parse("all", "2024-01-01", "100").withCost(new BigDecimal("60")),
                    Transaction.parse("all", "2024-01-02", "20.10").withMargin(new BigDecimal("-3.05")),
                    Transaction.parse("part", "2024-01-01", "100").withCost(new BigDecimal("60")),
                    Transaction.parse("part", "2024-01-05", "80"),
                    Transaction.parse("none", "2024-01-05", "80"),
                    Transaction.parse("gift", "2024-01-05", "0").withCost(new BigDecimal("7")),
                    Transaction.parse("gift", "2024-01-06", "40"),
                    Transaction.parse("free", "2024-01-06", "40").withCost(new BigDecimal("0")))),
            Observation.until(LocalDate.of(2024, 1, 31)),
            TimeScale.WEEKS);

    private static CustomerValues.Builder builder() {
        return CustomerValues.builder("fake", BASE, TERMS).column(ValueColumn.CLV, new double[] {1, 2, 3, 4, 5});
    }

    @Test
    void realisedMarginIsAmountLessCostWhereKnownAndTheTermsMarginElsewhere() {
        CustomerValues values = builder().build();
        assertThat(values.currentValue(0)).isCloseTo(40 - 3.05, within(1e-12));
        assertThat(values.currentValue(1)).isCloseTo(40 + 0.25 * 80, within(1e-12));
        assertThat(values.currentValue(2)).isCloseTo(0.25 * 80, within(1e-12));
        assertThat(values.currentValue(3)).isCloseTo(-7 + 0.25 * 40, within(1e-12));
        assertThat(values.currentValue(4)).isCloseTo(40, within(1e-12));
        for (int row = 0; row < values.size(); row++) {
            assertThat(values.futureValue(row)).isEqualTo(row + 1);
            assertThat(values.lifetimeValue(row)).isEqualTo(values.currentValue(row) + values.futureValue(row));
        }
    }

    @Test
    void withoutCostsTheMarginIsOfTheExactTotal() {
        CustomerBase base = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 3, 1, 2, 10)), TimeScale.WEEKS);
        CustomerValues values = CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, new double[] {0})
                .build();
        assertThat(values.currentValue(0)).isEqualTo(7.5);
    }

    @Test
    void columnsAreThoseOfTheModel() {
        CustomerValues values = builder()
                .column(ValueColumn.PROBABILITY_ALIVE, new double[] {0.1, 0.2, 0.3, 0.4, 0.5})
                .warnings(List.of("careful"))
                .build();
        assertThat(values.model()).isEqualTo("fake");
        assertThat(values.base()).isSameAs(BASE);
        assertThat(values.terms()).isEqualTo(TERMS);
        assertThat(values.size()).isEqualTo(5);
        assertThat(values.warnings()).containsExactly("careful");
        assertThat(values.has(ValueColumn.PROBABILITY_ALIVE)).isTrue();
        assertThat(values.has(ValueColumn.EXPECTED_SPEND)).isFalse();
        assertThat(values.get(ValueColumn.PROBABILITY_ALIVE, 2)).isEqualTo(0.3);
        assertThat(values.futureValueOf("none")).contains(3.0);
        assertThat(values.futureValueOf("nobody")).isEmpty();
        assertThatThrownBy(() -> values.get(ValueColumn.EXPECTED_SPEND, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`expected_spend`")
                .hasMessageContaining("fake");
    }

    @Test
    void valuesNeverChange() {
        double[] clv = {1, 2, 3, 4, 5};
        List<String> warnings = new ArrayList<>(List.of("careful"));
        CustomerValues.Builder builder = CustomerValues.builder("fake", BASE, TERMS)
                .column(ValueColumn.CLV, clv)
                .warnings(warnings);
        CustomerValues values = builder.build();
        clv[0] = 99;
        values.column(ValueColumn.CLV)[0] = 99;
        builder.column(ValueColumn.CLV, new double[] {99, 99, 99, 99, 99})
                .column(ValueColumn.EXPECTED_SPEND, new double[5]);
        warnings.add("more");
        assertThat(values.column(ValueColumn.CLV)).containsExactly(1, 2, 3, 4, 5);
        assertThat(values.has(ValueColumn.EXPECTED_SPEND)).isFalse();
        assertThat(values.warnings()).containsExactly("careful");
    }

    @Test
    void badColumnsAreRefused() {
        assertThatThrownBy(() -> CustomerValues.builder("fake", BASE, TERMS).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clv");
        assertThatThrownBy(() -> builder().column(ValueColumn.CLV, new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`clv`")
                .hasMessageContaining("5")
                .hasMessageContaining("4");
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> builder().column(ValueColumn.EXPECTED_SPEND, new double[] {1, bad, 1, 1, 1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`expected_spend`")
                    .hasMessageContaining("part")
                    .hasMessageContaining("" + bad);
        }
    }
}
