// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
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
class EquityStatementTest {

    private static final double LAMBDA = 0.1;
    private static final double MU = 0.02;
    private static final double SPEND = 30;
    private static final double DELTA = Math.log(1.1) / 52;
    private static final TransactionSpendModel.Fitted MODEL =
            TransactionSpendModel.Fitted.of(new Mortal(), new OneSpend(SPEND));
    private static final Offset<Double> MICRO = within(2e-5);

    static final class Mortal implements FittedTransactionModel, ResidualTransactions {
        @Override
        public String name() {
            return "mortal";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("lambda", LAMBDA, "mu", MU);
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
            return orders(horizon, 0);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return orders(horizon, 0);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return orders(horizon, continuousRate);
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            return orders(Double.POSITIVE_INFINITY, continuousRate);
        }
    }

    record OneSpend(double amount) implements FittedSpendModel {
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

    /** Values and nothing else. */
    private static final class ValuesOnly implements FittedClvModel {
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
                            * SPEND
                            * orders(terms.horizon().periods(), terms.continuousRate(base.timeScale())));
            return CustomerValues.builder("values", base, terms)
                    .column(ValueColumn.CLV, clv)
                    .warnings(List.of("be careful"))
                    .build();
        }

        @Override
        public List<FitReport> reports() {
            return List.of();
        }
    }

    private static double orders(double horizon, double rate) {
        return LAMBDA * -Math.expm1(-(MU + rate) * horizon) / (MU + rate);
    }

    private static ValuationTerms terms(Horizon horizon, CashFlowTiming timing) {
        return ValuationTerms.of(horizon, DiscountRate.annual(0.1), Margin.of(0.4), timing)
                .withPeriodsPerYear(52);
    }

    private static final ValuationTerms TERMS = terms(Horizon.of(50), CashFlowTiming.AT_PURCHASE);
    private static final ValuationTerms ENDLESS = terms(Horizon.infinite(), CashFlowTiming.AT_PURCHASE);

    private static CustomerBase base() {
        return CustomerBase.of(
                TransactionLog.builder()
                        .currency(Currency.getInstance("EUR"))
                        .add(Transaction.parse("a", "2024-01-01", "10.00"))
                        .add(Transaction.parse("b", "2024-01-01", "20.50"))
                        .add(Transaction.parse("c", "2024-01-01", "0.01"))
                        .customer(Customer.of("a")
                                .withAttribute("region", "North")
                                .withAcquisitionCost(new BigDecimal("3.00")))
                        .customer(Customer.of("b").withAttribute("region", "South"))
                        .build(),
                Observation.until(LocalDate.of(2024, 1, 31)),
                TimeScale.WEEKS);
    }

    private static double contribution(EquityStatement statement, EquityStatementLine line) {
        return statement.total().line(line).contribution().doubleValue();
    }

    private static double revenue(EquityStatement statement, EquityStatementLine line) {
        return statement.total().line(line).revenue().doubleValue();
    }

    @Test
    void withoutAPlanItIsTheEquityOfTheAggregatorToTheLastDigit() {
        CustomerBase base = base();
        EquityStatement statement = EquityStatementPlan.withDefaults()
                .withBreakdown(List.of("region"))
                .state(MODEL, base, TERMS);
        CustomerEquity equity =
                EquityAggregator.withDefaults().withBreakdown(List.of("region")).aggregate(MODEL.value(base, TERMS));
        EquityStatementPart total = statement.total();
        assertThat(total.customers()).isEqualTo(3);
        assertThat(total.currentValue().revenue())
                .isEqualByComparingTo(equity.total().revenue());
        assertThat(total.currentValue().contribution())
                .isEqualByComparingTo(equity.total().currentValue());
        assertThat(total.futureValue().contribution())
                .isEqualByComparingTo(equity.total().futureValue());
        assertThat(total.lifetimeValue().contribution())
                .isEqualByComparingTo(equity.total().lifetimeValue());
        assertThat(total.netEquity().contribution())
                .isEqualByComparingTo(equity.total().equity());
        assertThat(total.netFutureValue()).isEqualTo(total.futureValue());
        for (int i = 0; i < 3; i++) {
            assertThat(statement.breakdowns().get(0).parts().get(i).netEquity().contribution())
                    .isEqualByComparingTo(
                            equity.breakdowns().get(0).segments().get(i).equity());
        }
        assertThat(statement.currency()).isEqualTo(Currency.getInstance("EUR"));
        assertThat(statement.date()).contains(LocalDate.of(2024, 1, 31));
        assertThat(statement.timeScale()).isEqualTo(TimeScale.WEEKS);
        assertThat(statement.terms()).isEqualTo(TERMS);
        assertThat(statement.model()).isEqualTo("mortal × one-spend");
        assertThat(revenue(statement, EquityStatementLine.REPEAT)).isCloseTo(3 * SPEND * orders(50, DELTA), MICRO);
    }

    @Test
    void growthIsAnotherDiscountRate() {
        for (ValuationTerms terms : List.of(TERMS, ENDLESS)) {
            double horizon = terms.horizon().isInfinite() ? Double.POSITIVE_INFINITY : 50;
            EquityStatement statement =
                    EquityStatementPlan.withDefaults().withGrowth(0.04).state(MODEL, base(), terms);
            double delta = Math.log1p((0.1 - 0.04) / 1.04) / 52;
            assertThat(contribution(statement, EquityStatementLine.GROWTH))
                    .isCloseTo(3 * 0.4 * SPEND * (orders(horizon, delta) - orders(horizon, DELTA)), MICRO);
        }
        assertThatThrownBy(
                        () -> EquityStatementPlan.withDefaults().withGrowth(0.1).state(MODEL, base(), ENDLESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("growth")
                .hasMessageContaining("0.1");
        assertThatThrownBy(() -> EquityStatementPlan.withDefaults().withGrowth(-1))
                .hasMessageContaining("annual");
    }

    /** Money that grows faster than it is discounted is worth more the later, up to the horizon. */
    @Test
    void growthMayExceedTheDiscountRateOverAFiniteHorizon() {
        EquityStatement statement =
                EquityStatementPlan.withDefaults().withGrowth(0.5).state(MODEL, base(), TERMS);
        double delta = DELTA - Math.log(1.5) / 52;
        assertThat(contribution(statement, EquityStatementLine.GROWTH))
                .isCloseTo(3 * 0.4 * SPEND * (orders(50, delta) - orders(50, DELTA)), MICRO);

        ValuationTerms byPeriod = terms(Horizon.of(50), CashFlowTiming.PERIOD_END);
        double sum = 0;
        for (int period = 1; period <= 50; period++) {
            sum += (orders(period, 0) - orders(period - 1, 0))
                    * (Math.exp(-delta * period) - Math.exp(-DELTA * period));
        }
        assertThat(contribution(
                        EquityStatementPlan.withDefaults().withGrowth(0.5).state(MODEL, base(), byPeriod),
                        EquityStatementLine.GROWTH))
                .isCloseTo(3 * 0.4 * SPEND * sum, MICRO);
    }

    @Test
    void productsAreTakenAtAConstantRate() {
        EquityStatementPlan plan = EquityStatementPlan.withDefaults().withProduct(new ProductOffer("care", 0.03, 8, 5));
        EquityStatement statement = plan.state(MODEL, base(), TERMS);
        double after = orders(50, DELTA) - orders(50, DELTA + 0.03);
        assertThat(revenue(statement, EquityStatementLine.PRODUCTS)).isCloseTo(3 * 8 * after, MICRO);
        assertThat(contribution(statement, EquityStatementLine.PRODUCTS)).isCloseTo(3 * 5 * after, MICRO);
        // By period: who has it is told at the order, what it pays at the period's end.
        double sum = 0;
        for (int period = 1; period <= 50; period++) {
            double all = orders(period, 0) - orders(period - 1, 0);
            double without = orders(period, 0.03) - orders(period - 1, 0.03);
            sum += (all - without) * Math.exp(-DELTA * period);
        }
        assertThat(contribution(
                        plan.state(MODEL, base(), terms(Horizon.of(50), CashFlowTiming.PERIOD_END)),
                        EquityStatementLine.PRODUCTS))
                .isCloseTo(3 * 5 * sum, MICRO);
    }

    @Test
    void cohortsAreNewCustomersOverTheRestOfTheHorizon() {
        EquityStatement statement = EquityStatementPlan.withDefaults()
                .withCohort(PlannedCohort.of(10, 20, 7))
                .withServiceCost(0.2, 1.5)
                .state(MODEL, base(), TERMS);
        double orders = 1 + orders(40, DELTA);
        double today = Math.exp(-10 * DELTA);
        double periods = -Math.expm1(-40 * DELTA) / DELTA;
        assertThat(revenue(statement, EquityStatementLine.FUTURE_COHORTS))
                .isCloseTo(20 * today * SPEND * orders, MICRO);
        assertThat(contribution(statement, EquityStatementLine.FUTURE_COHORTS))
                .isCloseTo(20 * today * 0.4 * SPEND * orders, MICRO);
        assertThat(contribution(statement, EquityStatementLine.COHORT_ACQUISITION_COST))
                .isCloseTo(-20 * today * 7, MICRO);
        assertThat(contribution(statement, EquityStatementLine.COHORT_SERVICE_COST))
                .isCloseTo(-20 * today * (0.2 * periods + 1.5 * orders), MICRO);
        assertThat(contribution(statement, EquityStatementLine.SERVICE_COST))
                .isCloseTo(-3 * (0.2 * -Math.expm1(-50 * DELTA) / DELTA + 1.5 * orders(50, DELTA)), MICRO);
        assertThat(contribution(statement, EquityStatementLine.ACQUISITION_COST))
                .isEqualTo(-3);
        assertThat(statement.total().futureCustomers()).isEqualTo(20);
        assertThatThrownBy(() -> EquityStatementPlan.withDefaults()
                        .withCohort(PlannedCohort.of(50, 20, 7))
                        .state(MODEL, base(), TERMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start");
    }

    @Test
    void endlessReferralsAreClosed() {
        EquityStatementPlan plan = EquityStatementPlan.withDefaults()
                .withReferrals(ReferralProgramme.of(0.05, 0.6, 12))
                .withServiceCost(0.1, 2);
        EquityStatement statement = plan.state(MODEL, base(), ENDLESS);
        double residual = orders(Double.POSITIVE_INFINITY, DELTA);
        double worth = 0.4 * SPEND * (1 + residual);
        assertThat(contribution(statement, EquityStatementLine.REFERRAL))
                .isCloseTo(3 * 0.05 * residual * (0.6 * worth + 12), MICRO);
        assertThat(contribution(statement, EquityStatementLine.SERVICE_COST))
                .isCloseTo(
                        -3 * (0.1 / DELTA + 2 * residual)
                                - 3 * 0.05 * 0.6 * residual * (0.1 / DELTA + 2 * (1 + residual)),
                        MICRO);
        EquityStatement typeTwo = EquityStatementPlan.withDefaults()
                .withReferrals(ReferralProgramme.of(0.05, 0, 12))
                .state(MODEL, base(), ENDLESS);
        assertThat(contribution(typeTwo, EquityStatementLine.REFERRAL)).isCloseTo(3 * 0.05 * residual * 12, MICRO);
        assertThat(revenue(typeTwo, EquityStatementLine.REFERRAL)).isZero();
    }

    /** λ ∫ e^(−(μ+δ)t) V(50 − t) dt, by fine midpoints: steps of a week are that to a part in ten thousand. */
    @Test
    void finiteReferralsValueWhatIsLeftOfTheHorizon() {
        double sum = 0;
        int n = 50_000;
        for (int i = 0; i < n; i++) {
            double t = 50 * (i + 0.5) / n;
            sum += LAMBDA * Math.exp(-(MU + DELTA) * t) * (1 + orders(50 - t, DELTA)) * 50 / n;
        }
        EquityStatement statement = EquityStatementPlan.withDefaults()
                .withReferrals(ReferralProgramme.of(0.05, 1, 0))
                .state(MODEL, base(), TERMS);
        assertThat(revenue(statement, EquityStatementLine.REFERRAL) / (3 * 0.05 * SPEND * sum))
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void aModelOfValuesHasTheLinesThatNeedValuesOnly() {
        EquityStatementPlan plan =
                EquityStatementPlan.withDefaults().withGrowth(0.04).withServiceCost(0.2, 0);
        EquityStatement ofValues = plan.state(new ValuesOnly(), base(), TERMS);
        EquityStatement ofOrders = plan.state(MODEL, base(), TERMS);
        for (EquityStatementLine line : EquityStatementLine.values()) {
            assertThat(contribution(ofValues, line)).as("%s", line).isCloseTo(contribution(ofOrders, line), MICRO);
            assertThat(revenue(ofValues, line)).as("%s", line).isCloseTo(revenue(ofOrders, line), MICRO);
        }
        assertThat(ofValues.warnings()).containsExactly("be careful");
        for (EquityStatementPlan refused : List.of(
                plan.withServiceCost(0, 1),
                plan.withCohort(PlannedCohort.of(0, 1, 0)),
                plan.withReferrals(ReferralProgramme.of(1, 1, 1)),
                plan.withProduct(new ProductOffer("p", 1, 1, 1)),
                plan.withGrowth(0.5))) {
            assertThatThrownBy(() -> refused.state(new ValuesOnly(), base(), TERMS))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("TransactionSpendModel");
        }
    }

    private static EquityStatementPlan fullPlan(double money) {
        return EquityStatementPlan.withDefaults()
                .withGrowth(0.03)
                .withProduct(new ProductOffer("care", 0.03, 8 * money, 5 * money))
                .withReferrals(ReferralProgramme.of(0.05, 0.6, 12 * money))
                .withServiceCost(0.1 * money, 0.5 * money)
                .withCohort(PlannedCohort.of(0, 10.5, 5 * money))
                .withCohort(new PlannedCohort(13, 20, 6 * money, Map.of("region", "North", "size", "L")))
                .withBreakdown(List.of("region"))
                .withBreakdown(List.of("size", "region"));
    }

    private static CustomerBase summaries(List<Double> weights) {
        List<CustomerSummary> rows = new java.util.ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            rows.add(CustomerSummary.of("c" + i, i % 3, i % 3, 20, 1.5 * (i % 3))
                    .withWeight(weights.get(i))
                    .withAttributes(Map.of("region", i % 2 == 0 ? "North" : "South")));
        }
        return CustomerBase.ofSummaries(rows, TimeScale.WEEKS);
    }

    @Property(tries = 20)
    void partsAddUpToTheTotalToTheLastDigit(
            @ForAll List<@DoubleRange(min = 0.1, max = 40) Double> weights, @ForAll CashFlowTiming timing) {
        EquityStatement statement = fullPlan(1).state(MODEL, summaries(weights), terms(Horizon.of(20), timing));
        for (EquityStatementBreakdown breakdown : statement.breakdowns()) {
            for (EquityStatementLine line : EquityStatementLine.values()) {
                EquityStatementAmount sum = EquityStatementAmount.ZERO;
                for (EquityStatementPart part : breakdown.parts()) {
                    sum = sum.plus(part.line(line));
                }
                assertThat(sum.revenue())
                        .isEqualByComparingTo(statement.total().line(line).revenue());
                assertThat(sum.contribution())
                        .isEqualByComparingTo(statement.total().line(line).contribution());
            }
            EquityStatementAmount net = EquityStatementAmount.ZERO;
            for (EquityStatementPart part : breakdown.parts()) {
                net = net.plus(part.netEquity());
            }
            assertThat(net.contribution())
                    .isEqualByComparingTo(statement.total().netEquity().contribution());
        }
    }

    @Test
    void sumsAreSumsOfLines() {
        EquityStatementPart total =
                fullPlan(1).state(MODEL, summaries(List.of(1.0, 2.0)), TERMS).total();
        BigDecimal all = BigDecimal.ZERO;
        for (EquityStatementLine line : EquityStatementLine.values()) {
            all = all.add(total.line(line).contribution());
        }
        assertThat(total.netEquity().contribution()).isEqualByComparingTo(all);
        assertThat(total.lifetimeValue()).isEqualTo(total.currentValue().plus(total.futureValue()));
        assertThat(total.grossEquity())
                .isEqualTo(total.lifetimeValue().plus(total.line(EquityStatementLine.FUTURE_COHORTS)));
        assertThat(total.netFutureValue().contribution())
                .isEqualByComparingTo(total.netEquity()
                        .contribution()
                        .subtract(total.currentValue().contribution())
                        .subtract(
                                total.line(EquityStatementLine.ACQUISITION_COST).contribution()));
    }

    @Property(tries = 20)
    void scalingAllAmountsScalesTheStatement(@ForAll @IntRange(min = 2, max = 1000) int factor) {
        CustomerBase base = summaries(List.of(1.0, 1.0, 1.0));
        EquityStatement one = fullPlan(1).state(MODEL, base, TERMS);
        EquityStatement many = fullPlan(factor)
                .state(TransactionSpendModel.Fitted.of(new Mortal(), new OneSpend(SPEND * factor)), base, TERMS);
        for (EquityStatementLine line : EquityStatementLine.values()) {
            if (line != EquityStatementLine.CURRENT_VALUE) {
                assertThat(contribution(many, line))
                        .as("%s", line)
                        .isCloseTo(factor * contribution(one, line), within(2e-5 * factor));
            }
        }
    }

    @Test
    void aDimensionThatNobodyHasIsRefused() {
        assertThatThrownBy(() -> EquityStatementPlan.withDefaults()
                        .withBreakdown(List.of("size"))
                        .state(MODEL, base(), TERMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'size'")
                .hasMessageContaining("region");
    }

    @Test
    void theMarginOfThePastCanBeAnother() {
        EquityStatement statement = EquityStatementPlan.withDefaults()
                .withRealisedMargin(Margin.of(0.5))
                .state(MODEL, base(), TERMS);
        assertThat(contribution(statement, EquityStatementLine.CURRENT_VALUE)).isEqualTo(15.255);
        assertThat(contribution(statement, EquityStatementLine.REPEAT))
                .isCloseTo(3 * 0.4 * SPEND * orders(50, DELTA), MICRO);
    }

    @Test
    void badNumbersAreRefused() {
        assertThatThrownBy(() -> PlannedCohort.of(-1, 1, 0)).hasMessageContaining("start");
        assertThatThrownBy(() -> PlannedCohort.of(0, 0, 0)).hasMessageContaining("customers");
        assertThatThrownBy(() -> PlannedCohort.of(0, 1, Double.NaN)).hasMessageContaining("acquisitionCost");
        assertThatThrownBy(() -> new ProductOffer(" ", 1, 1, 1)).hasMessageContaining("name");
        assertThatThrownBy(() -> new ProductOffer("p", 0, 1, 1)).hasMessageContaining("adoptionRate");
        assertThatThrownBy(() -> ReferralProgramme.of(1, 1.1, 0)).hasMessageContaining("typeOneShare");
        assertThatThrownBy(() -> EquityStatementPlan.withDefaults().withServiceCost(-1, 0))
                .hasMessageContaining("perPeriod");
        assertThatThrownBy(() -> EquityStatementPlan.withDefaults().withBreakdown(List.of()))
                .hasMessageContaining("dimensions");
    }

    @Test
    void theSummaryIsReadable() {
        assertThat(fullPlan(1).state(MODEL, base(), TERMS).summary())
                .startsWith(
                        """
                        Equity statement by mortal × one-spend, in EUR
                        3 customers and 30.5 to come, as of 2024-01-31
                        horizon 50, 10.0 % a year, margin 0.4, paid at-purchase, 52.0 periods a year, in weeks

                        """)
                .contains("current value                                30.51               12.20\n")
                .contains("\nacquisition cost, sunk                        0.00               -3.00\n")
                .contains("\n= net equity ");
        assertThat(EquityStatementPlan.withDefaults()
                        .state(MODEL, summaries(List.of(1.0)), TERMS)
                        .summary())
                .startsWith("Equity statement by mortal × one-spend\n1 customers\n")
                .contains("\n! current value counts repeat purchases only");
    }
}
