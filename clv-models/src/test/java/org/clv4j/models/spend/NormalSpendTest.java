// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.internal.kernel.NormalMeansLikelihood;
import org.clv4j.models.internal.kernel.SpendRows;
import org.clv4j.models.internal.kernel.WithinSpend;
import org.junit.jupiter.api.Test;

class NormalSpendTest {

    private static final NormalSpend.Fitted TRUTH = NormalSpend.Fitted.of(12, 15, 25);

    /** Against an optimiser without gradients on the same likelihood, written apart from the library. */
    @Test
    void cdnowSample() {
        FitReport report =
                NormalSpend.withDefaults().fit(Cdnow.sample()).report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.has(Condition.WEAKLY_IDENTIFIED)).isTrue();
        assertThat(report.customers()).isEqualTo(946);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-4568.24366935, within(1e-6));
        assertThat(report.parameters().get("mu")).isCloseTo(35.08637791, within(1e-5));
        assertThat(report.parameters().get("tau")).isCloseTo(30.18150, within(1e-3));
        assertThat(report.parameters().get("sigma")).isCloseTo(2.82938, within(1e-2));
        assertThat(report.standardErrors().get("mu")).isCloseTo(0.99127, within(1e-4));
        assertThat(report.standardErrors().get("tau")).isCloseTo(1.3866, within(1e-3));
        assertThat(report.standardErrors().get("sigma")).isCloseTo(19.756, within(0.1));
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        FitReport report = NormalSpend.withDefaults()
                .fit(SimulatedSpend.base(TRUTH, 20_000))
                .report()
                .orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        TRUTH.parameters()
                .forEach((name, truth) -> assertThat(report.parameters().get(name))
                        .as(name)
                        .isCloseTo(truth, within(3 * report.standardErrors().get(name))));
        // In this large sample μ is hardly correlated with the other two, and its error is that of a weighted mean.
        assertThat(report.standardErrors().get("mu")).isBetween(0.1, 0.25);
    }

    /** Margins around zero and below: a bound on μ that is only there for the optimiser must not be felt. */
    @Test
    void meansMayBeNegative() {
        NormalSpend.Fitted losses = NormalSpend.Fitted.of(-40, 3, 8);
        NormalSpend.Fitted fitted = NormalSpend.withDefaults().fit(SimulatedSpend.base(losses, 5_000));
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(fitted.mu())
                .isCloseTo(-40, within(3 * report.standardErrors().get("mu")));
        assertThat(fitted.expectedSpend(2, -50)).isBetween(-50.0, fitted.mu());
        assertThat(fitted.expectedSpend(2, 0)).isNegative();
    }

    /** One heavy buyer far from the rest has nearly all the weight where τ is small; μ is still found. */
    @Test
    void aHeavyBuyerFarOutIsNoBound() {
        CustomerBase base = SimulatedSpend.with(
                SimulatedSpend.base(NormalSpend.Fitted.of(20, 1e-3, 10), 500),
                CustomerSummary.of("heavy", 100_000, 10, 30, -30));
        NormalSpend.Fitted fitted = NormalSpend.withDefaults().fit(base);
        SpendRows rows = SpendRows.ofAny(base);
        NormalMeansLikelihood likelihood = new NormalMeansLikelihood(rows, WithinSpend.NORMAL);
        double[] gradient = new double[3];
        likelihood.evaluate(new double[] {fitted.mu(), fitted.tau(), fitted.sigma()}, gradient);
        assertThat(fitted.report().orElseThrow().converged()).isTrue();
        assertThat(gradient[0] * fitted.tau()).isCloseTo(0, within(1e-6));
        assertThat(gradient[2] * fitted.sigma()).isCloseTo(0, within(1e-6));
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        CustomerBase base = SimulatedSpend.base(TRUTH, 400);
        Gradients.check(
                new NormalMeansLikelihood(SpendRows.ofAny(base), WithinSpend.NORMAL), new double[] {10, 12, 20}, 1e-8);
        NormalSpend.Fitted model = NormalSpend.Fitted.of(10, 12, 20);
        double sum = 0;
        int used = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0) {
                sum += model.logLikelihood(base.frequency(row), base.monetaryValue(row));
                used++;
            }
        }
        double mean = new NormalMeansLikelihood(SpendRows.ofAny(base), WithinSpend.NORMAL)
                .evaluate(new double[] {10, 12, 20}, new double[3]);
        assertThat(-mean * used).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
    }

    @Test
    void oneFrequencyDoesNotTellTheVariancesApart() {
        CustomerBase base = SimulatedSpend.ofFrequency(TRUTH, 2, 500);
        assertThatThrownBy(() -> NormalSpend.withDefaults().fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all 500 have 2");
    }

    @Test
    void expectedSpendIsTheCredibilityFormula() {
        assertThat(TRUTH.expectedSpend(4, 30)).isCloseTo((4 * 225 * 30 + 625 * 12) / (4 * 225 + 625.0), within(1e-12));
        assertThat(TRUTH.expectedSpendOfNewCustomer()).isEqualTo(12);
        // Scales at the ends of the range of numbers.
        assertThat(NormalSpend.Fitted.of(1, 1e-200, 1e-200).expectedSpend(1, 3)).isEqualTo(2);
        assertThat(NormalSpend.Fitted.of(1, 1e-300, 1e300).expectedSpend(1, 3)).isEqualTo(1);
        assertThat(NormalSpend.Fitted.of(1, 1e300, 1e-300).expectedSpend(1, 3)).isEqualTo(3);
        assertThat(NormalSpend.Fitted.of(1, 1e300, 1e-300).probabilityOfSpendBelow(1, 3, 3))
                .isBetween(0.0, 1.0);
    }

    @Test
    void zerosAreAmountsAndEqualOnesAreRefused() {
        CustomerBase base = SimulatedSpend.base(TRUTH, 300);
        CustomerBase more = SimulatedSpend.with(base, CustomerSummary.of("zero", 2, 5, 30, 0));
        FitReport report = NormalSpend.withDefaults().fit(more).report().orElseThrow();
        assertThat(report.customers())
                .isEqualTo(NormalSpend.withDefaults()
                                .fit(base)
                                .report()
                                .orElseThrow()
                                .customers()
                        + 1);
        assertThat(report.has(Condition.CUSTOMERS_LEFT_OUT)).isFalse();
        List<CustomerSummary> equal = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            equal.add(CustomerSummary.of("C" + i, 1 + i, 5, 30, -3.5));
        }
        assertThatThrownBy(() -> NormalSpend.withDefaults().fit(CustomerBase.ofSummaries(equal, TimeScale.WEEKS)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("-3.5");
        assertThatThrownBy(() -> NormalSpend.withDefaults().fit(CustomerBase.ofSummaries(List.of(), TimeScale.WEEKS)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 3 customers with repeat purchases");
    }
}
