// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.Csv;
import org.clv4j.models.internal.kernel.GammaGammaLikelihood;
import org.clv4j.models.internal.kernel.Occasions;
import org.clv4j.models.internal.kernel.SpendRows;
import org.junit.jupiter.api.Test;

class GammaGammaTest {

    private static final GammaGamma.Fitted TRUTH = GammaGamma.Fitted.of(6.25, 3.74, 15.44);

    @Test
    void cdnowSample() {
        GammaGamma.Fitted fitted = GammaGamma.withDefaults().fit(Cdnow.sample());
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.customers()).isEqualTo(946);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-4055.91769, within(1e-5));
        assertThat(fitted.p()).isCloseTo(6.2496, within(1e-4));
        assertThat(fitted.q()).isCloseTo(3.7442, within(1e-4));
        assertThat(fitted.gamma()).isCloseTo(15.4435, within(1e-4));
        assertThat(fitted.expectedSpendOfNewCustomer()).isCloseTo(35.170, within(5e-4));
        assertThat(report.standardErrors().get("p")).isCloseTo(1.1901, within(1e-4));
        assertThat(report.standardErrors().get("q")).isCloseTo(0.29013, within(1e-5));
        assertThat(report.standardErrors().get("gamma")).isCloseTo(4.1594, within(1e-4));
    }

    @Test
    void everyCustomerOfTheReferenceScores() {
        CustomerBase base = Cdnow.sample();
        GammaGamma.Fitted model = GammaGamma.Fitted.of(6.24934917899977, 3.74425633422183, 15.4443066862728);
        double[] spend = new double[base.size()];
        model.expectedSpendInto(base, 0, base.size(), spend);
        List<Map<String, String>> scores = Csv.shared("reference/cdnow/clvtools_scores.csv");
        for (int row = 0; row < base.size(); row++) {
            double expected = Csv.number(scores.get(row), "gamma_gamma_expected_spend");
            assertThat(spend[row]).isCloseTo(expected, within(1e-9 * expected));
        }
        double[] first = {24.66, 18.92, 35.22, 35.22, 35.22, 71.47, 18.92, 35.22, 27.29, 35.22};
        for (int row = 0; row < first.length; row++) {
            assertThat(TRUTH.expectedSpend(base.frequency(row), base.monetaryValue(row)))
                    .isCloseTo(first[row], within(0.005));
        }
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        CustomerBase base = simulate(TRUTH, 400);
        GammaGammaLikelihood likelihood = new GammaGammaLikelihood(SpendRows.ofPositive(base, Occasions.REPEAT));
        double[] point = {5, 3, 17};
        double[] gradient = new double[3];
        double[] unused = new double[3];
        double mean = likelihood.evaluate(point, gradient);
        for (int i = 0; i < 3; i++) {
            double step = 1e-5 * point[i];
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (likelihood.evaluate(up, unused) - likelihood.evaluate(down, unused)) / (2 * step);
            assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
        }
        GammaGamma.Fitted model = GammaGamma.Fitted.of(5, 3, 17);
        double sum = 0;
        int used = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0) {
                sum += model.logLikelihood(base.frequency(row), base.monetaryValue(row));
                used++;
            }
        }
        assertThat(-mean * used).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
    }

    /** The density of the mean, integrated over the mean, is 1. */
    @Test
    void likelihoodIsADensityOfTheMean() {
        for (int x : new int[] {1, 3, 20}) {
            double integral = 0;
            int panels = 40_000;
            // In ln z̄, by the trapezoidal rule: the integrand vanishes at both ends.
            for (int i = 0; i <= panels; i++) {
                double log = -12 + 32.0 * i / panels;
                integral += Math.exp(TRUTH.logLikelihood(x, Math.exp(log)) + log) * 32.0 / panels;
            }
            assertThat(integral).as("x = %s", x).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        FitReport report =
                GammaGamma.withDefaults().fit(simulate(TRUTH, 20_000)).report().orElseThrow();
        assertThat(report.converged()).isTrue();
        TRUTH.parameters()
                .forEach((name, truth) -> assertThat(report.parameters().get(name))
                        .as(name)
                        .isCloseTo(truth, within(3 * report.standardErrors().get(name))));
    }

    @Test
    void expectedSpendLiesBetweenTheCustomerAndThePopulation() {
        double population = TRUTH.expectedSpendOfNewCustomer();
        assertThat(TRUTH.expectedSpend(3, 100)).isBetween(population, 100.0);
        assertThat(TRUTH.expectedSpend(3, 1)).isBetween(1.0, population);
        assertThat(TRUTH.expectedSpend(1_000_000, 100)).isCloseTo(100, within(1e-3));
        assertThat(TRUTH.expectedSpend(2, 0)).isPositive();
    }

    @Test
    void infiniteMeanIsANamedConditionNeverANegativeAmount() {
        GammaGamma.Fitted heavyTailed = GammaGamma.Fitted.of(2, 0.8, 10);
        GammaGamma.Fitted fitted = GammaGamma.withDefaults().fit(simulate(heavyTailed, 5_000));
        FitReport report = fitted.report().orElseThrow();
        assertThat(fitted.q()).isLessThan(1);
        assertThat(fitted.hasFiniteMean()).isFalse();
        assertThat(report.has(Condition.INFINITE_MEAN_SPEND)).isTrue();
        assertThatThrownBy(fitted::expectedSpendOfNewCustomer)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("INFINITE_MEAN_SPEND")
                .hasMessageContaining("q = ");
        assertThat(fitted.expectedSpend(3, 20)).isPositive();

        GammaGamma.Fitted bounded = GammaGamma.withDefaults().withMinimumQ(1.2).fit(simulate(heavyTailed, 5_000));
        assertThat(bounded.q()).isGreaterThan(1.2);
        assertThat(bounded.expectedSpendOfNewCustomer()).isPositive().isFinite();
        assertThat(bounded.report().orElseThrow().has(Condition.INFINITE_MEAN_SPEND))
                .isFalse();
    }

    @Test
    void customersWithoutSpendAreLeftOutAndStillPredicted() {
        List<CustomerSummary> summaries = new ArrayList<>();
        CustomerBase base = simulate(TRUTH, 300);
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row));
        }
        FitReport without = GammaGamma.withDefaults().fit(base).report().orElseThrow();
        summaries.add(CustomerSummary.of("zero", 2, 5, 30, 0));
        summaries.add(CustomerSummary.of("refunded", 1, 5, 30, -4));
        CustomerBase extended = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        GammaGamma.Fitted fitted = GammaGamma.withDefaults().fit(extended);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.has(Condition.CUSTOMERS_LEFT_OUT)).isTrue();
        assertThat(report.parameters()).isEqualTo(without.parameters());
        assertThat(fitted.expectedSpend(2, 0)).isPositive();
    }

    private static CustomerBase shop(int customers) {
        TransactionLog.Builder log = TransactionLog.builder();
        // Everyone buys two to five times, on days of their own.
        for (int i = 0; i < customers; i++) {
            double[] amounts = TRUTH.simulateSpends(1 + i % 5, 77_000L + i);
            for (int n = 0; n < amounts.length; n++) {
                log.add(
                        "C" + i,
                        LocalDate.of(2024, 1, 1).plusDays(10L * n),
                        BigDecimal.valueOf(amounts[n]).setScale(2, RoundingMode.HALF_UP));
            }
        }
        return CustomerBase.of(log.build(), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
    }

    @Test
    void allTransactionsTakeOneTimeBuyersIn() {
        CustomerBase base = shop(20_000);
        GammaGamma.Fitted repeats = GammaGamma.withDefaults().fit(base);
        GammaGamma.Fitted all = GammaGamma.withDefaults().withAllTransactions().fit(base);
        FitReport report = all.report().orElseThrow();
        assertThat(repeats.report().orElseThrow().customers()).isEqualTo(16_000);
        assertThat(report.customers()).isEqualTo(20_000);
        TRUTH.parameters()
                .forEach((name, truth) -> assertThat(report.parameters().get(name))
                        .as(name)
                        .isCloseTo(truth, within(3 * report.standardErrors().get(name))));
        assertThat(report.standardErrors().get("q"))
                .isLessThan(repeats.report().orElseThrow().standardErrors().get("q"));
        assertThat(all.usesAllTransactions()).isTrue();
        assertThat(repeats.usesAllTransactions()).isFalse();

        double[] spend = new double[base.size()];
        all.expectedSpendInto(base, 0, base.size(), spend);
        for (int row = 0; row < 10; row++) {
            int occasions = base.frequency(row) + 1;
            double mean = base.totalAmount(row).doubleValue() / occasions;
            assertThat(all.frequencyOf(base, row)).isEqualTo(occasions);
            assertThat(all.monetaryValueOf(base, row)).isCloseTo(mean, within(1e-12 * mean));
            assertThat(spend[row]).isCloseTo(all.expectedSpend(occasions, mean), within(1e-12 * mean));
        }
        // A one-time buyer's first purchase tells something.
        assertThat(base.frequency(0)).isZero();
        assertThat(spend[0]).isNotCloseTo(all.expectedSpendOfNewCustomer(), within(1e-3));
    }

    @Test
    void allTransactionsSurviveTheReportAndNeedFirstPurchases() {
        CustomerBase base = shop(500);
        GammaGamma.Fitted all = GammaGamma.withDefaults()
                .withMinimumQ(1)
                .withAllTransactions()
                .withMinimumQ(1.5)
                .fit(base);
        GammaGamma.Fitted read = new GammaGammaProvider().reported(all.report().orElseThrow());
        assertThat(read.usesAllTransactions()).isTrue();
        double[] own = new double[base.size()];
        double[] again = new double[base.size()];
        all.expectedSpendInto(base, 0, base.size(), own);
        read.expectedSpendInto(base, 0, base.size(), again);
        assertThat(again).isEqualTo(own);

        CustomerBase summaries = simulate(TRUTH, 50);
        assertThatThrownBy(() -> GammaGamma.withDefaults().withAllTransactions().fit(summaries))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("amounts of first purchases")
                .hasMessageContaining("summaries");
        assertThatThrownBy(() -> all.expectedSpendInto(summaries, 0, 50, new double[50]))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("amounts of first purchases");
        FitReport unknown = all.report().orElseThrow().withProvenance("amounts", "some");
        assertThatThrownBy(() -> new GammaGammaProvider().reported(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'some'");
    }

    /** Refunds of purchases before the window must not make a mean that the model cannot take. */
    @Test
    void unmatchedRefundsDoNotBreakAllTransactions() {
        TransactionLog.Builder log = TransactionLog.builder();
        log.add("early", LocalDate.of(2024, 1, 1), new BigDecimal("-50"));
        log.add("early", LocalDate.of(2024, 2, 1), new BigDecimal("20"));
        for (int i = 0; i < 20; i++) {
            log.add("C" + i, LocalDate.of(2024, 2, 1), new BigDecimal(10 + i * i % 7));
            log.add("C" + i, LocalDate.of(2024, 3, 1), new BigDecimal(8 + i));
        }
        CustomerBase base = CustomerBase.of(
                log.build(),
                Observation.untilIso("2024-12-31"),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withRefunds(DataPolicy.Refunds.NET));
        GammaGamma.Fitted all = GammaGamma.withDefaults().withAllTransactions().fit(base);
        int row = base.indexOf("early");
        assertThat(base.totalAmount(row)).isNegative();
        assertThat(all.monetaryValueOf(base, row)).isZero();
        assertThat(all.report().orElseThrow().has(Condition.CUSTOMERS_LEFT_OUT)).isTrue();
        double[] spend = new double[base.size()];
        all.expectedSpendInto(base, 0, base.size(), spend);
        assertThat(spend[row]).isPositive();
    }

    @Test
    void whatIsBeyondNumbersIsRefused() {
        assertThatThrownBy(() -> TRUTH.expectedSpend(100, 1e307))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("than a number can hold");
        // A customer of whom next to nothing is known: the median is a number that no search would find.
        GammaGamma.Fitted vague = GammaGamma.Fitted.of(2, 0.02, 1);
        double median = vague.spendQuantile(0, 0, 0.5);
        assertThat(vague.probabilityOfSpendBelow(0, 0, median)).isCloseTo(0.5, within(1e-12));
        assertThat(vague.spendQuantile(0, 0, 0.9999999)).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        CustomerBase few = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("A", 1, 2, 9, 20), CustomerSummary.of("B", 0, 0, 9, 0)), TimeScale.WEEKS);
        assertThatThrownBy(() -> GammaGamma.withDefaults().fit(few))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 3 customers")
                .hasMessageContaining("has 1");
        List<CustomerSummary> equal = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            equal.add(CustomerSummary.of("C" + i, 1 + i, 5, 30, 9.99));
        }
        assertThatThrownBy(() -> GammaGamma.withDefaults().fit(CustomerBase.ofSummaries(equal, TimeScale.WEEKS)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("9.99");
        assertThatThrownBy(() -> TRUTH.expectedSpend(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`monetaryValue`");
        assertThatThrownBy(() -> TRUTH.expectedSpend(-1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`frequency`");
        assertThatThrownBy(() -> GammaGamma.withDefaults().withMinimumQ(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`minimumQ`");
    }

    private static CustomerBase simulate(GammaGamma.Fitted model, int customers) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            int x = i % 7;
            double sum = 0;
            for (double amount : model.simulateSpends(x, 1_000_000L + i)) {
                sum += amount;
            }
            summaries.add(CustomerSummary.of("C" + i, x, x == 0 ? 0 : 10, 30, x == 0 ? 0 : sum / x));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
