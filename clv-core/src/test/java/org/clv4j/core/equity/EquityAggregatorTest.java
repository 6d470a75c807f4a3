// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class EquityAggregatorTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final EquityAggregator AGGREGATOR =
            EquityAggregator.withDefaults().withBreakdown(List.of("region")).withBreakdown(List.of("size", "region"));

    /** Customers with a ledger: 10.00, 20.50 and 0.01 of revenue. */
    private static CustomerBase ledger() {
        return CustomerBase.of(
                TransactionLog.builder()
                        .currency(Currency.getInstance("EUR"))
                        .add(Transaction.parse("a", "2024-01-01", "10.00"))
                        .add(Transaction.parse("b", "2024-01-01", "20.50"))
                        .add(Transaction.parse("c", "2024-01-01", "0.01"))
                        .customer(Customer.of("a")
                                .withAttribute("region", "North")
                                .withAttribute("size", "L")
                                .withAcquisitionCost(new BigDecimal("3.00")))
                        .customer(Customer.of("b")
                                .withAttribute("region", "South")
                                .withAttribute("size", "L")
                                .withAcquisitionCost(new BigDecimal("0.50")))
                        .customer(Customer.of("c").withAttribute("size", "S"))
                        .build(),
                Observation.until(LocalDate.of(2024, 1, 31)),
                TimeScale.WEEKS);
    }

    private static CustomerValues values(CustomerBase base, double... clv) {
        return CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, clv)
                .build();
    }

    @Test
    void addsUpWhatCustomersAreWorth() {
        CustomerEquity equity = AGGREGATOR.aggregate(values(ledger(), 100, 0.25, -3));
        assertThat(equity.model()).isEqualTo("fake");
        assertThat(equity.terms()).isEqualTo(TERMS);
        assertThat(equity.currency()).isEqualTo(Currency.getInstance("EUR"));
        assertThat(equity.warnings()).isEmpty();
        SegmentEquity total = equity.total();
        assertThat(total.name()).isEqualTo("total");
        assertThat(total.customers()).isEqualTo(3);
        assertThat(total.revenue()).isEqualByComparingTo("30.51");
        assertThat(total.currentValue()).isEqualByComparingTo("15.255");
        assertThat(total.futureValue()).isEqualByComparingTo("97.25");
        assertThat(total.lifetimeValue()).isEqualByComparingTo("112.505");
        assertThat(total.customersWithAcquisitionCost()).isEqualTo(2);
        assertThat(total.acquisitionCost()).isEqualByComparingTo("3.5");
        assertThat(total.equity()).isEqualByComparingTo("109.005");
        assertThat(total.share()).isEqualTo(1);

        EquityBreakdown byRegion = equity.breakdowns().get(0);
        assertThat(byRegion.dimensions()).containsExactly("region");
        assertThat(byRegion.segments())
                .extracting(SegmentEquity::name)
                .containsExactly(EquityBreakdown.UNKNOWN, "North", "South");
        assertThat(byRegion.segments().get(0).futureValue()).isEqualByComparingTo("-3");
        assertThat(byRegion.segments().get(1).share()).isEqualTo(105 / 112.505);
        assertThat(equity.breakdowns().get(1).segments())
                .extracting(SegmentEquity::name)
                .containsExactly("L / North", "L / South", "S / (unknown)");
    }

    @Test
    void noCustomersAreWorthNothing() {
        CustomerBase nobody = CustomerBase.ofSummaries(List.of(), TimeScale.WEEKS);
        CustomerEquity equity = EquityAggregator.withDefaults().aggregate(values(nobody));
        assertThat(equity.total().equity()).isEqualByComparingTo("0");
        assertThat(equity.total().share()).isZero();
        assertThat(equity.total().customers()).isZero();
    }

    @Test
    void summariesWarnThatTheFirstPurchaseIsMissing() {
        CustomerBase base = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 2, 1, 2, 10)), TimeScale.WEEKS);
        assertThat(EquityAggregator.withDefaults().aggregate(values(base, 1)).warnings())
                .singleElement()
                .asString()
                .contains("first purchase");
    }

    @Test
    void weightsCountCustomers() {
        CustomerBase base = CustomerBase.ofSummaries(
                        List.of(
                                CustomerSummary.of("a", 2, 1, 2, 10).withWeight(3),
                                CustomerSummary.of("b", 1, 1, 2, 4).withWeight(0.5)),
                        TimeScale.WEEKS)
                .withCustomers(List.of(Customer.of("a").withAcquisitionCost(new BigDecimal("1.10"))));
        SegmentEquity total =
                EquityAggregator.withDefaults().aggregate(values(base, 100, 10)).total();
        assertThat(total.customers()).isEqualTo(3.5);
        assertThat(total.revenue()).isEqualByComparingTo("62");
        assertThat(total.currentValue()).isEqualByComparingTo("31");
        assertThat(total.futureValue()).isEqualByComparingTo("305");
        assertThat(total.customersWithAcquisitionCost()).isEqualTo(3);
        assertThat(total.acquisitionCost()).isEqualByComparingTo("3.3");
    }

    @Test
    void hugeValuesAddUpWithoutInfinity() {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            summaries.add(CustomerSummary.of("c" + i, 1, 1, 2, 1e300)
                    .withWeight(1e9)
                    .withAttributes(Map.of("region", i % 2 == 0 ? "even" : "odd")));
        }
        double[] clv = new double[20];
        Arrays.fill(clv, 1e308);
        CustomerEquity equity = EquityAggregator.withDefaults()
                .withBreakdown(List.of("region"))
                .aggregate(values(CustomerBase.ofSummaries(summaries, TimeScale.WEEKS), clv));
        assertThat(equity.total().futureValue())
                .isEqualByComparingTo(new BigDecimal(clv[0]).multiply(new BigDecimal("2e10")));
        assertThat(equity.breakdowns().get(0).segments().get(0).share()).isEqualTo(0.5);
    }

    @Test
    void unknownDimensionsAreRefused() {
        CustomerValues values = values(ledger(), 1, 2, 3);
        assertThatThrownBy(() -> EquityAggregator.withDefaults()
                        .withBreakdown(List.of("planet"))
                        .aggregate(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`dimension`")
                .hasMessageContaining("'planet'")
                .hasMessageContaining("region, size");
        assertThatThrownBy(() -> EquityAggregator.withDefaults().withBreakdown(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`dimensions`");
        assertThatThrownBy(() -> AGGREGATOR.accumulate(values, 1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(AGGREGATOR.breakdowns()).containsExactly(List.of("region"), List.of("size", "region"));
        assertThat(EquityAggregator.withDefaults().breakdowns()).isEmpty();
    }

    @Test
    void onlyLikeIsMergedWithLike() {
        CustomerValues values = values(ledger(), 1, 2, 3);
        EquityAccumulator part = AGGREGATOR.accumulate(values, 0, 1);
        assertMergeRefused(part, EquityAggregator.withDefaults().accumulate(values, 1, 3), "`breakdowns`");
        CustomerValues otherModel = CustomerValues.builder("other", values.base(), TERMS)
                .column(ValueColumn.CLV, new double[3])
                .build();
        assertMergeRefused(part, AGGREGATOR.accumulate(otherModel, 1, 3), "`model`");
        CustomerValues otherTerms = CustomerValues.builder("fake", values.base(), TERMS.withPeriodsPerYear(52))
                .column(ValueColumn.CLV, new double[3])
                .build();
        assertMergeRefused(part, AGGREGATOR.accumulate(otherTerms, 1, 3), "`terms`");
        CustomerBase noCurrency = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("x", 0, 0, 1).withAttributes(Map.of("region", "r", "size", "s"))),
                TimeScale.WEEKS);
        assertMergeRefused(part, AGGREGATOR.accumulate(values(noCurrency, 1), 0, 1), "`currency`");
    }

    private static void assertMergeRefused(EquityAccumulator part, EquityAccumulator other, String what) {
        assertThatThrownBy(() -> part.merge(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }

    @Provide
    Arbitrary<List<CustomerSummary>> customers() {
        Arbitrary<String> labels = Arbitraries.of("A", "B", "C", "", "none");
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.doubles().between(0, 1000).ofScale(7),
                        Arbitraries.of(1.0, 1.0, 2.0, 0.3),
                        labels,
                        labels)
                .as((frequency, spend, weight, region, size) -> {
                    Map<String, String> attributes = new HashMap<>();
                    if (!region.equals("none")) {
                        attributes.put("region", region);
                    }
                    if (!size.equals("none")) {
                        attributes.put("size", size);
                    }
                    return CustomerSummary.of("?", frequency, 0, 10, frequency == 0 ? 0 : spend)
                            .withWeight(weight)
                            .withAttributes(attributes);
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void partsSumToTheTotalAndMergeInAnyOrder(@ForAll("customers") List<CustomerSummary> drawn, @ForAll Random random) {
        List<CustomerSummary> named = new ArrayList<>();
        for (CustomerSummary summary : drawn) {
            named.add(new CustomerSummary(
                    "c" + named.size(),
                    summary.frequency(),
                    summary.recency(),
                    summary.age(),
                    summary.monetaryValue(),
                    summary.weight(),
                    summary.attributes()));
        }
        // Both dimensions exist, whatever was drawn.
        named.add(CustomerSummary.of("last", 0, 0, 1).withAttributes(Map.of("region", "A", "size", "A")));
        double[] clv = random.doubles(named.size(), -1e3, 1e4).toArray();
        CustomerBase base = CustomerBase.ofSummaries(named, TimeScale.WEEKS);
        CustomerValues values = CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, clv)
                .warnings(List.of("w2", "w1"))
                .build();
        CustomerEquity whole = AGGREGATOR.aggregate(values);

        for (EquityBreakdown breakdown : whole.breakdowns()) {
            BigDecimal future = BigDecimal.ZERO;
            BigDecimal current = BigDecimal.ZERO;
            BigDecimal revenue = BigDecimal.ZERO;
            double customers = 0;
            for (SegmentEquity segment : breakdown.segments()) {
                future = future.add(segment.futureValue());
                current = current.add(segment.currentValue());
                revenue = revenue.add(segment.revenue());
                customers += segment.customers();
                assertThat(segment.lifetimeValue())
                        .isEqualTo(segment.currentValue().add(segment.futureValue()));
            }
            assertThat(future).isEqualTo(whole.total().futureValue());
            assertThat(current).isEqualTo(whole.total().currentValue());
            assertThat(revenue).isEqualTo(whole.total().revenue());
            assertThat(customers).isCloseTo(whole.total().customers(), within(1e-9));
        }

        // Any cut, any order, any grouping.
        List<EquityAccumulator> parts = new ArrayList<>();
        int from = 0;
        while (from < base.size()) {
            int to = from + 1 + random.nextInt(base.size() - from);
            parts.add(AGGREGATOR.accumulate(values, from, to));
            from = to;
        }
        Collections.shuffle(parts, random);
        while (parts.size() > 1) {
            EquityAccumulator one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(one);
        }
        assertThat(parts.get(0).toEquity()).isEqualTo(whole);

        // The order of the customers does not matter either.
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            order.add(row);
        }
        Collections.shuffle(order, random);
        EquityAccumulator byRows = null;
        for (int row : order) {
            EquityAccumulator one = AGGREGATOR.accumulate(values, row, row + 1);
            byRows = byRows == null ? one : byRows.merge(one);
        }
        assertThat(byRows.toEquity()).isEqualTo(whole);
    }

    @Test
    void warningsOfPartsComeInOneOrder() {
        CustomerBase base = ledger();
        CustomerValues first = CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, new double[3])
                .warnings(List.of("zebra"))
                .build();
        CustomerValues second = CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, new double[3])
                .warnings(List.of("ant"))
                .build();
        CustomerEquity one = AGGREGATOR
                .accumulate(first, 0, 3)
                .merge(AGGREGATOR.accumulate(second, 0, 3))
                .toEquity();
        CustomerEquity other = AGGREGATOR
                .accumulate(second, 0, 3)
                .merge(AGGREGATOR.accumulate(first, 0, 3))
                .toEquity();
        assertThat(one).isEqualTo(other);
        assertThat(one.warnings()).containsExactly("ant", "zebra");
    }
}
