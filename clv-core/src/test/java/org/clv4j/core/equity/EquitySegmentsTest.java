// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.segment.Bands;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.RowFigure;
import org.clv4j.core.segment.RowLabel;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.segment.ValueTiers;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class EquitySegmentsTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final RowFigure ORDERS = CustomerBase::frequency;
    private static final RowLabel PARITY = (base, row) -> base.frequency(row) % 2 == 0 ? "even" : null;

    private static Segmentation bands() {
        return Bands.of("orders", ORDERS, List.of(1, 2, 10));
    }

    /** Customers named from a first number on, each with random purchases, of amounts that are all multiplied. */
    private static CustomerBase base(int first, int size, Random random, int multiple, Currency currency) {
        TransactionLog.Builder log = TransactionLog.builder().currency(currency);
        for (int i = 0; i < size; i++) {
            LocalDate day = LocalDate.of(2023, 1, 1).plusDays(random.nextInt(600));
            String id = "c" + (first + i);
            for (int purchases = 1 + random.nextInt(14); purchases > 0; purchases--) {
                BigDecimal amount = BigDecimal.valueOf(random.nextInt(100_000) * (long) multiple, 2);
                log.add(Transaction.parse(id, day.toString(), amount.toPlainString()));
                day = day.plusDays(random.nextInt(30));
            }
            Customer customer = Customer.of(id).withAttribute("region", "r" + random.nextInt(3));
            log.customer(
                    random.nextBoolean()
                            ? customer
                            : customer.withAcquisitionCost(
                                    BigDecimal.valueOf(random.nextInt(5000) * (long) multiple, 2)));
        }
        return CustomerBase.of(log.build(), Observation.until(LocalDate.of(2025, 12, 31)), TimeScale.WEEKS);
    }

    private static CustomerValues values(CustomerBase base, double multiple) {
        double[] clv = new double[base.size()];
        for (int row = 0; row < clv.length; row++) {
            // Whole cents, so that multiples are exact.
            clv[row] = multiple * (Math.floorMod(base.id(row).hashCode() * 31L, 200_000) - 20_000) / 100.0;
        }
        return CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, clv)
                .build();
    }

    private static EquityAggregator aggregator(CustomerValues all) {
        CustomerBase base = all.base();
        return EquityAggregator.withDefaults()
                .withBreakdown(List.of("region"))
                .withSegmentation(bands())
                .withSegmentation(Segmentations.acquisition(CohortPeriod.QUARTER))
                .withSegmentation(ValueTiers.byCustomers(all, List.of(0.1, 0.2)))
                .withSegmentation(
                        RfmScoring.withDefaults().withScores(3).of(base).named())
                .withSegmentations(
                        List.of(bands(), Segmentations.attribute("region"), Segmentations.labels("parity", PARITY)));
    }

    @Property(tries = 60)
    void segmentsSumToTheTotalAndMergeInAnyOrder(@ForAll Random random) {
        CustomerBase base = base(0, 1 + random.nextInt(60), random, 1, EUR);
        CustomerValues all = values(base, 1);
        EquityAggregator aggregator = aggregator(all);
        CustomerEquity whole = aggregator.aggregate(all);
        for (EquityBreakdown breakdown : whole.breakdowns()) {
            BigDecimal equity = BigDecimal.ZERO;
            BigDecimal revenue = BigDecimal.ZERO;
            double customers = 0;
            for (SegmentEquity segment : breakdown.segments()) {
                equity = equity.add(segment.equity());
                revenue = revenue.add(segment.revenue());
                customers += segment.customers();
            }
            assertThat(equity).isEqualTo(whole.total().equity());
            assertThat(revenue).isEqualTo(whole.total().revenue());
            assertThat(customers).isEqualTo(whole.total().customers());
        }
        // The customers in several bases, and each of these in several parts.
        List<EquityAccumulator> parts = new ArrayList<>();
        int bases = 1 + random.nextInt(4);
        int[] baseOf = random.ints(base.size(), 0, bases).toArray();
        for (int b = 0; b < bases; b++) {
            int own = b;
            CustomerBase some = base.select(row -> baseOf[row] == own);
            if (some.size() > 0) {
                CustomerValues values = values(some, 1);
                int cut = random.nextInt(some.size() + 1);
                parts.add(aggregator.accumulate(values, cut, some.size()));
                parts.add(aggregator.accumulate(values, 0, cut));
            }
        }
        Collections.shuffle(parts, random);
        while (parts.size() > 1) {
            EquityAccumulator one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(one);
        }
        assertThat(parts.get(0).toEquity()).isEqualTo(whole);
    }

    @Property(tries = 40)
    void scalingAmountsScalesEquityAndACurrencyIsALabel(@ForAll Random random, @ForAll long seed) {
        int size = 1 + random.nextInt(40);
        int multiple = 1 << random.nextInt(8);
        CustomerBase base = base(0, size, new Random(seed), 1, EUR);
        CustomerValues values = values(base, 1);
        EquityAggregator aggregator = aggregator(values);
        CustomerEquity equity = aggregator.aggregate(values);
        CustomerEquity scaled = aggregator.aggregate(values(base(0, size, new Random(seed), multiple, EUR), multiple));
        BigDecimal factor = BigDecimal.valueOf(multiple);
        assertScaled(equity.total(), scaled.total(), factor);
        // RFM groups go by the amounts at which scores begin, which were not scaled.
        for (int b : new int[] {0, 1, 2, 3, 5}) {
            List<SegmentEquity> segments = equity.breakdowns().get(b).segments();
            for (int i = 0; i < segments.size(); i++) {
                assertScaled(
                        segments.get(i), scaled.breakdowns().get(b).segments().get(i), factor);
            }
        }
        Currency yen = Currency.getInstance("JPY");
        CustomerEquity relabelled = aggregator.aggregate(values(base(0, size, new Random(seed), 1, yen), 1));
        assertThat(relabelled)
                .isEqualTo(new CustomerEquity(
                        equity.model(), equity.terms(), yen, equity.total(), equity.breakdowns(), equity.warnings()));
    }

    private static void assertScaled(SegmentEquity one, SegmentEquity scaled, BigDecimal factor) {
        assertThat(scaled.labels()).isEqualTo(one.labels());
        assertThat(scaled.customers()).isEqualTo(one.customers());
        assertThat(scaled.revenue()).isEqualByComparingTo(one.revenue().multiply(factor));
        assertThat(scaled.currentValue())
                .isEqualByComparingTo(one.currentValue().multiply(factor));
        assertThat(scaled.futureValue()).isEqualByComparingTo(one.futureValue().multiply(factor));
        assertThat(scaled.equity()).isEqualByComparingTo(one.equity().multiply(factor));
        assertThat(scaled.share()).isEqualTo(one.share());
    }

    @Test
    void labelsComeInTheirOrderAlsoOfMergedBases() {
        CustomerBase early = summaries("a", 3, 12);
        CustomerBase late = summaries("b", 0, 1);
        EquityAggregator aggregator = EquityAggregator.withDefaults().withSegmentation(bands());
        CustomerEquity merged = aggregator
                .accumulate(values(early, 1), 0, early.size())
                .merge(aggregator.accumulate(values(late, 1), 0, late.size()))
                .toEquity();
        assertThat(merged.breakdowns().get(0).segments())
                .extracting(SegmentEquity::name)
                .containsExactly("below 1", "1 to below 2", "2 to below 10", "10 and above");
        assertThat(merged.breakdowns().get(0).labels())
                .containsExactly(List.of("below 1", "1 to below 2", "2 to below 10", "10 and above"));
        EquityAggregator others =
                EquityAggregator.withDefaults().withSegmentation(Bands.of("orders", ORDERS, List.of(3)));
        assertThatThrownBy(() ->
                        aggregator.accumulate(values(early, 1), 0, 1).merge(others.accumulate(values(late, 1), 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`breakdowns`");
    }

    private static CustomerBase summaries(String name, int... frequencies) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int x : frequencies) {
            summaries.add(CustomerSummary.of(name + x, x, x == 0 ? 0 : 1, 10, x == 0 ? 0 : 5));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    @Test
    void manyCombinationsAreKeptApart() {
        // A thousand labels crossed three times: more combinations than a table has room for.
        CustomerBase base = base(0, 1000, new Random(4), 1, EUR);
        List<Segmentation> ids = List.of(
                Segmentations.labels("one", CustomerBase::id),
                Segmentations.labels("two", (same, row) -> same.id(row) + "'"),
                Segmentations.labels("three", (same, row) -> row % 2 == 0 ? null : "odd"));
        EquityBreakdown breakdown = EquityAggregator.withDefaults()
                .withSegmentations(ids)
                .aggregate(values(base, 1))
                .breakdowns()
                .get(0);
        assertThat(breakdown.segments()).hasSize(1000).allSatisfy(segment -> {
            assertThat(segment.customers()).isEqualTo(1);
            assertThat(segment.labels().get(1)).isEqualTo(segment.labels().get(0) + "'");
        });
    }

    @Property(tries = 40)
    void rollingUpAndDrillingDownAreAggregatingAnew(@ForAll Random random) {
        CustomerBase base = base(0, 1 + random.nextInt(80), random, 1, EUR);
        if (random.nextBoolean()) {
            base = base.withWeights(random.doubles(base.size(), 0.001, 3).toArray());
        }
        CustomerValues values = values(base, 1);
        List<Segmentation> three =
                List.of(bands(), Segmentations.attribute("region"), Segmentations.acquisition(CohortPeriod.QUARTER));
        CustomerEquity equity = EquityAggregator.withDefaults()
                .withSegmentations(three)
                .withSegmentations(List.of(three.get(2), three.get(0)))
                .withSegmentation(three.get(1))
                .aggregate(values);
        EquityBreakdown finest = equity.breakdowns().get(0);
        assertThat(finest.rollUp(finest.dimensions())).isEqualTo(finest);
        assertThat(finest.rollUp(List.of("acquisition quarter", "orders")))
                .isEqualTo(equity.breakdowns().get(1));
        assertThat(finest.rollUp(List.of("region")))
                .isEqualTo(equity.breakdowns().get(2));
        assertThat(equity.breakdown(List.of("orders"))).isEqualTo(finest.rollUp(List.of("orders")));

        String region = base.attribute("region", 0).orElseThrow();
        CustomerBase all = base;
        CustomerBase inside =
                all.select(row -> all.attribute("region", row).orElseThrow().equals(region));
        assertThat(finest.drill("region", region))
                .isEqualTo(EquityAggregator.withDefaults()
                        .withSegmentations(List.of(three.get(0), three.get(2)))
                        .aggregate(values(inside, 1))
                        .breakdowns()
                        .get(0));
    }

    @Test
    void whatIsNotThereCannotBeGoneInto() {
        EquityBreakdown regions = EquityAggregator.withDefaults()
                .withBreakdown(List.of("region"))
                .aggregate(values(base(0, 20, new Random(1), 1, EUR), 1))
                .breakdowns()
                .get(0);
        assertThatThrownBy(() -> regions.drill("r0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the only one");
        assertThatThrownBy(() -> regions.rollUp(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`dimensions`");
        assertThatThrownBy(() -> regions.rollUp(List.of("size")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'size'");
        assertThatThrownBy(() -> regions.segment(List.of("r9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("r9");
        assertThat(regions.segment(List.of("r1")).name()).isEqualTo("r1");
        assertThat(new EquityBreakdown(regions.dimensions(), regions.segments()))
                .isEqualTo(regions);
    }
}
