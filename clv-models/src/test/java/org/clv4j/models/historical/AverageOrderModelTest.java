// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.historical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class AverageOrderModelTest {

    /** A buys 10, 30 and 20 (AOV 20, 2 repeats in 10 weeks); B buys 40 once, on the last day. */
    private static CustomerBase base() {
        return CustomerBase.of(
                TransactionLog.of(List.of(
                        Transaction.parse("A", "2024-01-01", "10"),
                        Transaction.parse("A", "2024-01-22", "30"),
                        Transaction.parse("A", "2024-02-12", "20"),
                        Transaction.parse("B", "2024-03-11", "40"))),
                Observation.untilIso("2024-03-11"),
                TimeScale.WEEKS);
    }

    private static ValuationTerms terms(double horizon, double annualRate, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.of(horizon), DiscountRate.annual(annualRate), Margin.of(0.5), timing)
                .withPeriodsPerYear(52);
    }

    @Test
    void averagesOfTheBase() {
        AverageOrderModel.Fitted fitted = AverageOrderModel.withDefaults().fit(base());
        assertThat(fitted.averageOrderValue()).isEqualTo(25);
        assertThat(fitted.purchaseFrequency()).isEqualTo(0.2);
        assertThat(fitted.report().orElseThrow().has(Condition.CONTINUATION_ASSUMED))
                .isTrue();
        assertThat(fitted.report().orElseThrow().logLikelihood()).isEmpty();
        assertThat(AverageOrderModel.withDefaults()
                        .withLifespan(100)
                        .fit(base())
                        .historicalClv(Margin.of(0.5)))
                .isCloseTo(25 * 0.2 * 100 * 0.5, within(1e-12));
        assertThatThrownBy(() -> fitted.historicalClv(Margin.of(0.5)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lifespan");
    }

    @Test
    void customersGoOnAsTheyDid() {
        CustomerValues values =
                AverageOrderModel.withDefaults().fit(base()).value(base(), terms(52, 0, CashFlowTiming.AT_PURCHASE));
        assertThat(values.get(ValueColumn.EXPECTED_TRANSACTIONS, 0)).isCloseTo(0.2 * 52, within(1e-12));
        assertThat(values.get(ValueColumn.EXPECTED_SPEND, 0)).isEqualTo(20);
        assertThat(values.futureValue(0)).isCloseTo(0.2 * 52 * 20 * 0.5, within(1e-12));
        assertThat(values.currentValue(0)).isEqualTo(30);
        // B has age 0: the base's rate, B's own amount.
        assertThat(values.futureValue(1)).isCloseTo(0.2 * 52 * 40 * 0.5, within(1e-12));
        assertThat(values.has(ValueColumn.PROBABILITY_ALIVE)).isFalse();
        assertThat(values.warnings()).singleElement().asString().contains("nobody leaves");
    }

    @Test
    void discountingIsThatOfAnAnnuity() {
        AverageOrderModel.Fitted fitted = AverageOrderModel.withDefaults().fit(base());
        double delta = Math.log(1.1) / 52;
        assertThat(fitted.value(base(), terms(52, 0.1, CashFlowTiming.AT_PURCHASE))
                        .futureValue(0))
                .isCloseTo(0.2 * 20 * 0.5 * (1 - 1 / 1.1) / delta, within(1e-10));
        double rate = Math.pow(1.1, 1 / 52.0) - 1;
        double annuity = (1 - Math.pow(1 + rate, -52)) / rate;
        assertThat(fitted.value(base(), terms(52, 0.1, CashFlowTiming.PERIOD_END))
                        .futureValue(0))
                .isCloseTo(0.2 * 20 * 0.5 * annuity, within(1e-10));
        assertThat(fitted.value(base(), terms(52, 0.1, CashFlowTiming.PERIOD_BEGIN))
                        .futureValue(0))
                .isCloseTo(0.2 * 20 * 0.5 * annuity * (1 + rate), within(1e-10));
    }

    @Test
    void aLifespanCutsTheHorizonAndSurvivesSaving() {
        AverageOrderModel.Fitted fitted =
                AverageOrderModel.withDefaults().withLifespan(10).fit(base());
        ValuationTerms infinite = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
        assertThat(fitted.value(base(), infinite).futureValue(0))
                .isEqualTo(fitted.value(
                                base(),
                                ValuationTerms.of(
                                        Horizon.of(10),
                                        DiscountRate.annual(0.1),
                                        Margin.of(0.5),
                                        CashFlowTiming.AT_PURCHASE))
                        .futureValue(0));
        AverageOrderModel.Fitted restored =
                new AverageOrderProvider().ofReport(fitted.report().orElseThrow());
        assertThat(restored.lifespan()).hasValue(10);
        assertThatThrownBy(() -> AverageOrderModel.withDefaults().fit(base()).value(base(), infinite))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("finite horizon");
    }

    @Test
    void summariesLackTheFirstPurchase() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("A", 2, 6, 10, 25), CustomerSummary.of("B", 0, 0, 5)), TimeScale.WEEKS);
        CustomerValues values =
                AverageOrderModel.withDefaults().fit(base).value(base, terms(10, 0, CashFlowTiming.AT_PURCHASE));
        assertThat(values.get(ValueColumn.EXPECTED_SPEND, 0)).isEqualTo(25);
        assertThat(values.get(ValueColumn.EXPECTED_SPEND, 1)).isEqualTo(25);
        assertThat(values.futureValue(1)).isZero();
    }

    @Test
    void oneTimeBuyersAloneGiveARateOfZeroAndNoTimeIsRefused() {
        CustomerBase oneTime = CustomerBase.ofSummaries(List.of(CustomerSummary.of("A", 0, 0, 10)), TimeScale.WEEKS);
        AverageOrderModel.Fitted fitted = AverageOrderModel.withDefaults().fit(oneTime);
        assertThat(fitted.purchaseFrequency()).isZero();
        assertThat(new AverageOrderProvider().ofParameters(fitted.parameters()).purchaseFrequency())
                .isZero();
        assertThatThrownBy(() -> AverageOrderModel.withDefaults()
                        .fit(CustomerBase.ofSummaries(List.of(CustomerSummary.of("A", 0, 0, 0)), TimeScale.WEEKS)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("observed for some time");
        assertThatThrownBy(() -> new AverageOrderProvider()
                        .ofParameters(Map.of("average_order_value", 10.0, "purchase_frequency", -1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 0");
    }
}
