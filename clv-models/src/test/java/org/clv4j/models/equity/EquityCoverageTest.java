// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Whether intervals hold what they say: simulated bases, each fitted, drawn and compared with what really came. */
@Tag("study")
class EquityCoverageTest {

    private static final ParetoNbd.Fitted TRUTH = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);
    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);
    private static final double HORIZON = 39;
    private static final double LEVEL = 0.9;
    private static final int BASES = 200;
    private static final int CUSTOMERS = 2000;

    @Test
    void intervalsOfTotalsCoverAsOftenAsTheySay(TestReporter reporter) {
        ModelCatalog catalog = ModelCatalog.load();
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(HORIZON), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE);
        EquitySimulation simulation = EquitySimulation.withDefaults();
        int orders = 0;
        int active = 0;
        int values = 0;
        for (int i = 0; i < BASES; i++) {
            SplittableRandom random = new SplittableRandom(1000 + i);
            List<CustomerSummary> rows = new ArrayList<>();
            double ordersCame = 0;
            double activeCame = 0;
            double valueCame = 0;
            for (int c = 0; c < CUSTOMERS; c++) {
                double age = (189 + random.nextInt(84)) / 7.0;
                double[] times = TRUTH.simulateTransactionTimes(age + HORIZON, random.nextLong());
                double[] amounts = SPEND.simulateSpends(times.length, random.nextLong());
                int x = 0;
                double sum = 0;
                double after = 0;
                for (int k = 0; k < times.length; k++) {
                    if (times[k] <= age) {
                        x++;
                        sum += amounts[k];
                    } else {
                        after += amounts[k];
                    }
                }
                ordersCame += times.length - x;
                activeCame += times.length > x ? 1 : 0;
                valueCame += after;
                rows.add(new CustomerSummary(
                        "c" + c, x, x == 0 ? 0 : toDay(times[x - 1]), age, x == 0 ? 0 : sum / x, 1, Map.of()));
            }
            CustomerBase base = CustomerBase.ofSummaries(rows, TimeScale.WEEKS);
            PurchaseModelDraws models = transactionDraws(catalog, base)
                    .withSpendErrors(catalog, GammaGamma.withDefaults().fit(base));
            SegmentDraws total = simulation
                    .withSeed(i)
                    .run(models, base, terms, Execution.ofThreads(2))
                    .total();
            orders += covers(total.figure(ForecastFigure.ORDERS), ordersCame);
            active += covers(total.figure(ForecastFigure.ACTIVE_CUSTOMERS), activeCame);
            values += covers(total.figure(ForecastFigure.VALUE), valueCame);
        }
        reporter.publishEntry(
                "covered of " + BASES, "orders " + orders + ", active customers " + active + ", value " + values);
        assertThat(new double[] {orders / (double) BASES, active / (double) BASES, values / (double) BASES})
                .as("coverage of orders, active customers and value")
                .satisfies(parts -> {
                    for (double part : parts) {
                        assertThat(part).isBetween(0.86, 0.94);
                    }
                });
    }

    /** A fit whose likelihood is flat has no covariance; it is drawn by the bootstrap. */
    private static PurchaseModelDraws transactionDraws(ModelCatalog catalog, CustomerBase base) {
        ParetoNbd.Fitted model = ParetoNbd.withDefaults().fit(base);
        return model.report().orElseThrow().covariance().isPresent()
                ? PurchaseModelDraws.ofErrors(catalog, model)
                : PurchaseModelDraws.ofBootstrap(ParetoNbd.withDefaults(), base);
    }

    /** The nearest whole day, as ages are; dates make fits and draws cheap. */
    private static double toDay(double weeks) {
        return Math.rint(weeks * 7) / 7;
    }

    private static int covers(FigureDraws draws, double came) {
        return draws.lower(LEVEL) <= came && came <= draws.upper(LEVEL) ? 1 : 0;
    }
}
