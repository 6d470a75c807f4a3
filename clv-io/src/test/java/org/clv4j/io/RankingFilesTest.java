// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.ranking.Concentration;
import org.clv4j.core.ranking.IsoValue;
import org.clv4j.core.ranking.IsoValueGrid;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.ranking.ValuePart;
import org.clv4j.core.ranking.WinBack;
import org.clv4j.core.ranking.WinBackList;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class RankingFilesTest {

    private static final TransactionLog LOG = TransactionLog.of(List.of(
            Transaction.parse("A, Inc.", "2020-01-01", "10.00"),
            Transaction.parse("A, Inc.", "2020-01-15", "0.10"),
            Transaction.parse("B", "2020-01-08", "5")));
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(10), DiscountRate.none(), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final TestModels.Fitted PLAIN = new TestModels.Fitted("plain", Map.of(), Optional.empty());

    private static CustomerValues values(CustomerBase base) {
        return CustomerValues.builder("test", base, TERMS)
                .column(ValueColumn.PROBABILITY_ALIVE, new double[] {0.5, 0.25})
                .column(ValueColumn.CLV, new double[] {3, 1})
                .warnings(List.of("be careful"))
                .build();
    }

    private static CustomerValues dated() {
        return values(CustomerBase.of(LOG, Observation.untilIso("2020-01-29"), TimeScale.WEEKS));
    }

    private static CustomerValues undated() {
        return values(CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("a", 1, 2, 4), CustomerSummary.of("b", 0, 0, 3)), TimeScale.WEEKS));
    }

    @Test
    void writesLorenzCurves() {
        assertThat(Texts.written(output ->
                        RankingCsv.writeLorenz(Concentration.ofCustomers(dated(), ValuePart.FUTURE), 2, output)))
                .isEqualTo(
                        """
                        customers,value
                        0.0,0.0
                        0.5,0.25
                        1.0,1.0
                        """);
    }

    @Test
    void writesConcentrationAsJson() {
        Concentration concentration = Concentration.ofCustomers(dated(), ValuePart.FUTURE);
        assertThat(Texts.written(output -> RankingJson.writeConcentration(concentration, List.of(0.5, 1), 1, output)))
                .isEqualTo(
                        """
                        {
                          "format": "clv4j-concentration/1",
                          "model": "test",
                          "currency": "XXX",
                          "date": "2020-01-29",
                          "terms": {
                            "time_unit": "weeks",
                            "horizon": 10,
                            "discount_rate": 0.0,
                            "periods_per_year": 52.17857142857143,
                            "continuous_rate": 0.0,
                            "margin": 0.5,
                            "timing": "at-purchase"
                          },
                          "value": "future",
                          "customers": 2,
                          "total": 4,
                          "negative_values": false,
                          "gini": 0.25,
                          "herfindahl": 0.625,
                          "customers_holding_80_percent": 0.6000000000000001,
                          "top": [ {
                            "customers": 0.5,
                            "value": 0.75
                          }, {
                            "customers": 1,
                            "value": 1
                          } ],
                          "lorenz": [ {
                            "customers": 0,
                            "value": 0
                          }, {
                            "customers": 1,
                            "value": 1
                          } ]
                        }
                        """);
        assertThat(Texts.written(output ->
                        RankingJson.writeConcentration(Concentration.of(new double[] {0}), List.of(0.1), 1, output)))
                .contains("\"gini\": null")
                .contains("\"lorenz\": [ ]")
                .doesNotContain("\"model\"");
        assertThatThrownBy(() ->
                        Texts.written(output -> RankingJson.writeConcentration(concentration, List.of(2), 1, output)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`share`");
    }

    @Test
    void writesWinBackLists() {
        WinBackList list = WinBack.within(13).find(PLAIN, dated());
        assertThat(Texts.written(output -> RankingCsv.writeWinBack(list, output)))
                .isEqualTo(
                        """
                        customer_id,value_at_risk,value_if_alive,clv,equity_at_risk,p_alive,p_active,days_since_last_purchase,time_since_last_purchase,expected_time_to_next_purchase,next_purchase_date,weight
                        "A, Inc.",4.5,6.0,3.0,2.25,0.5,0.25,14,2.0,,,1
                        B,3.0,4.0,1.0,0.75,0.25,0.25,21,3.0,,,1
                        """);
        assertThat(Texts.written(output -> RankingJson.writeWinBack(
                        WinBack.within(13).withLargest(1).find(PLAIN, undated()), output)))
                .contains("\"format\": \"clv4j-win-back/1\"")
                .contains("\"date\": null")
                .contains("\"warnings\": [ \"be careful\" ]")
                .endsWith(
                        """
                          "horizon": 13,
                          "found": 2,
                          "value_at_risk": 7.5,
                          "equity_at_risk": 3,
                          "customers": [ {
                            "customer_id": "a",
                            "weight": 1,
                            "value_at_risk": 4.5,
                            "value_if_alive": 6,
                            "clv": 3,
                            "equity_at_risk": 2.25,
                            "p_alive": 0.5,
                            "p_active": 0.25,
                            "days_since_last_purchase": null,
                            "time_since_last_purchase": 2,
                            "expected_time_to_next_purchase": null,
                            "next_purchase_date": null
                          } ]
                        }
                        """);
    }

    @Test
    void writesGridsAndContours() {
        FittedSpendModel spend = new FittedSpendModel() {
            @Override
            public String name() {
                return "same";
            }

            @Override
            public Map<String, Double> parameters() {
                return Map.of();
            }

            @Override
            public Optional<FitReport> report() {
                return Optional.empty();
            }

            @Override
            public double expectedSpend(int frequency, double monetaryValue) {
                return frequency == 0 ? 1 : monetaryValue;
            }
        };
        IsoValueGrid grid = IsoValue.of(TransactionSpendModel.Fitted.of(PLAIN, spend), TERMS, TimeScale.WEEKS, 20)
                .grid(List.of(0, 2), List.of(5), List.of(2, 4));
        assertThat(Texts.written(output -> RankingCsv.writeGrid(grid, output)))
                .isEqualTo(
                        """
                        frequency,recency,age,spend,clv
                        0,5.0,20.0,2.0,5.0
                        0,5.0,20.0,4.0,5.0
                        2,5.0,20.0,2.0,10.0
                        2,5.0,20.0,4.0,20.0
                        """);
        List<IsoValuePoint> points = List.of(new IsoValuePoint(2, 7.5, 4, 20));
        assertThat(Texts.written(output -> RankingCsv.writeContours(points, output)))
                .isEqualTo(
                        """
                        clv,spend,frequency,recency
                        20.0,4.0,2,7.5
                        """);
        assertThat(Texts.written(output -> RankingJson.writeIsoValue(grid, points, output)))
                .startsWith("{\n  \"format\": \"clv4j-iso-value/1\",\n  \"model\": \"plain × same\",\n")
                .endsWith(
                        """
                          "age": 20,
                          "frequencies": [ 0, 2 ],
                          "recencies": [ 5 ],
                          "spends": [ 2, 4 ],
                          "clv": [ [ [ 5, 5 ] ], [ [ 10, 20 ] ] ],
                          "contours": [ {
                            "clv": 20,
                            "spend": 4,
                            "frequency": 2,
                            "recency": 7.5
                          } ]
                        }
                        """);
    }
}
