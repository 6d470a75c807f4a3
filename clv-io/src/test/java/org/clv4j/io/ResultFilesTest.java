// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class ResultFilesTest {

    private static final TransactionLog LOG = TransactionLog.of(List.of(
            Transaction.parse("A, Inc.", "2020-01-01", "10.00"),
            Transaction.parse("A, Inc.", "2020-01-15", "0.10"),
            Transaction.parse("B", "2020-01-08", "5")));
    private static final CustomerBase BASE = CustomerBase.of(LOG, Observation.untilIso("2020-01-29"), TimeScale.WEEKS);
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(10), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);

    private static CustomerValues values(CustomerBase base) {
        return CustomerValues.builder("test", base, TERMS)
                .column(ValueColumn.PROBABILITY_ALIVE, new double[] {1 / 3.0, 1e-9})
                .column(ValueColumn.CLV, new double[] {3.2, 0.25})
                .warnings(List.of("be careful"))
                .build();
    }

    private static CustomerEquity equity() {
        CustomerBase known = BASE.withCustomers(List.of(
                Customer.of("A, Inc.").withAttribute("region", "North").withAcquisitionCost(new BigDecimal("1.5")),
                Customer.of("B").withAttribute("region", "South")));
        return EquityAggregator.withDefaults()
                .withBreakdown(List.of("region"))
                .withBreakdown(List.of("region", "region"))
                .aggregate(values(known));
    }

    @Test
    void writesSummaries() {
        assertThat(Texts.written(output -> SummaryCsv.write(BASE, output)))
                .isEqualTo(
                        """
                        customer_id,first_date,last_date,frequency,recency,age,monetary_value,transactions,total_amount
                        "A, Inc.",2020-01-01,2020-01-15,1,2.0,4.0,0.1,2,10.10
                        B,2020-01-08,2020-01-08,0,0.0,3.0,0.0,1,5.00
                        """);
    }

    @Test
    void writesTransactions() {
        assertThat(Texts.written(output -> TransactionsCsv.write(LOG, output)))
                .isEqualTo(
                        """
                        customer_id,date,amount
                        "A, Inc.",2020-01-01,10.00
                        "A, Inc.",2020-01-15,0.10
                        B,2020-01-08,5.00
                        """);
    }

    @Test
    void writesValuesAndLeavesUnknownColumnsEmpty() {
        assertThat(Texts.written(output -> ValuesCsv.withDefaults().write(values(BASE), output)))
                .isEqualTo(
                        """
                        customer_id,frequency,recency,age,monetary_value,p_alive,p_active,expected_transactions,\
                        discounted_expected_transactions,expected_spend,clv
                        "A, Inc.",1,2.0,4.0,0.1,0.3333333333333333,,,,,3.2
                        B,0,0.0,3.0,0.0,1.0E-9,,,,,0.25
                        """);
    }

    @Test
    void writesTimesToTheNextPurchaseAsDates() {
        ValuesCsv csv = ValuesCsv.withDefaults().withColumns(List.of("customer_id", "next_purchase_date"));
        Map<String, double[]> computed = Map.of(ValuesCsv.NEXT_PURCHASE_DATE, new double[] {1.01, 0});

        assertThat(Texts.written(output -> csv.writeColumns(BASE, computed, output)))
                .isEqualTo("customer_id,next_purchase_date\n\"A, Inc.\",2020-02-06\nB,2020-01-29\n");
        CustomerBase undated = CustomerBase.ofSummaries(List.of(CustomerSummary.of("A", 1, 2, 4)), TimeScale.WEEKS);
        assertThat(Texts.written(output ->
                        csv.writeColumns(undated, Map.of(ValuesCsv.NEXT_PURCHASE_DATE, new double[] {1}), output)))
                .isEqualTo("customer_id,next_purchase_date\nA,\n");
        assertThat(ValuesCsv.knownColumns()).containsAll(ValuesCsv.furtherColumns());
    }

    @Test
    void writesTheColumnsThatAreAskedFor() {
        ValuesCsv csv = ValuesCsv.withDefaults().withColumns(List.of("clv", "customer_id", "log_likelihood", "weight"));
        Map<String, double[]> computed = Map.of(ValuesCsv.LOG_LIKELIHOOD, new double[] {-1, -2});

        assertThat(Texts.written(output -> csv.writeColumns(BASE, computed, output)))
                .isEqualTo("clv,customer_id,log_likelihood,weight\n,\"A, Inc.\",-1.0,1.0\n,B,-2.0,1.0\n");
        assertThatThrownBy(() -> csv.withColumns(List.of("size"))).hasMessageContaining("'size'");
        assertThatThrownBy(() -> csv.withColumns(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Texts.written(output -> csv.writeColumns(BASE, Map.of("clv", new double[1]), output)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesEquityAsCsv() {
        assertThat(Texts.written(output -> EquityCsv.write(List.of(equity()), output)))
                .isEqualTo(
                        """
                        model,dimension,segment,customers,revenue,current_value,future_value,lifetime_value,acquisition_cost,equity,share
                        test,total,total,2,15.10,7.55,3.45,11.00,1.50,9.50,1.0
                        test,region,North,1,10.10,5.05,3.20,8.25,1.50,6.75,0.75
                        test,region,South,1,5.00,2.50,0.25,2.75,0.00,2.75,0.25
                        test,region / region,North / North,1,10.10,5.05,3.20,8.25,1.50,6.75,0.75
                        test,region / region,South / South,1,5.00,2.50,0.25,2.75,0.00,2.75,0.25
                        """);
    }

    @Test
    void writesEquityAsJson() {
        CustomerEquity equity = equity();
        CustomerEquity first = new CustomerEquity(
                equity.model(),
                equity.terms(),
                equity.currency(),
                equity.total(),
                equity.breakdowns().subList(0, 1),
                equity.warnings());

        assertThat(Texts.written(output -> EquityJson.write(List.of(first), TimeScale.WEEKS, output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-equity/1",
                          "currency": "XXX",
                          "terms": {
                            "time_unit": "weeks",
                            "horizon": 10,
                            "discount_rate": 0.1""")
                .contains(
                        """
                          "models": [ {
                            "model": "test",
                            "warnings": [ "be careful" ],
                            "total": {
                              "customers": 2,
                              "revenue": 15.10,
                              "current_value": 7.55,
                              "future_value": 3.45,
                              "lifetime_value": 11.00,
                              "customers_with_acquisition_cost": 1,
                              "acquisition_cost": 1.50,
                              "equity": 9.50,
                              "share": 1.0
                            },
                        """)
                .contains("\"dimensions\": [ \"region\" ]")
                .contains("\"labels\": [ \"South\" ]");
        assertThatThrownBy(() -> Texts.written(output -> EquityJson.write(List.of(), TimeScale.WEEKS, output)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
