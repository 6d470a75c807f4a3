// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.segment.Bands;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.segment.ValueTiers;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;

/**
 * Measures the addition of customer equity by five dimensions, as {@code EquityAdding 1000000}, by the CPU time of its one thread: five
 * attributes one by one, all five crossed, and five segmentations that have to be worked out. A process of its own, because the machine
 * may have other work.
 */
public final class EquityAdding {

    private static final int RUNS = 15;

    private EquityAdding() {}

    /**
     * Runs and prints the median and the least CPU time of fifteen runs, after as many for warming up.
     *
     * @param args the number of customers
     */
    @SuppressWarnings("SystemOut") // What a measurement is for.
    public static void main(String[] args) {
        int customers = Integer.parseInt(args[0]);
        CustomerBase base = withAttributes(Bases.of(customers, Bases.Times.GRIDDED));
        CustomerValues values = TransactionSpendModel.Fitted.of(Bases.TRANSACTIONS, Bases.SPEND)
                .value(
                        base,
                        ValuationTerms.of(
                                Horizon.of(52), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.AT_PURCHASE));
        List<String> names = List.of("region", "size", "channel", "product", "store");
        EquityAggregator attributes = EquityAggregator.withDefaults();
        for (String name : names) {
            attributes = attributes.withBreakdown(List.of(name));
        }
        List<Segmentation> worked = List.of(
                Segmentations.acquisition(CohortPeriod.MONTH),
                Bands.of("orders", CustomerBase::frequency, List.of(1, 2, 3, 5, 10)),
                ValueTiers.byCustomers(values, List.of(0.01, 0.04, 0.15)),
                RfmScoring.withDefaults().of(base).named(),
                Segmentations.labels("parity", (same, row) -> row % 2 == 0 ? "even" : "odd"));
        EquityAggregator segmentations = EquityAggregator.withDefaults();
        for (Segmentation segmentation : worked) {
            segmentations = segmentations.withSegmentation(segmentation);
        }
        measure("totals only", EquityAggregator.withDefaults(), values);
        measure("5 attributes", attributes, values);
        measure("5 attributes crossed", EquityAggregator.withDefaults().withBreakdown(names), values);
        measure("cohort, bands, tiers, RFM, function", segmentations, values);
    }

    private static CustomerBase withAttributes(CustomerBase base) {
        List<Customer> customers = new ArrayList<>(base.size());
        for (int row = 0; row < base.size(); row++) {
            customers.add(Customer.of(base.id(row))
                    .withAttribute("region", "r" + row % 16)
                    .withAttribute("size", "s" + row % 5)
                    .withAttribute("channel", "c" + row % 3)
                    .withAttribute("product", "p" + row % 7)
                    .withAttribute("store", "t" + row % 101));
        }
        return base.withCustomers(customers);
    }

    @SuppressWarnings("SystemOut")
    private static void measure(String name, EquityAggregator aggregator, CustomerValues values) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Long> times = new ArrayList<>();
        int segments = 0;
        for (int run = 0; run < 2 * RUNS; run++) {
            long start = threads.getCurrentThreadCpuTime();
            CustomerEquity equity = aggregator.aggregate(values);
            if (run >= RUNS) {
                times.add(threads.getCurrentThreadCpuTime() - start);
            }
            segments = equity.breakdowns().stream()
                    .mapToInt(breakdown -> breakdown.segments().size())
                    .sum();
        }
        Collections.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%s: %d customers, %d segments, %.3f s of CPU (least %.3f)%n",
                name,
                values.size(),
                segments,
                times.get(RUNS / 2) * 1e-9,
                times.get(0) * 1e-9);
    }
}
