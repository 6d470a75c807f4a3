// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAccumulator;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.equity.VarianceSplit;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.historical.AverageOrderModel;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/equity.md. */
class EquityExamplesTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);

    private static final CustomerBase BASE = CustomerBase.of(
                    Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS)
            .withCustomers(Shop.customers(1000));

    private static CustomerValues values() {
        return TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(BASE)
                .value(BASE, TERMS);
    }

    @Test
    void breakdown() {
        Console.assertPrints("equity-breakdown.txt", EquityExamplesTest::printBreakdown);
    }

    private static void printBreakdown() {
        CustomerValues values = values();
        // snippet:breakdown
        CustomerEquity equity = EquityAggregator.withDefaults()
                .withBreakdown(List.of("region"))
                .withBreakdown(List.of("region", "channel"))
                .aggregate(values);
        System.out.printf("total: %.2f%n", equity.total().equity());
        for (SegmentEquity segment : equity.breakdowns().get(0).segments()) {
            System.out.printf(
                    "%s: %.0f customers, current %.2f + future %.2f - cost %.2f = %.2f (%.1f %%)%n",
                    segment.name(),
                    segment.customers(),
                    segment.currentValue(),
                    segment.futureValue(),
                    segment.acquisitionCost(),
                    segment.equity(),
                    100 * segment.share());
        }
        // end
        for (EquityBreakdown breakdown : equity.breakdowns()) {
            assertThat(breakdown.segments().stream()
                            .map(SegmentEquity::equity)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(equity.total().equity());
        }
        assertThat(equity.breakdowns().get(1).segments()).hasSize(6);
        assertThat(equity.total().customersWithAcquisitionCost()).isEqualTo(750);
    }

    @Test
    void partsMergeToTheSameBits() {
        CustomerValues values = values();
        int size = values.size();
        // snippet:merge
        EquityAggregator aggregator = EquityAggregator.withDefaults().withBreakdown(List.of("region"));
        EquityAccumulator firstHalf = aggregator.accumulate(values, 0, size / 2);
        EquityAccumulator secondHalf = aggregator.accumulate(values, size / 2, size);
        CustomerEquity equity = secondHalf.merge(firstHalf).toEquity();
        // end
        assertThat(equity).isEqualTo(aggregator.aggregate(values));
    }

    @Test
    void twoModelsSideBySide() {
        Console.assertPrints("equity-models.txt", EquityExamplesTest::printModels);
    }

    private static void printModels() {
        CustomerBase base = BASE;
        ValuationTerms terms = TERMS;
        // snippet:models
        CustomerValues historical = AverageOrderModel.withDefaults().fit(base).value(base, terms);
        CustomerValues predictive = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base)
                .value(base, terms);
        for (CustomerValues values : List.of(historical, predictive)) {
            CustomerEquity equity = EquityAggregator.withDefaults().aggregate(values);
            System.out.printf(
                    "%-21s current %.2f, future %.2f%n",
                    equity.model(),
                    equity.total().currentValue(),
                    equity.total().futureValue());
            equity.warnings().forEach(System.out::println);
        }
        // end
    }

    @Test
    void aDimensionThatNobodyHasIsRefused() {
        assertThatThrownBy(() -> EquityAggregator.withDefaults()
                        .withBreakdown(List.of("size"))
                        .aggregate(values()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'size'")
                .hasMessageContaining("channel, region");
    }

    @Test
    void draws() {
        Console.assertPrints("equity-draws.txt", EquityExamplesTest::printDraws);
    }

    private static void printDraws() {
        CustomerBase base = BASE;
        ValuationTerms terms = TERMS;
        // snippet:draws
        ModelCatalog catalog = ModelCatalog.load();
        PurchaseModelDraws models = PurchaseModelDraws.ofErrors(
                        catalog, BgNbd.withDefaults().fit(base))
                .withSpendErrors(catalog, GammaGamma.withDefaults().fit(base));
        EquityDraws draws = EquitySimulation.withDefaults()
                .withPeriods(13)
                .withBreakdown(List.of("region"))
                .run(models, base, terms, Execution.ofThreads(2));
        FigureDraws value = draws.total().figure(ForecastFigure.VALUE);
        System.out.printf(
                "future value %.0f, 90 %% in [%.0f, %.0f]%n",
                value.expected().orElseThrow(), value.lower(0.9), value.upper(0.9));
        VarianceSplit split = value.split().orElseThrow();
        System.out.printf(
                "standard deviation %.0f: parameters %.0f, purchases %.0f, amounts %.0f%n",
                value.standardDeviation(),
                Math.sqrt(split.parameters()),
                Math.sqrt(split.process()),
                Math.sqrt(split.spend()));
        for (SegmentDraws region : draws.breakdowns().get(0).segments()) {
            FigureDraws of = region.figure(ForecastFigure.VALUE);
            System.out.printf("%s: 90 %% in [%.0f, %.0f]%n", region.name(), of.lower(0.9), of.upper(0.9));
        }
        for (int quarter = 1; quarter <= draws.periodEnds().size(); quarter++) {
            FigureDraws orders = draws.total().figure(ForecastFigure.ORDERS, quarter);
            System.out.printf(
                    "quarter %d: %.0f orders, 90 %% in [%.0f, %.0f]%n",
                    quarter, orders.mean(), orders.lower(0.9), orders.upper(0.9));
        }
        // end
    }
}
