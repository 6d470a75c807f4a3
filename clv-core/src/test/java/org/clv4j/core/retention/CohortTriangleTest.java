// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.DataException;
import org.clv4j.core.value.RetentionRate;
import org.junit.jupiter.api.Test;

class CohortTriangleTest {

    private static final LocalDate END = LocalDate.of(2024, 4, 30);

    private static RecurringRevenue row(String customer, int month, int amount) {
        return new RecurringRevenue(customer, LocalDate.of(2024, month, 1 + month), BigDecimal.valueOf(amount));
    }

    /**
     * <pre>
     *     Jan  Feb  Mar  Apr
     * a   100  120   80   80
     * b    50   50    –   60
     * c    40    –    –    –
     * d     ·   30   30   45
     * e     ·    ·   20    –
     * </pre>
     */
    private static List<RecurringRevenue> ledger() {
        return List.of(
                row("d", 4, 45),
                row("a", 1, 60),
                row("a", 1, 40),
                row("b", 1, 50),
                row("c", 1, 40),
                row("c", 2, 0),
                row("a", 2, 120),
                row("b", 2, 50),
                row("d", 2, 30),
                row("a", 3, 80),
                row("d", 3, 30),
                row("e", 3, 20),
                row("a", 4, 80),
                row("b", 4, 60),
                row("e", 5, 20));
    }

    @Test
    void aLedgerByHand() {
        CohortTriangle triangle = CohortTriangle.ofRevenue(ledger(), END, CohortPeriod.MONTH);
        assertThat(triangle.cohorts())
                .extracting(RetentionCurve::name)
                .containsExactly("2024-01", "2024-02", "2024-03");
        assertThat(triangle.cohorts()).extracting(RetentionCurve::ages).containsExactly(4, 3, 2);
        RetentionCurve january = triangle.cohorts().get(0);
        assertThat(customers(january)).containsExactly(3, 2, 1, 2);
        assertThat(revenue(january)).containsExactly("190", "170", "80", "140");
        assertThat(january.logoSinceStart(2)).isEqualTo(1 / 3.0);
        assertThat(january.grossRevenueSinceStart(1)).hasValue(150 / 190.0);
        assertThat(january.netRevenueSinceStart(1)).hasValue(170 / 190.0);
        assertThat(january.grossRevenueSinceStart(3)).hasValue(130 / 190.0);
        assertThat(january.netRevenueSinceStart(3)).hasValue(140 / 190.0);
        assertThat(january.logoRetention(1)).contains(RetentionRate.of(2 / 3.0));
        assertThat(january.logoRetention(2)).contains(RetentionRate.of(0.5));
        assertThat(january.logoChurn(2)).hasValue(0.5);
        assertThat(january.grossRevenueRetention(1)).hasValue(150 / 190.0);
        assertThat(january.netRevenueRetention(1)).hasValue(170 / 190.0);
        assertThat(january.grossRevenueRetention(2)).hasValue(80 / 170.0);
        assertThat(january.revenueChurn(2)).hasValue(90 / 170.0);
        // b is back in April, but was not retained from March.
        assertThat(january.logoRetention(3)).contains(RetentionRate.of(1));
        assertThat(january.netRevenueRetention(3)).hasValue(1);
        RetentionCurve february = triangle.cohorts().get(1);
        assertThat(february.netRevenueRetention(2)).hasValue(1.5);
        assertThat(february.grossRevenueRetention(2)).hasValue(1);
        assertThat(february.netRevenueSinceStart(2)).hasValue(1.5);
    }

    /** e has not reached age 2, and d and e have not reached age 3: they are in no denominator there. */
    @Test
    void youngCohortsAreInNoDenominatorOfLaterAges() {
        RetentionCurve all =
                CohortTriangle.ofRevenue(ledger(), END, CohortPeriod.MONTH).pooled();
        assertThat(all.name()).isEqualTo("all");
        assertThat(all.ages()).isEqualTo(4);
        assertThat(observed(all)).containsExactly(5, 5, 4, 3);
        assertThat(customers(all)).containsExactly(5, 3, 2, 2);
        assertThat(revenue(all)).containsExactly("240", "200", "125", "140");
        assertThat(all.startingRevenue(2)).isEqualByComparingTo("220");
        assertThat(all.logoSinceStart(1)).isEqualTo(0.6);
        assertThat(all.logoSinceStart(2)).isEqualTo(0.5);
        assertThat(all.grossRevenueSinceStart(2)).hasValue(110 / 220.0);
        assertThat(all.netRevenueSinceStart(1).orElseThrow()).isCloseTo(200 / 240.0, within(1e-15));
        assertThat(all.logoRetention(2)).contains(RetentionRate.of(2 / 3.0));
        assertThat(all.grossRevenueRetention(2)).hasValue(110 / 200.0);
        assertThat(all.netRevenueRetention(2)).hasValue(125 / 200.0);
    }

    @Test
    void whatWasNotObservedIsNotSaid() {
        RetentionCurve march = CohortTriangle.ofRevenue(ledger(), END, CohortPeriod.MONTH)
                .cohorts()
                .get(2);
        assertThat(march.logoSinceStart(1)).isEqualTo(0);
        assertThatThrownBy(() -> march.logoSinceStart(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`age` must be in [0, 1]");
        assertThatThrownBy(() -> march.logoRetention(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`age` must be in [1, 1]");
        RetentionCurve toMay = CohortTriangle.ofRevenue(
                        List.of(row("x", 1, 5)), LocalDate.of(2024, 5, 31), CohortPeriod.MONTH)
                .pooled();
        assertThat(toMay.logoRetention(1)).contains(RetentionRate.of(0));
        assertThat(toMay.logoRetention(2)).isEmpty();
        assertThat(toMay.logoChurn(2)).isEmpty();
        assertThat(toMay.netRevenueRetention(2)).isEmpty();
        assertThatThrownBy(() -> CohortTriangle.ofRevenue(ledger(), END, CohortPeriod.QUARTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`through` must be the last day of a quarter, but was 2024-04-30");
        assertThat(CohortTriangle.ofRevenue(List.of(), END, CohortPeriod.MONTH).pooled())
                .hasToString("RetentionCurve[all, 0 customers, 0 ages]");
    }

    @Test
    void contractsAreObservedToTheirOwnAge() {
        List<Contract> contracts = List.of(
                yearly("stays", "2022-03-15", 120),
                yearly("left", "2022-09-01", 60).withEnd(LocalDate.of(2023, 8, 31)),
                yearly("young", "2023-06-01", 240),
                yearly("ends later", "2023-03-01", 100).withEnd(LocalDate.of(2025, 2, 28)),
                yearly("free", "2024-03-01", 0));
        CohortTriangle triangle = CohortTriangle.ofContracts(contracts, LocalDate.of(2024, 4, 1), CohortPeriod.YEAR);
        assertThat(triangle.cohorts()).extracting(RetentionCurve::name).containsExactly("2022", "2023", "2024");
        RetentionCurve first = triangle.cohorts().get(0);
        // "stays" has reached age 2, "left" only age 1.
        assertThat(observed(first)).containsExactly(2, 2, 1);
        assertThat(customers(first)).containsExactly(2, 1, 1);
        assertThat(first.logoRetention(1)).contains(RetentionRate.of(0.5));
        assertThat(first.grossRevenueSinceStart(1).orElseThrow()).isCloseTo(120 / 180.0, within(1e-15));
        assertThat(first.startingRevenue(2)).isEqualByComparingTo("120");
        assertThat(observed(triangle.pooled())).containsExactly(5, 3, 1);
        assertThat(triangle.pooled().logoRetention(1)).contains(RetentionRate.of(2 / 3.0));
        RetentionCurve free = triangle.cohorts().get(2);
        assertThat(free.customers(0)).isEqualTo(1);
        assertThat(free.netRevenueSinceStart(0)).isEmpty();
        assertThat(triangle).hasToString("CohortTriangle[3 cohorts by year]");
    }

    /** A bill of a quarter is the revenue of three months. */
    @Test
    void revenueOfContractsIsOfThePeriodNotOfTheBill() {
        Contract quarterly = yearly("a", "2024-01-01", 30).withBillingMonths(3);
        LocalDate asOf = LocalDate.of(2024, 12, 31);
        for (Map.Entry<CohortPeriod, String> entry : Map.of(
                        CohortPeriod.MONTH, "10", CohortPeriod.QUARTER, "30", CohortPeriod.YEAR, "120")
                .entrySet()) {
            RetentionCurve curve = CohortTriangle.ofContracts(List.of(quarterly), asOf, entry.getKey())
                    .pooled();
            assertThat(curve.revenue(0)).isEqualByComparingTo(entry.getValue());
            assertThat(curve.ages()).isEqualTo((11 / entry.getKey().months()) + 1);
        }
        assertThatThrownBy(() ->
                        CohortTriangle.ofContracts(List.of(Contract.ofRenewals("a", 1)), asOf, CohortPeriod.MONTH))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("customer a");
    }

    private static Contract yearly(String id, String start, int fee) {
        return Contract.since(id, LocalDate.parse(start)).withTermMonths(12).withFee(BigDecimal.valueOf(fee));
    }

    /** Against counting customer by customer, in any order of the rows; cohorts add up to all. */
    @Test
    void aRandomLedgerIsCountedRight() {
        SplittableRandom random = new SplittableRandom(5);
        List<RecurringRevenue> rows = new ArrayList<>();
        Map<String, int[]> paid = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            int[] months = new int[24];
            for (int month = random.nextInt(6); month < 24 && random.nextDouble() < 0.95; month++) {
                months[month] = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(50);
                rows.add(RecurringRevenue.ofIso(
                        "c" + i,
                        LocalDate.of(2022, 1, 31).plusMonths(month).toString(),
                        BigDecimal.valueOf(months[month])));
            }
            paid.put("c" + i, months);
        }
        LocalDate end = LocalDate.of(2023, 12, 31);
        CohortTriangle triangle = CohortTriangle.ofRevenue(rows, end, CohortPeriod.MONTH);
        for (int age = 1; age < 20; age++) {
            long before = 0;
            long stayed = 0;
            long capped = 0;
            long net = 0;
            long revenue = 0;
            long observed = 0;
            for (int[] months : paid.values()) {
                int first = 0;
                while (first < 24 && months[first] == 0) {
                    first++;
                }
                if (first + age < 24) {
                    int then = months[first + age - 1];
                    int now = months[first + age];
                    observed++;
                    before += then;
                    net += then > 0 ? now : 0;
                    stayed += then > 0 && now > 0 ? 1 : 0;
                    capped += Math.min(then, now);
                    revenue += now;
                }
            }
            RetentionCurve all = triangle.pooled();
            assertThat(all.observed(age)).isEqualTo(observed);
            assertThat(all.revenue(age)).isEqualByComparingTo(BigDecimal.valueOf(revenue));
            assertThat(all.grossRevenueRetention(age).orElseThrow())
                    .isCloseTo(capped / (double) before, within(1e-15))
                    .isBetween(0.0, 1.0);
            assertThat(all.netRevenueRetention(age).orElseThrow()).isCloseTo(net / (double) before, within(1e-14));
            int at = age;
            List<RetentionCurve> old = triangle.cohorts().stream()
                    .filter(cohort -> cohort.ages() > at)
                    .toList();
            assertThat(old.stream().mapToLong(cohort -> cohort.customers(at)).sum())
                    .isEqualTo(all.customers(age));
            assertThat(old.stream().map(cohort -> cohort.revenue(at)).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(all.revenue(age));
            double there = all.logoRetention(age).orElseThrow().value();
            assertThat(there + all.logoChurn(age).orElseThrow()).isCloseTo(1, within(1e-15));
            assertThat(stayed).isLessThanOrEqualTo(all.customers(age));
        }
        Collections.shuffle(rows, new Random(2));
        CohortTriangle shuffled = CohortTriangle.ofRevenue(rows, end, CohortPeriod.MONTH);
        assertThat(revenue(shuffled.pooled())).containsExactly(revenue(triangle.pooled()));
        assertThat(customers(shuffled.pooled())).containsExactly(customers(triangle.pooled()));
    }

    @Test
    void periodsHaveNames() {
        LocalDate day = LocalDate.of(2024, 5, 31);
        assertThat(CohortPeriod.MONTH.label(day)).isEqualTo("2024-05");
        assertThat(CohortPeriod.QUARTER.label(day)).isEqualTo("2024-Q2");
        assertThat(CohortPeriod.YEAR.label(day)).isEqualTo("2024");
        assertThat(CohortPeriod.QUARTER.label(LocalDate.of(1969, 12, 31))).isEqualTo("1969-Q4");
        for (CohortPeriod period : CohortPeriod.values()) {
            assertThat(CohortPeriod.parse(" " + period.name())).isEqualTo(period);
            assertThat(period.firstDay(period.indexOf(day))).isBeforeOrEqualTo(day);
            assertThat(period.firstDay(period.indexOf(day) + 1)).isAfter(day);
        }
        assertThatThrownBy(() -> CohortPeriod.parse("week")).hasMessageContaining("`period` must be month");
    }

    @Test
    void rowsAreChecked() {
        LocalDate day = LocalDate.of(2024, 1, 1);
        assertThatThrownBy(() -> new RecurringRevenue("a", day, BigDecimal.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`amount` must be at least 0");
        assertThatThrownBy(() -> new RecurringRevenue("a", day, new BigDecimal("1e999999")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecurringRevenue(" ", day, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`customerId`");
    }

    private static long[] customers(RetentionCurve curve) {
        long[] counts = new long[curve.ages()];
        for (int age = 0; age < counts.length; age++) {
            counts[age] = curve.customers(age);
        }
        return counts;
    }

    private static long[] observed(RetentionCurve curve) {
        long[] counts = new long[curve.ages()];
        for (int age = 0; age < counts.length; age++) {
            counts[age] = curve.observed(age);
        }
        return counts;
    }

    private static String[] revenue(RetentionCurve curve) {
        String[] amounts = new String[curve.ages()];
        for (int age = 0; age < amounts.length; age++) {
            amounts[age] = curve.revenue(age).toPlainString();
        }
        return amounts;
    }
}
