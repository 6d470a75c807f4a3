// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;

/** The base of any log, window, unit and policy is what a naive implementation makes of them. */
class CustomerBaseProperties {

    private static final LocalDate ORIGIN = LocalDate.of(2023, 12, 30);

    @Provide
    Arbitrary<List<Transaction>> logs() {
        Arbitrary<BigDecimal> amounts = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 5000).map(cents -> BigDecimal.valueOf(cents, 2))),
                Tuple.of(2, Arbitraries.just(new BigDecimal("10.00"))),
                Tuple.of(1, Arbitraries.just(BigDecimal.ZERO)),
                Tuple.of(1, Arbitraries.just(new BigDecimal("-10"))),
                Tuple.of(1, Arbitraries.integers().between(-90_000, -1).map(mills -> BigDecimal.valueOf(mills, 3))));
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.integers().between(0, 120),
                        amounts,
                        Arbitraries.integers().between(0, 20).optional(0.3))
                .as((id, day, amount, cost) -> {
                    Transaction transaction = Transaction.of(id, ORIGIN.plusDays(day), amount);
                    return cost.map(known -> transaction.withCost(BigDecimal.valueOf(known)))
                            .orElse(transaction);
                })
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Observation> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 50).optional(0.5),
                        Arbitraries.integers().between(50, 125),
                        Arbitraries.integers().between(1, 60).optional(0.5))
                .as((start, end, holdout) -> {
                    LocalDate last = ORIGIN.plusDays(end);
                    Observation window = start.map(first -> Observation.of(ORIGIN.plusDays(first), last))
                            .orElse(Observation.until(last));
                    return holdout.map(days -> window.withHoldoutEnd(last.plusDays(days)))
                            .orElse(window);
                });
    }

    @Provide
    Arbitrary<DataPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.of(ZeroAmounts.values()), Arbitraries.of(Refunds.NET, Refunds.DROP, Refunds.NET))
                .as((zero, refunds) ->
                        DataPolicy.withDefaults().withZeroAmounts(zero).withRefunds(refunds));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void theBaseIsThatOfTheNaiveImplementation(
            @ForAll("logs") List<Transaction> log,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll boolean coarse) {
        DataPolicy rules = coarse ? policy.withOccasionPeriod(unit) : policy;
        assertSame(
                CustomerBase.of(TransactionLog.of(log), window, unit, rules), new NaiveBase(log, window, unit, rules));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRowsOnlyOrdersTheCustomers(
            @ForAll("logs") List<Transaction> log,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll Random random) {
        List<Transaction> shuffled = new ArrayList<>(log);
        Collections.shuffle(shuffled, random);
        CustomerBase base = CustomerBase.of(TransactionLog.of(log), window, unit, policy);
        CustomerBase other = CustomerBase.of(TransactionLog.of(shuffled), window, unit, policy);
        assertThat(other.size()).isEqualTo(base.size());
        assertThat(other.quality()).isEqualTo(base.quality());
        for (int row = 0; row < base.size(); row++) {
            int there = other.indexOf(base.id(row));
            assertThat(there).isNotNegative();
            assertThat(other.summary(there)).isEqualTo(base.summary(row));
            assertThat(other.totalAmount(there)).isEqualTo(base.totalAmount(row));
            assertThat(other.totalCost(there)).isEqualByComparingTo(base.totalCost(row));
            if (base.hasHoldout()) {
                assertThat(other.holdoutAmount(there)).isEqualTo(base.holdoutAmount(row));
            }
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void refundsAreErrorsByDefault(
            @ForAll("logs") List<Transaction> log, @ForAll("windows") Observation window, @ForAll TimeScale unit) {
        NaiveBase expected;
        try {
            expected = new NaiveBase(log, window, unit, DataPolicy.withDefaults());
        } catch (DataException refund) {
            assertThatThrownBy(() -> CustomerBase.of(TransactionLog.of(log), window, unit))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("`amount`")
                    .hasMessageContaining("-");
            return;
        }
        assertSame(CustomerBase.of(TransactionLog.of(log), window, unit), expected);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aBaseOfItsSummariesIsTheSame(@ForAll("logs") List<Transaction> log, @ForAll TimeScale unit) {
        CustomerBase base = CustomerBase.of(
                TransactionLog.of(log),
                Observation.until(ORIGIN.plusDays(125)),
                unit,
                DataPolicy.withDefaults().withRefunds(Refunds.NET));
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row));
        }
        CustomerBase again = CustomerBase.ofSummaries(summaries, unit);
        for (int row = 0; row < base.size(); row++) {
            assertThat(again.summary(row)).isEqualTo(base.summary(row));
            if (base.isGridded()) {
                assertThat(again.recencySteps(row)).isEqualTo(base.recencySteps(row));
                assertThat(again.ageSteps(row)).isEqualTo(base.ageSteps(row));
            }
        }
    }

    private static void assertSame(CustomerBase base, NaiveBase expected) {
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            ids.add(base.id(row));
        }
        assertThat(ids).containsExactlyElementsOf(expected.rows.keySet());
        for (int row = 0; row < base.size(); row++) {
            NaiveBase.Row naive = expected.rows.get(base.id(row));
            assertThat(base.indexOf(naive.id)).isEqualTo(row);
            assertThat(base.frequency(row)).isEqualTo(naive.frequency());
            assertThat(base.recency(row)).isEqualTo(naive.recency);
            assertThat(base.age(row)).isEqualTo(naive.age);
            assertThat(base.monetaryValue(row)).isEqualTo(naive.monetaryValue());
            assertThat(base.totalAmount(row)).isEqualByComparingTo(naive.total);
            assertThat(base.totalAmountAsDouble(row)).isEqualTo(naive.total.doubleValue());
            assertThat(base.totalCost(row)).isEqualByComparingTo(naive.cost);
            assertThat(base.totalAmountWithCost(row)).isEqualByComparingTo(naive.amountWithCost);
            assertThat(base.transactions(row)).isEqualTo(naive.rows);
            assertThat(base.firstDate(row)).contains(naive.days.get(0));
            assertThat(base.lastDate(row)).contains(naive.days.get(naive.days.size() - 1));
            assertThat(base.hasOccasions()).isTrue();
            for (int occasion = 0; occasion <= base.frequency(row); occasion++) {
                assertThat(base.occasionDay(row, occasion))
                        .isEqualTo(naive.days.get(occasion).toEpochDay());
            }
            assertThat(base.weight(row)).isEqualTo(1);
            if (base.hasHoldout()) {
                assertThat(base.holdoutTransactions(row)).isEqualTo(naive.holdoutOccasions);
                assertThat(base.holdoutAmount(row)).isEqualByComparingTo(naive.holdoutTotal);
            }
            if (base.isGridded()) {
                assertThat(base.recencySteps(row) / (double) base.stepsPerPeriod())
                        .isEqualTo(base.recency(row));
                assertThat(base.ageSteps(row) / (double) base.stepsPerPeriod()).isEqualTo(base.age(row));
            }
        }
        DataQuality quality = base.quality().orElseThrow();
        assertThat(quality)
                .isEqualTo(new DataQuality(
                        quality.rows(),
                        expected.used,
                        expected.before,
                        expected.after,
                        expected.occasions,
                        expected.merged,
                        expected.zero,
                        expected.droppedZero,
                        expected.refunds,
                        expected.droppedRefunds,
                        expected.unmatched,
                        expected.reversed,
                        expected.skipped,
                        expected.truncated));
        // Every row is in one place.
        assertThat(quality.usedRows()
                        + quality.rowsBeforeStart()
                        + quality.rowsAfterEnd()
                        + quality.droppedZeroAmounts()
                        + quality.droppedRefunds())
                .isEqualTo(quality.rows());
        assertThat(quality.occasions()
                        + quality.reversedOccasions()
                        + quality.mergedRows()
                        + quality.refunds()
                        - quality.droppedRefunds())
                .isEqualTo(quality.usedRows());
    }
}
