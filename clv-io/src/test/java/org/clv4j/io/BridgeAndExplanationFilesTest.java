// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.EquityBridge;
import org.clv4j.core.equity.EquityBridging;
import org.clv4j.core.equity.EquityPosition;
import org.clv4j.core.explain.ScoreExplainer;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;

/** A model whose customers are alive by one half, buy once a period and spend 10: worth 50 in ten weeks at a margin of one half. */
class BridgeAndExplanationFilesTest {

    private static final TransactionLog LOG = TransactionLog.of(List.of(
            Transaction.parse("A, Inc.", "2020-01-01", "10.00"),
            Transaction.parse("A, Inc.", "2020-01-15", "0.10"),
            Transaction.parse("B", "2020-01-22", "5")));
    private static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.Fitted.of(
            new TestModels.Fitted("test", Map.of(), Optional.empty()),
            new TestModels.FittedAmounts("test-spend", Map.of(), Optional.empty()));

    private static ValuationTerms terms(double margin) {
        return ValuationTerms.of(Horizon.of(10), DiscountRate.none(), Margin.of(margin), CashFlowTiming.AT_PURCHASE);
    }

    private static EquityPosition position(String end, double margin) {
        CustomerBase base = CustomerBase.of(LOG, Observation.untilIso(end), TimeScale.WEEKS)
                .withCustomers(List.of(Customer.of("B").withAttribute("region", "South")));
        return EquityPosition.of(base, MODEL, terms(margin));
    }

    private static EquityBridge bridge() {
        EquityBridging bridging = EquityBridging.withDefaults();
        return bridging.withBreakdown(List.of("region"))
                .between(position("2020-01-08", 0.5), position("2020-01-22", 0.25));
    }

    @Test
    void writesABridgeAsCsv() {
        assertThat(Texts.written(output -> BridgeCsv.write(bridge(), output)))
                .isEqualTo(
                        """
                        dimension,segment,opening,realised,unwinding,roll_forward,bought,silent,lost,spend,new_customers,\
                        transaction_model,spend_model,terms,margin,currency,closing,customers_opening,customers_bought,\
                        customers_silent,customers_lost,customers_gone,customers_added,customers_closing,margin_expected,\
                        margin_received,margin_received_of_new
                        total,total,50.00,-10.00,0.00,10.00,0.00,0.00,0.00,0.00,50.00,0.00,0.00,0.00,-50.00,0.00,50.00,\
                        1,1,0,0,0,1,2,10.00,0.05,2.50
                        region,(unknown),50.00,-10.00,0.00,10.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,-25.00,0.00,25.00,\
                        1,1,0,0,0,0,1,10.00,0.05,0.00
                        region,South,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,50.00,0.00,0.00,0.00,-25.00,0.00,25.00,\
                        0,0,0,0,0,1,1,0.00,0.00,2.50
                        """);
    }

    @Test
    void writesABridgeAsJson() {
        assertThat(Texts.written(output -> BridgeJson.write(bridge(), output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-bridge/1",
                          "currency": "XXX",
                          "periods": 2.0,
                          "lost_below": 0.5,
                          "opening": {
                            "date": "2020-01-08",
                            "model": "test × test-spend",
                            "exchange_rate": 1.0,
                            "terms": {
                              "time_unit": "weeks",
                              "horizon": 10,
                        """)
                .contains(
                        """
                          "total": {
                            "opening": 50.00,
                            "steps": {
                              "realised": -10.00,
                              "unwinding": 0.00,
                              "roll_forward": 10.00,
                              "bought": 0.00,
                              "silent": 0.00,
                              "lost": 0.00,
                              "spend": 0.00,
                              "new_customers": 50.00,
                              "transaction_model": 0.00,
                              "spend_model": 0.00,
                              "terms": 0.00,
                              "margin": -50.00,
                              "currency": 0.00
                            },
                            "closing": 50.00,
                            "expected_closing": 50.00,
                            "customers": {
                              "opening": 1,
                              "bought": 1,
                        """)
                .contains("\"labels\": [ \"South\" ]");
    }

    private static List<ScoreExplanation> explanations(double margin) {
        EquityPosition position = position("2020-01-29", margin);
        ScoreExplainer explainer = ScoreExplainer.of(position.model(), position.base(), position.terms())
                .withSilence(List.of(13, 26.5));
        return List.of(explainer.explain("A, Inc."), explainer.explain("B"));
    }

    @Test
    void writesExplanationsAsCsv() {
        assertThat(Texts.written(output -> ExplanationCsv.write(explanations(0.5), output)))
                .isEqualTo(
                        """
                        customer_id,clv,average_clv,difference,place,customers,below,\
                        p_alive,average_p_alive,contribution_p_alive,\
                        transactions_if_alive,average_transactions_if_alive,contribution_transactions_if_alive,\
                        expected_spend,average_expected_spend,contribution_expected_spend,\
                        own_spend,population_spend,estimated_spend,own_weight_spend,\
                        own_purchase_rate,population_purchase_rate,estimated_purchase_rate,own_weight_purchase_rate,\
                        clv_after_purchase,clv_after_silence_13,clv_after_silence_26.5
                        "A, Inc.",50.00,50.00,0.00,1,2,0.0,0.5,0.5,0.00,20.0,20.0,0.00,10.0,10.0,0.00,0.1,10.0,10.0,0.0,,,,,50.00,50.00,50.00
                        B,50.00,50.00,0.00,1,2,0.0,0.5,0.5,0.00,20.0,20.0,0.00,10.0,10.0,0.00,,10.0,10.0,,,,,,50.00,50.00,50.00
                        """);
    }

    @Test
    void writesExplanationsAsJson() {
        assertThat(Texts.written(output -> ExplanationJson.write(explanations(0.5), output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-explanation/1",
                          "model": "test × test-spend",
                          "currency": "XXX",
                          "date": "2020-01-29",
                          "terms": {
                        """)
                .contains(
                        """
                            "factors": [ {
                              "factor": "p_alive",
                              "value": 0.5,
                              "average": 0.5,
                              "contribution": 0.00
                            }, {
                        """)
                .contains(
                        """
                            "spend": {
                              "observations": 0,
                              "own": null,
                              "population": 10.0,
                              "estimate": 10.0,
                              "own_weight": null
                            },
                            "purchase_rate": null,
                            "purchase_today": {
                              "periods": 0,
                              "p_alive": 0.5,
                              "clv": 50.00,
                              "change": 0.00
                            },
                            "silence": [ {
                              "periods": 13,
                        """);
        assertThatThrownBy(() -> Texts.written(output -> ExplanationJson.write(List.of(), output)))
                .isInstanceOf(IllegalArgumentException.class);
        List<ScoreExplanation> mixed =
                List.of(explanations(0.5).get(0), explanations(0.25).get(0));
        assertThatThrownBy(() -> Texts.written(output -> ExplanationJson.write(mixed, output)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same terms");
    }
}
