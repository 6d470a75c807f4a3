// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.BridgeSegment;
import org.clv4j.core.equity.BridgeStep;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityBridge;
import org.clv4j.core.equity.EquityBridging;
import org.clv4j.core.equity.EquityPosition;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** Bridges by real models: what holds of any, and what holds if the model is right. */
class EquityBridgeTest {

    private static final ParetoNbd.Fitted PARETO = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);
    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);
    private static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.Fitted.of(PARETO, SPEND);
    private static final TransactionSpendModel.Fitted REFIT = TransactionSpendModel.Fitted.of(
            BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), GammaGamma.Fitted.of(6, 4, 15));
    private static final ValuationTerms YEAR = terms("52", 0.15, 0.3, CashFlowTiming.AT_PURCHASE);
    private static final ValuationTerms ENDLESS = terms("infinite", 0.15, 0.3, CashFlowTiming.AT_PURCHASE);
    private static final ValuationTerms LONGER = terms("104", 0.08, 0.25, CashFlowTiming.AT_PURCHASE);
    private static final EquityBridging BY_REGION =
            EquityBridging.withDefaults().withBreakdown(List.of("region")).withBreakdown(List.of("region", "size"));
    private static final TransactionLog LOG = log(500, 11);

    private static ValuationTerms terms(String horizon, double rate, double margin, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.parse(horizon), DiscountRate.annual(rate), Margin.of(margin), timing);
    }

    /** Customers acquired over a year, bought until two years are over. */
    private static TransactionLog log(int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.of(PARETO, SPEND, TimeScale.WEEKS)
                .simulateInto(
                        log,
                        "C",
                        0,
                        customers,
                        LocalDate.of(2022, 1, 1),
                        LocalDate.of(2022, 12, 31),
                        LocalDate.of(2023, 12, 31),
                        seed);
        return log.build();
    }

    private static CustomerBase base(TransactionLog log, String end) {
        CustomerBase base = CustomerBase.of(log, Observation.untilIso(end), TimeScale.WEEKS);
        return base.withCustomers(IntStream.range(0, base.size())
                .mapToObj(row -> {
                    int number = Integer.parseInt(base.id(row).substring(1));
                    return Customer.of(base.id(row))
                            .withAttribute("region", number % 3 == 0 ? "North" : "South")
                            .withAttribute("size", number % 5 == 0 ? "L" : "S");
                })
                .toList());
    }

    private static EquityPosition position(String end) {
        return EquityPosition.of(base(LOG, end), MODEL, YEAR);
    }

    private static BigDecimal futureValue(EquityPosition position) {
        return EquityAggregator.withDefaults()
                .aggregate(position.model().value(position.base(), position.terms()))
                .total()
                .futureValue();
    }

    /** The last includes all that interacts; the constructor of a segment checks that its steps lead to the closing. */
    @Property(tries = 8)
    void segmentsAddUpAndEndsAreTheEquityOfEitherDate(
            @ForAll @IntRange(min = 0, max = 500) int days, @ForAll boolean endless, @ForAll boolean anew) {
        CustomerBase before = base(log(300, days), "2022-08-15");
        CustomerBase after =
                base(log(300, days), LocalDate.of(2022, 8, 15).plusDays(days).toString());
        EquityPosition opening = EquityPosition.of(before, MODEL, endless ? ENDLESS : YEAR);
        EquityPosition closing = EquityPosition.of(
                after,
                anew ? REFIT : MODEL,
                anew ? terms("104", 0.08, 0.25, CashFlowTiming.PERIOD_MID) : opening.terms());
        EquityBridge bridge = BY_REGION.between(opening, closing);

        assertThat(bridge.total().opening()).isEqualByComparingTo(futureValue(opening));
        assertThat(bridge.total().closing()).isEqualByComparingTo(futureValue(closing));
        bridge.breakdowns().forEach(breakdown -> {
            for (BridgeStep step : BridgeStep.values()) {
                assertThat(breakdown.segments().stream()
                                .map(segment -> segment.step(step))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo(bridge.total().step(step));
            }
        });
        if (!anew) {
            for (BridgeStep step : List.of(
                    BridgeStep.TRANSACTION_MODEL,
                    BridgeStep.SPEND_MODEL,
                    BridgeStep.TERMS,
                    BridgeStep.MARGIN,
                    BridgeStep.CURRENCY)) {
                assertThat(bridge.total().step(step)).isZero();
            }
        }
        if (endless) {
            assertThat(bridge.total().step(BridgeStep.ROLL_FORWARD)).isZero();
        }
    }

    @Test
    void orderOfCustomersAndThreadsChangeNoBit() {
        EquityPosition opening = position("2022-09-30");
        EquityPosition closing = EquityPosition.of(base(LOG, "2023-06-30"), REFIT, LONGER);
        EquityBridge bridge = BY_REGION.between(opening, closing);
        assertThat(BY_REGION.between(opening, closing, Execution.ofThreads(3))).isEqualTo(bridge);

        TransactionLog.Builder backwards = TransactionLog.builder();
        for (int row = LOG.size() - 1; row >= 0; row--) {
            backwards.add(LOG.customerId(row), LOG.date(row), LOG.amount(row));
        }
        TransactionLog reversed = backwards.build();
        assertThat(BY_REGION.between(
                        EquityPosition.of(base(reversed, "2022-09-30"), MODEL, YEAR),
                        EquityPosition.of(base(reversed, "2023-06-30"), REFIT, LONGER)))
                .isEqualTo(bridge);
    }

    @Test
    void equalDatesAndModelsGiveZeros() {
        EquityBridge bridge = BY_REGION.between(position("2022-09-30"), position("2022-09-30"));
        assertThat(bridge.total().steps().values()).allMatch(amount -> amount.signum() == 0);
        assertThat(bridge.total().opening()).isPositive();
    }

    @Test
    void bridgesJoin() {
        EquityBridge first = BY_REGION.between(position("2022-06-30"), position("2022-12-31"));
        EquityBridge second = BY_REGION.between(position("2022-12-31"), position("2023-06-30"));
        assertThat(second.total().opening()).isEqualTo(first.total().closing());
        assertThat(second.total().customers().opening())
                .isEqualTo(first.total().customers().closing());
        assertThat(second.breakdowns().get(1).segments())
                .extracting(BridgeSegment::opening)
                .containsExactlyElementsOf(first.breakdowns().get(1).segments().stream()
                        .map(BridgeSegment::closing)
                        .toList());
    }

    @Test
    void scalingAllAmountsScalesEveryStep() {
        TransactionLog.Builder hundredfold = TransactionLog.builder();
        for (int row = 0; row < LOG.size(); row++) {
            hundredfold.add(LOG.customerId(row), LOG.date(row), LOG.amount(row).movePointRight(2));
        }
        TransactionLog scaled = hundredfold.build();
        TransactionSpendModel.Fitted model =
                TransactionSpendModel.Fitted.of(PARETO, GammaGamma.Fitted.of(6.25, 3.744, 1544));
        EquityBridge small = BY_REGION.between(position("2022-09-30"), position("2023-06-30"));
        EquityBridge large = BY_REGION.between(
                EquityPosition.of(base(scaled, "2022-09-30"), model, YEAR),
                EquityPosition.of(base(scaled, "2023-06-30"), model, YEAR));
        for (BridgeStep step : BridgeStep.values()) {
            // 500 customers, each rounded to a millionth.
            assertThat(large.total().step(step).doubleValue())
                    .as(step.title())
                    .isCloseTo(100 * small.total().step(step).doubleValue(), within(0.05));
        }
    }

    @Test
    void anotherNameOfTheCurrencyChangesNothingElse() {
        EquityBridge plain = BY_REGION.between(position("2022-09-30"), position("2023-06-30"));
        EquityBridge renamed = BY_REGION
                .withExchangeRates(Currency.getInstance("CHF"), 1, 1)
                .between(position("2022-09-30"), position("2023-06-30"));
        assertThat(renamed.total()).isEqualTo(plain.total());
        assertThat(renamed.currency().getCurrencyCode()).isEqualTo("CHF");
    }

    /** If the model is right, behaviour has mean 0: the expected closing is the mean of what the customers turn out to be worth. */
    @Test
    void expectationsAreRightOnAverage() {
        List<CustomerBase> openings = new ArrayList<>();
        List<CustomerBase> closings = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TransactionLog log = log(1000, 100 + i);
            openings.add(base(log, "2022-09-01"));
            closings.add(base(log, "2023-03-02"));
        }
        for (ValuationTerms terms : List.of(YEAR, ENDLESS)) {
            double[] surprises = new double[openings.size()];
            double expected = 0;
            for (int i = 0; i < surprises.length; i++) {
                BridgeSegment total = EquityBridging.withDefaults()
                        .between(
                                EquityPosition.of(openings.get(i), MODEL, terms),
                                EquityPosition.of(closings.get(i), MODEL, terms))
                        .total();
                expected += total.expectedClosing().doubleValue() / surprises.length;
                surprises[i] = List.of(BridgeStep.BOUGHT, BridgeStep.SILENT, BridgeStep.LOST, BridgeStep.SPEND).stream()
                        .mapToDouble(step -> total.step(step).doubleValue())
                        .sum();
            }
            double mean = Arrays.stream(surprises).average().orElseThrow();
            double error = Math.sqrt(
                    Arrays.stream(surprises).map(x -> (x - mean) * (x - mean)).sum()
                            / (surprises.length - 1.0)
                            / surprises.length);
            assertThat(mean).as(terms.toString()).isCloseTo(0, within(4 * error));
            // So small a part of the value that a wrong expectation would show.
            assertThat(error).isLessThan(0.02 * expected);
        }
    }

    @Test
    void cdnowFromHalfTimeToTheEnd() {
        CustomerBase end = Cdnow.sample();
        TransactionSpendModel model = TransactionSpendModel.of(ParetoNbd.withDefaults(), GammaGamma.withDefaults());
        CustomerBase half = Cdnow.sampleUntil("1997-06-30");
        EquityPosition opening = EquityPosition.of(half, model.fit(half), YEAR);
        EquityPosition closing = EquityPosition.of(end, model.fit(end), YEAR);
        EquityBridge bridge = EquityBridging.withDefaults().between(opening, closing);

        BridgeSegment total = bridge.total();
        assertThat(bridge.periods()).isEqualTo(92 / 7.0);
        assertThat(total.opening()).isEqualByComparingTo(futureValue(opening));
        assertThat(total.closing()).isEqualByComparingTo(futureValue(closing));
        // All customers came in the first quarter.
        assertThat(total.customers().opening()).isEqualTo(2357);
        assertThat(total.customers().added()).isZero();
        assertThat(total.step(BridgeStep.NEW_CUSTOMERS)).isZero();
        assertThat(total.step(BridgeStep.REALISED)).isNegative();
        assertThat(total.step(BridgeStep.ROLL_FORWARD)).isPositive();
        assertThat(total.step(BridgeStep.LOST)).isNegative();
        assertThat(total.step(BridgeStep.BOUGHT)).isPositive();
        assertThat(total.step(BridgeStep.SILENT)).isNegative();
        assertThat(total.step(BridgeStep.TERMS)).isZero();
        // The model of June foresaw the summer's margin to a fifth.
        assertThat(total.margin().received().doubleValue())
                .isCloseTo(
                        total.margin().expected().doubleValue(),
                        within(0.2 * total.margin().expected().doubleValue()));
    }
}
