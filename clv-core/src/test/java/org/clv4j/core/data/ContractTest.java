// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {

    private static final LocalDate START = LocalDate.of(2024, 1, 31);

    private static Contract yearly() {
        return Contract.since("a", START)
                .withTermMonths(12)
                .withBillingMonths(3)
                .withFee(new BigDecimal("30"));
    }

    @ParameterizedTest
    @CsvSource({
        // as of, renewals, months into the term, bills so far
        "2024-01-31, 0, 0, 1",
        "2024-04-29, 0, 2.966666666666667, 1",
        "2024-04-30, 0, 3, 2",
        "2025-01-30, 0, 11.967741935483872, 4",
        "2025-01-31, 1, 0, 5",
        "2026-07-31, 2, 6, 11",
    })
    void anOpenContractRenewsWithEachTerm(LocalDate asOf, int renewals, double months, int bills) {
        ContractState state = yearly().stateOn(asOf);
        assertThat(state.renewals()).isEqualTo(renewals);
        assertThat(state.opportunities()).isEqualTo(renewals);
        assertThat(state.elapsedMonths()).isCloseTo(months, within(1e-12));
        assertThat(state.realised()).isEqualByComparingTo(BigDecimal.valueOf(30L * bills));
        assertThat(state.left()).isFalse();
        assertThat(state.leaving()).isFalse();
    }

    /** The last day, the day after it, and a day within the term say the same. */
    @ParameterizedTest
    @CsvSource({"2024-02-01, 0", "2025-01-30, 0", "2025-01-31, 0", "2025-02-01, 1", "2026-01-31, 1"})
    void anEndedContractHasRunItsTerms(LocalDate end, int renewals) {
        ContractState state = yearly().withEnd(end).stateOn(LocalDate.of(2027, 1, 1));
        assertThat(state.left()).isTrue();
        assertThat(state.renewals()).isEqualTo(renewals);
        assertThat(state.opportunities()).isEqualTo(renewals + 1);
        assertThat(state.tenure()).isEqualTo(renewals + 1.0);
        assertThat(state.realised()).isEqualByComparingTo(BigDecimal.valueOf(120L * (renewals + 1)));
    }

    @Test
    void anEndThatIsStillToComeIsKnown() {
        Contract contract = yearly().withEnd(LocalDate.of(2026, 1, 30));
        assertThat(contract.stateOn(LocalDate.of(2025, 1, 30)).leaving()).isFalse();
        ContractState last = contract.stateOn(LocalDate.of(2025, 6, 1));
        assertThat(last.leaving()).isTrue();
        assertThat(last.left()).isFalse();
        assertThat(last.renewals()).isEqualTo(1);
        assertThat(contract.stateOn(LocalDate.of(2026, 1, 30)).left()).isTrue();
    }

    @Test
    void renewalsStandForDates() {
        Contract open = Contract.ofRenewals("b", 4).withFee(new BigDecimal("9.99"));
        assertThat(open.state().realised()).isEqualByComparingTo("49.95");
        assertThat(open.stateOn(START)).isEqualTo(open.state());
        ContractState ended = open.ended().withRealised(new BigDecimal("40")).state();
        assertThat(ended.opportunities()).isEqualTo(5);
        assertThat(ended.realised()).isEqualByComparingTo("40");
        assertThatThrownBy(() -> open.withEnd(START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended()");
        assertThatThrownBy(() -> yearly().ended())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("withEnd");
        assertThatThrownBy(() -> yearly().state())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("customer a");
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertThatThrownBy(() -> Contract.ofRenewals("c", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`renewals` must be at least 0, but was -1 (customer c)");
        assertThatThrownBy(() -> yearly().withBillingMonths(5))
                .hasMessageContaining("`billingMonths`")
                .hasMessageContaining("5");
        assertThatThrownBy(() -> yearly().withTermMonths(0)).hasMessageContaining("`termMonths`");
        assertThatThrownBy(() -> yearly().withFee(new BigDecimal("-1"))).hasMessageContaining("`fee`");
        assertThatThrownBy(() -> yearly().withEnd(START)).hasMessageContaining("`end`");
        assertThatThrownBy(() -> yearly().stateOn(START.minusDays(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`start`");
        assertThatThrownBy(() -> Contract.since(" ", START)).hasMessageContaining("`customerId`");
    }

    @Test
    void contractsAreValues() {
        assertThat(yearly().withFee(new BigDecimal("30.00")))
                .isEqualTo(yearly())
                .hasSameHashCodeAs(yearly());
        assertThat(yearly().withEnd(START.plusYears(1))).isNotEqualTo(yearly());
        assertThat(yearly().withAttribute("plan", "gold").attributes()).containsEntry("plan", "gold");
        assertThat(yearly()).hasToString("Contract[a, since 2024-01-31, 12 months]");
    }

    @Test
    void aBaseOfContractsHasTheirRows() {
        List<Contract> contracts = List.of(
                yearly().withAttribute("plan", "gold"),
                Contract.since("b", START.plusMonths(1))
                        .withEnd(START.plusMonths(3))
                        .withFee(BigDecimal.TEN));
        CustomerBase base = CustomerBase.ofContracts(contracts, LocalDate.of(2025, 1, 31), TimeScale.MONTHS);
        assertThat(base.size()).isEqualTo(2);
        assertThat(base.hasContracts()).isTrue();
        assertThat(base.age(0)).isEqualTo(12);
        assertThat(base.frequency(0)).isZero();
        assertThat(base.firstDate(0)).contains(START);
        assertThat(base.lastDate(0)).isEmpty();
        assertThat(base.attribute("plan", 0)).contains("gold");
        assertThat(base.attribute("plan", 1)).isEmpty();
        assertThat(base.contract(0).orElseThrow().renewals()).isEqualTo(1);
        assertThat(base.contract(1).orElseThrow().left()).isTrue();
        assertThat(base.totalAmount(0)).isEqualByComparingTo("150");
        assertThat(base.totalAmountAsDouble(0)).isEqualTo(150);
        assertThatThrownBy(() -> CustomerBase.ofContracts(List.of(yearly(), yearly()), START, TimeScale.MONTHS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("customer")
                .hasMessageContaining("a has more");
    }

    @Test
    void contractsJoinCustomersWhoBuy() {
        LocalDate end = LocalDate.of(2024, 6, 30);
        TransactionLog log = TransactionLog.builder()
                .add("x", START, new BigDecimal("5"))
                .add("x", START.plusDays(14), new BigDecimal("7.50"))
                .add("y", START.plusDays(1), new BigDecimal("3"))
                .customer(Customer.of("x").withChannel("web").withAcquisitionCost(BigDecimal.ONE))
                .build();
        CustomerBase bought = CustomerBase.of(log, Observation.until(end), TimeScale.WEEKS);
        CustomerBase mixed = bought.withContracts(List.of(
                Contract.ofRenewals("z", 2).withFee(new BigDecimal("4")),
                Contract.since("y", START).withFee(new BigDecimal("10"))));
        assertThat(mixed.size()).isEqualTo(3);
        for (int row = 0; row < 2; row++) {
            assertThat(mixed.summary(row)).isEqualTo(bought.summary(row));
            assertThat(mixed.sumOfLogGaps(row)).isEqualTo(bought.sumOfLogGaps(row));
            assertThat(mixed.firstDate(row)).isEqualTo(bought.firstDate(row));
        }
        assertThat(mixed.isGridded()).isTrue();
        assertThat(mixed.occasionDay(0, 1)).isEqualTo(bought.occasionDay(0, 1));
        assertThat(mixed.acquisitionCost(0)).contains(BigDecimal.ONE);
        assertThat(mixed.contract(0)).isEmpty();
        assertThat(mixed.totalAmount(0)).isEqualByComparingTo("12.50");
        assertThat(mixed.totalAmount(1)).as("bought, and billed on six days").isEqualByComparingTo("63");
        assertThat(mixed.totalAmount(2)).isEqualByComparingTo("12");
        assertThat(mixed.firstDate(2)).isEmpty();
        assertThat(mixed.age(2)).isCloseTo(2 * 365.25 / 7 / 12, within(1.0 / 7));
        assertThat(mixed.indexOf("z")).isEqualTo(2);
        assertThat(bought.hasContracts()).as("the first base").isFalse();

        CustomerBase without = mixed.select(row -> mixed.contract(row).isEmpty());
        assertThat(without.size()).isEqualTo(1);
        assertThat(without.summary(0)).isEqualTo(bought.summary(0));
        assertThat(without.hasContracts()).isFalse();
        assertThat(without.attribute("channel", 0)).contains("web");
        CustomerBase only = mixed.select(row -> mixed.contract(row).isPresent());
        assertThat(only.id(0)).isEqualTo("y");
        assertThat(only.indexOf("z")).isEqualTo(1);
    }
}
