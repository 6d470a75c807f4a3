// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.Nbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.testkit.SimulatedBases;
import org.junit.jupiter.api.Test;

class InferenceTest {

    private static final CustomerBase BASE = SimulatedBases.ofShop().gridded(800, TimeScale.WEEKS, 3);

    private static FitReport report(int parameters, double logLikelihood, double customers) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters; i++) {
            values.put("p" + i, 1.0);
        }
        return FitReport.builder("model-" + parameters, values)
                .logLikelihood(logLikelihood)
                .customers(customers)
                .converged(true)
                .build();
    }

    @Test
    void theTableOfChiSquare() {
        // Upper 5 %, 1 % and .1 % points of any table.
        assertThat(LikelihoodRatioTest.of(report(1, -100, 50), report(2, -100 + 3.841459 / 2, 50))
                        .pValue())
                .isCloseTo(0.05, within(1e-7));
        assertThat(LikelihoodRatioTest.of(report(1, -100, 50), report(3, -100 + 9.210340 / 2, 50))
                        .pValue())
                .isCloseTo(0.01, within(1e-7));
        assertThat(LikelihoodRatioTest.of(report(2, -100, 50), report(5, -100 + 16.266236 / 2, 50))
                        .pValue())
                .isCloseTo(0.001, within(1e-8));
        assertThat(LikelihoodRatioTest.of(report(1, -100, 50), report(2, -100, 50))
                        .pValue())
                .isEqualTo(1);
        assertThat(LikelihoodRatioTest.of(report(1, -1e6, 50), report(2, -100, 50))
                        .pValue())
                .isZero();
    }

    @Test
    void dropoutIsNoticed() {
        LikelihoodRatioTest test = LikelihoodRatioTest.of(
                Nbd.withDefaults().fit(BASE).report().orElseThrow(),
                ParetoNbd.withDefaults().fit(BASE).report().orElseThrow());
        assertThat(test.degreesOfFreedom()).isEqualTo(2);
        assertThat(test.statistic()).isGreaterThan(20);
        assertThat(test.pValue()).isLessThan(1e-4);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LikelihoodRatioTest.of(report(2, -100, 50), report(2, -99, 50)))
                .withMessageContaining("more parameters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LikelihoodRatioTest.of(report(1, -100, 50), report(2, -99, 51)))
                .withMessageContaining("same customers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LikelihoodRatioTest.of(report(1, -98, 50), report(2, -99, 50)))
                .withMessageContaining("special case");
        FitReport stuck =
                FitReport.builder("stuck", Map.of("p", 1.0)).logLikelihood(-3).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LikelihoodRatioTest.of(stuck, report(2, -1, 0)))
                .withMessageContaining("stuck");
    }

    @Test
    void replicatesSpreadAsTheStandardErrorsSay() {
        FitReport report = BgNbd.withDefaults().fit(BASE).report().orElseThrow();
        Bootstrap.Replicates replicates =
                Bootstrap.withDefaults().withReplicates(300).withSeed(5).run(BASE, BgNbd.withDefaults()::fit);
        assertThat(replicates.fitted() + replicates.failed()).isEqualTo(300);
        assertThat(replicates.failed()).isLessThan(5);
        for (String name : new String[] {"r", "alpha"}) {
            // A standard error from 300 replicates is itself uncertain by 4 %; the model is not the truth of this base.
            double error = report.standardErrors().getOrDefault(name, Double.NaN);
            assertThat(replicates.standardErrors().getOrDefault(name, Double.NaN))
                    .as(name)
                    .isBetween(0.75 * error, 1.35 * error);
            double estimate = report.parameters().getOrDefault(name, Double.NaN);
            assertThat(replicates.quantile(name, 0.025)).isLessThan(estimate).isGreaterThan(estimate - 3 * error);
            assertThat(replicates.quantile(name, 0.975)).isGreaterThan(estimate).isLessThan(estimate + 3 * error);
        }
        assertThat(replicates.toString()).contains("300 replicates, 0 failed").contains("alpha");
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() {
        Bootstrap bootstrap = Bootstrap.withDefaults().withReplicates(20);
        Bootstrap.Replicates one = bootstrap.run(BASE, Nbd.withDefaults()::fit);
        Bootstrap.Replicates three = bootstrap.run(BASE, Nbd.withDefaults()::fit, Execution.ofThreads(3));
        assertThat(three.estimates("alpha")).containsExactly(one.estimates("alpha"));
        assertThat(bootstrap.withSeed(9).run(BASE, Nbd.withDefaults()::fit).estimates("alpha"))
                .isNotEqualTo(one.estimates("alpha"));
    }

    @Test
    void badArgumentsAreNamed() {
        Bootstrap.Replicates replicates =
                Bootstrap.withDefaults().withReplicates(2).run(BASE, Nbd.withDefaults()::fit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.withDefaults().withReplicates(1))
                .withMessageContaining("`replicates`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replicates.quantile("r", Double.NaN))
                .withMessageContaining("`probability`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replicates.estimates("beta"))
                .withMessageContaining("beta");
        CustomerBase few = SimulatedBases.ofShop().gridded(2, TimeScale.WEEKS, 3);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> Bootstrap.withDefaults().run(few, BgNbd.withDefaults()::fit))
                .withMessageContaining("0 of 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BASE.withWeights(new double[3]))
                .withMessageContaining("`weights`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BASE.withWeights(new double[BASE.size()]))
                .withMessageContaining("`weight`")
                .withMessageContaining(BASE.id(0));
    }
}
