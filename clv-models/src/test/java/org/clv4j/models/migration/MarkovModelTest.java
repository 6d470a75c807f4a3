// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkovModelTest {

    /** Weeks end on Sundays: 2024-03-31 is the end. A buys in weeks 5 (twice), 4 and 1 back; B in week 3; C in week 0. */
    private static final TransactionLog LOG = TransactionLog.of(List.of(
            Transaction.parse("A", "2024-02-20", "10"),
            Transaction.parse("A", "2024-02-22", "10"),
            Transaction.parse("A", "2024-03-03", "30"),
            Transaction.parse("A", "2024-03-18", "20"),
            Transaction.parse("B", "2024-03-10", "40"),
            Transaction.parse("C", "2024-03-31", "10")));

    private static CustomerBase base() {
        return CustomerBase.of(LOG, Observation.untilIso("2024-03-31"), TimeScale.WEEKS);
    }

    private static final MarkovModel WEEKLY =
            MarkovModel.withDefaults().withPeriod(1).withPseudoCount(0);

    private static ValuationTerms terms(double horizon, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.of(horizon), DiscountRate.annual(0.15), Margin.of(0.5), timing);
    }

    @Test
    void countsByHand() {
        MarkovModel.Fitted fitted = WEEKLY.fit(base());
        // A: 1 → buys, 1 → not, 2 → not, 3 → buys, 1 → not. B: 1, 2, 3 → not. Beyond recency 2, all is pooled.
        assertThat(fitted.lastRecency()).isEqualTo(2);
        assertThat(fitted.purchaseProbability(1)).isEqualTo(1 / 4.0);
        assertThat(fitted.purchaseProbability(2)).isZero();
        assertThat(fitted.purchaseProbability(3)).isEqualTo(1 / 2.0).isEqualTo(fitted.purchaseProbability(30));
        assertThat(fitted.ordersPerActivePeriod()).isEqualTo(6 / 5.0);
        assertThat(fitted.orderValue()).isEqualTo(20);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.has(Condition.WEAKLY_IDENTIFIED)).isTrue();
        assertThat(report.logLikelihood()).isEmpty();
        assertThat(report.estimatedParameters()).isEqualTo(5);
        assertThat(report.standardErrors()).containsOnlyKeys("p1", "p2", "p_gone");
        assertThat(WEEKLY.withLastRecency(1).fit(base()).purchaseProbability(2)).isEqualTo(1 / 4.0);
        assertThat(WEEKLY.withPseudoCount(0.5).fit(base()).purchaseProbability(2))
                .isEqualTo(0.5 / 3);
    }

    @Test
    void weightsCountCustomers() {
        CustomerBase weighted = base().withWeights(new double[] {1, 3, 1});
        MarkovModel.Fitted fitted = WEEKLY.fit(weighted);
        assertThat(fitted.purchaseProbability(1)).isEqualTo(1 / 6.0);
        assertThat(fitted.ordersPerActivePeriod()).isEqualTo(8 / 7.0);
        assertThat(fitted.report().orElseThrow().customers()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void countsAreThoseOfTheTransitionsInTheLog(TimeScale unit) {
        CustomerBase base = CustomerBase.of(made(300), Observation.untilIso("2023-12-31"), unit);
        int length = unit == TimeScale.DAYS ? 40 : unit == TimeScale.WEEKS ? 6 : 1;
        int last = unit == TimeScale.YEARS ? 1 : 3;
        MarkovModel.Fitted fitted = MarkovModel.withDefaults()
                .withPeriod(length)
                .withLastRecency(last)
                .fit(base);
        TransitionCounts counts = TransitionCounts.of(
                made(300), Observation.untilIso("2023-12-31"), MigrationStates.byRecency(last), unit, length);
        MarkovChain chain = counts.estimate(DirichletPrior.symmetric(0.5));
        assertThat(fitted.lastRecency()).isEqualTo(last);
        assertThat(fitted.chain().states()).isEqualTo(chain.states());
        for (int from = 0; from < chain.size(); from++) {
            for (int to = 0; to < chain.size(); to++) {
                assertThat(fitted.chain().probability(from, to)).isCloseTo(chain.probability(from, to), within(1e-12));
            }
        }
        // Each customer's present state is that of the values.
        CustomerValues values = fitted.value(base, terms(length, CashFlowTiming.AT_PURCHASE));
        for (int row = 0; row < base.size(); row++) {
            int state = chain.indexOf(counts.currentState(base.id(row)).orElseThrow());
            assertThat(values.get(ValueColumn.PROBABILITY_ACTIVE, row))
                    .isCloseTo(chain.probability(state, 0), within(1e-12));
        }
    }

    /** Customers who buy at random, acquired in 2021. */
    private static TransactionLog made(int customers) {
        SplittableRandom random = new SplittableRandom(11);
        TransactionLog.Builder log = TransactionLog.builder();
        for (int i = 0; i < customers; i++) {
            LocalDate day = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(365));
            while (!day.isAfter(LocalDate.of(2023, 12, 31))) {
                log.add("c" + i, day, BigDecimal.valueOf(1 + random.nextInt(100)));
                day = day.plusDays(1 + random.nextInt(i % 3 == 0 ? 900 : 90));
            }
        }
        return log.build();
    }

    @Test
    void valuesAreThoseOfTheMigrationModel() {
        MarkovModel.Fitted fitted = MarkovModel.Fitted.of(1, 1.2, 25, List.of(0.4, 0.2, 0.1), 0.03);
        double contribution = 1.2 * 25 * 0.5;
        double discount = DiscountRate.annual(0.15).effectivePerPeriod(TimeScale.WEEKS.periodsPerYear());
        MigrationModel migration =
                fitted.recencyMigration(contribution, 0, discount).model();
        CustomerBase base = base();
        CustomerValues values = fitted.value(base, terms(30, CashFlowTiming.PERIOD_END));
        // C bought in the last week, A in the one before, B three weeks ago.
        int[] states = {1, 3, 0};
        ValuationTerms endless = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.15), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
        CustomerValues all = fitted.value(base, endless);
        double delta = Math.log1p(discount);
        for (int row = 0; row < 3; row++) {
            assertThat(values.futureValue(row))
                    .isCloseTo(migration.residualValue(30)[states[row]], Percentage.withPercentage(1e-9));
            // Purchases spread over the week are worth more than at its end.
            assertThat(all.futureValue(row))
                    .isCloseTo(
                            migration.residualValue()[states[row]] * Math.expm1(delta) / delta,
                            Percentage.withPercentage(1e-9));
            assertThat(all.get(ValueColumn.PROBABILITY_ACTIVE, row)).isEqualTo(1);
            assertThat(all.has(ValueColumn.EXPECTED_TRANSACTIONS)).isFalse();
        }
        assertThat(values.get(ValueColumn.PROBABILITY_ACTIVE, 0))
                .isCloseTo(1 - 0.8 * 0.9 * Math.pow(0.97, 28), within(1e-12));
    }

    @Test
    void aPartOfAPeriodIsAPartOfItsPurchases() {
        MarkovModel.Fitted fitted = MarkovModel.Fitted.of(4, 1, 10, List.of(0.4, 0.2), 0);
        ValuationTerms free =
                ValuationTerms.of(Horizon.of(5), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE);
        CustomerValues values = fitted.value(base(), free);
        double second = 0.4 * 0.4 + 0.6 * 0.2;
        assertThat(values.futureValue(2)).isCloseTo(10 * (0.4 + second / 4), within(1e-12));
        assertThat(values.get(ValueColumn.PROBABILITY_ACTIVE, 2)).isCloseTo(1 - 0.6 * (1 - 0.2 / 4), within(1e-12));
        // Nobody returns: without end, some customers never buy again.
        CustomerValues endless = fitted.value(
                base(),
                ValuationTerms.of(
                        Horizon.infinite(),
                        DiscountRate.annual(1e-13),
                        Margin.ofRevenue(),
                        CashFlowTiming.AT_PURCHASE));
        assertThat(endless.get(ValueColumn.PROBABILITY_ACTIVE, 2)).isCloseTo(1 - 0.6 * 0.8, within(1e-12));
        // 0.52 of a purchase, and then anew: 0.52/0.48.
        assertThat(endless.futureValue(2)).isCloseTo(10 * 0.52 / 0.48, Percentage.withPercentage(1e-8));
    }

    @Test
    void aSimulatedChainIsRecovered() {
        double[] truth = {0.5, 0.3, 0.2, 0.05};
        SplittableRandom random = new SplittableRandom(5);
        TransactionLog.Builder log = TransactionLog.builder();
        LocalDate end = LocalDate.of(2023, 12, 31);
        for (int i = 0; i < 3000; i++) {
            int recency = 1;
            for (int back = 20 + random.nextInt(20); back >= 0; back--) {
                if (recency == 1) {
                    log.add("c" + i, end.minusDays(28L * back + random.nextInt(28)), BigDecimal.valueOf(20));
                }
                recency = random.nextDouble() < truth[Math.min(recency, 4) - 1] ? 1 : recency + 1;
            }
        }
        CustomerBase base = CustomerBase.of(log.build(), Observation.until(end), TimeScale.WEEKS);
        MarkovModel.Fitted fitted =
                MarkovModel.withDefaults().withLastRecency(3).fit(base);
        Map<String, Double> errors = fitted.report().orElseThrow().standardErrors();
        for (int recency = 1; recency <= 4; recency++) {
            double error = errors.get(recency < 4 ? "p" + recency : "p_gone");
            assertThat(error).isBetween(1e-4, 0.01);
            assertThat(fitted.purchaseProbability(recency)).isCloseTo(truth[recency - 1], within(4 * error));
        }
        assertThat(fitted.period()).isEqualTo(4);
        assertThat(fitted.ordersPerActivePeriod()).isEqualTo(1);
    }

    @Test
    void aModelIsKnownByItsNameAndParameters() {
        ModelProvider.OfClv provider = (ModelProvider.OfClv) ModelCatalog.load().find("markov");
        MarkovModel.Fitted fitted = WEEKLY.fit(base());
        MarkovModel.Fitted again =
                (MarkovModel.Fitted) provider.ofReport(fitted.report().orElseThrow());
        MarkovModel.Fitted stated = (MarkovModel.Fitted) provider.ofParameters(fitted.parameters());
        assertThat(again.parameters()).isEqualTo(fitted.parameters()).isEqualTo(stated.parameters());
        ValuationTerms terms = terms(13, CashFlowTiming.PERIOD_MID);
        assertThat(again.value(base(), terms).column(ValueColumn.CLV))
                .containsExactly(fitted.value(base(), terms).column(ValueColumn.CLV))
                .containsExactly(stated.value(base(), terms).column(ValueColumn.CLV));
        assertThat(stated.report()).isEmpty();
        assertThat(provider.parameters()).hasSize(10);
        assertThatThrownBy(() -> provider.ofParameters(Map.of("period", 4.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders");
    }

    @Test
    void basesWithoutDaysOrWithoutTimeAreRefused() {
        CustomerBase summaries =
                CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 3, 5, 9, 20)), TimeScale.WEEKS);
        assertThatThrownBy(() -> MarkovModel.withDefaults().fit(summaries))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fit it to transactions");
        assertThatThrownBy(() -> MarkovModel.withDefaults().fit(base()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("two periods");
        assertThatThrownBy(() -> MarkovModel.withDefaults()
                        .fit(CustomerBase.of(
                                TransactionLog.of(List.of()), Observation.untilIso("2024-01-01"), TimeScale.MONTHS)))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> MarkovModel.withDefaults().withPeriod(0)).hasMessageContaining("periods");
        assertThatThrownBy(() -> MarkovModel.withDefaults().withLastRecency(0)).hasMessageContaining("recency");
        assertThatThrownBy(() -> MarkovModel.withDefaults().withPseudoCount(-1)).hasMessageContaining("count");
        assertThatThrownBy(() -> MarkovModel.Fitted.of(1, 1, 10, List.of(1.1), 0))
                .hasMessage("`p1` must be in [0, 1], but was 1.1");
        assertThatThrownBy(() -> MarkovModel.Fitted.of(1, 1, 10, List.of(), 0))
                .hasMessageContaining("purchaseProbabilities");
        MarkovModel.Fitted fitted = MarkovModel.Fitted.of(1, 1, 10, List.of(0.4), 0);
        assertThatThrownBy(() -> fitted.purchaseProbability(0)).hasMessageContaining("recency");
        assertThatThrownBy(() -> fitted.value(base(), terms(1e7, CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("infinite");
    }
}
