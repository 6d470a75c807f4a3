// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.Csv;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.junit.jupiter.api.Test;

class BgNbdFitTest {

    private static final BgNbd.Fitted TRUTH = BgNbd.Fitted.of(0.6, 6, 0.9, 2.5);

    @Test
    void cdnowSample() {
        CustomerBase base = Cdnow.sample();
        BgNbd.Fitted fitted = BgNbd.withDefaults().fit(base);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-9582.42920667, within(1e-7));
        assertThat(fitted.r()).isCloseTo(0.242594522486, within(1e-9));
        assertThat(fitted.alpha()).isCloseTo(4.41360202191, within(1e-8));
        // The reference stopped where the gradient of the mean is 3e-10; here it is below 1e-15.
        assertThat(fitted.a()).isCloseTo(0.792922002506, within(5e-8));
        assertThat(fitted.b()).isCloseTo(2.42590672912, within(1e-7));
        assertThat(report.standardErrors())
                .hasEntrySatisfying("r", se -> assertThat(se).isCloseTo(0.012557, within(5e-7)))
                .hasEntrySatisfying("alpha", se -> assertThat(se).isCloseTo(0.37822, within(5e-6)))
                .hasEntrySatisfying("a", se -> assertThat(se).isCloseTo(0.18573, within(5e-6)))
                .hasEntrySatisfying("b", se -> assertThat(se).isCloseTo(0.70541, within(5e-6)));
        double alive = 0;
        double expected = 0;
        for (int row = 0; row < base.size(); row++) {
            alive += fitted.probabilityAlive(base.frequency(row), base.recency(row), base.age(row));
            expected += fitted.expectedTransactions(base.frequency(row), base.recency(row), base.age(row), 39);
        }
        assertThat(alive).isCloseTo(1917.277, within(1e-3));
        assertThat(expected).isCloseTo(1653.408, within(1e-3));
        double rate = Math.log(1.15) / 52;
        assertThat(fitted.discountedExpectedResidualTransactions(2, 30.43, 38.86, rate))
                .isCloseTo(5.1696, within(1e-4));
        // 25 digits by quadrature at the parameters to 12 digits: 16.6105172468.
        assertThat(fitted.discountedExpectedResidualTransactions(7, 35, 39, rate))
                .isCloseTo(16.6105172468, within(1e-6));
    }

    @Test
    void everyCustomerOfTheReferenceScores() {
        CustomerBase base = Cdnow.sample();
        BgNbd.Fitted model = BgNbd.Fitted.of(0.242594541510235, 4.4136018839178, 0.792919915003392, 2.42588806370538);
        List<Map<String, String>> scores = Csv.shared("reference/cdnow/clvtools_scores.csv");
        assertThat(base.size()).isEqualTo(scores.size());
        for (int row = 0; row < base.size(); row++) {
            Map<String, String> score = scores.get(row);
            assertThat(Integer.parseInt(base.id(row))).isEqualTo((int) Csv.number(score, "sample_id"));
            assertThat(model.probabilityAlive(base.frequency(row), base.recency(row), base.age(row)))
                    .isCloseTo(Csv.number(score, "bg_nbd_p_alive"), within(1e-9));
            double expected = Csv.number(score, "bg_nbd_expected_transactions_39");
            assertThat(model.expectedTransactions(base.frequency(row), base.recency(row), base.age(row), 39))
                    .isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void cdnowMaster() {
        BgNbd.Fitted fitted = BgNbd.withDefaults().fit(Cdnow.master());
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.customers()).isEqualTo(23570);
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        for (CustomerBase base : List.of(simulate(500, true), simulate(500, false), weighted(simulate(200, false)))) {
            for (boolean modified : new boolean[] {false, true}) {
                BetaGeometricLikelihood likelihood =
                        new BetaGeometricLikelihood(RowsByFrequency.of(base), modified, Execution.sequential());
                double[] point = {0.4, 5.5, 0.8, 2.2};
                double[] gradient = new double[4];
                double[] unused = new double[4];
                likelihood.evaluate(point, gradient);
                for (int i = 0; i < 4; i++) {
                    double step = 1e-5 * point[i];
                    double[] up = point.clone();
                    double[] down = point.clone();
                    up[i] += step;
                    down[i] -= step;
                    double difference =
                            (likelihood.evaluate(up, unused) - likelihood.evaluate(down, unused)) / (2 * step);
                    assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
                }
            }
        }
    }

    @Test
    void kernelsAddUpTheScalarLikelihood() {
        BgNbd.Fitted model = BgNbd.Fitted.of(0.4, 5.5, 0.8, 2.2);
        for (CustomerBase base : List.of(simulate(700, true), simulate(700, false), weighted(simulate(300, true)))) {
            double sum = 0;
            for (int row = 0; row < base.size(); row++) {
                sum += base.weight(row) * model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
            }
            BetaGeometricLikelihood likelihood =
                    new BetaGeometricLikelihood(RowsByFrequency.of(base), false, Execution.sequential());
            double mean = likelihood.evaluate(new double[] {0.4, 5.5, 0.8, 2.2}, new double[4]);
            assertThat(-mean * base.totalWeight()).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
        }
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        BgNbd.Fitted fitted = BgNbd.withDefaults().fit(simulate(20_000, false));
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        TRUTH.parameters()
                .forEach((name, truth) -> assertThat(report.parameters().get(name))
                        .as(name)
                        .isCloseTo(truth, within(3 * report.standardErrors().get(name))));
    }

    @Test
    void theStartDoesNotMatterForTheTimeUnit() {
        CustomerBase weeks = simulate(2_000, false);
        List<CustomerSummary> inDays = new ArrayList<>();
        for (int row = 0; row < weeks.size(); row++) {
            inDays.add(CustomerSummary.of(
                    weeks.id(row), weeks.frequency(row), weeks.recency(row) * 7, weeks.age(row) * 7));
        }
        BgNbd.Fitted one = BgNbd.withDefaults().fit(weeks);
        BgNbd.Fitted other = BgNbd.withDefaults().fit(CustomerBase.ofSummaries(inDays, TimeScale.DAYS));
        assertThat(other.alpha()).isCloseTo(7 * one.alpha(), within(1e-7 * one.alpha()));
        assertThat(other.r()).isCloseTo(one.r(), within(1e-8));
        assertThat(other.b()).isCloseTo(one.b(), within(1e-6));
    }

    @Test
    void withoutDropoutTheFitSaysSo() {
        // Poisson-gamma buyers who never leave: a/(a+b) has to go to 0.
        BgNbd.Fitted loyal = BgNbd.Fitted.of(2, 6, 1e-9, 1);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            double[] times = loyal.simulateTransactionTimes(50, i);
            summaries.add(
                    CustomerSummary.of("C" + i, times.length, times.length == 0 ? 0 : times[times.length - 1], 50));
        }
        FitReport report = BgNbd.withDefaults()
                .fit(CustomerBase.ofSummaries(summaries, TimeScale.WEEKS))
                .report()
                .orElseThrow();
        assertThat(report.warnings()).isNotEmpty();
        assertThat(report.has(Condition.BOUNDARY) || report.has(Condition.WEAKLY_IDENTIFIED))
                .as(report.summary())
                .isTrue();
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        assertThatThrownBy(() -> BgNbd.withDefaults().fit(base(CustomerSummary.of("one", 3, 10, 20))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 4 customers")
                .hasMessageContaining("has 1");
        CustomerSummary[] oneTime = new CustomerSummary[10];
        for (int i = 0; i < oneTime.length; i++) {
            oneTime[i] = CustomerSummary.of("C" + i, 0, 0, 10 + i);
        }
        assertThatThrownBy(() -> BgNbd.withDefaults().fit(base(oneTime)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("repeat purchases");
        assertThatThrownBy(() -> BgNbd.Fitted.of(0.2, 4, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`a`")
                .hasMessageContaining("0.0");
    }

    private static CustomerBase base(CustomerSummary... summaries) {
        return CustomerBase.ofSummaries(List.of(summaries), TimeScale.WEEKS);
    }

    private static CustomerBase simulate(int customers, boolean gridded) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = gridded ? 30 + (i % 80) / 7.0 : 30 + 12 * (i / (double) customers);
            double[] times = TRUTH.simulateTransactionTimes(age, 1000L + i);
            double last = times.length == 0 ? 0 : times[times.length - 1];
            summaries.add(CustomerSummary.of(
                    "C" + i, times.length, gridded ? Math.floor(last * 7) / 7.0 : last, age, times.length));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static CustomerBase weighted(CustomerBase base) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row).withWeight(1 + row % 3));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
