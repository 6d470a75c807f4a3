// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/valuation.md. */
class ValuationExamplesTest {

    private static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.Fitted.of(
            BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), GammaGamma.Fitted.of(6.25, 3.74, 15.44));

    private static final CustomerBase ONE =
            CustomerBase.ofSummaries(List.of(CustomerSummary.of("C1", 2, 30.43, 38.86, 22.35)), TimeScale.WEEKS);

    @Test
    void rates() {
        Console.assertPrints("valuation-rates.txt", ValuationExamplesTest::printRates);
        DiscountRate rate = DiscountRate.annual(0.15);
        assertThat(rate.continuousPerPeriod(52)).isCloseTo(Math.log(1.15) / 52, within(1e-18));
        assertThat(Math.pow(1 + rate.effectivePerPeriod(52), 52)).isCloseTo(1.15, within(1e-13));
        assertThat(Math.pow(1 + 0.15 / 52, 52)).isCloseTo(1.16158, within(5e-6));
        assertThat(DiscountRate.continuous(Math.log(1.15) / 52, 52).effectiveAnnual())
                .isCloseTo(0.15, within(1e-15));
    }

    private static void printRates() {
        // snippet:rates
        DiscountRate rate = DiscountRate.annual(0.15);
        double calendarWeeks = TimeScale.WEEKS.periodsPerYear();
        System.out.printf("effective a week, 52 a year         %.7f%n", rate.effectivePerPeriod(52));
        System.out.printf("continuous a week, 52 a year        %.7f%n", rate.continuousPerPeriod(52));
        System.out.printf("continuous a week, 365.25/7 a year  %.7f%n", rate.continuousPerPeriod(calendarWeeks));
        System.out.printf("continuous a month                  %.7f%n", rate.continuousPerPeriod(12));
        // end
    }

    @Test
    void timings() {
        Console.assertPrints("valuation-timings.txt", ValuationExamplesTest::printTimings);
    }

    private static void printTimings() {
        TransactionSpendModel.Fitted model = MODEL;
        CustomerBase base = ONE;
        // snippet:timings
        for (CashFlowTiming timing : CashFlowTiming.values()) {
            ValuationTerms terms =
                    ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), timing);
            System.out.printf("%-13s %.4f%n", timing, model.value(base, terms).futureValue(0));
        }
        // end
    }

    @Test
    void horizons() {
        Console.assertPrints("valuation-horizons.txt", ValuationExamplesTest::printHorizons);
    }

    private static void printHorizons() {
        TransactionSpendModel.Fitted model = MODEL;
        CustomerBase base = ONE;
        // snippet:horizons
        for (String text : List.of("26", "52", "156", "520", "infinite")) {
            ValuationTerms terms = ValuationTerms.of(
                    Horizon.parse(text), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
            System.out.printf("%-9s %.4f%n", text, model.value(base, terms).futureValue(0));
        }
        // end
    }

    @Test
    void weeksOfTheLiterature() {
        // snippet:weeks
        ValuationTerms terms = ValuationTerms.of(
                        Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE)
                .withPeriodsPerYear(52);
        // end
        assertThat(terms.continuousRate(TimeScale.WEEKS)).isEqualTo(Math.log1p(0.10) / 52);
    }

    @Test
    void whatCannotBeStated() {
        assertThatThrownBy(() -> Margin.of(30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be in (0, 1]");
        assertThatThrownBy(() -> ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.none(), Margin.of(0.3), CashFlowTiming.AT_PURCHASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0 for an infinite horizon");
        assertThatThrownBy(() -> ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.PERIOD_END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at-purchase for an infinite horizon");
    }
}
