// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.PeriodicDeathOpportunity.IntervalFit;
import org.clv4j.models.internal.kernel.PeriodicDeathLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.junit.jupiter.api.Test;

/** The fit: gradient, simulate and recover, the choice of the interval, ties, and what is refused. */
class PeriodicDeathOpportunityFitTest {

    @Test
    void gradientIsThatOfTheLikelihood() {
        for (boolean gridded : new boolean[] {true, false}) {
            CustomerBase base = simulated(PeriodicDeathOpportunity.Fitted.of(3, 0.6, 8, 0.7, 4), 400, gridded);
            for (double tau : new double[] {0.1, 3, 25}) {
                double[] point = {0.5, 7, 0.6, 5};
                PeriodicDeathOpportunity.Fitted model =
                        PeriodicDeathOpportunity.Fitted.of(tau, point[0], point[1], point[2], point[3]);
                double sum = 0;
                for (int row = 0; row < base.size(); row++) {
                    sum += model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
                }
                PeriodicDeathLikelihood likelihood =
                        new PeriodicDeathLikelihood(RowsByFrequency.of(base), tau, Execution.sequential());
                for (double[] at : new double[][] {
                    point, {0.5, 40, 0.01, 0.6}, {0.5, 0.1, 10, 0.6}, {1, 6, 2, 1e3}, {9, 6, 2, 1e-3}
                }) {
                    double[] gradient = new double[4];
                    double value = likelihood.evaluate(at, gradient);
                    if (at == point) {
                        assertThat(-value * 400).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
                    }
                    for (int i = 0; i < 4; i++) {
                        double step = 1e-4 * at[i];
                        double[] values = new double[4];
                        double[] offsets = {-2, -1, 1, 2};
                        for (int k = 0; k < 4; k++) {
                            double[] moved = at.clone();
                            moved[i] += offsets[k] * step;
                            values[k] = likelihood.evaluate(moved, new double[4]);
                        }
                        double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / 12e-4;
                        assertThat(gradient[i] * at[i])
                                .as("%s at %s, interval %s", i, Arrays.toString(at), tau)
                                .isCloseTo(difference, within(1e-9 * (1 + Math.abs(difference))));
                    }
                }
            }
        }
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        PeriodicDeathOpportunity.Fitted truth = PeriodicDeathOpportunity.Fitted.of(6, 0.9, 2, 0.8, 3);
        CustomerBase base = simulated(truth, 4000, true);
        PeriodicDeathOpportunity.Fitted model =
                PeriodicDeathOpportunity.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        assertThat(model.tau()).as(report.summary()).isEqualTo(6);
        assertThat(report.standardErrors()).containsOnlyKeys("r", "alpha", "a", "b");
        report.standardErrors()
                .forEach((parameter, error) -> assertThat(report.parameters().get(parameter))
                        .as("%s in %s", parameter, report.summary())
                        .isCloseTo(truth.parameters().get(parameter), within(3 * error)));
    }

    @Test
    void onCdnowTheBestIntervalIsThreeWeeks() {
        CustomerBase base = Cdnow.sample();
        List<IntervalFit> profile = PeriodicDeathOpportunity.withDefaults().profile(base);
        assertThat(profile)
                .extracting(IntervalFit::interval)
                .startsWith(1.0, 2.0, 3.0)
                .endsWith(19.0)
                .hasSize(19);
        PeriodicDeathOpportunity.Fitted model =
                PeriodicDeathOpportunity.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(model.tau()).isEqualTo(3);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-9585.080, within(1e-3));
        assertThat(model.r()).isCloseTo(.5211, within(1e-4));
        assertThat(model.alpha()).isCloseTo(10.3149, within(1e-3));
        assertThat(model.a()).isCloseTo(.4181, within(1e-4));
        assertThat(model.b()).isCloseTo(2.3221, within(1e-3));
        for (IntervalFit fit : profile) {
            assertThat(fit.report().converged()).as(fit.report().summary()).isTrue();
            assertThat(fit.logLikelihood())
                    .isLessThanOrEqualTo(report.logLikelihood().orElseThrow());
        }
        // The fit of a stated interval is the same.
        FitReport stated =
                PeriodicDeathOpportunity.withInterval(3).fit(base).report().orElseThrow();
        report.parameters()
                .forEach((name, value) ->
                        assertThat(stated.parameters().get(name)).isCloseTo(value, within(1e-7 * value)));
        // Opportunities just before the many purchases at multiples of three weeks, not just after them.
        FitReport earlier =
                PeriodicDeathOpportunity.withInterval(2.9999).fit(base).report().orElseThrow();
        assertThat(earlier.logLikelihood().orElseThrow()).isCloseTo(-9585.080 - 12, within(0.5));
        // Short intervals are Pareto/NBD.
        FitReport shortest =
                PeriodicDeathOpportunity.withInterval(0.01).fit(base).report().orElseThrow();
        assertThat(shortest.logLikelihood().orElseThrow()).isCloseTo(-9594.97618, within(0.1));
    }

    /** A purchase comes before an opportunity at its moment, and that before now; rounding does not matter. */
    @Test
    void tiesHaveOneOrder() {
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(3, 0.5211, 10.3149, 0.4181, 2.3221);
        double before = model.probabilityAlive(1, 3, 8);
        assertThat(model.probabilityAlive(1, 3 + 1e-3, 8)).isGreaterThan(before + 0.05);
        assertThat(model.probabilityAlive(1, 3 - 1e-3, 8)).isCloseTo(before, within(1e-3));
        assertThat(model.probabilityAlive(1, 21 / 7.0, 8)).isEqualTo(before);
        assertThat(model.probabilityAlive(1, 3, 3)).isCloseTo(2.3221 / (2.3221 + 0.4181), within(1e-15));
        assertThat(model.probabilityAlive(1, 3.1, 3.1)).isEqualTo(1);
        double past = model.probabilityAlive(0, 0, 9);
        assertThat(model.probabilityAlive(0, 0, 9 - 1e-3)).isGreaterThan(past + 0.05);
        assertThat(model.probabilityAlive(0, 0, 9 + 1e-3)).isCloseTo(past, within(1e-3));
        assertThat(model.probabilityAliveAt(0, 0, 0, 3)).isCloseTo(2.3221 / (2.3221 + 0.4181), within(1e-15));
        for (int n = 1; n <= 2000; n++) {
            // Days of a week, by sums and by division, and as a file may have rounded them.
            double week = 0;
            for (int day = 0; day < 21 && n == 1; day++) {
                week += 1 / 7.0;
            }
            for (double age : new double[] {n * 21 / 7.0, n * 3 * (1 / 7.0) * 7, Math.rint(n * 3e9) / 1e9, 3 * n}) {
                assertThat(model.probabilityAlive(0, 0, age))
                        .isCloseTo(model.probabilityAlive(0, 0, 3 * n), within(1e-12));
            }
            assertThat(week == 0 || model.probabilityAliveAt(0, 0, 0, week) < 1).isTrue();
        }
        // An interval that no double is, on a grid of days.
        PeriodicDeathOpportunity.Fitted days =
                PeriodicDeathOpportunity.Fitted.of(10 / 7.0, 0.5211, 10.3149, 0.4181, 2.3221);
        for (int n = 1; n <= 2000; n++) {
            double stays = 1;
            for (int i = 0; i < n; i++) {
                stays *= (2.3221 + i) / (2.3221 + 0.4181 + i);
            }
            assertThat(days.probabilityAliveAt(0, 0, 0, 10 * n / 7.0)).isCloseTo(stays, within(1e-13));
        }
    }

    @Test
    void intervalsThatTellNothingAreRefused() {
        CustomerBase base = simulated(PeriodicDeathOpportunity.Fitted.of(3, 0.6, 8, 0.7, 4), 100, true);
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withInterval(200).fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nobody had an opportunity to leave");
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withInterval(1e-4).fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("pareto-nbd");
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withInterval(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`tau`");
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withDefaults().profile(base, List.of(1, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`tau`");
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withDefaults().withPrior("tau", 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`parameter`");
        CustomerBase young = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 1, 0.5, 1.5),
                        CustomerSummary.of("b", 0, 0, 1.5),
                        CustomerSummary.of("c", 0, 0, 1),
                        CustomerSummary.of("d", 2, 1, 1.9)),
                TimeScale.YEARS);
        assertThatThrownBy(() -> PeriodicDeathOpportunity.withDefaults().fit(young))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("longest age is 1.9");
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(1e-9, 1, 1, 1, 1);
        assertThatThrownBy(() -> model.probabilityAlive(0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`age` must be at most 5e8 intervals");
        assertThatThrownBy(() -> model.expectedTransactions(0, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`horizon` must be at most 5e8 intervals");
        assertThatThrownBy(() -> model.probabilityAliveInto(base, 0, 100, new double[100]))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customer C0");
    }

    /** A belief of a parameter that the data do not contradict is where the fit ends. */
    @Test
    void priorsPullEstimates() {
        CustomerBase base = simulated(PeriodicDeathOpportunity.Fitted.of(6, 0.9, 2, 0.8, 3), 300, true);
        PeriodicDeathOpportunity model = PeriodicDeathOpportunity.withInterval(6);
        double free = model.fit(base).b();
        Map<String, Double> pulled =
                model.withPrior("b", 10 * free, 0.01).fit(base).parameters();
        assertThat(pulled.get("b")).isCloseTo(10 * free, within(free));
        assertThat(pulled.get("tau")).isEqualTo(6);
    }

    private static CustomerBase simulated(PeriodicDeathOpportunity.Fitted truth, int customers, boolean gridded) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = gridded ? 30 + (i % 350) / 7.0 : 30 + 0.013 * i;
            double[] times = truth.simulateTransactionTimes(age, i);
            double last = times.length == 0 ? 0 : times[times.length - 1];
            double recency = gridded ? Math.floor(last * 7) / 7 : last;
            summaries.add(CustomerSummary.of("C" + i, times.length, recency, age));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
