// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.models.Cdnow;
import org.clv4j.models.internal.kernel.GompertzGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.junit.jupiter.api.Test;

/** The fit: gradient, simulate and recover, and the collapse to Pareto/NBD. */
class GGompertzNbdFitTest {

    @Test
    void gradientIsThatOfTheLikelihood() {
        for (boolean gridded : new boolean[] {true, false}) {
            GGompertzNbd.Fitted truth = GGompertzNbd.Fitted.of(0.6, 8, 0.05, 0.7, 0.8);
            CustomerBase base = simulated(truth, 400, gridded);
            double[] point = {0.5, 7, 0.04, 0.6, 1.2};
            GGompertzNbd.Fitted model = GGompertzNbd.Fitted.of(point[0], point[1], point[2], point[3], point[4]);
            double sum = 0;
            for (int row = 0; row < base.size(); row++) {
                sum += model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
            }
            GompertzGammaLikelihood likelihood =
                    new GompertzGammaLikelihood(RowsByFrequency.of(base), Execution.sequential());
            for (double[] at : new double[][] {
                point, {0.5, 40, 0.01, 0.6, 0.1}, {0.5, 0.1, 1, 0.6, 1e6}, {1, 6, 1e-4, 2, 1e-3}, {1, 6, 0.3, 2, 1}
            }) {
                double[] gradient = new double[5];
                double value = likelihood.evaluate(at, gradient);
                if (at == point) {
                    assertThat(-value * 400).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
                }
                for (int i = 0; i < 5; i++) {
                    double step = 1e-4 * at[i];
                    double[] values = new double[4];
                    double[] offsets = {-2, -1, 1, 2};
                    for (int k = 0; k < 4; k++) {
                        double[] moved = at.clone();
                        moved[i] += offsets[k] * step;
                        values[k] = likelihood.evaluate(moved, new double[5]);
                    }
                    double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / 12e-4;
                    assertThat(gradient[i] * at[i])
                            .as("%s at %s", i, Arrays.toString(at))
                            .isCloseTo(difference, within(1e-9 * (1 + Math.abs(difference))));
                }
            }
        }
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        double[] truth = {0.8, 4, 0.15, 1.5, 20};
        CustomerBase base =
                simulated(GGompertzNbd.Fitted.of(truth[0], truth[1], truth[2], truth[3], truth[4]), 4000, true);
        GGompertzNbd.Fitted model = GGompertzNbd.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        int i = 0;
        for (String parameter : report.parameters().keySet()) {
            assertThat(report.parameters().get(parameter))
                    .as("%s in %s", parameter, report.summary())
                    .isCloseTo(truth[i], within(3 * report.standardErrors().get(parameter)));
            i++;
        }
    }

    /** The supremum is that of Pareto/NBD, where b is 0: the fit goes there and says so. */
    @Test
    void collapsesToParetoNbdOnCdnow() {
        CustomerBase base = Cdnow.sample();
        GGompertzNbd.Fitted model = GGompertzNbd.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        assertThat(report.logLikelihood().orElseThrow())
                .as(report.summary())
                .isCloseTo(-9594.97618, within(2e-3))
                .isLessThan(-9594.97617894 + 1e-7);
        assertThat(report.warnings())
                .as(report.summary())
                .anyMatch(warning -> warning.condition() == Condition.BOUNDARY
                        && warning.message().contains("`b`"));
        assertThat(report.evaluations()).isLessThan(1500);
        ParetoNbd.Fitted limit = ParetoNbd.withDefaults().fit(base);
        assertThat(model.r()).isCloseTo(limit.r(), within(1e-3 * limit.r()));
        assertThat(model.alpha()).isCloseTo(limit.alpha(), within(1e-3 * limit.alpha()));
        assertThat(model.s()).isCloseTo(limit.s(), within(1e-2 * limit.s()));
        assertThat(model.beta() / model.b()).isCloseTo(limit.beta(), within(1e-2 * limit.beta()));
    }

    private static CustomerBase simulated(GGompertzNbd.Fitted truth, int customers, boolean gridded) {
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
