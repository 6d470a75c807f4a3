// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class WinBackTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(10), DiscountRate.none(), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final Lapsing MODEL = new Lapsing();

    private static CustomerValues values(CustomerBase base) {
        return TransactionSpendModel.Fitted.of(MODEL, new Lapsing.SameSpend()).value(base, TERMS);
    }

    /** Worth 2 · 10 · 8 · .5 = 80 if alive. */
    private static CustomerSummary history(String id, double recency) {
        return CustomerSummary.of(id, 2, recency, 10, 8);
    }

    @Test
    void whoIsAlmostSurelyGoneHasMuchAtRisk() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        history("loyal", 10),
                        history("doubtful", 6),
                        history("gone", 0.1),
                        history("b", 1),
                        history("a", 1)),
                TimeScale.WEEKS);
        WinBackList list = WinBack.within(1).find(MODEL, values(base));
        assertThat(list.customers())
                .extracting(WinBackCustomer::id)
                .as("most at risk first, ties by id, the loyal one left out")
                .containsExactly("gone", "a", "b", "doubtful");
        WinBackCustomer gone = list.customers().get(0);
        assertThat(gone.valueIfAlive()).isCloseTo(80, within(1e-9));
        assertThat(gone.expectedValue()).isCloseTo(80e-4, within(1e-9));
        double active = 1e-4 * -Math.expm1(-2);
        assertThat(gone.probabilityAlive()).isCloseTo(1e-4, within(1e-15));
        assertThat(gone.probabilityActive()).isCloseTo(active, within(1e-15));
        assertThat(gone.valueAtRisk()).isCloseTo(80 * (1 - active), within(1e-9));
        assertThat(gone.equityAtRisk()).isCloseTo(80e-4 * (1 - active), within(1e-9));
        assertThat(gone.timeSinceLastPurchase()).isEqualTo(9.9);
        assertThat(gone.timeToNextPurchase()).hasValue(0.5 - 1 / Math.expm1(2));
        assertThat(gone.daysSinceLastPurchase()).isEmpty();
        assertThat(gone.dateOfNextPurchase()).isEmpty();
        assertThat(gone.row()).isEqualTo(2);
        assertThat(gone.weight()).isEqualTo(1);
        assertThat(gone.toString()).contains("gone");
        assertThat(list.found()).isEqualTo(4);
        assertThat(list.horizon()).isEqualTo(1);
        assertThat(list.warnings()).isEmpty();
        assertThat(list.valueAtRisk())
                .isCloseTo(
                        list.customers().stream()
                                .mapToDouble(WinBackCustomer::valueAtRisk)
                                .sum(),
                        within(1e-9));
        assertThat(list.equityAtRisk())
                .isCloseTo(
                        list.customers().stream()
                                .mapToDouble(WinBackCustomer::equityAtRisk)
                                .sum(),
                        within(1e-9));
        for (WinBackCustomer customer : list.customers()) {
            assertThat(customer.valueAtRisk())
                    .isBetween(customer.valueIfAlive() - customer.expectedValue(), customer.valueIfAlive());
        }
    }

    @Test
    void filters() {
        CustomerBase base = CustomerBase.ofSummaries(
                        List.of(history("loyal", 10), history("doubtful", 6), history("late", 3)), TimeScale.WEEKS)
                .withWeights(new double[] {1, 2, 3});
        CustomerValues values = values(base);
        WinBack all = WinBack.within(1).withMaximumProbabilityActive(1);
        assertThat(all.find(MODEL, values).found()).isEqualTo(6);
        WinBackList first = all.withLargest(1).find(MODEL, values);
        assertThat(first.customers()).extracting(WinBackCustomer::id).containsExactly("late");
        assertThat(first.found()).isEqualTo(6);
        assertThat(first.valueAtRisk()).isEqualTo(all.find(MODEL, values).valueAtRisk());
        assertThat(all.withMinimumValueAtRisk(50).find(MODEL, values).customers())
                .extracting(WinBackCustomer::id)
                .containsExactly("late", "doubtful");
        assertThat(all.withMaximumProbabilityActive(0.1).find(MODEL, values).customers())
                .extracting(WinBackCustomer::id)
                .containsExactly("late");
    }

    @Test
    void withDatesTheDaysAreThere() {
        CustomerBase base = CustomerBase.of(
                TransactionLog.builder()
                        .add(Transaction.parse("a", "2024-01-01", "8.00"))
                        .add(Transaction.parse("a", "2024-01-15", "8.00"))
                        .build(),
                Observation.until(LocalDate.of(2024, 3, 11)),
                TimeScale.WEEKS);
        WinBackCustomer a =
                WinBack.within(1).find(MODEL, values(base)).customers().get(0);
        assertThat(a.daysSinceLastPurchase()).hasValue(56);
        assertThat(a.timeSinceLastPurchase()).isEqualTo(8);
        double days = 7 * a.timeToNextPurchase().orElseThrow();
        assertThat(a.dateOfNextPurchase()).contains(LocalDate.of(2024, 3, 11).plusDays((long) Math.ceil(days)));
    }

    @Test
    void whoIsGoneToTheLastBitIsNamed() {
        CustomerBase base = CustomerBase.ofSummaries(List.of(history("gone", 0), history("late", 3)), TimeScale.WEEKS);
        WinBackList list = WinBack.within(1).find(MODEL, values(base));
        assertThat(list.customers()).extracting(WinBackCustomer::id).containsExactly("late");
        assertThat(list.warnings()).singleElement().asString().startsWith("1.0 customers are left out");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> WinBack.within(0)).hasMessageContaining("`horizon`");
        assertThatThrownBy(() -> WinBack.within(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        WinBack winBack = WinBack.within(1);
        assertThatThrownBy(() -> winBack.withMaximumProbabilityActive(2)).hasMessageContaining("`probability`");
        assertThatThrownBy(() -> winBack.withMinimumValueAtRisk(-1)).hasMessageContaining("`value`");
        assertThatThrownBy(() -> winBack.withLargest(0)).hasMessageContaining("`rows`");
        CustomerBase base = CustomerBase.ofSummaries(List.of(history("a", 1)), TimeScale.WEEKS);
        CustomerValues withoutAlive = CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, new double[] {1})
                .build();
        assertThatThrownBy(() -> winBack.find(MODEL, withoutAlive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p_alive");
    }
}
