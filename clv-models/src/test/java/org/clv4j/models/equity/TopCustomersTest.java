// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.equity.TopCustomers;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

class TopCustomersTest {

    private static final ParetoNbd.Fitted PARETO = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);
    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);
    private static final PurchaseModelDraws KNOWN =
            PurchaseModelDraws.ofKnown(PARETO).withKnownSpend(SPEND);
    private static final ValuationTerms YEAR =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);

    private static CustomerBase base(int customers) {
        return EquitySimulationTest.base(PARETO, customers, 1, 5);
    }

    private static EquityDraws run(EquitySimulation simulation, CustomerBase base) {
        return simulation.run(KNOWN, base, YEAR, Execution.sequential());
    }

    /** Each customer's own draws, put in order draw by draw. */
    @Test
    void agreesWithRankingTheCustomersOfEachDraw() {
        CustomerBase base = base(83);
        int draws = 150;
        EquityDraws all = run(
                EquitySimulation.withDefaults()
                        .withDraws(draws)
                        .withTopShare(0.1)
                        .withTopShare(0.6)
                        .withLabels("id", base::id),
                base);
        assertThat(all.tops()).extracting(TopCustomers::share).containsExactly(0.1, 0.6);
        double[][] values = new double[base.size()][];
        for (SegmentDraws customer : all.breakdowns().get(0).segments()) {
            values[base.indexOf(customer.name())] =
                    customer.figure(ForecastFigure.VALUE).draws();
        }
        for (TopCustomers top : all.tops()) {
            assertThat(top.places()).isCloseTo(83 * top.share(), within(1e-12));
            double[] expected = new double[base.size()];
            for (int d = 0; d < draws; d++) {
                for (int row = 0; row < expected.length; row++) {
                    int better = 0;
                    int equal = 0;
                    for (double[] other : values) {
                        better += other[d] > values[row][d] ? 1 : 0;
                        equal += other[d] == values[row][d] ? 1 : 0;
                    }
                    expected[row] += Math.max(0, Math.min(1, (top.places() - better) / equal)) / draws;
                }
            }
            assertThat(top.probabilities()).containsExactly(expected, within(1e-8));
            assertThat(Arrays.stream(top.probabilities()).sum()).isCloseTo(top.places(), within(1e-6));
            assertThat(top.probabilityOf(base.id(3))).hasValue(top.probability(3));
            assertThat(top.probabilityOf("nobody")).isEmpty();

            // The list by expected value; those of the same history share what is left at its end.
            double[] value = TransactionSpendModel.Fitted.of(PARETO, SPEND)
                    .value(base, YEAR)
                    .column(ValueColumn.CLV);
            double hits = 0;
            for (int row = 0; row < value.length; row++) {
                double own = value[row];
                long better = Arrays.stream(value).filter(v -> v > own).count();
                long equal = Arrays.stream(value).filter(v -> v == own).count();
                hits += expected[row] * Math.max(0, Math.min(1, (top.places() - better) / equal));
            }
            assertThat(top.expectedHits()).isCloseTo(hits, within(1e-6));
            assertThat(top.precision()).isCloseTo(hits / top.places(), within(1e-6));
            assertThat(top.precision()).isGreaterThan(top.share()).isLessThan(1);
        }
    }

    @Test
    void otherFiguresStayAndThreadsAndOrderChangeNoBit() {
        CustomerBase base = base(200);
        EquitySimulation plain = EquitySimulation.withDefaults().withDraws(40);
        EquitySimulation asked = plain.withTopShare(0.05).withPeriods(10);
        PurchaseModelDraws models = PurchaseModelDraws.ofErrors(
                        ModelCatalog.load(), ParetoNbd.withDefaults().fit(base))
                .withKnownSpend(SPEND);
        EquityDraws without = plain.run(models, base, YEAR, Execution.sequential());
        EquityDraws with = plain.withTopShare(0.05).run(models, base, YEAR, Execution.sequential());
        assertThat(without.tops()).isEmpty();
        for (ForecastFigure figure : ForecastFigure.values()) {
            assertThat(with.total().figure(figure).draws())
                    .isEqualTo(without.total().figure(figure).draws());
        }
        double[] probabilities = with.tops().get(0).probabilities();
        TopCustomers threads =
                asked.run(models, base, YEAR, Execution.ofThreads(3)).tops().get(0);
        assertThat(threads.probabilities()).isEqualTo(probabilities);
        assertThat(threads.expectedHits()).isEqualTo(with.tops().get(0).expectedHits());

        List<CustomerSummary> reversed = new ArrayList<>();
        for (int row = base.size() - 1; row >= 0; row--) {
            reversed.add(base.summary(row));
        }
        CustomerBase other = CustomerBase.ofSummaries(reversed, TimeScale.WEEKS);
        TopCustomers again =
                asked.run(models, other, YEAR, Execution.sequential()).tops().get(0);
        for (int row = 0; row < base.size(); row++) {
            assertThat(again.probabilityOf(base.id(row))).hasValue(probabilities[row]);
        }
        assertThat(again.expectedHits()).isEqualTo(with.tops().get(0).expectedHits());
    }

    @Test
    void weightsAreCustomersAndOrdersRankWithoutSpend() {
        CustomerBase base = base(90);
        double[] weights = new double[base.size()];
        Arrays.fill(weights, 2);
        weights[7] = 5;
        EquitySimulation simulation =
                EquitySimulation.withDefaults().withDraws(100).withTopShare(0.2);
        CustomerBase weighted = base.withWeights(weights);
        TopCustomers top = simulation
                .run(PurchaseModelDraws.ofKnown(PARETO), weighted, YEAR, Execution.sequential())
                .tops()
                .get(0);
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            sum += weights[row] * top.probability(row);
            assertThat(top.probability(row)).isBetween(0.0, 1.0);
        }
        assertThat(top.places()).isCloseTo(0.2 * 183, within(1e-12));
        assertThat(sum).isCloseTo(top.places(), within(1e-6));
        assertThat(top.toString()).startsWith("TopCustomers[best 0.2");
    }

    @Test
    void refusals() {
        EquitySimulation simulation = EquitySimulation.withDefaults();
        for (double share : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> simulation.withTopShare(share))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`share` must be in (0, 1), but was " + share);
        }
    }
}
