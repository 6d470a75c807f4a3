// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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

/** What was known on a day is what a base of that day knows, whatever came later. */
class CustomerHistoriesProperties {

    /** Before 1970, where days have negative numbers. */
    private static final LocalDate ORIGIN = LocalDate.of(1969, 11, 29);

    private static final int DAYS = 120;

    @Provide
    Arbitrary<List<Transaction>> logs() {
        return transactions(0, DAYS, true).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Transaction>> logsWithoutRefunds() {
        return transactions(0, DAYS, false).list().ofMaxSize(40);
    }

    private static Arbitrary<Transaction> transactions(int from, int to, boolean refunds) {
        Arbitrary<BigDecimal> amounts = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 5000).map(cents -> BigDecimal.valueOf(cents, 2))),
                Tuple.of(2, Arbitraries.just(new BigDecimal("10.00"))),
                Tuple.of(1, Arbitraries.just(BigDecimal.ZERO)),
                Tuple.of(refunds ? 2 : 0, Arbitraries.just(new BigDecimal("-10"))),
                Tuple.of(
                        refunds ? 1 : 0,
                        Arbitraries.integers().between(-90_000, -1).map(mills -> BigDecimal.valueOf(mills, 3))));
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.integers().between(from, to),
                        amounts,
                        Arbitraries.integers().between(0, 20).optional(0.7),
                        Arbitraries.of("tea", "mug", "").injectNull(0.3))
                .as((id, day, amount, cost, product) -> {
                    Transaction transaction = Transaction.of(id, ORIGIN.plusDays(day), amount);
                    if (cost.isPresent()) {
                        transaction = transaction.withCost(BigDecimal.valueOf(cost.get()));
                    }
                    return product == null || product.isEmpty()
                            ? transaction
                            : transaction.withProduct(product).withAttribute("channel", product + " by post");
                });
    }

    @Provide
    Arbitrary<Observation> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 50).optional(0.5),
                        Arbitraries.integers().between(60, DAYS + 5))
                .as((start, end) -> start.map(first -> Observation.of(ORIGIN.plusDays(first), ORIGIN.plusDays(end)))
                        .orElse(Observation.until(ORIGIN.plusDays(end))));
    }

    @Provide
    Arbitrary<DataPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.of(ZeroAmounts.values()), Arbitraries.of(Refunds.NET, Refunds.DROP, Refunds.NET))
                .as((zero, refunds) ->
                        DataPolicy.withDefaults().withZeroAmounts(zero).withRefunds(refunds));
    }

    /** The window until a day, as the base itself would state it. */
    private static Observation until(Observation window, LocalDate day) {
        return window.start().map(start -> Observation.of(start, day)).orElse(Observation.until(day));
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void historiesAreThoseOfTheBase(
            @ForAll("logs") List<Transaction> log,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll boolean coarse) {
        DataPolicy rules = coarse ? policy.withOccasionPeriod(unit) : policy;
        CustomerBase base = CustomerBase.of(TransactionLog.of(log), window, unit, rules);
        CustomerHistories histories = base.histories();
        assertThat(histories.size()).isEqualTo(base.size());
        assertThat(histories.timeScale()).isEqualTo(unit);
        for (int row = 0; row < base.size(); row++) {
            CustomerHistory history = histories.history(row);
            assertThat(history.id()).isEqualTo(base.id(row)).isEqualTo(histories.id(row));
            assertThat(history.asOf()).isEqualTo(window.end());
            assertThat(history.occasions()).isEqualTo(base.frequency(row) + 1);
            for (int i = 0; i < history.occasions(); i++) {
                assertThat(history.day(i).toEpochDay()).isEqualTo(base.occasionDay(row, i));
            }
            assertThat(history.total()).isEqualTo(base.totalAmountAsDouble(row));
            assertThat(history.lines()).isEqualTo((int) base.transactions(row));
            if (rules.occasionPeriod() == TimeScale.DAYS) {
                assertThat(history.recency()).isEqualTo(base.recency(row));
                assertThat(history.age()).isEqualTo(base.age(row));
            }
            assertThat(history.timeSinceLastPurchase()).isNotNegative();
            requireLines(log, window, rules, history);
        }
    }

    /** Lines are the transactions of the window that count, in the order of days, then of the log. */
    private static void requireLines(
            List<Transaction> log, Observation window, DataPolicy rules, CustomerHistory history) {
        List<Transaction> expected = log.stream()
                .filter(t -> t.customerId().equals(history.id()))
                .filter(t -> !t.date().isAfter(history.asOf()))
                .filter(t -> window.start().isEmpty()
                        || !t.date().isBefore(window.start().get()))
                .filter(t -> t.amount().signum() > 0
                        || (t.amount().signum() == 0 && rules.zeroAmounts() == ZeroAmounts.KEEP)
                        || (t.amount().signum() < 0 && rules.refunds() == Refunds.NET))
                .sorted(java.util.Comparator.comparing(Transaction::date))
                .toList();
        assertThat(history.lines()).isEqualTo(expected.size());
        BigDecimal total = BigDecimal.ZERO;
        for (int line = 0; line < expected.size(); line++) {
            Transaction transaction = expected.get(line);
            total = total.add(transaction.amount());
            assertThat(history.lineDay(line)).isEqualTo(transaction.date());
            assertThat(history.lineAmount(line))
                    .isEqualTo(
                            transaction.amount().doubleValue() == 0
                                    ? 0.0
                                    : transaction.amount().doubleValue());
            assertThat(history.product(line)).isEqualTo(transaction.product());
            assertThat(history.lineAttribute("channel", line))
                    .isEqualTo(java.util.Optional.ofNullable(
                            transaction.attributes().get("channel")));
        }
        assertThat(history.total()).isEqualTo(total.doubleValue());
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void theBaseAsOfADayIsThatOfItsWindow(
            @ForAll("logs") List<Transaction> log,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll boolean coarse,
            @ForAll Random random) {
        DataPolicy rules = coarse ? policy.withOccasionPeriod(unit) : policy;
        TransactionLog transactions = TransactionLog.of(log);
        CustomerBase base = weighted(CustomerBase.of(transactions, window, unit, rules)
                .withCustomers(List.of(
                        Customer.of("a").withAttribute("region", "north").withAcquisitionCost(BigDecimal.TEN),
                        Customer.of("d").withChannel("mail"))));
        LocalDate day = ORIGIN.plusDays(random.nextInt(DAYS));
        if (day.isAfter(window.end())) {
            return;
        }
        CustomerHistories histories = base.historiesAt(day);
        if (window.start().isPresent() && day.isBefore(window.start().get())) {
            assertThat(histories.size()).isZero();
            return;
        }
        CustomerBase then = CustomerBase.of(transactions, until(window, day), unit, rules);
        List<String> expected = IntStream.range(0, base.size())
                .mapToObj(base::id)
                .filter(id -> then.indexOf(id) >= 0)
                .toList();
        assertThat(IntStream.range(0, histories.size()).mapToObj(histories::id)).containsExactlyElementsOf(expected);
        if (expected.isEmpty()) {
            assertThat(histories.asOf()).isEmpty();
            assertThatThrownBy(histories::base)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("none");
            return;
        }
        assertThat(histories.asOf()).contains(day);
        CustomerBase restricted = histories.base();
        assertThat(restricted.size()).isEqualTo(expected.size());
        assertThat(restricted.observation()).contains(until(window, day));
        for (int row = 0; row < restricted.size(); row++) {
            int there = then.indexOf(restricted.id(row));
            int own = base.indexOf(restricted.id(row));
            assertThat(restricted.frequency(row)).isEqualTo(then.frequency(there));
            assertThat(restricted.recency(row)).isEqualTo(then.recency(there));
            assertThat(restricted.age(row)).isEqualTo(then.age(there));
            assertThat(restricted.monetaryValue(row)).isEqualTo(then.monetaryValue(there));
            assertThat(restricted.sumOfLogGaps(row)).isEqualTo(then.sumOfLogGaps(there));
            assertThat(restricted.totalAmount(row)).isEqualTo(then.totalAmount(there));
            assertThat(restricted.totalCost(row)).isEqualTo(then.totalCost(there));
            assertThat(restricted.totalAmountWithCost(row)).isEqualTo(then.totalAmountWithCost(there));
            assertThat(restricted.transactions(row)).isEqualTo(then.transactions(there));
            assertThat(restricted.firstDate(row)).isEqualTo(then.firstDate(there));
            assertThat(restricted.lastDate(row)).isEqualTo(then.lastDate(there));
            for (int i = 0; i <= then.frequency(there); i++) {
                assertThat(restricted.occasionDay(row, i)).isEqualTo(then.occasionDay(there, i));
            }
            assertThat(restricted.isGridded()).isEqualTo(then.isGridded());
            assertThat(restricted.weight(row)).isEqualTo(base.weight(own)).isEqualTo(histories.weight(row));
            assertThat(restricted.attribute("region", row)).isEqualTo(base.attribute("region", own));
            assertThat(histories.history(row).attribute("region")).isEqualTo(base.attribute("region", own));
            assertThat(restricted.attribute(CustomerBase.CHANNEL, row))
                    .isEqualTo(base.attribute(CustomerBase.CHANNEL, own));
            assertThat(restricted.acquisitionCost(row)).isEqualTo(base.acquisitionCost(own));
        }
        requireSame(restricted.histories(), histories);
    }

    private static CustomerBase weighted(CustomerBase base) {
        return base.withWeights(IntStream.range(0, base.size())
                .mapToDouble(row -> 1 + row / 4.0)
                .toArray());
    }

    private static void requireSame(CustomerHistories one, CustomerHistories other) {
        assertThat(one.size()).isEqualTo(other.size());
        for (int row = 0; row < one.size(); row++) {
            assertThat(one.asOf(row)).isEqualTo(other.asOf(row));
            assertThat(one.weight(row)).isEqualTo(other.weight(row));
            requireSame(one.history(row), other.history(row));
        }
    }

    private static void requireSame(CustomerHistory one, CustomerHistory other) {
        assertThat(one.id()).isEqualTo(other.id());
        assertThat(one.occasions()).isEqualTo(other.occasions());
        for (int i = 0; i < one.occasions(); i++) {
            assertThat(one.day(i)).isEqualTo(other.day(i));
            assertThat(one.amount(i)).isEqualTo(other.amount(i));
            assertThat(one.time(i)).isEqualTo(other.time(i));
        }
        assertThat(one.age()).isEqualTo(other.age());
        assertThat(one.timeSinceLastPurchase()).isEqualTo(other.timeSinceLastPurchase());
        assertThat(one.total()).isEqualTo(other.total());
        assertThat(one.lines()).isEqualTo(other.lines());
        for (int line = 0; line < one.lines(); line++) {
            assertThat(one.lineDay(line)).isEqualTo(other.lineDay(line));
            assertThat(one.lineAmount(line)).isEqualTo(other.lineAmount(line));
            assertThat(one.product(line)).isEqualTo(other.product(line));
            assertThat(one.lineAttribute("channel", line)).isEqualTo(other.lineAttribute("channel", line));
        }
    }

    /**
     * What comes later changes nothing of what was known. Only a customer of whom refunds leave nothing until the end is in no base at all,
     * so that she is in no history of it either.
     */
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void laterTransactionsChangeNothing(
            @ForAll("logs") List<Transaction> log,
            @ForAll("logs") List<Transaction> more,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll boolean coarse,
            @ForAll Random random) {
        DataPolicy rules = coarse ? policy.withOccasionPeriod(unit) : policy;
        LocalDate day = ORIGIN.plusDays(random.nextInt(60));
        List<Transaction> longer = new ArrayList<>(log);
        more.stream().filter(t -> t.date().isAfter(day)).forEach(longer::add);
        CustomerHistories without =
                CustomerBase.of(TransactionLog.of(log), window, unit, rules).historiesAt(day);
        CustomerHistories with =
                CustomerBase.of(TransactionLog.of(longer), window, unit, rules).historiesAt(day);
        Map<String, CustomerHistory> known = byId(without);
        Map<String, CustomerHistory> later = byId(with);
        for (Map.Entry<String, CustomerHistory> entry : known.entrySet()) {
            CustomerHistory same = later.get(entry.getKey());
            if (same != null) {
                requireSame(same, entry.getValue());
            } else {
                assertThat(rules.refunds()).isEqualTo(Refunds.NET);
                assertThat(more)
                        .anyMatch(t -> t.customerId().equals(entry.getKey())
                                && t.amount().signum() < 0);
            }
        }
        if (rules.refunds() == Refunds.DROP) {
            assertThat(later.keySet()).isEqualTo(known.keySet());
        }
    }

    private static Map<String, CustomerHistory> byId(CustomerHistories histories) {
        Map<String, CustomerHistory> byId = new LinkedHashMap<>();
        for (int row = 0; row < histories.size(); row++) {
            byId.put(histories.id(row), histories.history(row));
        }
        return byId;
    }

    /** Until a day and after it make the whole: totals always, occasions and costs where no refund crosses the day. */
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void outcomesCompleteWhatWasKnown(
            @ForAll("logs") List<Transaction> refunding,
            @ForAll("logsWithoutRefunds") List<Transaction> plain,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll boolean refunds,
            @ForAll Random random) {
        List<Transaction> log = refunds ? refunding : plain;
        TransactionLog transactions = TransactionLog.of(log);
        CustomerBase base = weighted(CustomerBase.of(transactions, window, unit, policy));
        LocalDate day = ORIGIN.plusDays(random.nextInt(50));
        double horizon = new double[] {1, 2, 0.3, 1.5}[random.nextInt(4)];
        LocalDate last = unit.plus(day, horizon);
        CustomerHistories histories = base.historiesAt(day);
        if (last.isAfter(window.end())) {
            if (histories.size() > 0) {
                assertThatThrownBy(() -> Outcomes.of(histories, horizon))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("`horizon` must be over at the end")
                        .hasMessageContaining(window.end().toString())
                        .hasMessageContaining("customer " + histories.id(0));
            }
            return;
        }
        Outcomes outcomes = Outcomes.of(histories, horizon);
        assertThat(outcomes.size()).isEqualTo(histories.size());
        if (histories.size() == 0) {
            return;
        }
        CustomerBase whole = CustomerBase.of(transactions, until(window, last), unit, policy);
        CustomerBase then = CustomerBase.of(transactions, until(window, day), unit, policy);
        double weighted = 0;
        for (int row = 0; row < histories.size(); row++) {
            int before = then.indexOf(histories.id(row));
            int after = whole.indexOf(histories.id(row));
            weighted += histories.weight(row) * outcomes.netValue(row).doubleValue();
            if (after < 0) {
                assertThat(refunds).isTrue();
                continue;
            }
            assertThat(outcomes.netValue(row).add(then.totalAmount(before)))
                    .isEqualByComparingTo(whole.totalAmount(after));
            if (!refunds) {
                assertThat(outcomes.orders(row) + then.frequency(before)).isEqualTo(whole.frequency(after));
                assertThat(outcomes.netValue(row)).isNotNegative();
            }
        }
        double[] profile = outcomes.profile();
        assertThat(profile).hasSize((int) Math.ceil(horizon));
        double sum =
                IntStream.range(0, profile.length).mapToDouble(i -> profile[i]).sum();
        assertThat(sum).isCloseTo(weighted, org.assertj.core.api.Assertions.within(1e-9));
    }

    /** A period that is coarser than a day is the same before and after: cut at the border of a period, its occasions add up. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void coarseOccasionsOfOutcomesAreThoseOfTheBase(
            @ForAll("logsWithoutRefunds") List<Transaction> log, @ForAll TimeScale unit, @ForAll Random random) {
        Observation window = Observation.of(ORIGIN.plusDays(3), ORIGIN.plusDays(DAYS));
        DataPolicy policy = DataPolicy.withDefaults().withOccasionPeriod(unit);
        LocalDate day = unit.plus(ORIGIN.plusDays(3), 1 + random.nextInt(2)).minusDays(1);
        LocalDate last = unit.plus(day, 1);
        if (last.isAfter(window.end()) || unit == TimeScale.MONTHS || unit == TimeScale.YEARS) {
            return;
        }
        TransactionLog transactions = TransactionLog.of(log);
        CustomerHistories histories =
                CustomerBase.of(transactions, window, unit, policy).historiesAt(day);
        Outcomes outcomes = Outcomes.of(histories, 1);
        CustomerBase whole = CustomerBase.of(transactions, until(window, last), unit, policy);
        for (int row = 0; row < histories.size(); row++) {
            assertThat(outcomes.orders(row) + histories.history(row).occasions() - 1)
                    .isEqualTo(whole.frequency(whole.indexOf(histories.id(row))));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void daysOfTheirOwn(
            @ForAll("logs") List<Transaction> log,
            @ForAll("windows") Observation window,
            @ForAll TimeScale unit,
            @ForAll("policies") DataPolicy policy,
            @ForAll Random random) {
        double periods = random.nextInt(20) / 4.0;
        CustomerBase base = CustomerBase.of(TransactionLog.of(log), window, unit, policy);
        CustomerHistories histories = base.historiesAfter(periods);
        for (int row = 0; row < histories.size(); row++) {
            CustomerHistory history = histories.history(row);
            LocalDate first = log.stream()
                    .filter(t -> t.customerId().equals(history.id()))
                    .filter(t -> window.start().isEmpty()
                            || !t.date().isBefore(window.start().get()))
                    .filter(t -> t.amount().signum() > 0
                            || (t.amount().signum() == 0 && policy.zeroAmounts() == ZeroAmounts.KEEP))
                    .map(Transaction::date)
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            assertThat(histories.asOf(row)).isEqualTo(unit.plus(first, periods)).isBeforeOrEqualTo(window.end());
            // The same customer on the same day.
            CustomerHistories then = base.historiesAt(histories.asOf(row));
            int there = IntStream.range(0, then.size())
                    .filter(i -> then.id(i).equals(history.id()))
                    .findFirst()
                    .orElseThrow();
            requireSame(history, then.history(there));
        }
        if (policy.refunds() == Refunds.DROP) {
            long over = IntStream.range(0, base.size())
                    .filter(row -> !unit.plus(base.firstDate(row).orElseThrow(), periods)
                            .isAfter(window.end()))
                    .count();
            assertThat(histories.size()).isEqualTo((int) over);
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void someOfThem(
            @ForAll("logs") List<Transaction> log, @ForAll("windows") Observation window, @ForAll Random random) {
        CustomerHistories histories = CustomerBase.of(
                        TransactionLog.of(log),
                        window,
                        TimeScale.WEEKS,
                        DataPolicy.withDefaults().withRefunds(Refunds.NET))
                .histories();
        int[] rows = random.ints(histories.size() == 0 ? 0 : 7, 0, Math.max(1, histories.size()))
                .toArray();
        CustomerHistories some = histories.select(rows);
        assertThat(some.size()).isEqualTo(rows.length);
        for (int i = 0; i < rows.length; i++) {
            assertThat(some.id(i)).isEqualTo(histories.id(rows[i]));
            requireSame(some.history(i), histories.history(rows[i]));
        }
        CustomerHistories twice = some.select(IntStream.range(0, some.size()).toArray());
        requireSame(twice, some);
        assertThatThrownBy(() -> histories.select(new int[] {histories.size()}))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
