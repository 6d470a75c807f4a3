// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityStatementLine;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.equity.PlannedCohort;
import org.clv4j.core.equity.ProductOffer;
import org.clv4j.core.equity.ReferralProgramme;
import org.clv4j.core.model.ChangeableRates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

/** Customers buy in a Poisson process of rate .1 until an exponential death of rate .02: everything is known in closed form. */
class WhatIfTest {

    private static final double LAMBDA = 0.1;
    private static final double MU = 0.02;
    private static final double SPEND = 30;

    private static double orders(double kappa, double eta, double horizon, double rate) {
        return kappa * LAMBDA * -Math.expm1(-(eta * MU + rate) * horizon) / (eta * MU + rate);
    }

    private static class Mortal implements FittedTransactionModel, ResidualTransactions {
        @Override
        public String name() {
            return "mortal";
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
        public double logLikelihood(int frequency, double recency, double age) {
            return 0;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return 1;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return 1;
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return orders(1, 1, horizon, 0);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return orders(1, 1, horizon, 0);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return orders(1, 1, horizon, continuousRate);
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            return orders(1, 1, Double.POSITIVE_INFINITY, continuousRate);
        }
    }

    private static final class Changeable extends Mortal implements ChangeableRates {
        private final boolean dropout;

        Changeable(boolean dropout) {
            this.dropout = dropout;
        }

        @Override
        public boolean canChange(RateChange change) {
            return dropout || change.dropoutFactor() == 1;
        }

        @Override
        public double changedTransactions(
                int frequency, double recency, double age, RateChange change, double horizon, double continuousRate) {
            return orders(change.purchaseFactor(), change.dropoutFactor(), horizon, continuousRate);
        }
    }

    private record OneSpend(double amount) implements FittedSpendModel {
        @Override
        public String name() {
            return "one-spend";
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
            return amount;
        }
    }

    private record ValuesOnly(double revenue) implements FittedClvModel {
        @Override
        public String name() {
            return "values";
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            double[] clv = new double[base.size()];
            java.util.Arrays.fill(
                    clv,
                    terms.margin().fraction()
                            * revenue
                            / (1 + terms.discountRate().effectiveAnnual()));
            return CustomerValues.builder("values", base, terms)
                    .column(ValueColumn.CLV, clv)
                    .build();
        }

        @Override
        public List<FitReport> reports() {
            return List.of();
        }
    }

    private static final FittedClvModel MODEL = of(new Changeable(true));

    private static FittedClvModel of(FittedTransactionModel transactions) {
        return TransactionSpendModel.Fitted.of(transactions, new OneSpend(SPEND));
    }

    private static final CustomerBase BASE = CustomerBase.ofSummaries(
            List.of(CustomerSummary.of("a", 2, 10, 20, 12), CustomerSummary.of("b", 0, 0, 20)), TimeScale.WEEKS);

    private static final ValuationTerms TERMS = ValuationTerms.of(
                    Horizon.of(50), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE)
            .withPeriodsPerYear(52);

    private static final EquityStatementPlan ALONE = EquityStatementPlan.withDefaults();

    private static final EquityStatementPlan FULL = ALONE.withGrowth(0.03)
            .withProduct(new ProductOffer("care", 0.03, 8, 5))
            .withReferrals(ReferralProgramme.of(0.05, 0.6, 12))
            .withServiceCost(0.01, 0.5)
            .withCohort(PlannedCohort.of(4, 3, 6));

    private static WhatIf whatIf(EquityStatementPlan plan) {
        return WhatIf.of(plan, MODEL, BASE, TERMS);
    }

    private static double after(WhatIf whatIf, Lever lever, double factor) {
        return whatIf.run(Scenario.none().with(lever, factor)).equityAfter().doubleValue();
    }

    @Test
    void leversDoWhatTheySay() {
        WhatIf whatIf = whatIf(ALONE);
        double delta = Math.log(1.1) / 52;
        double money = 2 * 0.4 * SPEND;
        assertThat(after(whatIf, Lever.RETENTION, 1.25)).isCloseTo(money * orders(1, 0.8, 50, delta), within(2e-6));
        assertThat(after(whatIf, Lever.PURCHASE_RATE, 1.3)).isCloseTo(money * orders(1.3, 1, 50, delta), within(2e-6));
        assertThat(after(whatIf, Lever.SPEND, 0.7)).isCloseTo(0.7 * money * orders(1, 1, 50, delta), within(2e-6));
        assertThat(after(whatIf, Lever.MARGIN, 2)).isCloseTo(2 * money * orders(1, 1, 50, delta), within(2e-6));
        assertThat(after(whatIf, Lever.DISCOUNT_RATE, 2))
                .isCloseTo(money * orders(1, 1, 50, Math.log(1.2) / 52), within(2e-6));
        assertThat(after(whatIf, Lever.ACQUISITION_COST, 3))
                .isEqualTo(
                        whatIf.before().total().netFutureValue().contribution().doubleValue());
        ScenarioResult both = whatIf.run(Scenario.none()
                .with(Lever.RETENTION, 1.25)
                .with(Lever.SPEND, 1.1)
                .with(Lever.MARGIN, 0.5));
        assertThat(both.equityAfter().doubleValue()).isCloseTo(0.55 * money * orders(1, 0.8, 50, delta), within(2e-6));
        assertThat(both.after().terms().margin()).isEqualTo(Margin.of(0.2));
        assertThat(both.scenario()).hasToString("retention × 1.25, spend × 1.1, margin × 0.5");
    }

    /** Cohorts and referred customers change as the others do, and their cost is a lever. */
    @Test
    void everyLineFollowsItsLevers() {
        ScenarioResult cost = whatIf(FULL).run(Scenario.none().with(Lever.ACQUISITION_COST, 2));
        assertThat(cost.difference(EquityStatementLine.COHORT_ACQUISITION_COST).doubleValue())
                .isCloseTo(
                        cost.before()
                                .total()
                                .line(EquityStatementLine.COHORT_ACQUISITION_COST)
                                .contribution()
                                .doubleValue(),
                        within(2e-6));
        assertThat(cost.difference(EquityStatementLine.REFERRAL).signum()).isPositive();
        assertThat(cost.difference(EquityStatementLine.REPEAT)).isEqualByComparingTo("0");
        ScenarioResult margin = whatIf(FULL).run(Scenario.none().with(Lever.MARGIN, 0.5));
        assertThat(margin.difference(EquityStatementLine.PRODUCTS).doubleValue())
                .isCloseTo(
                        -0.5
                                * margin.before()
                                        .total()
                                        .line(EquityStatementLine.PRODUCTS)
                                        .contribution()
                                        .doubleValue(),
                        within(2e-6));
        ScenarioResult purchases = whatIf(FULL).run(Scenario.none().with(Lever.PURCHASE_RATE, 1.5));
        for (EquityStatementLine line : List.of(
                EquityStatementLine.REPEAT,
                EquityStatementLine.GROWTH,
                EquityStatementLine.PRODUCTS,
                EquityStatementLine.REFERRAL,
                EquityStatementLine.FUTURE_COHORTS)) {
            assertThat(purchases.difference(line).signum()).as("%s", line).isPositive();
        }
        for (ScenarioResult result : List.of(cost, margin, purchases)) {
            BigDecimal sum = BigDecimal.ZERO;
            for (EquityStatementLine line : EquityStatementLine.values()) {
                sum = sum.add(result.difference(line));
            }
            assertThat(sum).isEqualByComparingTo(result.difference());
            assertThat(result.difference(EquityStatementLine.CURRENT_VALUE)).isEqualByComparingTo("0");
            assertThat(result.after()
                            .total()
                            .netEquity()
                            .contribution()
                            .subtract(result.before().total().netEquity().contribution()))
                    .isEqualByComparingTo(result.difference());
        }
    }

    @Test
    void noChangeGivesNoDifference() {
        for (Lever lever : Lever.values()) {
            ScenarioResult result = whatIf(FULL).run(Scenario.none().with(lever, 1));
            assertThat(result.difference()).isEqualByComparingTo("0");
            assertThat(result.scenario()).isEqualTo(Scenario.none());
        }
        assertThat(Scenario.none()).hasToString("no change");
        assertThat(whatIf(FULL)
                        .run(Scenario.none().with(Lever.SPEND, Math.nextUp(1.0)))
                        .difference()
                        .doubleValue())
                .isCloseTo(0, within(2e-6));
    }

    @Test
    void aTornadoIsAScenarioPerLeverAndSide() {
        WhatIf whatIf = whatIf(FULL);
        Tornado tornado = whatIf.tornado(0.1);
        assertThat(tornado.bars()).hasSize(Lever.values().length);
        assertThat(tornado.notes()).isEmpty();
        assertThat(tornado.equity())
                .isEqualTo(whatIf.before().total().netFutureValue().contribution());
        BigDecimal last = null;
        for (TornadoBar bar : tornado.bars()) {
            assertThat(bar.equityAtLess())
                    .isEqualByComparingTo(
                            whatIf.run(Scenario.none().with(bar.lever(), 0.9)).equityAfter());
            assertThat(bar.equityAtMore())
                    .isEqualByComparingTo(
                            whatIf.run(Scenario.none().with(bar.lever(), 1.1)).equityAfter());
            assertThat(last == null || last.compareTo(bar.swing()) >= 0).isTrue();
            last = bar.swing();
        }
        assertThatThrownBy(() -> whatIf.tornado(1)).hasMessageContaining("change");
    }

    @Test
    void elasticitiesAreDerivativesOfLogarithms() {
        Map<Lever, Double> of = whatIf(ALONE).elasticities().values();
        assertThat(of.get(Lever.SPEND)).isCloseTo(1, within(1e-5));
        assertThat(of.get(Lever.MARGIN)).isCloseTo(1, within(1e-6));
        assertThat(of.get(Lever.PURCHASE_RATE)).isCloseTo(1, within(1e-5));
        assertThat(of.get(Lever.ACQUISITION_COST)).isZero();
        // ln orders = ln(1 − e^(−zH)) − ln z with z = ημ + δ.
        double z = MU + Math.log(1.1) / 52;
        double slope = 50 * Math.exp(-z * 50) / -Math.expm1(-z * 50) - 1 / z;
        assertThat(of.get(Lever.RETENTION)).isCloseTo(-slope * MU, within(1e-5));
        assertThat(of.get(Lever.DISCOUNT_RATE)).isCloseTo(slope * 0.1 / 1.1 / 52, within(1e-5));
    }

    @Property(tries = 20)
    void theBreakEvenPutBackGivesTheTarget(@ForAll @DoubleRange(min = 0.5, max = 1.4) double part) {
        WhatIf whatIf = whatIf(FULL);
        BigDecimal equity = whatIf.before().total().netFutureValue().contribution();
        BigDecimal target = equity.multiply(BigDecimal.valueOf(part));
        for (Lever lever : List.of(Lever.RETENTION, Lever.PURCHASE_RATE, Lever.SPEND, Lever.MARGIN)) {
            BreakEven found = whatIf.breakEven(lever, target);
            assertThat(after(whatIf, lever, found.factor())).isCloseTo(target.doubleValue(), within(1e-5));
            assertThat(found.equity().doubleValue()).isCloseTo(target.doubleValue(), within(1e-5));
            assertThat(found.factor() > 1).isEqualTo(part > 1);
            assertThat(found.value().isPresent()).isEqualTo(lever == Lever.MARGIN);
        }
        assertThat(whatIf.breakEven(Lever.SPEND, equity).factor()).isEqualTo(1);
    }

    @Test
    void breakEvensAreInTheUnitOfTheLever() {
        WhatIf whatIf = whatIf(ALONE.withCohort(PlannedCohort.of(0, 10, 25)));
        BreakEven margin = whatIf.breakEven(Lever.MARGIN, BigDecimal.ZERO);
        assertThat(margin.value().getAsDouble()).isEqualTo(0.4 * margin.factor());
        assertThat(after(whatIf, Lever.MARGIN, margin.factor())).isCloseTo(0, within(1e-5));
        BreakEven cost = whatIf.breakEven(Lever.ACQUISITION_COST, BigDecimal.ZERO);
        assertThat(after(whatIf, Lever.ACQUISITION_COST, cost.factor())).isCloseTo(0, within(1e-5));
        assertThat(cost.value()).isEmpty();
    }

    @Test
    void whereThereIsNoBreakEvenTheMessageSaysHowFarEquityGoes() {
        assertThatThrownBy(() -> whatIf(ALONE).breakEven(Lever.MARGIN, new BigDecimal("1000000")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("margin in [0.001, 2.5]")
                .hasMessageContaining("1000000");
        assertThatThrownBy(() -> whatIf(ALONE).breakEven(Lever.ACQUISITION_COST, BigDecimal.ZERO))
                .hasMessageContaining("acquisition-cost in [0.001, 1000.0]");
    }

    @Test
    void leversThatTheModelCannotFollowAreRefusedAndLeftOut() {
        WhatIf fixed = WhatIf.of(ALONE, of(new Mortal()), BASE, TERMS);
        WhatIf purchases = WhatIf.of(ALONE, of(new Changeable(false)), BASE, TERMS);
        WhatIf values = WhatIf.of(ALONE, new ValuesOnly(100), BASE, TERMS);
        assertThatThrownBy(() -> fixed.run(Scenario.none().with(Lever.PURCHASE_RATE, 1.1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("purchase-rate")
                .hasMessageContaining("mortal");
        assertThatThrownBy(() -> purchases.breakEven(Lever.RETENTION, BigDecimal.ONE))
                .hasMessageContaining("retention");
        assertThat(purchases.refusal(Scenario.none().with(Lever.PURCHASE_RATE, 1.1)))
                .isEmpty();
        assertThat(fixed.tornado(0.1).notes()).hasSize(2);
        assertThat(purchases.tornado(0.1).notes()).hasSize(1);
        assertThat(purchases.tornado(0.1).bars()).hasSize(5);
        assertThat(values.tornado(0.1).bars())
                .extracting(TornadoBar::lever)
                .containsExactly(Lever.MARGIN, Lever.DISCOUNT_RATE, Lever.ACQUISITION_COST);
        assertThat(values.elasticities().notes()).hasSize(3);
        assertThat(values.elasticities().values().get(Lever.DISCOUNT_RATE)).isCloseTo(-0.1 / 1.1, within(1e-5));
        assertThatThrownBy(() -> whatIf(ALONE).run(Scenario.none().with(Lever.MARGIN, 3)))
                .hasMessageContaining("margin")
                .hasMessageContaining("above 1");
    }

    @Test
    void aMarginOfOneCanOnlyFall() {
        ValuationTerms revenue =
                ValuationTerms.of(TERMS.horizon(), TERMS.discountRate(), Margin.ofRevenue(), CashFlowTiming.PERIOD_MID);
        WhatIf whatIf = WhatIf.of(ALONE, MODEL, BASE, revenue);
        assertThat(whatIf.tornado(0.1).notes()).singleElement().asString().contains("margin");
        assertThat(whatIf.elasticities().values().get(Lever.MARGIN)).isCloseTo(1, within(1e-6));
    }

    @Test
    void overAnInfiniteHorizonTheDiscountMustStayAboveGrowth() {
        ValuationTerms endless = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);
        WhatIf whatIf = WhatIf.of(ALONE.withGrowth(0.06), MODEL, BASE, endless);
        assertThatThrownBy(() -> whatIf.run(Scenario.none().with(Lever.DISCOUNT_RATE, 0.6)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("discount-rate");
        assertThat(after(whatIf, Lever.DISCOUNT_RATE, 0.7)).isGreaterThan(after(whatIf, Lever.DISCOUNT_RATE, 1));
    }

    @Test
    void elasticitiesNeedEquity() {
        assertThatThrownBy(() -> whatIf(ALONE.withServiceCost(100, 0)).elasticities())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("above 0");
    }

    @Test
    void leversAndScenariosAreChecked() {
        for (Lever lever : Lever.values()) {
            assertThat(Lever.parse(lever.toString())).isEqualTo(lever);
        }
        assertThatThrownBy(() -> Lever.parse("price")).hasMessageContaining("price");
        assertThatThrownBy(() -> Scenario.none().with(Lever.SPEND, 0)).hasMessageContaining("spend");
        Scenario two = Scenario.none().with(Lever.SPEND, 2).with(Lever.SPEND, 3);
        assertThat(two.factors()).containsExactly(Map.entry(Lever.SPEND, 3.0));
        assertThat(two.factor(Lever.MARGIN)).isEqualTo(1);
        assertThat(two).hasSameHashCodeAs(Scenario.none().with(Lever.SPEND, 3));
    }
}
