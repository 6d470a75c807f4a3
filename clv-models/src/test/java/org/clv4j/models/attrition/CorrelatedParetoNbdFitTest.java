// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.models.Cdnow;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.internal.kernel.Sarmanov;
import org.clv4j.models.internal.kernel.SarmanovParetoGammaLikelihood;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.testkit.SimulatedBases;
import org.junit.jupiter.api.Test;

/** The fit: gradient inside and along the border, simulate and recover, the true optimum at the bound. */
class CorrelatedParetoNbdFitTest {

    private static final CorrelatedParetoNbd.Fitted TRUTH = CorrelatedParetoNbd.Fitted.of(0.8, 6, 0.9, 9, 1.4, 20);

    private static CustomerBase simulated(int customers, boolean gridded) {
        SimulatedBases bases = SimulatedBases.of(TRUTH);
        return gridded ? bases.gridded(customers, TimeScale.WEEKS, 3) : bases.continuous(customers, TimeScale.WEEKS, 3);
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        for (boolean gridded : new boolean[] {true, false}) {
            CustomerBase base = simulated(400, gridded);
            for (double[] at : new double[][] {
                {0.55, 10, 0.6, 11, 1 + 10, 1},
                {0.5, 10, 3, 60, 0.4, 1},
                {0.5, 60, 3, 9, 1.01, 20},
                {0.6, 9, 0.5, 8, 1, 1}
            }) {
                double c = at[5];
                double[] point = Arrays.copyOf(at, 5);
                double omega = (point[4] - 1)
                        * Math.exp(Sarmanov.minusLog(at[0], at[1], c) + Sarmanov.minusLog(at[2], at[3], c));
                CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.of(at[0], at[1], at[2], at[3], omega, c);
                double sum = 0;
                for (int row = 0; row < base.size(); row++) {
                    sum += model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
                }
                Objective likelihood =
                        new SarmanovParetoGammaLikelihood(RowsByFrequency.of(base), c, Execution.sequential());
                double value = likelihood.evaluate(point, new double[5]);
                assertThat(-value * base.size()).isCloseTo(sum, within(1e-11 * Math.abs(sum)));
                checkGradient(likelihood, point);
            }
        }
    }

    @Test
    void gradientAlongTheBorderIsThatOfTheLikelihood() {
        RowsByFrequency rows = RowsByFrequency.of(simulated(300, false));
        for (double[] at : new double[][] {{0.55, 10, 0.6, 11, 1, 1}, {0.6, 9, 0.5, 3, 1, 1}, {2, 6, 1.5, 8, 1, 12}}) {
            for (SarmanovBorder border : SarmanovBorder.values()) {
                double c = at[5];
                Objective likelihood = border.of(new SarmanovParetoGammaLikelihood(rows, c, Execution.sequential()), c);
                double[] start = border.start(at, c);
                double[] whole = border.expand(start, c);
                assertThat(whole[4] - 1)
                        .as("%s at %s", border, Arrays.toString(start))
                        .isCloseTo(
                                border.isUpper ? SarmanovBorder.highest(whole, c) : SarmanovBorder.lowest(whole, c),
                                within(1e-12 * (1 + Math.abs(whole[4]))));
                checkGradient(likelihood, start);
            }
        }
    }

    private static void checkGradient(Objective likelihood, double[] at) {
        double[] gradient = new double[at.length];
        likelihood.evaluate(at, gradient);
        for (int i = 0; i < at.length; i++) {
            double step = 1e-4 * at[i];
            double[] values = new double[4];
            double[] offsets = {-2, -1, 1, 2};
            for (int k = 0; k < 4; k++) {
                double[] moved = at.clone();
                moved[i] += offsets[k] * step;
                values[k] = likelihood.evaluate(moved, new double[at.length]);
            }
            double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / 12e-4;
            assertThat(gradient[i] * at[i])
                    .as("%s at %s", i, Arrays.toString(at))
                    .isCloseTo(difference, within(1e-9 * (1 + Math.abs(difference))));
        }
    }

    /** Fitted inside the bounds: no warning, and standard errors that say how far off the estimates are. */
    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        CorrelatedParetoNbd.Fitted model =
                CorrelatedParetoNbd.withDefaults().withC(20).fit(simulated(4000, true));
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        assertThat(report.warnings()).as(report.summary()).isEmpty();
        assertThat(report.standardErrors()).containsOnlyKeys("r", "alpha", "s", "beta", "omega");
        report.standardErrors()
                .forEach((parameter, error) -> assertThat(report.parameters().get(parameter))
                        .as("%s in %s", parameter, report.summary())
                        .isCloseTo(TRUTH.parameters().get(parameter), within(3 * error)));
        assertThat(report.estimatedParameters()).isEqualTo(5);
    }

    /** An implementation that stops at a bound has -9591.6658. The neighbourhood in the bounds is lower. */
    @Test
    void reachesTheBoundOnCdnow() {
        CustomerBase base = Cdnow.sample();
        FitReport report = CorrelatedParetoNbd.withDefaults().fit(base).report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        double reached = report.logLikelihood().orElseThrow();
        assertThat(reached).as(report.summary()).isGreaterThanOrEqualTo(-9591.6658);
        assertThat(report.has(Condition.BOUNDARY)).as(report.summary()).isTrue();
        assertThat(report.standardErrors()).isEmpty();
        CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.ofReport(report);
        assertThat(model.omega()).isEqualTo(model.highestOmega());
        assertThat(model.correlation()).isCloseTo(0.0883, within(1e-4));
        int[] moves = new int[4];
        for (int code = 0; code < 81; code++) {
            int rest = code;
            for (int i = 0; i < 4; i++) {
                moves[i] = rest % 3 - 1;
                rest /= 3;
            }
            double r = model.r() * (1 + 1e-3 * moves[0]);
            double alpha = model.alpha() * (1 + 1e-3 * moves[1]);
            double s = model.s() * (1 + 1e-3 * moves[2]);
            double beta = model.beta() * (1 + 1e-3 * moves[3]);
            for (double part : new double[] {1, 0.999, 0.9}) {
                CorrelatedParetoNbd.Fitted other =
                        CorrelatedParetoNbd.Fitted.of(r, alpha, s, beta, part * Sarmanov.highest(r, alpha, s, beta, 1));
                double sum = 0;
                for (int row = 0; row < base.size(); row++) {
                    sum += other.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
                }
                assertThat(sum).as("%s", other).isLessThanOrEqualTo(reached + 1e-8);
            }
        }
        LikelihoodRatioTest test = LikelihoodRatioTest.of(
                ParetoNbd.withDefaults().fit(base).report().orElseThrow(), report);
        assertThat(test.degreesOfFreedom()).isEqualTo(1);
        assertThat(test.pValue()).isCloseTo(0.01008, within(1e-5));
    }

    @Test
    void threadsDoNotChangeTheFit() {
        CustomerBase base = simulated(600, false);
        CorrelatedParetoNbd model = CorrelatedParetoNbd.withDefaults();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            assertThat(model.fit(base, Execution.ofThreads(2, pool)).parameters())
                    .isEqualTo(model.fit(base).parameters());
        } finally {
            pool.shutdown();
        }
    }
}
