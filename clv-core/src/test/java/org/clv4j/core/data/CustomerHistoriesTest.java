// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.junit.jupiter.api.Test;

/** Histories and outcomes of a few customers, by hand, and what is refused. */
class CustomerHistoriesTest {

    private static final LocalDate END = LocalDate.of(2024, 4, 30);
    private static final DataPolicy NET = DataPolicy.withDefaults().withRefunds(Refunds.NET);

    private static TransactionLog log() {
        return TransactionLog.builder()
                .add("a", LocalDate.of(2024, 1, 1), new BigDecimal("10.00"))
                .product("tea")
                .attribute("channel", "web")
                .add("a", LocalDate.of(2024, 1, 1), new BigDecimal("5.50"))
                .add("b", LocalDate.of(2024, 1, 31), new BigDecimal("20"))
                .attribute("channel", "shop")
                .add("a", LocalDate.of(2024, 1, 15), new BigDecimal("30"))
                .product("mug")
                .add("a", LocalDate.of(2024, 2, 5), new BigDecimal("-30"))
                .add("a", LocalDate.of(2024, 2, 20), new BigDecimal("7"))
                .add("b", LocalDate.of(2024, 3, 1), new BigDecimal("4"))
                .add("b", LocalDate.of(2024, 3, 31), new BigDecimal("-6"))
                .customer(Customer.of("a").withAttribute("region", "north"))
                .build();
    }

    private static CustomerBase base(TimeScale unit) {
        return CustomerBase.of(log(), Observation.until(END), unit, NET);
    }

    @Test
    void whatWasKnownOnADay() {
        CustomerHistories histories = base(TimeScale.DAYS).historiesAt(LocalDate.of(2024, 2, 4));
        assertThat(histories.size()).isEqualTo(2);
        assertThat(histories.asOf()).contains(LocalDate.of(2024, 2, 4));
        assertThat(histories.lineAttributeNames()).containsExactly("channel");
        assertThat(histories.attributeNames()).containsExactly("region");
        CustomerHistory a = histories.history(0);
        assertThat(a.id()).isEqualTo("a");
        assertThat(a.occasions()).isEqualTo(2);
        assertThat(a.amount(0)).isEqualTo(15.5);
        assertThat(a.amount(1)).isEqualTo(30);
        assertThat(a.day(1)).isEqualTo(LocalDate.of(2024, 1, 15));
        assertThat(a.time(1)).isEqualTo(14).isEqualTo(a.recency());
        assertThat(a.age()).isEqualTo(34);
        assertThat(a.timeSinceLastPurchase()).isEqualTo(20);
        assertThat(a.total()).isEqualTo(45.5);
        assertThat(a.lines()).isEqualTo(3);
        assertThat(a.product(0)).contains("tea");
        assertThat(a.product(1)).isEmpty();
        assertThat(a.lineAttribute("channel", 0)).contains("web");
        assertThat(a.lineAttribute("channel", 2)).isEmpty();
        assertThat(a.lineAttribute("nothing", 0)).isEmpty();
        assertThat(a.attribute("region")).contains("north");
        assertThat(a.attribute("nothing")).isEmpty();
        assertThat(histories.history(1).attribute("region")).isEmpty();
        // A day later the refund of the mug is known: one occasion is left, and four lines.
        CustomerHistory after =
                base(TimeScale.DAYS).historiesAt(LocalDate.of(2024, 2, 5)).history(0);
        assertThat(after.occasions()).isEqualTo(1);
        assertThat(after.lines()).isEqualTo(4);
        assertThat(after.lineAmount(3)).isEqualTo(-30);
        assertThat(after.total()).isEqualTo(15.5);
        assertThat(histories).hasToString("CustomerHistories[2 customers as of 2024-02-04]");
        assertThat(a).hasToString("CustomerHistory[a, 2 occasions as of 2024-02-04]");
    }

    @Test
    void whatCameAfterADay() {
        CustomerHistories histories = base(TimeScale.MONTHS).historiesAt(LocalDate.of(2024, 1, 31));
        // One month after 31 January ends on 29 February, two on 31 March.
        Outcomes one = Outcomes.of(histories, 1);
        assertThat(one.netValue(0)).isEqualByComparingTo("-23");
        assertThat(one.orders(0)).isEqualTo(1);
        assertThat(one.netValue(1)).isEqualByComparingTo("0");
        assertThat(one.orders(1)).isZero();
        assertThat(one.profile()).containsExactly(-23);
        Outcomes two = Outcomes.of(histories, 2);
        // The refund of 6 takes the order of 4 away and lowers the value below 0.
        assertThat(two.netValue(1)).isEqualByComparingTo("-2");
        assertThat(two.orders(1)).isZero();
        assertThat(two.profile()).containsExactly(-23, -2);
        assertThat(Outcomes.of(histories, 1.5).profile()).containsExactly(-23, 4);
        assertThat(two).hasToString("Outcomes[2 customers]");
    }

    @Test
    void weightsAreInTheProfileOnly() {
        CustomerBase base = base(TimeScale.MONTHS).withWeights(new double[] {2, 10});
        CustomerHistories histories = base.historiesAt(LocalDate.of(2024, 1, 31));
        Outcomes outcomes = Outcomes.of(histories, 2);
        assertThat(outcomes.profile()).containsExactly(-46, -20);
        assertThat(outcomes.netValue(0)).isEqualByComparingTo("-23");
        assertThat(histories.weight(1)).isEqualTo(10);
    }

    @Test
    void marginsNeedEveryCost() {
        TransactionLog log = TransactionLog.of(List.of(
                Transaction.parse("a", "2024-01-01", "10"),
                Transaction.parse("a", "2024-02-01", "20").withCost(new BigDecimal("12.5")),
                Transaction.parse("b", "2024-01-02", "10"),
                Transaction.parse("b", "2024-03-05", "8")));
        CustomerBase base = CustomerBase.of(log, Observation.until(END), TimeScale.DAYS);
        CustomerHistories histories = base.historiesAt(LocalDate.of(2024, 1, 10));
        Outcomes known = Outcomes.of(histories, 30);
        assertThat(known.margin(0)).isEqualByComparingTo("7.5");
        assertThat(known.margin(1)).isEqualByComparingTo("0");
        Outcomes unknown = Outcomes.of(histories, 60);
        assertThatThrownBy(() -> unknown.margin(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cost of every transaction");
        Outcomes none = Outcomes.of(base(TimeScale.DAYS).historiesAt(LocalDate.of(2024, 2, 1)), 10);
        assertThatThrownBy(() -> none.margin(0)).isInstanceOf(DataException.class);
    }

    /** A purchase and its refund without costs add up to 0, which hides nothing. */
    @Test
    void costsThatAreUnknownTwiceAreUnknown() {
        TransactionLog log = TransactionLog.of(List.of(
                Transaction.parse("a", "2024-01-01", "10").withCost(BigDecimal.ONE),
                Transaction.parse("a", "2024-02-01", "20"),
                Transaction.parse("a", "2024-02-02", "-20")));
        CustomerHistories histories = CustomerBase.of(log, Observation.until(END), TimeScale.DAYS, NET)
                .historiesAt(LocalDate.of(2024, 1, 10));
        assertThatThrownBy(() -> Outcomes.of(histories, 60).margin(0)).isInstanceOf(DataException.class);
    }

    /** An occasion of a week is one of the weeks of the window, before 1970 too. */
    @Test
    void outcomesCountThePeriodsOfTheWindow() {
        // Weeks of the window begin on Monday, 1 September 1969; those since 1970 on Thursdays.
        LocalDate monday = LocalDate.of(1969, 9, 1);
        TransactionLog log = TransactionLog.builder()
                .add("a", monday, BigDecimal.ONE)
                .add("a", monday.plusDays(8), BigDecimal.ONE)
                .add("a", monday.plusDays(13), BigDecimal.ONE)
                .add("a", monday.plusDays(14), BigDecimal.ONE)
                .build();
        CustomerBase base = CustomerBase.of(
                log,
                Observation.of(monday, monday.plusDays(40)),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withOccasionPeriod(TimeScale.WEEKS));
        CustomerHistories histories = base.historiesAt(monday.plusDays(6));
        assertThat(Outcomes.of(histories, 1).orders(0)).isEqualTo(1);
        assertThat(Outcomes.of(histories, 2).orders(0)).isEqualTo(2).isEqualTo(base.frequency(0));
    }

    @Test
    void badArguments() {
        CustomerBase base = base(TimeScale.WEEKS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.historiesAt(LocalDate.of(2024, 5, 1)))
                .withMessage("`day` must not be after the end of the observation, 2024-04-30, but was 2024-05-01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.historiesAt(LocalDate.MAX))
                .withMessageContaining("`day`");
        assertThat(base.historiesAt(LocalDate.MIN).size()).isZero();
        assertThat(base.historiesAt(LocalDate.of(2023, 12, 31)).size()).isZero();
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
            assertThatIllegalArgumentException().isThrownBy(() -> base.historiesAfter(bad));
        }
        assertThat(base.historiesAfter(0).size()).isEqualTo(2);
        assertThat(base.historiesAfter(0).asOf()).isEmpty();
        assertThat(base.historiesAfter(1000).size()).isZero();
        assertThatThrownBy(() -> base.historiesAfter(0).base())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("different days");
        CustomerHistories histories = base.historiesAt(LocalDate.of(2024, 2, 1));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 2e6}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Outcomes.of(histories, bad))
                    .withMessage("`horizon` must be above 0 and below 1000000, but was " + bad);
        }
        // Until 30 April, 89 days after 1 February: 12 weeks and 5 days.
        assertThat(Outcomes.of(histories, 89 / 7.0).size()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcomes.of(histories, 90 / 7.0))
                .withMessageContaining("over at the end of the observation, 2024-04-30")
                .withMessageContaining("(customer a)");
        CustomerHistory a = histories.history(0);
        assertThatThrownBy(() -> histories.history(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> a.day(a.occasions())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> a.amount(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> a.lineDay(a.lines())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> a.product(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void basesWithoutTransactionsAreRefused() {
        CustomerBase summaries =
                CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 2, 3, 4)), TimeScale.WEEKS);
        Contract contract = Contract.since("c", LocalDate.of(2024, 1, 1));
        CustomerBase contracts = CustomerBase.ofContracts(List.of(contract), END, TimeScale.MONTHS);
        for (CustomerBase base : List.of(summaries, contracts)) {
            assertThatThrownBy(base::histories)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("needs the transactions");
            assertThatThrownBy(() -> base.historiesAt(LocalDate.of(2024, 1, 1))).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> base.historiesAfter(1)).isInstanceOf(DataException.class);
        }
        CustomerBase mixed = base(TimeScale.MONTHS).withContracts(List.of(contract));
        assertThatThrownBy(mixed::histories)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of the 3 customers");
        assertThat(mixed.historiesAt(END).size()).isEqualTo(2);
    }

    @Test
    void aSelectionOfTheBaseHasItsHistories() {
        CustomerBase base = base(TimeScale.WEEKS).select(row -> row == 1);
        CustomerHistories histories = base.histories();
        assertThat(histories.size()).isEqualTo(1);
        assertThat(histories.history(0).id()).isEqualTo("b");
        assertThat(histories.history(0).total()).isEqualTo(18);
        assertThat(histories.base().size()).isEqualTo(1);
        // One customer twice is no base.
        CustomerHistories twice = base(TimeScale.WEEKS).histories().select(new int[] {0, 0});
        assertThatThrownBy(twice::base).isInstanceOf(DataException.class).hasMessageContaining("unique");
    }

    /** What is said of the last row is said of no other, and not once the log is there. */
    @Test
    void theBuilderSaysWhatWasBought() {
        TransactionLog.Builder builder = TransactionLog.builder();
        assertThatIllegalStateException().isThrownBy(() -> builder.product("tea"));
        assertThatIllegalStateException().isThrownBy(() -> builder.attribute("channel", "web"));
        builder.add("a", LocalDate.of(2024, 1, 1), BigDecimal.ONE)
                .add("a", LocalDate.of(2024, 1, 2), BigDecimal.TEN)
                .product("tea")
                .attribute("store", "Leeds");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.product(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.attribute("", "x"));
        TransactionLog log = builder.build();
        assertThat(log.attributeNames()).containsExactly("store");
        assertThat(log.transaction(0).product()).isEmpty();
        assertThat(log.transaction(0).attributes()).isEmpty();
        assertThat(log.transaction(1))
                .isEqualTo(Transaction.parse("a", "2024-01-02", "10")
                        .withProduct("tea")
                        .withAttribute("store", "Leeds"));
        assertThatIllegalStateException().isThrownBy(() -> builder.product("mug"));
        assertThatIllegalStateException().isThrownBy(() -> builder.attribute("store", "York"));
        assertThat(log.transaction(1).product()).contains("tea");
    }

    @Test
    void timesAreThoseOfTheUnit() {
        CustomerHistory b =
                base(TimeScale.MONTHS).historiesAt(LocalDate.of(2024, 3, 1)).history(1);
        assertThat(b.time(1)).isCloseTo(1 + 1 / 31.0, within(1e-12));
        assertThat(b.timeSinceLastPurchase()).isZero();
    }
}
