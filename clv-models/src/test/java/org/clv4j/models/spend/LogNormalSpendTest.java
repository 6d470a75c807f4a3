// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.internal.kernel.NormalMeansLikelihood;
import org.clv4j.models.internal.kernel.Occasions;
import org.clv4j.models.internal.kernel.SpendRows;
import org.clv4j.models.internal.kernel.WithinSpend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogNormalSpendTest {

    private static final LogNormalSpend.Fitted TRUTH = LogNormalSpend.Fitted.of(3.3, 0.6, 0.5);

    /** Against an optimiser without gradients on the same likelihood, written apart from the library. */
    @Test
    void cdnowSample() {
        LogNormalSpend.Fitted fitted = LogNormalSpend.withDefaults().fit(Cdnow.sample());
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.customers()).isEqualTo(946);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-4067.318626715, within(1e-6));
        assertThat(fitted.mu()).isCloseTo(3.28781085, within(1e-6));
        assertThat(fitted.tau()).isCloseTo(0.4788647, within(1e-6));
        assertThat(fitted.sigma()).isCloseTo(0.55645608, within(1e-6));
        assertThat(report.standardErrors().get("mu")).isCloseTo(0.02195, within(1e-5));
        assertThat(report.standardErrors().get("tau")).isCloseTo(0.03188, within(1e-5));
        assertThat(report.standardErrors().get("sigma")).isCloseTo(0.04550, within(1e-5));
        assertThat(fitted.expectedSpendOfNewCustomer()).isCloseTo(35.06797, within(1e-4));
    }

    /** The likelihood is that of another distribution; up to σ = 0.8 that costs no more than 2 %, or chance alone makes more. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.8})
    void simulatedCustomersGiveTheirParametersBack(double sigma) {
        LogNormalSpend.Fitted truth = LogNormalSpend.Fitted.of(3.3, 0.6, sigma);
        LogNormalSpend.Fitted fitted = LogNormalSpend.withDefaults().fit(SimulatedSpend.base(truth, 100_000));
        FitReport report = fitted.report().orElseThrow();

        assertThat(report.converged()).isTrue();
        truth.parameters().forEach((name, value) -> assertThat(
                        report.parameters().get(name))
                .as(name)
                .isCloseTo(
                        value,
                        within(Math.max(
                                0.02 * value, 3 * report.standardErrors().get(name)))));
        assertThat(fitted.expectedSpendOfNewCustomer())
                .isCloseTo(truth.expectedSpendOfNewCustomer(), Percentage.withPercentage(1));
    }

    /** What remains of the approximation where amounts of one customer spread widely, as the documentation says. */
    @Test
    void wideAmountsBiasTheSpreadOfCustomers() {
        LogNormalSpend.Fitted truth = LogNormalSpend.Fitted.of(3.3, 0.6, 1.2);
        LogNormalSpend.Fitted fitted = LogNormalSpend.withDefaults().fit(SimulatedSpend.base(truth, 100_000));

        assertThat(fitted.tau() / truth.tau()).isBetween(0.9, 0.96);
        assertThat(fitted.sigma() / truth.sigma()).isBetween(0.97, 1.02);
        assertThat(fitted.expectedSpendOfNewCustomer() / truth.expectedSpendOfNewCustomer())
                .isBetween(0.97, 0.995);
    }

    /** What is expected of customers with a history is what they spend, on average over customers. */
    @Test
    void expectedSpendIsRightOnAverage() {
        double expected = 0;
        double spent = 0;
        for (int i = 0; i < 40_000; i++) {
            double[] amounts = TRUTH.simulateSpends(5, i);
            expected += TRUTH.expectedSpend(4, Arrays.stream(amounts).limit(4).sum() / 4);
            spent += amounts[4];
        }
        assertThat(expected).isCloseTo(spent, Percentage.withPercentage(1.5));
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        CustomerBase base = SimulatedSpend.base(TRUTH, 400);
        SpendRows rows = SpendRows.ofPositive(base, Occasions.REPEAT).with(Math::log);
        for (double sigma : new double[] {0.3, 0.999, 1.7, 4}) {
            Gradients.check(
                    new NormalMeansLikelihood(rows, WithinSpend.LOG_NORMAL), new double[] {3.1, 0.5, sigma}, 1e-8);
        }
        LogNormalSpend.Fitted fitted = LogNormalSpend.withDefaults().fit(base);
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0) {
                sum += fitted.logLikelihood(base.frequency(row), base.monetaryValue(row));
            }
        }
        assertThat(fitted.report().orElseThrow().logLikelihood().orElseThrow())
                .isCloseTo(sum, within(1e-11 * Math.abs(sum)));
    }

    /** The variance of the logarithm of a mean has two formulas, for small and for large σ, that meet. */
    @Test
    void varianceOfTheMeanIsOneFunction() {
        for (int x : new int[] {1, 2, 50, 1_000_000}) {
            double below = WithinSpend.LOG_NORMAL.variance(Math.nextDown(1.0), x);
            assertThat(WithinSpend.LOG_NORMAL.variance(1, x)).isCloseTo(below, within(1e-14 * below));
            assertThat(WithinSpend.LOG_NORMAL.variance(1e-10, x)).isCloseTo(1e-10 / x, within(1e-19));
            assertThat(WithinSpend.LOG_NORMAL.variance(1e6, x)).isCloseTo(1e6 - Math.log(x), within(1e-9));
        }
        assertThat(WithinSpend.LOG_NORMAL.variance(0.37, 1)).isCloseTo(0.37, within(1e-16));
    }

    @Test
    void customersWithoutALogarithmAreLeftOutAndPredictedAsNewOnes() {
        CustomerBase base = SimulatedSpend.base(TRUTH, 300);
        FitReport without = LogNormalSpend.withDefaults().fit(base).report().orElseThrow();
        CustomerBase more = SimulatedSpend.with(
                base, CustomerSummary.of("zero", 2, 5, 30, 0), CustomerSummary.of("refunded", 1, 5, 30, -4));
        LogNormalSpend.Fitted fitted = LogNormalSpend.withDefaults().fit(more);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.has(Condition.CUSTOMERS_LEFT_OUT)).isTrue();
        assertThat(report.warnings().get(0).message()).startsWith("2 customers whose repeat purchases");
        assertThat(report.parameters()).isEqualTo(without.parameters());
        double[] out = new double[2];
        fitted.expectedSpendInto(more, base.size(), more.size(), out);
        assertThat(out).containsOnly(fitted.expectedSpendOfNewCustomer());
    }

    @Test
    void oneFrequencyDoesNotTellTheVariancesApart() {
        CustomerBase base = SimulatedSpend.ofFrequency(TRUTH, 2, 500);
        assertThatThrownBy(() -> LogNormalSpend.withDefaults().fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all 500 have 2");
    }

    @Test
    void whatIsBeyondNumbersIsRefused() {
        assertThatThrownBy(LogNormalSpend.Fitted.of(600, 20, 1)::expectedSpendOfNewCustomer)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("than a number can hold");
        assertThat(LogNormalSpend.Fitted.of(600, 20, 1).spendQuantile(0, 0, 0.999999))
                .isFinite();
        assertThatThrownBy(() -> TRUTH.logLikelihood(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`monetaryValue`");
        assertThatThrownBy(() -> TRUTH.logLikelihood(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`frequency`");
    }
}
