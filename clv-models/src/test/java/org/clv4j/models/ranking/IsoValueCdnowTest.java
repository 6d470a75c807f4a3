// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
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
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/**
 * CDNOW after all 78 weeks, valued without end: the setting of Fader, Hardie and Lee (2005), <i>RFM and CLV: using iso-value curves for
 * customer base analysis</i>, doi:10.1509/jmkr.2005.42.4.415.
 */
class IsoValueCdnowTest {

    private static final ParetoNbd.Fitted ON_RECORD = ParetoNbd.Fitted.of(0.5629966, 12.5590370, 0.4081095, 10.5148048);
    private static final double RATE = 0.0027;
    private static final ValuationTerms TERMS = ValuationTerms.of(
                    Horizon.infinite(), DiscountRate.continuous(RATE, 52), Margin.of(0.3), CashFlowTiming.AT_PURCHASE)
            .withPeriodsPerYear(52);

    /** The parameters on record are those of the sample, its days as occasions and orders of nothing kept. */
    @Test
    void theParametersOnRecordAreThoseOfTheSample() {
        CustomerBase sample = Cdnow.sampleOf78Weeks();
        assertThat(sample.size()).isEqualTo(2357);
        ParetoNbd.Fitted fitted = ParetoNbd.withDefaults().fit(sample);
        assertThat(fitted.r()).isCloseTo(ON_RECORD.r(), withinPercentage(0.005));
        assertThat(fitted.alpha()).isCloseTo(ON_RECORD.alpha(), withinPercentage(0.005));
        assertThat(fitted.s()).isCloseTo(ON_RECORD.s(), withinPercentage(0.005));
        assertThat(fitted.beta()).isCloseTo(ON_RECORD.beta(), withinPercentage(0.005));
        assertThat(logLikelihood(fitted, sample))
                .as("the optimum is here, and they stopped just before it")
                .isGreaterThan(logLikelihood(ON_RECORD, sample))
                .isCloseTo(logLikelihood(ON_RECORD, sample), within(1e-5));
        assertThat(ON_RECORD.discountedExpectedResidualTransactions(7, 35, 77.86, RATE))
                .isCloseTo(1.86418333, within(5e-9));
        assertThat(fitted.discountedExpectedResidualTransactions(7, 35, 77.86, RATE))
                .isCloseTo(1.86418333, within(2e-5));
    }

    private static double logLikelihood(ParetoNbd.Fitted model, CustomerBase base) {
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            sum += model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
        }
        return sum;
    }

    /** Ten customers are left out, and 12,054 of the others have not come back. */
    @Test
    void theCohortIsValuedCustomerByCustomer() {
        CustomerBase all = Cdnow.masterOf78Weeks();
        CustomerBase base = all.select(row -> all.frequency(row) * all.monetaryValue(row) <= 4000);
        assertThat(all.size()).isEqualTo(23570);
        assertThat(base.size()).isEqualTo(23560);
        CustomerBase sample = Cdnow.sampleOf78Weeks();
        TransactionSpendModel.Fitted model = TransactionSpendModel.of(
                        ParetoNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(sample);
        CustomerValues values = model.value(base, TERMS);
        int neverBack = 0;
        double worth = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) == 0) {
                neverBack++;
                worth += values.futureValue(row);
            }
        }
        assertThat(neverBack).isEqualTo(12054);
        Concentration concentration = Concentration.ofCustomers(values, ValuePart.FUTURE);
        assertThat(worth / neverBack).isBetween(4.0, 5.0);
        assertThat(worth / concentration.total())
                .as("half of the customers, and little of the value")
                .isBetween(0.04, 0.06);
        assertThat(concentration.gini().orElseThrow()).isBetween(0.75, 0.85);
        CustomerRanking ranking = CustomerRanking.of(values, ValuePart.FUTURE);
        int[] best = ranking.bestShare(0.1);
        assertThat(best).hasSize(2356);
        double ofBest = 0;
        for (int row : best) {
            ofBest += ranking.value(row);
        }
        assertThat(ofBest / concentration.total())
                .isCloseTo(concentration.topShare(0.1).orElseThrow(), within(1e-9));

        WinBackList list =
                WinBack.within(26).withMinimumValueAtRisk(100).withLargest(50).find(model.transactions(), values);
        assertThat(list.customers()).hasSize(50);
        assertThat(list.found()).isGreaterThan(50);
        assertThat(list.equityAtRisk()).isPositive().isLessThan(concentration.total());
        for (WinBackCustomer customer : list.customers()) {
            assertThat(customer.probabilityActive()).isLessThanOrEqualTo(0.5);
            assertThat(customer.valueAtRisk())
                    .isBetween(customer.valueIfAlive() - customer.expectedValue(), customer.valueIfAlive());
            assertThat(customer.daysSinceLastPurchase().orElseThrow() / 7.0)
                    .isCloseTo(customer.timeSinceLastPurchase(), within(1e-9));
            assertThat(customer.dateOfNextPurchase()).isPresent();
        }
    }

    /** Of two customers who were last seen long ago, the one who used to buy more often is worth less. */
    @Test
    void contoursOfTheParetoNbdBendBack() {
        TransactionSpendModel.Fitted model =
                TransactionSpendModel.Fitted.of(ON_RECORD, GammaGamma.Fitted.of(6.25, 3.744, 15.44));
        IsoValue iso = IsoValue.of(model, TERMS, TimeScale.WEEKS, 77.86);
        List<Integer> frequencies = IntStream.rangeClosed(1, 14).boxed().toList();
        IsoValueGrid grid = iso.grid(frequencies, List.of(20, 35, 77), List.of(35));
        assertThat(grid.value(6, 1, 0))
                .isCloseTo(0.3 * model.spend().expectedSpend(7, 35) * 1.86418333, withinPercentage(1e-6));
        assertThat(grid.value(13, 0, 0)).isLessThan(grid.value(0, 0, 0));
        assertThat(grid.value(13, 2, 0)).isGreaterThan(grid.value(0, 2, 0));
        for (double worth : new double[] {20, 40, 80}) {
            List<IsoValuePoint> contour = iso.contour(worth, frequencies, 35);
            int lowest = 0;
            for (int i = 0; i < contour.size(); i++) {
                IsoValuePoint point = contour.get(i);
                assertThat(iso.value(point.frequency(), point.recency(), 35)).isCloseTo(worth, within(1e-8));
                lowest = point.recency() < contour.get(lowest).recency() ? i : lowest;
            }
            assertThat(lowest).isBetween(1, contour.size() - 2);
            for (int i = 1; i < contour.size(); i++) {
                assertThat(contour.get(i).recency() > contour.get(i - 1).recency())
                        .as("down to %s, then up", contour.get(lowest))
                        .isEqualTo(i > lowest);
            }
        }
        assertThat(iso.recencies(1000, 1, 35)).isEmpty();

        // The same of a finite horizon.
        ValuationTerms year =
                ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.PERIOD_END);
        IsoValue ofYear = IsoValue.of(model, year, TimeScale.WEEKS, 77.86);
        double recency = ofYear.recencies(5, 4, 35).get(0);
        assertThat(ofYear.value(4, recency, 35)).isCloseTo(5, within(1e-9));
    }
}
