// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.equity.VarianceSplit;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.models.spend.MeanSpend;
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
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(1500);
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
        // Each has a relative error of √(2/1500).
        assertThat(split.process()).isCloseTo(process.variance(), withinPercentage(12));
        assertThat(split.parameters()).isGreaterThan(split.process());
    }

    /** Segments to the total, periods to the horizon, in every draw and bit for bit. */
    @Test
    void partsAddUpToTheWholeInEveryDraw() {
        CustomerBase base = base(400, 1);
        EquitySimulation simulation = EquitySimulation.withDefaults()
                .withDraws(50)
                .withPeriods(12)
                .withBreakdown(List.of("region"))
                .withLabels("repeat", row -> base.frequency(row) > 0 ? "yes" : "no");
        EquityDraws draws = run(simulation, known(), base);
        assertThat(draws.periodEnds()).containsExactly(12.0, 24.0, 36.0, 48.0, 52.0);
        assertThat(draws.breakdowns()).hasSize(2);
        assertThat(draws.breakdowns().get(0).segments())
                .extracting(SegmentDraws::name)
                .containsExactly("north", "south");
        for (ForecastFigure figure : ForecastFigure.values()) {
            double[] total = draws.total().figure(figure).draws();
            draws.breakdowns().forEach(breakdown -> assertThat(sum(breakdown.segments().stream()
                            .map(segment -> segment.figure(figure))
                            .toList()))
                    .isEqualTo(total));
            List<FigureDraws> periods = new ArrayList<>();
            for (int p = 1; p <= 5; p++) {
                periods.add(draws.total().figure(figure, p));
            }
            double[] ofPeriods = sum(periods);
            if (figure == ForecastFigure.ACTIVE_CUSTOMERS) {
                for (int i = 0; i < total.length; i++) {
                    assertThat(total[i]).isLessThan(ofPeriods[i]);
                    assertThat(total[i]).isGreaterThanOrEqualTo(periods.get(0).draws()[i]);
                }
            } else {
                assertThat(ofPeriods).isEqualTo(total);
                assertThat(periods.stream()
                                .mapToDouble(period -> period.expected().orElseThrow())
                                .sum())
                        .isCloseTo(draws.total().figure(figure).expected().orElseThrow(), withinPercentage(1e-12));
            }
        }
        assertThatThrownBy(() -> draws.total().figure(ForecastFigure.VALUE, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static double[] sum(List<FigureDraws> parts) {
        double[] sum = new double[parts.get(0).draws().length];
        for (FigureDraws part : parts) {
            double[] draws = part.draws();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += draws[i];
            }
        }
        return sum;
    }

    /** What is expected is the equity figure; mean and draws are about it. */
    @Test
    void expectationIsTheEquityUnderEveryTiming() {
        CustomerBase base = base(300, 1);
        for (CashFlowTiming timing : CashFlowTiming.values()) {
            ValuationTerms terms = terms(26.5, timing);
            double equity = EquityAggregator.withDefaults()
                    .aggregate(TransactionSpendModel.Fitted.of(PARETO, SPEND).value(base, terms))
                    .total()
                    .futureValue()
                    .doubleValue();
            FigureDraws value = EquitySimulation.withDefaults()
                    .withDraws(100)
                    .withPeriods(5)
                    .run(known(), base, terms, Execution.sequential())
                    .total()
                    .figure(ForecastFigure.VALUE);
            assertThat(value.expected()).hasValue(equity);
            // The equity adds customers up to the millionth.
            assertThat(value.mean()).isCloseTo(equity, within(base.size() * 0.5e-6));
            double mean = Arrays.stream(value.draws()).average().orElseThrow();
            assertThat(mean).isCloseTo(equity, within(3 * value.standardDeviation() / Math.sqrt(100)));
        }
    }

    @Test
    void threadsAndTheOrderOfRowsChangeNoBit() {
        List<CustomerSummary> rows = summaries(PARETO, 300, 1, 1);
        CustomerBase base = CustomerBase.ofSummaries(rows, TimeScale.WEEKS);
        Collections.reverse(rows);
        CustomerBase reversed = CustomerBase.ofSummaries(rows, TimeScale.WEEKS);
        EquitySimulation simulation =
                EquitySimulation.withDefaults().withDraws(40).withPeriods(26).withBreakdown(List.of("region"));
        PurchaseModelDraws models = fitted(base);
        EquityDraws one = run(simulation, models, base);
        assertSame(one, simulation.run(models, base, YEAR, Execution.ofThreads(3)));
        assertSame(one, run(simulation, models, reversed));
        double[] other = run(simulation.withSeed(2), models, base)
                .total()
                .figure(ForecastFigure.VALUE)
                .draws();
        assertThat(other).isNotEqualTo(one.total().figure(ForecastFigure.VALUE).draws());
        double[] more = run(simulation.withDraws(60), models, base)
                .total()
                .figure(ForecastFigure.VALUE)
                .draws();
        assertThat(Arrays.copyOf(more, 40))
                .isEqualTo(one.total().figure(ForecastFigure.VALUE).draws());
    }

    private static void assertSame(EquityDraws one, EquityDraws other) {
        assertThat(all(other)).isEqualTo(all(one));
    }

    private static String all(EquityDraws draws) {
        StringBuilder text = new StringBuilder();
        List<SegmentDraws> groups = new ArrayList<>(draws.breakdowns().get(0).segments());
        groups.add(draws.total());
        for (SegmentDraws group : groups) {
            for (ForecastFigure figure : ForecastFigure.values()) {
                FigureDraws whole = group.figure(figure);
                text.append(group.name()).append(whole).append(whole.split());
                text.append(Arrays.toString(whole.draws()));
                text.append(Arrays.toString(group.figure(figure, 2).draws()));
            }
        }
        return text.toString();
    }

    /** By a power of two to the last bit; else but for rounding. */
    @Test
    void amountsScaleEveryFigureOfMoney() {
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(100);
        EquityDraws one = run(simulation, known(), base(300, 1));
        for (double factor : new double[] {4, 3, 1e9}) {
            PurchaseModelDraws scaled = PurchaseModelDraws.ofKnown(PARETO)
                    .withKnownSpend(GammaGamma.Fitted.of(SPEND.p(), SPEND.q(), factor * SPEND.gamma()));
            EquityDraws other = run(simulation, scaled, base(300, factor));
            for (ForecastFigure figure : List.of(ForecastFigure.REVENUE, ForecastFigure.VALUE)) {
                double[] before = one.total().figure(figure).draws();
                double[] after = other.total().figure(figure).draws();
                for (int i = 0; i < before.length; i++) {
                    assertThat(after[i]).isCloseTo(factor * before[i], withinPercentage(factor == 4 ? 1e-14 : 1e-8));
                }
                assertThat(other.total().figure(figure).standardDeviation())
                        .isCloseTo(factor * one.total().figure(figure).standardDeviation(), withinPercentage(1e-7));
            }
            assertThat(other.total().figure(ForecastFigure.ORDERS).draws())
                    .isEqualTo(one.total().figure(ForecastFigure.ORDERS).draws());
        }
    }

    @Test
    void varianceHasItsParts() {
        CustomerBase base = base(200, 1);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(400);
        EquityDraws draws = run(simulation, fitted(base), base);
        for (ForecastFigure figure : ForecastFigure.values()) {
            FigureDraws all = draws.total().figure(figure);
            VarianceSplit split = all.split().orElseThrow();
            assertThat(all.variance()).isEqualTo(split.total());
            // Two estimates of one variance; the draws' own has a relative error of √(2/n) at least.
            double sample = variance(all.draws());
            assertThat(sample).isCloseTo(all.variance(), withinPercentage(300 * Math.sqrt(2.0 / 400)));
            assertThat(split.parameters()).isPositive();
            assertThat(split.process()).isPositive();
            boolean money = figure == ForecastFigure.REVENUE || figure == ForecastFigure.VALUE;
            assertThat(split.spend() > 0).isEqualTo(money);
            assertThat(split.parameters() + split.process()).isLessThanOrEqualTo(all.variance());
        }
        EquityDraws luck = run(simulation, PurchaseModelDraws.ofKnown(PARETO), base);
        VarianceSplit counts =
                luck.total().figure(ForecastFigure.ACTIVE_CUSTOMERS).split().orElseThrow();
        double exact = 0;
        for (int row = 0; row < base.size(); row++) {
            double p = PARETO.probabilityActive(base.frequency(row), base.recency(row), base.age(row), 52);
            exact += p * (1 - p);
        }
        assertThat(counts.parameters()).isZero();
        assertThat(counts.process()).isCloseTo(exact, withinPercentage(300 * Math.sqrt(2.0 / 400)));
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    /** A segment may be one customer; what is drawn of it is its exact distribution. */
    @Test
    void aCustomerIsASegment() {
        CustomerBase base = base(50, 1);
        int busiest = 0;
        for (int row = 1; row < base.size(); row++) {
            busiest = base.frequency(row) > base.frequency(busiest) ? row : busiest;
        }
        String id = base.id(busiest);
        int draws = 2000;
        EquitySimulation simulation = EquitySimulation.withDefaults()
                .withDraws(draws)
                .withLabels("customer", row -> base.id(row).equals(id) ? id : "others");
        SegmentDraws customer = run(simulation, known(), base).breakdowns().get(0).segments().stream()
                .filter(segment -> segment.name().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(customer.customers()).isEqualTo(1);
        for (int n = 0; n < 4; n++) {
            int wanted = n;
            double p = PARETO.probabilityOfFutureTransactions(
                    n, base.frequency(busiest), base.recency(busiest), base.age(busiest), 52);
            double part = Arrays.stream(customer.figure(ForecastFigure.ORDERS).draws())
                            .filter(count -> count == wanted)
                            .count()
                    / (double) draws;
            assertThat(part).isCloseTo(p, within(3 * Math.sqrt(p * (1 - p) / draws)));
        }
    }

    @Test
    void rowsMayStandForSeveralCustomersButNotForParts() {
        CustomerBase base = base(60, 1);
        double[] weights = new double[base.size()];
        Arrays.fill(weights, 3);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(600);
        FigureDraws once = run(simulation, known(), base).total().figure(ForecastFigure.ORDERS);
        SegmentDraws thrice =
                run(simulation, known(), base.withWeights(weights)).total();
        FigureDraws orders = thrice.figure(ForecastFigure.ORDERS);
        assertThat(thrice.customers()).isEqualTo(180);
        assertThat(orders.mean()).isCloseTo(3 * once.mean(), withinPercentage(1e-9));
        assertThat(orders.variance()).isCloseTo(3 * once.variance(), withinPercentage(25));
        weights[4] = 1.5;
        assertThatThrownBy(() -> run(simulation, known(), base.withWeights(weights)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("c4")
                .hasMessageContaining("1.5");
    }

    @Test
    void bootstrapAndCovariatesDrawModelsToo() {
        CustomerBase base = base(150, 1);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(20);
        PurchaseModelDraws again = PurchaseModelDraws.ofBootstrap(ParetoNbd.withDefaults(), base)
                .withSpendBootstrap(GammaGamma.withDefaults(), base);
        EquityDraws draws = run(simulation, again, base);
        assertThat(draws.method()).isEqualTo("bootstrap");
        assertThat(draws.model()).isEqualTo("pareto-nbd × gamma-gamma");
        assertThat(draws.total()
                        .figure(ForecastFigure.VALUE)
                        .split()
                        .orElseThrow()
                        .parameters())
                .isPositive();
        assertThat(simulation
                        .run(again, base, YEAR, Execution.ofThreads(2))
                        .total()
                        .figure(ForecastFigure.VALUE)
                        .draws())
                .isEqualTo(draws.total().figure(ForecastFigure.VALUE).draws());
        FittedTransactionModel byRegion =
                ParetoNbd.withDefaults().withCovariates(Covariates.of("region")).fit(base(600, 1));
        FigureDraws orders = run(simulation, PurchaseModelDraws.ofErrors(CATALOG, byRegion), base)
                .total()
                .figure(ForecastFigure.ORDERS);
        assertThat(orders.split().orElseThrow().parameters()).isPositive();
        assertThat(orders.lower(0.9)).isLessThan(orders.upper(0.9));
    }

    @Test
    void progressIsToldAndAnInterruptCancels() {
        CustomerBase base = base(30, 1);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(10);
        AtomicLong heard = new AtomicLong();
        Execution listening = Execution.sequential().withProgress(progress -> {
            if (progress.work().equals("drawing the future")) {
                assertThat(progress.total()).isEqualTo(10);
                if (heard.incrementAndGet() == 4) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try {
            assertThatThrownBy(() -> simulation.run(known(), base, YEAR, listening))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(heard).hasValue(4);
    }

    @Test
    void refusals() {
        CustomerBase base = base(30, 1);
        EquitySimulation simulation = EquitySimulation.withDefaults().withDraws(2);
        assertThatThrownBy(() -> simulation.withDraws(1)).hasMessageContaining("`draws` must be at least 2");
        assertThatThrownBy(() -> simulation.withPeriods(0)).hasMessageContaining("`length`");
        assertThatThrownBy(() -> simulation.withPeriods(Double.NaN)).hasMessageContaining("`length`");
        assertThatThrownBy(() -> run(simulation.withPeriods(0.001), known(), base))
                .hasMessageContaining("`length`");
        assertThatThrownBy(() -> simulation.withBreakdown(List.of())).hasMessageContaining("`dimensions`");
        assertThatThrownBy(() -> run(simulation.withBreakdown(List.of("shoe")), known(), base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shoe");
        ValuationTerms endless = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
        assertThatThrownBy(() -> simulation.run(known(), base, endless, Execution.sequential()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("finite horizon");
        PurchaseModelDraws mean =
                known().withKnownSpend(MeanSpend.withDefaults().fit(base));
        assertThatThrownBy(() -> run(simulation, mean, base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot draw amounts");
        assertThatThrownBy(() -> PurchaseModelDraws.ofErrors(CATALOG, PARETO))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("take them as known");
        SegmentDraws counts =
                run(simulation, PurchaseModelDraws.ofKnown(PARETO), base).total();
        assertThatThrownBy(() -> counts.figure(ForecastFigure.VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no spend model");
        FigureDraws orders = counts.figure(ForecastFigure.ORDERS);
        assertThatThrownBy(() -> orders.quantile(1.1)).hasMessageContaining("`probability`");
        assertThatThrownBy(() -> orders.lower(1)).hasMessageContaining("`level`");
        assertThatThrownBy(() -> new VarianceSplit(1, -1, 0)).hasMessageContaining("`process`");
    }

    /** Nobody to draw is nothing to come, not a failure. */
    @Test
    void anEmptyBaseHasNoFuture() {
        CustomerBase nobody = CustomerBase.ofSummaries(List.of(), TimeScale.WEEKS);
        FigureDraws value = run(EquitySimulation.withDefaults().withDraws(3), known(), nobody)
                .total()
                .figure(ForecastFigure.VALUE);
        assertThat(value.mean()).isZero();
        assertThat(value.standardDeviation()).isZero();
        assertThat(value.upper(0.95)).isZero();
    }
}
