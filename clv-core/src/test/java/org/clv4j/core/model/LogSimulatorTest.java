// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.junit.jupiter.api.Test;

class LogSimulatorTest {

    private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
    private static final LocalDate ACQUIRED = LocalDate.of(2023, 3, 31);
    private static final LocalDate UNTIL = LocalDate.of(2023, 12, 31);

    private static List<Transaction> simulate(
            TransactionSimulator transactions, SpendSimulator spend, long first, long customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.of(transactions, spend, TimeScale.WEEKS)
                .simulateInto(log, "C", first, customers, FROM, ACQUIRED, UNTIL, seed);
        TransactionLog built = log.build();
        List<Transaction> rows = new ArrayList<>();
        IntStream.range(0, built.size()).forEach(row -> rows.add(built.transaction(row)));
        return rows;
    }

    @Test
    void customersLiveInsideTheirWindow() {
        List<Transaction> rows = simulate(new Fakes.Poisson(0.2, null), new Fakes.SameSpend(9.999), 0, 500, 1);
        LocalDate firstDay = null;
        String id = "";
        for (Transaction row : rows) {
            assertThat(row.amount()).isEqualByComparingTo("10.00");
            assertThat(row.date()).isBetween(FROM, UNTIL);
            if (!row.customerId().equals(id)) {
                id = row.customerId();
                firstDay = row.date();
                assertThat(firstDay).isBetween(FROM, ACQUIRED);
            }
            assertThat(row.date()).isAfterOrEqualTo(firstDay);
        }
        CustomerBase base = CustomerBase.of(TransactionLog.of(rows), Observation.until(UNTIL), TimeScale.WEEKS);
        assertThat(base.size()).isEqualTo(500);
        assertThat(base.id(0)).isEqualTo("C1");
        // 500 customers of about 46 weeks at 0.2 a week: 4,600 ± 70 repeat rows.
        assertThat(rows.size() - 500).isBetween(4_200, 5_000);
    }

    @Test
    void aCustomerIsItsSeedAndNumber() {
        Fakes.Poisson poisson = new Fakes.Poisson(0.1, null);
        Fakes.SameSpend spend = new Fakes.SameSpend(5);
        List<Transaction> all = simulate(poisson, spend, 0, 20, 7);
        assertThat(simulate(poisson, spend, 0, 20, 7)).isEqualTo(all);
        assertThat(simulate(poisson, spend, 0, 20, 8)).isNotEqualTo(all);
        List<Transaction> parts = new ArrayList<>(simulate(poisson, spend, 0, 5, 7));
        parts.addAll(simulate(poisson, spend, 5, 15, 7));
        assertThat(parts).isEqualTo(all);
        assertThat(simulate(poisson, spend, 0, 0, 7)).isEmpty();
    }

    @Test
    void timesBecomeDaysAndTheLastOneStaysInside() {
        // At the first moment of day 7, within day 7, and at the very end of the age.
        TransactionSimulator times = (age, seed) -> new double[] {1, 1.1, age};
        List<Transaction> rows = simulate(times, (purchases, seed) -> new double[] {1, 0.001, 0, 2.005}, 0, 1, 3);
        LocalDate first = rows.get(0).date();
        assertThat(rows)
                .extracting(Transaction::date)
                .containsExactly(first, first.plusDays(7), first.plusDays(7), UNTIL);
        assertThat(rows.get(1).amount()).isEqualByComparingTo("0.01");
        assertThat(rows.get(2).amount()).isEqualByComparingTo("0");
        assertThat(rows.get(3).amount()).isEqualByComparingTo("2.00");
    }

    @Test
    void badArgumentsAreNamed() {
        Fakes.Poisson poisson = new Fakes.Poisson(0.1, null);
        Fakes.SameSpend spend = new Fakes.SameSpend(5);
        assertThatThrownBy(() -> LogSimulator.of(poisson, spend, TimeScale.MONTHS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`timeScale`")
                .hasMessageContaining("months");
        assertThatThrownBy(() -> LogSimulator.of(null, spend, TimeScale.WEEKS))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("transactions");
        LogSimulator simulator = LogSimulator.of(poisson, spend, TimeScale.DAYS);
        TransactionLog.Builder log = TransactionLog.builder();
        assertThatThrownBy(() -> simulator.simulateInto(log, "C", 0, 1, ACQUIRED, FROM, UNTIL, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`acquiredUntil` 2023-01-01");
        assertThatThrownBy(() -> simulator.simulateInto(log, "C", 0, 1, FROM, UNTIL, ACQUIRED, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`until` 2023-03-31");
        assertThatThrownBy(() -> simulator.simulateInto(log, "C", 0, -1, FROM, ACQUIRED, UNTIL, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`customers`");
        assertThat(log.size()).isZero();
    }
}
