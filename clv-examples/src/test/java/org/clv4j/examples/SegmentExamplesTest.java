// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityComparison;
import org.clv4j.core.equity.MixRate;
import org.clv4j.core.equity.MixRateCell;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.equity.SegmentShrinkage;
import org.clv4j.core.equity.ShrunkMean;
import org.clv4j.core.equity.ShrunkMeans;
import org.clv4j.core.equity.SimpsonCheck;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.segment.Bands;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.RfmSegments;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.segment.ValueTiers;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/segments.md. */
class SegmentExamplesTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);

    private static final CustomerBase BASE = CustomerBase.of(
                    Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS)
            .withCustomers(Shop.customers(1000));

    private static final CustomerValues VALUES = TransactionSpendModel.of(
                    BgNbd.withDefaults(), GammaGamma.withDefaults())
            .fit(BASE)
            .value(BASE, TERMS);

    @Test
    void segmentations() {
        Console.assertPrints("segments-kinds.txt", SegmentExamplesTest::printSegmentations);
    }

    private static void printSegmentations() {
        CustomerValues values = VALUES;
        // snippet:kinds
        Segmentation quarter = Segmentations.acquisition(CohortPeriod.QUARTER);
        Segmentation orders = Bands.of("orders", CustomerBase::frequency, List.of(1, 2, 5));
        Segmentation tier = ValueTiers.byCustomers(values, List.of(0.01, 0.04, 0.15));
        Segmentation weekend = Segmentations.labels("first day", (customers, row) -> customers
                .firstDate(row)
                .map(day -> day.getDayOfWeek().getValue() > 5 ? "weekend" : "workday")
                .orElse(null));
        CustomerEquity equity = EquityAggregator.withDefaults()
                .withSegmentation(orders)
                .withSegmentation(tier)
                .withSegmentations(List.of(quarter, weekend, Segmentations.attribute("region")))
                .aggregate(values);
        for (EquityBreakdown breakdown : equity.breakdowns().subList(0, 2)) {
            for (SegmentEquity segment : breakdown.segments()) {
                System.out.printf(
                        "%s %s: %.0f customers, future value %.2f%n",
                        breakdown.dimensions().get(0), segment.name(), segment.customers(), segment.futureValue());
            }
        }
        // end
        for (EquityBreakdown breakdown : equity.breakdowns()) {
            assertThat(breakdown.segments().stream()
                            .map(SegmentEquity::equity)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(equity.total().equity());
        }
        assertThat(equity.breakdowns().get(2).segments()).hasSize(12);
    }

    @Test
    void rfm() {
        Console.assertPrints("segments-rfm.txt", SegmentExamplesTest::printRfm);
    }

    private static void printRfm() {
        CustomerBase base = BASE;
        CustomerValues values = VALUES;
        // snippet:rfm
        RfmSegments scores =
                RfmScoring.withDefaults().withScores(3).withZeroClass().of(base);
        System.out.println("frequency scores begin at " + scores.frequencyCuts());
        CustomerEquity equity = EquityAggregator.withDefaults()
                .withSegmentation(scores)
                .withSegmentation(scores.named())
                .aggregate(values);
        System.out.println(equity.breakdowns().get(0).segments().size() + " combinations of scores");
        for (SegmentEquity group : equity.breakdowns().get(1).segments()) {
            System.out.printf(
                    "%s: %.0f customers, future value %.2f%n", group.name(), group.customers(), group.futureValue());
        }
        // end
    }

    @Test
    void drill() {
        Console.assertPrints("segments-drill.txt", SegmentExamplesTest::printDrill);
    }

    private static void printDrill() {
        CustomerValues values = VALUES;
        // snippet:drill
        EquityBreakdown cells = EquityAggregator.withDefaults()
                .withBreakdown(List.of("region", "channel"))
                .aggregate(values)
                .breakdowns()
                .get(0);
        for (SegmentEquity region : cells.rollUp(List.of("region")).segments()) {
            System.out.printf("%s %.2f%n", region.name(), region.futureValue());
            for (SegmentEquity channel : cells.drill(region.name()).segments()) {
                System.out.printf("  %s %.2f%n", channel.name(), channel.futureValue());
            }
        }
        // end
    }

    @Test
    void shrinkage() {
        Console.assertPrints("segments-shrinkage.txt", SegmentExamplesTest::printShrinkage);
    }

    private static void printShrinkage() {
        CustomerValues values = VALUES;
        // snippet:shrinkage
        Segmentation month = Segmentations.acquisition(CohortPeriod.MONTH);
        ShrunkMeans means = SegmentShrinkage.withDefaults().ofFutureValue(values, List.of(month));
        System.out.printf(
                "between cohorts %.2f, within %.2f, centre %.2f%n",
                means.betweenDeviation(), means.withinDeviation(), means.centre());
        for (ShrunkMean cohort : means.segments()) {
            System.out.printf(
                    "%s: %.0f customers, mean %.2f, shrunk %.2f, 95 %% in [%.2f, %.2f]%n",
                    cohort.name(),
                    cohort.customers(),
                    cohort.mean(),
                    cohort.shrunkMean(),
                    cohort.lower(),
                    cohort.upper());
        }
        // end
    }

    @Test
    void mixAndRate() {
        Console.assertPrints("segments-mix.txt", SegmentExamplesTest::printMixAndRate);
    }

    private static void printMixAndRate() {
        CustomerValues values = VALUES;
        // snippet:mix
        Segmentation orders = Bands.of("orders", CustomerBase::frequency, List.of(1, 2, 5));
        EquityBreakdown breakdown = EquityAggregator.withDefaults()
                .withSegmentations(List.of(Segmentations.attribute("region"), orders))
                .aggregate(values)
                .breakdowns()
                .get(0);
        EquityComparison comparison = EquityComparison.withDefaults();
        MixRate difference = comparison.segments(breakdown, "region", "South", "West");
        System.out.printf(
                "%s: %.2f in South, %.2f in West: mix %.2f, rate %.2f%n",
                difference.ratio(), difference.fromRatio(), difference.toRatio(), difference.mix(), difference.rate());
        for (MixRateCell cell : difference.cells()) {
            System.out.printf(
                    "%s: share %.3f and %.3f, mean %.2f and %.2f, mix %.2f, rate %.2f%n",
                    cell.name(),
                    cell.fromShare(),
                    cell.toShare(),
                    cell.fromRatio(),
                    cell.toRatio(),
                    cell.mix(),
                    cell.rate());
        }
        // end
        assertThat(difference.mix().add(difference.rate())).isEqualTo(difference.difference());
    }

    @Test
    void simpson() {
        Console.assertPrints("segments-simpson.txt", SegmentExamplesTest::printSimpson);
    }

    private static void printSimpson() {
        CustomerValues values = VALUES;
        // snippet:simpson
        Segmentation orders = Bands.of("orders", CustomerBase::frequency, List.of(1, 2, 5));
        EquityBreakdown breakdown = EquityAggregator.withDefaults()
                .withSegmentations(List.of(Segmentations.attribute("region"), orders))
                .aggregate(values)
                .breakdowns()
                .get(0);
        EquityComparison comparison = EquityComparison.withDefaults();
        System.out.println(
                comparison.checkSegments(breakdown, "region", "South", "West").message());
        for (SimpsonCheck pair : comparison.misleading(breakdown, "region")) {
            System.out.println(pair.message());
        }
        // end
    }
}
