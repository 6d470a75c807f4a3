// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.VarianceSplit;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

class EquitySimulationTest {

    private static final ModelCatalog CATALOG = ModelCatalog.load();
    private static final ParetoNbd.Fitted PARETO = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);
    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);
    private static final ValuationTerms YEAR = terms(52, CashFlowTiming.AT_PURCHASE);

    private static ValuationTerms terms(double horizon, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.of(horizon), DiscountRate.annual(0.15), Margin.of(0.3), timing);
    }

    /** Customers of Pareto/NBD, in two segments. */
    private static CustomerBase base(int customers, double amountFactor) {
        return base(PARETO, customers, amountFactor, 1);
    }

    static CustomerBase base(ParetoNbd.Fitted model, int customers, double amountFactor, long seed) {
        return CustomerBase.ofSummaries(summaries(model, customers, amountFactor, seed), TimeScale.WEEKS);
    }

    private static List<CustomerSummary> summaries(
            ParetoNbd.Fitted model, int customers, double amountFactor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> rows = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = (189 + random.nextInt(84)) / 7.0;
            double[] times = model.simulateTransactionTimes(age, random.nextLong());
            double[] amounts = SPEND.simulateSpends(times.length, random.nextLong());
            rows.add(new CustomerSummary(
                    "c" + i,
                    times.length,
                    times.length == 0 ? 0 : times[times.length - 1],
                    age,
                    amountFactor * Arrays.stream(amounts).average().orElse(0),
                    1,
                    Map.of("region", i % 3 == 0 ? "north" : "south")));
        }
        return rows;
    }

    private static PurchaseModelDraws known() {
        return PurchaseModelDraws.ofKnown(PARETO).withKnownSpend(SPEND);
    }

    private static PurchaseModelDraws fitted(CustomerBase base) {
        return PurchaseModelDraws.ofErrors(CATALOG, ParetoNbd.withDefaults().fit(base))
                .withSpendErrors(CATALOG, GammaGamma.withDefaults().fit(base));
    }

    private static EquityDraws run(EquitySimulation simulation, PurchaseModelDraws models, CustomerBase base) {
        return simulation.run(models, base, YEAR, Execution.sequential());
    }

    /** The published intervals of the 39 weeks after the sample's calibration; 1,882 orders came. */
    @Test
    void intervalsOfTheSamplesHoldout() {
        CustomerBase base = Cdnow.sample();
        ParetoNbd.Fitted model = ParetoNbd.withDefaults().fit(base);
        ValuationTerms terms = terms(39, CashFlowTiming.AT_PURCHASE);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(4000);
        FigureDraws process = simulation
                .run(PurchaseModelDraws.ofKnown(model), base, terms, Execution.ofThreads(2))
                .total()
                .figure(ForecastFigure.ORDERS);
        FigureDraws both = simulation
                .run(PurchaseModelDraws.ofErrors(CATALOG, model), base, terms, Execution.ofThreads(2))
                .total()
                .figure(ForecastFigure.ORDERS);
        assertThat(process.lower(0.95)).isCloseTo(1527, withinPercentage(2));
        assertThat(process.upper(0.95)).isCloseTo(1809, withinPercentage(2));
        assertThat(both.lower(0.95)).isCloseTo(1462, withinPercentage(2));
        assertThat(both.upper(0.95)).isCloseTo(1980, withinPercentage(2));
        assertThat(1882.0).isBetween(both.lower(0.95), both.upper(0.95));
        assertThat(process.mean()).isCloseTo(process.expected().orElseThrow(), within(1e-3));
        assertThat(process.split().orElseThrow().parameters()).isZero();
        VarianceSplit split = both.split().orElseThrow();
        assertThat(split.process()).isCloseTo(process.variance(), withinPercentage(10));
        assertThat(split.parameters()).isGreaterThan(split.process());
    }
}
