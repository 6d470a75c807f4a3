// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.BridgeSegment;
import org.clv4j.core.equity.BridgeStep;
import org.clv4j.core.equity.EquityBridge;
import org.clv4j.core.equity.EquityBridging;
import org.clv4j.core.equity.EquityPosition;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/bridge.md. */
class BridgeExamplesTest {

    private static final TransactionLog LOG = Shop.log(1000);
    private static final List<Customer> CUSTOMERS = Shop.customers(1000);

    private static EquityBridge bridge() {
        TransactionLog log = LOG;
        List<Customer> customers = CUSTOMERS;
        // snippet:bridge
        ValuationTerms before = ValuationTerms.of(
                Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
        ValuationTerms after = ValuationTerms.of(
                Horizon.of(52), DiscountRate.annual(0.12), Margin.of(0.32), CashFlowTiming.AT_PURCHASE);
        TransactionSpendModel model = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults());
        CustomerBase spring = CustomerBase.of(log, Observation.untilIso("2024-06-02"), TimeScale.WEEKS)
                .withCustomers(customers);
        CustomerBase autumn = CustomerBase.of(log, Observation.untilIso("2024-09-29"), TimeScale.WEEKS)
                .withCustomers(customers);

        EquityBridge bridge = EquityBridging.withDefaults()
                .withBreakdown(List.of("region"))
                .between(
                        EquityPosition.of(spring, model.fit(spring), before),
                        EquityPosition.of(autumn, model.fit(autumn), after));
        System.out.print(bridge.summary());
        // end
        return bridge;
    }

    @Test
    void waterfall() {
        Console.assertPrints("bridge-waterfall.txt", BridgeExamplesTest::bridge);
    }

    @Test
    void segments() {
        Console.assertPrints("bridge-segments.txt", () -> {
            EquityBridge[] made = new EquityBridge[1];
            Console.printedBy(() -> made[0] = bridge());
            EquityBridge bridge = made[0];
            // snippet:segments
            for (BridgeSegment region : bridge.breakdowns().get(0).segments()) {
                System.out.printf(
                        "%-5s %.2f %+.2f expected, %+.2f behaviour, %+.2f new, %+.2f decided or estimated anew = %.2f%n",
                        region.name(),
                        region.opening(),
                        region.expectedClosing().subtract(region.opening()),
                        sum(region, BridgeStep.BOUGHT, BridgeStep.SILENT, BridgeStep.LOST, BridgeStep.SPEND),
                        region.step(BridgeStep.NEW_CUSTOMERS),
                        sum(
                                region,
                                BridgeStep.TRANSACTION_MODEL,
                                BridgeStep.SPEND_MODEL,
                                BridgeStep.TERMS,
                                BridgeStep.MARGIN),
                        region.closing());
            }
            // end
        });
    }

    private static BigDecimal sum(BridgeSegment segment, BridgeStep... steps) {
        return List.of(steps).stream().map(segment::step).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void otherCurrencies() {
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
        TransactionSpendModel.Fitted model = TransactionSpendModel.Fitted.of(
                BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), GammaGamma.Fitted.of(6.25, 3.74, 15.44));
        EquityPosition opening = EquityPosition.of(
                CustomerBase.of(LOG, Observation.untilIso("2024-06-02"), TimeScale.WEEKS), model, terms);
        EquityPosition closing = EquityPosition.of(
                CustomerBase.of(LOG, Observation.untilIso("2024-09-29"), TimeScale.WEEKS), model, terms);
        // snippet:currency
        EquityBridge bridge = EquityBridging.withDefaults()
                .withExchangeRates(Currency.getInstance("EUR"), 0.92, 0.90)
                .between(opening, closing);
        // end
        assertThat(bridge.currency().getCurrencyCode()).isEqualTo("EUR");
        assertThat(bridge.total().step(BridgeStep.CURRENCY)).isNegative();
        assertThat(bridge.total().step(BridgeStep.MARGIN)).isZero();
    }
}
