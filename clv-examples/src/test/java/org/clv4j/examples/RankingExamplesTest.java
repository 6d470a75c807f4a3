// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.TopCustomers;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.ranking.Concentration;
import org.clv4j.core.ranking.CustomerRanking;
import org.clv4j.core.ranking.IsoValue;
import org.clv4j.core.ranking.IsoValueGrid;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.ranking.ValuePart;
import org.clv4j.core.ranking.WinBack;
import org.clv4j.core.ranking.WinBackCustomer;
import org.clv4j.core.ranking.WinBackList;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/ranking.md. */
class RankingExamplesTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

    private static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.of(
                    ParetoNbd.withDefaults(), GammaGamma.withDefaults())
            .fit(BASE);

    private static final CustomerValues VALUES = MODEL.value(BASE, TERMS);

    @Test
    void concentration() {
        Console.assertPrints("ranking-concentration.txt", RankingExamplesTest::printConcentration);
    }

    private static void printConcentration() {
        CustomerValues values = VALUES;
        // snippet:concentration
        for (ValuePart part : ValuePart.values()) {
            Concentration c = Concentration.ofCustomers(values, part);
            System.out.printf(
                    "%-8s Gini %.3f, the best tenth holds %.1f %%, 80 %% is held by %.1f %%, as by %.0f equal ones%n",
                    part,
                    c.gini().orElseThrow(),
                    100 * c.topShare(0.1).orElseThrow(),
                    100 * c.shareHolding(0.8).orElseThrow(),
                    1 / c.herfindahl().orElseThrow());
        }
        // end
    }

    @Test
    void ranks() {
        Console.assertPrints("ranking-ranks.txt", RankingExamplesTest::printRanks);
    }

    private static void printRanks() {
        CustomerValues values = VALUES;
        CustomerBase base = BASE;
        // snippet:ranks
        CustomerRanking ranking = CustomerRanking.of(values, ValuePart.FUTURE);
        System.out.println(ranking.bestShare(0.1).length + " customers are the top decile");
        for (int row : ranking.best(3)) {
            System.out.printf("%d. %s: %.2f%n", ranking.rank(row), base.id(row), ranking.value(row));
        }
        int row = base.indexOf("C500");
        System.out.printf("C500: rank %d, percentile %.3f%n", ranking.rank(row), ranking.percentile(row));
        // end
    }

    @Test
    void top() {
        Console.assertPrints("ranking-top.txt", RankingExamplesTest::printTop);
    }

    private static void printTop() {
        CustomerValues values = VALUES;
        CustomerBase base = BASE;
        ValuationTerms terms = TERMS;
        TransactionSpendModel.Fitted model = MODEL;
        // snippet:top
        PurchaseModelDraws models =
                PurchaseModelDraws.ofKnown(model.transactions()).withKnownSpend(model.spend());
        TopCustomers top = EquitySimulation.withDefaults()
                .withDraws(250)
                .withTopShare(0.1)
                .run(models, base, terms, Execution.ofThreads(2))
                .tops()
                .get(0);
        System.out.printf(
                "of %.0f called the best, %.1f will be (%.0f %%)%n",
                top.places(), top.expectedHits(), 100 * top.precision());
        CustomerRanking ranking = CustomerRanking.of(values, ValuePart.FUTURE);
        for (int rank : List.of(1, 10, 50, 100, 150, 300)) {
            int row = ranking.rowOfRank(rank);
            System.out.printf("rank %d: %.2f, P(top decile) %.3f%n", rank, ranking.value(row), top.probability(row));
        }
        // end
        assertThat(top.precision()).isBetween(0.1, 1.0);
    }

    @Test
    void winBack() {
        Console.assertPrints("ranking-win-back.txt", RankingExamplesTest::printWinBack);
    }

    private static void printWinBack() {
        CustomerValues values = VALUES;
        TransactionSpendModel.Fitted model = MODEL;
        // snippet:win-back
        WinBackList list = WinBack.within(26)
                .withMaximumProbabilityActive(0.3)
                .withMinimumValueAtRisk(10)
                .withLargest(4)
                .find(model.transactions(), values);
        System.out.printf(
                "%.0f customers with %.0f at risk; equity counts them for %.0f of it%n",
                list.found(), list.valueAtRisk(), list.equityAtRisk());
        for (WinBackCustomer customer : list.customers()) {
            System.out.printf(
                    "%s: %.2f at risk, %.2f if still there, P(alive) %.3f, P(active) %.3f, silent for %d days, next %s%n",
                    customer.id(),
                    customer.valueAtRisk(),
                    customer.valueIfAlive(),
                    customer.probabilityAlive(),
                    customer.probabilityActive(),
                    customer.daysSinceLastPurchase().orElseThrow(),
                    customer.dateOfNextPurchase().orElseThrow());
        }
        // end
    }

    @Test
    void isoValue() {
        Console.assertPrints("ranking-iso-value.txt", RankingExamplesTest::printIsoValue);
    }

    private static void printIsoValue() {
        ValuationTerms terms = TERMS;
        TransactionSpendModel.Fitted model = MODEL;
        // snippet:iso-value
        IsoValue iso = IsoValue.of(model, terms, TimeScale.WEEKS, 52);
        IsoValueGrid grid = iso.grid(List.of(1, 2, 4, 8), List.of(13, 26, 39, 52), List.of(35));
        for (int x = 0; x < grid.frequencies().size(); x++) {
            System.out.printf("x = %d:", grid.frequencies().get(x));
            for (int t = 0; t < grid.recencies().size(); t++) {
                System.out.printf(" %6.2f", grid.value(x, t, 0));
            }
            System.out.println();
        }
        for (IsoValuePoint point : iso.contour(10, List.of(1, 2, 3, 4, 6, 8, 12), 35)) {
            System.out.printf("worth 10: x = %d, last bought in week %.2f%n", point.frequency(), point.recency());
        }
        // end
    }
}
