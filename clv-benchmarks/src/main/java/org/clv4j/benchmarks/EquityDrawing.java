// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Locale;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;

/**
 * Times the draws of customer equity once, as {@code EquityDrawing 1000000 1000 2 GRIDDED}: customers, draws, threads, times. A process
 * of its own rather than a JMH benchmark, because one run takes minutes.
 */
public final class EquityDrawing {

    private EquityDrawing() {}

    /**
     * Runs and prints the seconds, those of CPU, the nanoseconds a customer and draw, and the largest heap.
     *
     * @param args customers, draws, threads, {@link Bases.Times}; and {@code orders} for a run without a spend model
     */
    @SuppressWarnings("SystemOut") // What a measurement is for.
    public static void main(String[] args) {
        int customers = Integer.parseInt(args[0]);
        int draws = Integer.parseInt(args[1]);
        Execution execution = Execution.ofThreads(Integer.parseInt(args[2]));
        CustomerBase base = Bases.of(Bases.PARETO_TRANSACTIONS, customers, Bases.Times.valueOf(args[3]));
        ModelCatalog catalog = ModelCatalog.load();
        PurchaseModelDraws models =
                PurchaseModelDraws.ofErrors(catalog, ParetoNbd.withDefaults().fit(base, execution));
        if (args.length < 5) {
            models = models.withSpendErrors(catalog, GammaGamma.withDefaults().fit(base));
        }
        ValuationTerms terms =
                ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        long start = System.nanoTime();
        EquityDraws drawn = EquitySimulation.withDefaults()
                .withDraws(draws)
                .withPeriods(13)
                .withLabels("repeat", row -> base.frequency(row) > 0 ? "yes" : "no")
                .run(models, base, terms, execution);
        double seconds = (System.nanoTime() - start) * 1e-9;
        double cpu = (process.getProcessCpuTime() - before) * 1e-9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%d customers, %d draws, %s threads, %s: %.1f s, %.1f s of CPU, %.0f ns of CPU a customer and draw, heap at most %d MB%n",
                customers,
                draws,
                args[2],
                args[3],
                seconds,
                cpu,
                cpu * 1e9 / customers / draws,
                peak >> 20);
        System.out.println(drawn.total().figure(ForecastFigure.ORDERS));
        if (args.length < 5) {
            System.out.println(drawn.total().figure(ForecastFigure.VALUE));
            System.out.println(
                    drawn.total().figure(ForecastFigure.VALUE).split().orElseThrow());
        }
    }
}
