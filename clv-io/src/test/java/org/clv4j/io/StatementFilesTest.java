// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.scenario.Elasticities;
import org.clv4j.core.scenario.Lever;
import org.clv4j.core.scenario.Scenario;
import org.clv4j.core.scenario.ScenarioResult;
import org.clv4j.core.scenario.Tornado;
import org.clv4j.core.scenario.WhatIf;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class StatementFilesTest {

    /** Everybody will pay 8, in a year. */
    private static final FittedClvModel MODEL = new FittedClvModel() {
        @Override
        public String name() {
            return "eight";
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            double value =
                    terms.margin().fraction() * 8 / (1 + terms.discountRate().effectiveAnnual());
            return CustomerValues.builder(name(), base, terms)
                    .column(ValueColumn.CLV, new double[] {value, value})
                    .warnings(List.of("be careful"))
                    .build();
        }

        @Override
        public List<FitReport> reports() {
            return List.of();
        }
    };

    private static final CustomerBase BASE = CustomerBase.of(
                    TransactionLog.of(List.of(
                            Transaction.parse("A", "2020-01-01", "10.00"), Transaction.parse("B", "2020-01-08", "5"))),
                    Observation.untilIso("2020-01-29"),
                    TimeScale.WEEKS)
            .withCustomers(List.of(
                    Customer.of("A").withAttribute("region", "North").withAcquisitionCost(new BigDecimal("1.5")),
                    Customer.of("B").withAttribute("region", "South")));
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(10), DiscountRate.annual(0.25), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final EquityStatementPlan PLAN =
            EquityStatementPlan.withDefaults().withBreakdown(List.of("region"));
    private static final WhatIf WHAT_IF = WhatIf.of(PLAN, MODEL, BASE, TERMS);

    @Test
    void writesStatementsAsCsv() {
        assertThat(Texts.written(output -> StatementCsv.write(PLAN.state(MODEL, BASE, TERMS), output)))
                .startsWith(
                        """
                        model,dimension,segment,line,revenue,contribution
                        eight,total,total,current_value,15.00,7.50
                        eight,total,total,repeat,12.80,6.40
                        eight,total,total,growth,0.00,0.00
                        eight,total,total,products,0.00,0.00
                        eight,total,total,referral,0.00,0.00
                        eight,total,total,future_value,12.80,6.40
                        eight,total,total,lifetime_value,27.80,13.90
                        eight,total,total,future_cohorts,0.00,0.00
                        eight,total,total,gross_equity,27.80,13.90
                        eight,total,total,service_cost,0.00,0.00
                        eight,total,total,cohort_service_cost,0.00,0.00
                        eight,total,total,cohort_acquisition_cost,0.00,0.00
                        eight,total,total,net_future_value,12.80,6.40
                        eight,total,total,acquisition_cost,0.00,-1.50
                        eight,total,total,net_equity,27.80,12.40
                        eight,region,North,current_value,10.00,5.00
                        """)
                .endsWith("eight,region,South,net_equity,11.40,5.70\n");
    }

    @Test
    void writesStatementsAsJson() {
        assertThat(Texts.written(output -> StatementJson.write(PLAN.state(MODEL, BASE, TERMS), output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-statement/1",
                          "model": "eight",
                          "date": "2020-01-29",
                          "currency": "XXX",
                          "terms": {
                            "time_unit": "weeks",
                            "horizon": 10,
                            "discount_rate": 0.25""")
                .contains(
                        """
                          "warnings": [ "be careful" ],
                          "total": {
                            "customers": 2,
                            "future_customers": 0,
                            "lines": {
                              "current_value": {
                                "revenue": 15.00,
                                "contribution": 7.50
                              },
                        """)
                .contains("\"dimensions\": [ \"region\" ]")
                .contains("\"labels\": [ \"South\" ]");
    }

    private static ScenarioResult half() {
        return WHAT_IF.run(Scenario.none().with(Lever.MARGIN, 0.5));
    }

    @Test
    void writesScenariosAsCsv() {
        assertThat(Texts.written(output -> WhatIfCsv.writeScenarios(List.of(half()), output)))
                .startsWith(
                        """
                        scenario,line,before,after,difference
                        margin × 0.5,current_value,7.50,7.50,0.00
                        margin × 0.5,repeat,6.40,3.20,-3.20
                        """)
                .endsWith("margin × 0.5,net_equity,12.40,9.20,-3.20\n");
    }

    @Test
    void writesTornadosElasticitiesAndBreakEvensAsCsv() {
        Tornado tornado = WHAT_IF.tornado(0.5);
        assertThat(Texts.written(output -> WhatIfCsv.writeTornado(tornado, output)))
                .startsWith(
                        """
                        lever,less,more,equity_at_less,equity_at_more,swing
                        margin,0.5,1.5,3.20,9.60,6.40
                        discount-rate,0.5,1.5,""");
        Elasticities fixed =
                new Elasticities(BigDecimal.TEN, Map.of(Lever.SPEND, 0.5, Lever.RETENTION, 2.0), List.of());
        assertThat(Texts.written(output -> WhatIfCsv.writeElasticities(fixed, output)))
                .isEqualTo("lever,elasticity\nretention,2.0\nspend,0.5\n");
        assertThat(Texts.written(output -> WhatIfCsv.writeBreakEvens(
                        List.of(
                                WHAT_IF.breakEven(Lever.MARGIN, new BigDecimal("6.4")),
                                WHAT_IF.breakEven(Lever.ACQUISITION_COST, new BigDecimal("6.4"))),
                        output)))
                .isEqualTo(
                        """
                        lever,target,factor,value,equity
                        margin,6.40,1.0,0.5,6.40
                        acquisition-cost,6.40,1.0,,6.40
                        """);
    }

    @Test
    void writesWhatIfAsJson() {
        String json = Texts.written(output -> WhatIfJson.of(WHAT_IF.before())
                .withScenarios(List.of(half()))
                .withTornado(WHAT_IF.tornado(0.5))
                .withElasticities(new Elasticities(BigDecimal.TEN, Map.of(Lever.SPEND, 0.5), List.of("none")))
                .withBreakEvens(List.of(WHAT_IF.breakEven(Lever.MARGIN, new BigDecimal("6.4"))))
                .write(output));
        assertThat(json)
                .startsWith("{\n  \"format\": \"clv4j-what-if/1\",\n  \"model\": \"eight\",")
                .contains(
                        """
                          "equity": 6.40,
                          "scenarios": [ {
                            "factors": {
                              "margin": 0.5
                            },
                            "before": 6.40,
                            "after": 3.20,
                            "difference": -3.20,
                            "lines": {
                              "current_value": {
                                "before": 7.50,
                                "after": 7.50,
                                "difference": 0.00
                              },
                        """)
                .contains("\"lever\": \"margin\",\n      \"equity_at_less\": 3.20")
                .contains("\"left_out\": [ \"retention: the model eight does not say what it would change\"")
                .contains("\"elasticities_left_out\": [ \"none\" ]")
                .contains("\"factor\": 1.0,\n    \"value\": 0.5,\n    \"equity\": 6.40");
        assertThat(Texts.written(output -> WhatIfJson.of(WHAT_IF.before()).write(output)))
                .doesNotContain("scenarios")
                .doesNotContain("tornado")
                .doesNotContain("break_evens");
    }
}
