// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;
import org.junit.jupiter.api.Test;

class CustomerBaseTest {

    private static final Observation JANUARY = Observation.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31));

    private static CustomerBase base(DataPolicy policy, String... rows) {
        return CustomerBase.of(log(rows), JANUARY, TimeScale.WEEKS, policy);
    }

    /** Rows as "customer date amount". */
    private static TransactionLog log(String... rows) {
        TransactionLog.Builder log = TransactionLog.builder();
        for (String row : rows) {
            String[] fields = row.split(" ", -1);
            log.add(Transaction.parse(fields[0], fields[1], fields[2]));
        }
        return log.build();
    }

    @Test
    void anOccasionIsACustomerDay() {
        CustomerBase base = base(
                DataPolicy.withDefaults(),
                "a 2024-01-01 10",
                "b 2024-01-10 7",
                "a 2024-01-08 1.10",
                "a 2024-01-08 2.20",
                "a 2024-01-15 4.40");
        assertThat(base.size()).isEqualTo(2);
        assertThat(base.summary(0)).isEqualTo(new CustomerSummary("a", 2, 2, 30 / 7.0, (3.3 + 4.4) / 2, 1, Map.of()));
        assertThat(base.summary(0).timeSinceLastPurchase()).isEqualTo(30 / 7.0 - 2);
        assertThat(base.summary(1)).isEqualTo(CustomerSummary.of("b", 0, 0, 3));
        assertThat(base.totalAmount(0)).isEqualByComparingTo("17.70");
        assertThat(base.transactions(0)).isEqualTo(4);
        assertThat(base.quality().orElseThrow().mergedRows()).isEqualTo(1);
        assertThat(base.isGridded()).isTrue();
        assertThat(base.stepsPerPeriod()).isEqualTo(7);
        assertThat(base.recencySteps(0)).isEqualTo(14);
        assertThat(base.ageSteps(0)).isEqualTo(30);
        assertThat(base.isWeighted()).isFalse();
        assertThat(base.totalWeight()).isEqualTo(2);
        assertThat(base.observation()).contains(JANUARY);
        assertThat(base.timeScale()).isEqualTo(TimeScale.WEEKS);
        assertThat(base.currency()).isEqualTo(Transaction.NO_CURRENCY);
        assertThat(base.indexOf("nobody")).isEqualTo(-1);
        assertThat(base.hasRealisedTotals()).isTrue();
        assertThat(base).hasToString("CustomerBase[2 customers, weeks, [2024-01-01, 2024-01-31]]");
    }

    @Test
    void theWindowIncludesBothOfItsDays() {
        CustomerBase base = base(
                DataPolicy.withDefaults(),
                "a 2023-12-31 1",
                "a 2024-01-01 2",
                "a 2024-01-31 4",
                "a 2024-02-01 8",
                "b 2023-12-01 1",
                "c 2024-02-01 1");
        assertThat(base.size()).isEqualTo(1);
        assertThat(base.totalAmount(0)).isEqualByComparingTo("6");
        DataQuality quality = base.quality().orElseThrow();
        assertThat(quality.rowsBeforeStart()).isEqualTo(2);
        assertThat(quality.rowsAfterEnd()).isEqualTo(2);
        assertThat(quality.skippedCustomers()).isEqualTo(2);
        assertThat(quality.truncatedCustomers()).isEqualTo(1);
        assertThat(quality.notes())
                .containsExactly(
                        "2 rows before the calibration start were left out",
                        "2 rows after the calibration end do not count in it",
                        "2 customers have no purchase in the calibration and were skipped",
                        "1 customers bought before the calibration start; their age counts from the window");
    }

    @Test
    void theHoldoutBeginsTheDayAfter() {
        CustomerBase base = CustomerBase.of(
                log(
                        "a 2024-01-05 1",
                        "a 2024-01-31 2",
                        "a 2024-02-01 4",
                        "a 2024-02-01 8",
                        "a 2024-02-29 16",
                        "a 2024-03-01 32",
                        "b 2024-02-10 1"),
                JANUARY.withHoldoutEnd(LocalDate.of(2024, 2, 29)),
                TimeScale.DAYS);
        assertThat(base.size()).isEqualTo(1);
        assertThat(base.hasHoldout()).isTrue();
        assertThat(base.frequency(0)).isEqualTo(1);
        assertThat(base.holdoutTransactions(0)).isEqualTo(2);
        assertThat(base.holdoutAmount(0)).isEqualByComparingTo("28");
        CustomerBase without = base(DataPolicy.withDefaults(), "a 2024-01-05 1");
        assertThat(without.hasHoldout()).isFalse();
        assertThatThrownBy(() -> without.holdoutTransactions(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> without.holdoutAmount(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("withHoldoutEnd");
    }

    @Test
    void zeroAmountsAreKeptOrDropped() {
        String[] rows = {"a 2024-01-01 0", "a 2024-01-08 5", "a 2024-01-15 0.00", "b 2024-01-02 0"};
        CustomerBase kept = base(DataPolicy.withDefaults(), rows);
        assertThat(kept.size()).isEqualTo(2);
        assertThat(kept.frequency(0)).isEqualTo(2);
        assertThat(kept.monetaryValue(0)).isEqualTo(2.5);
        assertThat(kept.quality().orElseThrow().zeroAmounts()).isEqualTo(3);
        CustomerBase dropped = base(DataPolicy.withDefaults().withZeroAmounts(ZeroAmounts.DROP), rows);
        assertThat(dropped.size()).isEqualTo(1);
        assertThat(dropped.frequency(0)).isZero();
        assertThat(dropped.quality().orElseThrow().droppedZeroAmounts()).isEqualTo(3);
        assertThat(dropped.quality().orElseThrow().skippedCustomers()).isEqualTo(1);
    }

    @Test
    void refundsAreNettedAgainstTheLatestPurchasesBeforeThem() {
        DataPolicy net = DataPolicy.withDefaults().withRefunds(Refunds.NET);
        CustomerBase base = base(
                net,
                // Part of its own day.
                "own 2024-01-01 10",
                "own 2024-01-02 10",
                "own 2024-01-02 -4",
                // The whole of the day before and part of the one before that.
                "two 2024-01-01 10",
                "two 2024-01-05 10",
                "two 2024-01-09 -12",
                // In full: no customer is left.
                "gone 2024-01-01 10",
                "gone 2024-01-03 -10",
                // Before any purchase.
                "early 2024-01-01 -3",
                "early 2024-01-02 10",
                // More than there is.
                "more 2024-01-01 10",
                "more 2024-01-08 20",
                "more 2024-01-08 -35");
        assertThat(base.size()).isEqualTo(3);
        assertThat(base.summary(base.indexOf("own")))
                .isEqualTo(new CustomerSummary("own", 1, 1 / 7.0, 30 / 7.0, 6, 1, Map.of()));
        assertThat(base.summary(base.indexOf("two"))).isEqualTo(CustomerSummary.of("two", 0, 0, 30 / 7.0));
        assertThat(base.totalAmount(base.indexOf("two"))).isEqualByComparingTo("8");
        assertThat(base.indexOf("gone")).isEqualTo(-1);
        assertThat(base.summary(base.indexOf("early"))).isEqualTo(CustomerSummary.of("early", 0, 0, 29 / 7.0));
        assertThat(base.totalAmount(base.indexOf("early"))).isEqualByComparingTo("7");
        assertThat(base.indexOf("more")).isEqualTo(-1);
        DataQuality quality = base.quality().orElseThrow();
        assertThat(quality.refunds()).isEqualTo(5);
        assertThat(quality.reversedOccasions()).isEqualTo(4);
        assertThat(quality.unmatchedRefunds()).isEqualTo(2);
        assertThat(quality.skippedCustomers()).isEqualTo(2);
        assertThat(quality.notes()).contains("2 refunds found no purchase to net against in full");
    }

    @Test
    void refundsAreDroppedOrRefused() {
        String[] rows = {"a 2024-01-01 10", "a 2024-01-02 -10"};
        CustomerBase dropped = base(DataPolicy.withDefaults().withRefunds(Refunds.DROP), rows);
        assertThat(dropped.totalAmount(0)).isEqualByComparingTo("10");
        assertThat(dropped.quality().orElseThrow().droppedRefunds()).isEqualTo(1);
        assertThatThrownBy(() -> base(DataPolicy.withDefaults(), rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`amount` of row 2 (customer a, 2024-01-02)")
                .hasMessageContaining("-10");
    }

    @Test
    void coarseOccasionsAreCustomerPeriods() {
        CustomerBase base = CustomerBase.of(
                log("a 2024-01-31 1", "a 2024-02-28 2", "a 2024-02-29 4", "a 2024-04-15 8", "b 2024-03-30 1"),
                Observation.of(LocalDate.of(2024, 1, 31), LocalDate.of(2024, 6, 30)),
                TimeScale.MONTHS,
                DataPolicy.withDefaults().withOccasionPeriod(TimeScale.MONTHS));
        // Periods begin on 31 January, 29 February, 31 March, 30 April, 31 May, 30 June.
        assertThat(base.frequency(0)).isEqualTo(2);
        assertThat(base.recency(0)).isEqualTo(2);
        assertThat(base.age(0)).isEqualTo(5);
        assertThat(base.monetaryValue(0)).isEqualTo(6);
        assertThat(base.age(1)).isEqualTo(4);
        assertThat(base.isGridded()).isTrue();
        assertThat(base.stepsPerPeriod()).isEqualTo(1);
        assertThatThrownBy(() -> CustomerBase.of(
                        log("a 2024-01-31 1"),
                        JANUARY,
                        TimeScale.WEEKS,
                        DataPolicy.withDefaults().withOccasionPeriod(TimeScale.MONTHS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`timeScale`")
                .hasMessageContaining("months")
                .hasMessageContaining("weeks");
    }

    @Test
    void totalsBeyondExactArithmeticAreRefused() {
        String huge = "999999999999999999";
        String[] rows = new String[10];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "a 2024-01-0" + (1 + i % 9) + " " + huge;
        }
        assertThatThrownBy(() -> base(DataPolicy.withDefaults(), rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("exceed")
                .hasMessageContaining("customer a");
        // Refunds before any purchase keep the total small, and the occasions do not.
        String[] early = new String[28];
        for (int i = 0; i < early.length; i++) {
            early[i] = i < 9 ? "a 2024-01-01 -" + huge : "a 2024-01-" + (1 + i) + " " + huge;
        }
        assertThatThrownBy(() -> base(DataPolicy.withDefaults().withRefunds(Refunds.NET), early))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("exceed");
    }

    @Test
    void summariesOnTheGridAreKeptAsStepsWithoutLosingABit() {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int days = 0; days < 3000; days++) {
            summaries.add(CustomerSummary.of("c" + days, days == 0 ? 0 : 1, days / 7.0, days / 7.0 + 4));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        // days / 7 + 4 is not always the double nearest to (days + 28) / 7.
        List<CustomerSummary> exact = new ArrayList<>();
        for (int days = 0; days < 3000; days++) {
            exact.add(CustomerSummary.of("c" + days, days == 0 ? 0 : 1, days / 7.0, (days + 28) / 7.0));
        }
        CustomerBase gridded = CustomerBase.ofSummaries(exact, TimeScale.WEEKS);
        assertThat(gridded.isGridded()).isTrue();
        for (int row = 0; row < 3000; row++) {
            assertThat(gridded.recencySteps(row)).isEqualTo(row);
            assertThat(gridded.ageSteps(row)).isEqualTo(row + 28);
            assertThat(gridded.summary(row)).isEqualTo(exact.get(row));
            assertThat(base.summary(row)).isEqualTo(summaries.get(row));
        }
    }

    @Test
    void daysOfOccasionsAreKnownOfTransactionsOnly() {
        CustomerBase summaries = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 1, 2)), TimeScale.WEEKS);
        assertThat(summaries.hasOccasions()).isFalse();
        assertThatThrownBy(() -> summaries.occasionDay(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("summaries");
        LocalDate day = LocalDate.of(2024, 1, 31);
        CustomerBase base = CustomerBase.of(
                        TransactionLog.builder()
                                .add("a", day, BigDecimal.ONE)
                                .add("a", day.plusDays(3), BigDecimal.ONE)
                                .build(),
                        Observation.until(day.plusDays(9)),
                        TimeScale.WEEKS)
                .withWeights(new double[] {2});
        assertThat(base.occasionDay(0, 1)).isEqualTo((int) day.plusDays(3).toEpochDay());
        assertThatThrownBy(() -> base.occasionDay(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> base.occasionDay(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void oneTimeOffTheGridKeepsAllAsTheyAre() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("a", 1, 1, 2), CustomerSummary.of("b", 1, Math.nextUp(1.0), 2)),
                TimeScale.WEEKS);
        assertThat(base.isGridded()).isFalse();
        assertThat(base.recency(1)).isEqualTo(Math.nextUp(1.0));
        assertThat(base.age(0)).isEqualTo(2);
        assertThatThrownBy(base::stepsPerPeriod).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> base.recencySteps(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> base.ageSteps(0)).isInstanceOf(IllegalStateException.class);
        // Beyond what an int counts.
        CustomerBase old = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 0, 0, 1e12)), TimeScale.DAYS);
        assertThat(old.isGridded()).isFalse();
        assertThat(old.age(0)).isEqualTo(1e12);
    }

    @Test
    void summariesHaveWeightsAndAttributesAndNoLedger() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 3, 1, 2, 22.345)
                                .withWeight(2.5)
                                .withAttributes(Map.of("region", "North")),
                        CustomerSummary.of("b", 0, 0, 2)),
                TimeScale.YEARS);
        assertThat(base.isWeighted()).isTrue();
        assertThat(base.weight(0)).isEqualTo(2.5);
        assertThat(base.totalWeight()).isEqualTo(3.5);
        assertThat(base.attributeNames()).containsExactly("region");
        assertThat(base.attribute("region", 0)).contains("North");
        assertThat(base.attribute("region", 1)).isEmpty();
        assertThat(base.attribute("nothing", 1)).isEmpty();
        assertThat(base.hasRealisedTotals()).isFalse();
        assertThat(base.totalAmount(0)).isEqualByComparingTo("67.035");
        assertThat(base.totalAmountAsDouble(0)).isEqualTo(3 * 22.345);
        assertThat(base.transactions(0)).isEqualTo(4);
        assertThat(base.totalCost(0)).isZero();
        assertThat(base.totalAmountWithCost(0)).isZero();
        assertThat(base.observation()).isEmpty();
        assertThat(base.quality()).isEmpty();
        assertThat(base.firstDate(0)).isEmpty();
        assertThat(base.lastDate(0)).isEmpty();
        assertThat(base.acquisitionCost(0)).isEmpty();
        assertThat(base.hasHoldout()).isFalse();
    }

    @Test
    void summariesAreChecked() {
        assertRefused("`id`", () -> CustomerSummary.of(" ", 0, 0, 1));
        assertRefused("`frequency` must be at least 0, but was -1 (customer C17)", () -> summary(-1, 0, 1, 0, 1));
        assertRefused(
                "`recency` must be in [0, age = 3.0], but was 3.5 (customer C17)", () -> summary(1, 3.5, 3, 0, 1));
        assertRefused("`recency`", () -> summary(1, -0.1, 3, 0, 1));
        assertRefused("`recency`", () -> summary(1, Double.NaN, 3, 0, 1));
        assertRefused("`recency` must be 0 without repeat purchases", () -> summary(0, 1, 3, 0, 1));
        assertRefused("`age`", () -> summary(1, 0, -1, 0, 1));
        assertRefused("`age`", () -> summary(1, 0, Double.NaN, 0, 1));
        assertRefused("`age`", () -> summary(1, 0, Double.POSITIVE_INFINITY, 0, 1));
        assertRefused("`monetaryValue`", () -> summary(1, 0, 1, Double.NaN, 1));
        assertRefused("`monetaryValue`", () -> summary(1, 0, 1, Double.NEGATIVE_INFINITY, 1));
        assertRefused("`monetaryValue`", () -> summary(100, 0, 1, Double.MAX_VALUE, 1));
        assertRefused("`monetaryValue` must be 0 without repeat purchases", () -> summary(0, 0, 1, 12, 1));
        assertRefused("`weight`", () -> summary(1, 0, 1, 0, 0));
        assertRefused("`weight`", () -> summary(1, 0, 1, 0, Double.NaN));
        assertRefused("`weight`", () -> summary(1, 0, 1, 0, Double.POSITIVE_INFINITY));
        // Margins may be negative, and everything may happen at once.
        assertThat(summary(1, 0, 0, -5, 1).monetaryValue()).isEqualTo(-5);
        assertThatThrownBy(() -> CustomerBase.ofSummaries(
                        List.of(CustomerSummary.of("a", 0, 0, 1), CustomerSummary.of("a", 0, 0, 2)), TimeScale.DAYS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`id` of row 2")
                .hasMessageContaining("'a'")
                .hasMessageContaining("row 1");
    }

    private static CustomerSummary summary(int frequency, double recency, double age, double value, double weight) {
        return new CustomerSummary("C17", frequency, recency, age, value, weight, Map.of());
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsKnownOfCustomersIsCarried() {
        TransactionLog log = TransactionLog.builder()
                .add(Transaction.parse("a", "2024-01-01", "1"))
                .add(Transaction.parse("b", "2024-01-02", "1"))
                .customer(Customer.of("b").withChannel("mail").withAcquisitionCost(new BigDecimal("3.50")))
                .customer(Customer.of("stranger").withAttribute("region", "Moon"))
                .build();
        CustomerBase base = CustomerBase.of(log, JANUARY, TimeScale.WEEKS);
        assertThat(base.attribute(CustomerBase.CHANNEL, 1)).contains("mail");
        assertThat(base.attribute(CustomerBase.CHANNEL, 0)).isEmpty();
        assertThat(base.acquisitionCost(1)).contains(new BigDecimal("3.50"));
        assertThat(base.acquisitionCost(0)).isEmpty();
        assertThat(base.attributeNames()).containsExactly("channel");

        CustomerBase more = base.withCustomers(List.of(
                Customer.of("a").withAttribute("region", "North").withAcquisitionCost(BigDecimal.ONE),
                Customer.of("b").withAttribute("channel", "search")));
        assertThat(more.attribute("region", 0)).contains("North");
        assertThat(more.attribute("channel", 1)).contains("search");
        assertThat(more.acquisitionCost(0)).contains(BigDecimal.ONE);
        assertThat(more.acquisitionCost(1)).contains(new BigDecimal("3.50"));
        assertThat(more.summary(0).attributes()).containsExactly(Map.entry("region", "North"));
        // The original is as it was.
        assertThat(base.attributeNames()).containsExactly("channel");
        assertThat(base.attribute("channel", 1)).contains("mail");
        assertThat(base.acquisitionCost(0)).isEmpty();
        assertThat(base.withCustomers(List.of())).isSameAs(base);
        assertThatThrownBy(() -> base.attributeNames().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void manyThreadsReadOneBase() throws Exception {
        TransactionLog.Builder builder = TransactionLog.builder();
        for (int i = 0; i < 5000; i++) {
            builder.add("c" + i % 300, LocalDate.of(2024, 1, 1 + i % 31), BigDecimal.valueOf(i));
        }
        TransactionLog log = builder.build();
        List<CustomerSummary> alone = read(CustomerBase.of(log, JANUARY, TimeScale.WEEKS));
        CustomerBase base = CustomerBase.of(log, JANUARY, TimeScale.WEEKS);
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<CustomerSummary>>> futures = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                futures.add(executor.submit(() ->
                        read(base.withCustomers(List.of(Customer.of("nobody").withChannel("x"))))));
                futures.add(executor.submit(() -> read(CustomerBase.of(log, JANUARY, TimeScale.WEEKS))));
            }
            for (Future<List<CustomerSummary>> future : futures) {
                assertThat(future.get()).isEqualTo(alone);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<CustomerSummary> read(CustomerBase base) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(base.indexOf(base.id(row))));
        }
        return summaries;
    }

    @Test
    void policiesAreValuesWithWords() {
        assertThat(DataPolicy.withDefaults()).hasToString("zero amounts keep, refunds error, occasion = customer-day");
        assertThat(DataPolicy.withDefaults()
                        .withZeroAmounts(ZeroAmounts.parse("drop"))
                        .withRefunds(Refunds.parse(" Net "))
                        .withOccasionPeriod(TimeScale.MONTHS))
                .hasToString("zero amounts drop, refunds net, occasion = customer-month");
        assertThatThrownBy(() -> ZeroAmounts.parse("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`zeroAmounts` must be keep or drop, but was 'maybe'");
        assertThatThrownBy(() -> Refunds.parse(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`refunds` must be error, net or drop, but was ''");
    }
}
