// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bridge whose steps can be worked out by hand. */
class EquityBridgingTest {

    /** Customers buy at one rate; who has not bought for more than three weeks has left with a chance of three in four. */
    private record Buying(double rate) implements FittedTransactionModel {
        @Override
        public String name() {
            return "buying";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("rate", rate);
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.empty();
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return 0;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return age - recency > 3 ? 0.25 : 1;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return probabilityAlive(frequency, recency, age) * -Math.expm1(-rate * horizon);
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return probabilityAlive(frequency, recency, age) * rate * horizon;
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return rate * horizon;
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return continuousRate == 0
                    ? expectedTransactions(frequency, recency, age, horizon)
                    : probabilityAlive(frequency, recency, age)
                            * rate
                            * -Math.expm1(-continuousRate * horizon)
                            / continuousRate;
        }
    }

    /** Customers go on to spend what they spent; new ones spend the mean. */
    private record Spending(double mean) implements FittedSpendModel {
        @Override
        public String name() {
            return "spending";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("mean", mean);
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.empty();
        }

        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            return frequency == 0 ? mean : monetaryValue;
        }
    }

    private static final TransactionLog LOG = TransactionLog.of(List.of(
            Transaction.parse("a", "2024-01-01", "10.00"),
            Transaction.parse("a", "2024-01-22", "10.00"),
            Transaction.parse("a", "2024-02-05", "20.00"),
            Transaction.parse("b", "2024-01-08", "4.00"),
            Transaction.parse("c", "2024-01-29", "8.00"),
            Transaction.parse("d", "2024-02-05", "6.00")));
    private static final String FIRST = "2024-01-29";
    private static final String SECOND = "2024-02-12";
    private static final TransactionSpendModel.Fitted MODEL = model(2, 10);
    private static final ValuationTerms TERMS = terms(10, 0, 0.5);

    private static TransactionSpendModel.Fitted model(double rate, double mean) {
        return TransactionSpendModel.Fitted.of(new Buying(rate), new Spending(mean));
    }

    private static ValuationTerms terms(double horizon, double rate, double margin) {
        return ValuationTerms.of(
                Horizon.of(horizon), DiscountRate.annual(rate), Margin.of(margin), CashFlowTiming.AT_PURCHASE);
    }

    private static CustomerBase base(String end) {
        return CustomerBase.of(LOG, Observation.untilIso(end), TimeScale.WEEKS)
                .withCustomers(List.of(
                        Customer.of("a").withAttribute("region", "North"),
                        Customer.of("b").withAttribute("region", "North"),
                        Customer.of("c").withAttribute("region", "South")));
    }

    private static EquityPosition position(String end) {
        return EquityPosition.of(base(end), MODEL, TERMS);
    }

    /** Checks the steps by name, up to the rounding of shares; those not named must be 0. */
    private static void assertSteps(BridgeSegment segment, Map<BridgeStep, Double> amounts) {
        Map<BridgeStep, Double> all = new EnumMap<>(BridgeStep.class);
        Arrays.stream(BridgeStep.values()).forEach(step -> all.put(step, amounts.getOrDefault(step, 0.0)));
        all.forEach((step, amount) ->
                assertThat(segment.step(step).doubleValue()).as(step.title()).isCloseTo(amount, within(5e-6)));
    }

    private static EquityBridge handMade() {
        return EquityBridging.withDefaults()
                .withBreakdown(List.of("region"))
                .between(position(FIRST), EquityPosition.of(base(SECOND), model(3, 12), terms(10, 0, 0.4)));
    }

    @Test
    void everyStepIsWhatItSays() {
        EquityBridge bridge = handMade();
        BridgeSegment total = bridge.total();

        assertThat(total.opening()).isEqualByComparingTo("300");
        assertThat(total.expectedClosing()).isEqualByComparingTo("300");
        assertThat(total.closing()).isEqualByComparingTo("504");
        assertThat(total.change()).isEqualByComparingTo("204");
        assertSteps(
                total,
                Map.of(
                        BridgeStep.REALISED, -60.0,
                        BridgeStep.ROLL_FORWARD, 60.0,
                        BridgeStep.SPEND, 50.0,
                        BridgeStep.LOST, -75.0,
                        BridgeStep.NEW_CUSTOMERS, 100.0,
                        BridgeStep.TRANSACTION_MODEL, 178.5,
                        BridgeStep.SPEND_MODEL, 50.25,
                        BridgeStep.MARGIN, -99.75));
        assertThat(total.customers()).isEqualTo(new BridgeCustomers(3, 1, 1, 1, 0, 1, 4));
        assertThat(total.margin().expected()).isEqualByComparingTo("60");
        assertThat(total.margin().received()).isEqualByComparingTo("10");
        assertThat(total.margin().receivedOfNew()).isEqualByComparingTo("3");
        assertThat(bridge.periods()).isEqualTo(2);
        assertThat(bridge.opening().date()).isEqualTo(LocalDate.parse(FIRST));
        assertThat(bridge.closing().terms().margin()).isEqualTo(Margin.of(0.4));
        assertThat(bridge.warnings()).isEmpty();
    }

    @Test
    void segmentsAddUpToTheTotal() {
        EquityBridge bridge = handMade();
        List<BridgeSegment> regions = bridge.breakdowns().get(0).segments();

        assertThat(regions).extracting(BridgeSegment::name).containsExactly("(unknown)", "North", "South");
        for (BridgeStep step : BridgeStep.values()) {
            assertThat(regions.stream().map(region -> region.step(step)).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(bridge.total().step(step));
        }
        assertThat(regions.get(0).opening()).isEqualByComparingTo("0");
        assertThat(regions.get(0).step(BridgeStep.NEW_CUSTOMERS)).isEqualByComparingTo("100");
        assertThat(regions.get(1).customers()).isEqualTo(new BridgeCustomers(2, 1, 0, 1, 0, 0, 2));
        assertThat(bridge.summary(regions.get(0))).contains("Future value of (unknown)", "opening, 0 customers");
    }

    @Test
    void readsAsAWaterfall() {
        assertThat(handMade().summary())
                .isEqualTo(
                        """
                        Future value of all customers, from 2024-01-29 to 2024-02-12 (2 weeks)
                          opening, 3 customers                        300.00
                            margin expected in the window             -60.00   -20.0 %
                            unwinding of the discount                  +0.00    +0.0 %
                            roll-forward of the horizon               +60.00   +20.0 %
                          expected of these customers                 300.00
                            customers who bought, 1                    +0.00    +0.0 %
                            customers who did not, 1                   +0.00    +0.0 %
                            customers lost, 1                         -75.00   -25.0 %
                            spend of existing customers               +50.00   +16.7 %
                            new customers, 1                         +100.00   +33.3 %
                            transaction model                        +178.50   +59.5 %
                            spend model                               +50.25   +16.7 %
                            discount rate and horizon                  +0.00    +0.0 %
                            margin                                    -99.75   -33.3 %
                            exchange rate                              +0.00    +0.0 %
                          closing, 4 customers                        504.00   +68.0 %
                          margin of the window, beside the sum: expected 60.00, received 10.00, of new customers 3.00
                        """);
    }

    @Test
    void discountUnwinds() {
        ValuationTerms discounted = terms(10, 0.5, 0.5);
        double delta = discounted.continuousRate(TimeScale.WEEKS);
        EquityBridge bridge = EquityBridging.withDefaults()
                .between(
                        EquityPosition.of(base(FIRST), MODEL, discounted),
                        EquityPosition.of(base(SECOND), MODEL, discounted));
        double opening = 3 * 0.5 * 10 * 2 * -Math.expm1(-10 * delta) / delta;
        double growth = Math.expm1(2 * delta);

        BridgeSegment total = bridge.total();
        assertThat(total.opening().doubleValue()).isCloseTo(opening, within(1e-5));
        assertThat(total.step(BridgeStep.UNWINDING).doubleValue()).isCloseTo(opening * growth, within(1e-5));
        assertThat(total.step(BridgeStep.REALISED).doubleValue()).isCloseTo(-3 * 10 * growth / delta, within(1e-5));
        // Nobody changes under this model: what is expected of the customers is the value of the same time ahead.
        assertThat(total.expectedClosing().doubleValue()).isCloseTo(opening, within(1e-5));
        assertThat(total.step(BridgeStep.BOUGHT).doubleValue()).isCloseTo(0, within(2e-6));
    }

    /** Two whole weeks later the periods are the same, so that who does not change is worth the same. */
    @ParameterizedTest
    @EnumSource(CashFlowTiming.class)
    void paymentsOfPeriodsAreExpectedInTheirPeriods(CashFlowTiming timing) {
        ValuationTerms terms = ValuationTerms.of(Horizon.of(10.5), DiscountRate.annual(0.5), Margin.of(0.5), timing);
        BridgeSegment total = EquityBridging.withDefaults()
                .between(EquityPosition.of(base(FIRST), MODEL, terms), EquityPosition.of(base(SECOND), MODEL, terms))
                .total();
        assertThat(total.expectedClosing().doubleValue())
                .isCloseTo(total.opening().doubleValue(), within(1e-5));
    }

    @Test
    void nothingHappensOnOneDay() {
        EquityBridge bridge = EquityBridging.withDefaults().between(position(FIRST), position(FIRST));
        assertThat(bridge.total().steps().values()).allMatch(amount -> amount.signum() == 0);
        assertThat(bridge.total().customers().silent()).isEqualTo(3);
    }

    @Test
    void anotherRateOrHorizonIsAStep() {
        EquityBridge bridge = EquityBridging.withDefaults()
                .between(position(FIRST), EquityPosition.of(base(FIRST), MODEL, terms(12, 0, 0.5)));
        assertSteps(bridge.total(), Map.of(BridgeStep.TERMS, 60.0));
    }

    @Test
    void reportsInAnotherCurrency() {
        Currency euro = Currency.getInstance("EUR");
        EquityBridge plain = EquityBridging.withDefaults().between(position(FIRST), position(SECOND));
        EquityBridge inEuro = EquityBridging.withDefaults()
                .withExchangeRates(euro, 0.5, 0.75)
                .between(position(FIRST), position(SECOND));

        assertThat(inEuro.currency()).isEqualTo(euro);
        assertThat(inEuro.summary()).contains(", in EUR\n");
        for (BridgeStep step : BridgeStep.values()) {
            BigDecimal half = plain.total().step(step).multiply(new BigDecimal("0.5"));
            assertThat(inEuro.total().step(step))
                    .as(step.title())
                    .isEqualByComparingTo(
                            step == BridgeStep.CURRENCY
                                    ? plain.total().closing().multiply(new BigDecimal("0.25"))
                                    : half);
        }
        assertThat(inEuro.total().closing())
                .isEqualByComparingTo(plain.total().closing().multiply(new BigDecimal("0.75")));
    }

    @Test
    void whoIsNoLongerThereIsLost() {
        CustomerBase without = base(SECOND).select(row -> row != 0);
        EquityBridge bridge = EquityBridging.withDefaults()
                .withLostBelow(0.1)
                .between(position(FIRST), EquityPosition.of(without, MODEL, TERMS));
        assertThat(bridge.total().step(BridgeStep.LOST)).isEqualByComparingTo("-100");
        assertThat(bridge.total().step(BridgeStep.SILENT)).isEqualByComparingTo("-75");
        assertThat(bridge.total().customers()).isEqualTo(new BridgeCustomers(3, 0, 2, 0, 1, 1, 3));
        assertThat(bridge.warnings()).singleElement().asString().contains("1 customer has left the base");
    }

    @Test
    void saysWhoChangedSegment() {
        CustomerBase moved = base(SECOND).withCustomers(List.of(Customer.of("c").withAttribute("region", "North")));
        EquityBridge bridge = EquityBridging.withDefaults()
                .withBreakdown(List.of("region"))
                .between(position(FIRST), EquityPosition.of(moved, MODEL, TERMS));
        assertThat(bridge.warnings()).singleElement().asString().contains("1 customer has another region");
        assertThat(bridge.breakdowns().get(0).segments())
                .extracting(BridgeSegment::name)
                .containsExactly("(unknown)", "North");
    }

    @Test
    void refusesWhatHasNoBridge() {
        EquityBridging bridging = EquityBridging.withDefaults();
        EquityPosition first = position(FIRST);
        assertThatThrownBy(() -> bridging.between(position(SECOND), first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be before the opening 2024-02-12, but was of 2024-01-29");
        CustomerBase days = CustomerBase.of(LOG, Observation.untilIso(SECOND), TimeScale.DAYS);
        assertThatThrownBy(() -> bridging.between(first, EquityPosition.of(days, MODEL, TERMS)))
                .hasMessageContaining("time unit");
        CustomerBase late = CustomerBase.of(
                LOG, Observation.of(LocalDate.parse("2024-01-02"), LocalDate.parse(SECOND)), TimeScale.WEEKS);
        assertThatThrownBy(() -> bridging.between(first, EquityPosition.of(late, MODEL, TERMS)))
                .hasMessageContaining("start of the observation");
        CustomerBase heavy = base(SECOND).withWeights(new double[] {2, 2, 2, 2});
        assertThatThrownBy(() -> bridging.between(first, EquityPosition.of(heavy, MODEL, TERMS)))
                .hasMessageContaining("`weight`")
                .hasMessageContaining("customer a");
        assertThatThrownBy(() -> bridging.withBreakdown(List.of("size")).between(first, first))
                .hasMessageContaining("'size'; known: region");
        assertThatThrownBy(() -> bridging.withBreakdown(List.of())).hasMessageContaining("`dimensions`");
        assertThatThrownBy(() -> bridging.withLostBelow(Double.NaN)).hasMessageContaining("`lostBelow`");
        assertThatThrownBy(() -> bridging.withExchangeRates(Currency.getInstance("EUR"), 1, 0))
                .hasMessageContaining("`closingRate`");
        ValuationTerms atEnd =
                ValuationTerms.of(Horizon.of(10), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.PERIOD_END);
        assertThatThrownBy(
                        () -> bridging.between(EquityPosition.of(base("2024-01-30"), MODEL, atEnd), position(SECOND)))
                .hasMessageContaining("`timing`");

        CustomerBase undated = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 2, 3)), TimeScale.WEEKS);
        assertThatThrownBy(() -> EquityPosition.of(undated, MODEL, TERMS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("dated transactions");
        CustomerBase contracts =
                base(SECOND).withContracts(List.of(Contract.since("a", LocalDate.parse("2024-01-01"))));
        assertThatThrownBy(() -> EquityPosition.of(contracts, MODEL, TERMS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("contract");
        assertThatThrownBy(() -> EquityPosition.of(base(FIRST), new InOnePiece(), TERMS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("one-piece");
    }

    private static final class InOnePiece implements FittedClvModel {
        @Override
        public String name() {
            return "one-piece";
        }

        @Override
        public List<FitReport> reports() {
            return List.of();
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            throw new AssertionError("nobody asks");
        }
    }
}
