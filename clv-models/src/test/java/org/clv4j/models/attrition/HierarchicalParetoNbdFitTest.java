// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.models.Cdnow;
import org.clv4j.models.inference.Posterior;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fit: the paper's posterior, simulate and recover, and how chains are run. */
class HierarchicalParetoNbdFitTest {

    /** The posterior medians lie in the paper's 95 % intervals, for the CDNOW sample in weeks. */
    @Test
    void cdnowIsAsPublished() {
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.withDefaults().fit(Cdnow.sample());
        FitReport report = model.report().orElseThrow();
        Posterior posterior = model.posterior().orElseThrow();
        assertThat(report.converged()).as(posterior.toString()).isTrue();
        assertThat(posterior.largestRHat()).isLessThan(1.05);
        assertThat(posterior.smallestEffectiveSize()).isGreaterThan(200);
        assertThat(model.meanLogLambda()).as(posterior.toString()).isBetween(-3.74, -3.37);
        assertThat(model.meanLogMu()).as(posterior.toString()).isBetween(-3.98, -3.42);
        assertThat(model.varLogLambda()).as(posterior.toString()).isBetween(1.19, 1.69);
        assertThat(model.varLogMu()).as(posterior.toString()).isBetween(1.35, 5.17);
        assertThat(model.covLog()).as(posterior.toString()).isBetween(-0.11, 0.76);
        for (Map.Entry<String, Double> median : model.parameters().entrySet()) {
            assertThat(median.getValue()).isEqualTo(posterior.median(median.getKey()));
        }
    }

    @Tag("study")
    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        double[] truth = {-1.5, -3, 0.8, 1.5, 0.5};
        CustomerBase base = simulated(truth, 1000);
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.withDefaults().withDraws(100, 250).fit(base);
        Posterior posterior = model.posterior().orElseThrow();
        assertThat(model.report().orElseThrow().converged())
                .as(posterior.toString())
                .isTrue();
        int i = 0;
        for (String parameter : posterior.parameters()) {
            assertThat(truth[i])
                    .as("%s in %s", parameter, posterior)
                    .isBetween(posterior.quantile(parameter, 0.001), posterior.quantile(parameter, 0.999));
            // It is told, and not just believed: the prior alone has an interval of some units.
            assertThat(posterior.quantile(parameter, 0.975) - posterior.quantile(parameter, 0.025))
                    .isLessThan(1.6);
            i++;
        }
    }

    @Test
    void threadsDoNotMatterAndSeedsDo() {
        CustomerBase base = simulated(new double[] {-1.5, -3, 0.8, 1.5, 0.5}, 60);
        HierarchicalParetoNbd shortly =
                HierarchicalParetoNbd.withDefaults().withChains(3).withDraws(20, 30);
        HierarchicalParetoNbd.Fitted one = shortly.fit(base);
        HierarchicalParetoNbd.Fitted two = shortly.fit(base, Execution.ofThreads(2));
        assertThat(two.parameters()).isEqualTo(one.parameters());
        Posterior posterior = one.posterior().orElseThrow();
        assertThat(posterior.chains()).isEqualTo(3);
        assertThat(posterior.drawsPerChain()).isEqualTo(30);
        for (int chain = 0; chain < 3; chain++) {
            assertThat(two.posterior().orElseThrow().draws("cov_log", chain))
                    .isEqualTo(posterior.draws("cov_log", chain));
        }
        assertThat(posterior.draws("cov_log", 1)).isNotEqualTo(posterior.draws("cov_log", 0));
        assertThat(shortly.withSeed(5).fit(base).parameters()).isNotEqualTo(one.parameters());
        assertThat(shortly.withThinning(2).fit(base).parameters()).isNotEqualTo(one.parameters());
        assertThat(one.report().orElseThrow().provenance())
                .containsEntry("seed", "20090528")
                .containsEntry("draws", "3 chains of 30, one of 1 sweeps, after 20")
                .containsKeys("r_hat_max", "ess_min", "prior");
    }

    /** A warning instead of a result. */
    @Test
    void chainsThatHaveNotMixedSaySo() {
        CustomerBase base = simulated(new double[] {-1.5, -3, 0.8, 1.5, 0.5}, 60);
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.withDefaults().withDraws(1, 10).fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(model.posterior().orElseThrow().largestRHat()).isGreaterThan(1.05);
        assertThat(report.converged()).isFalse();
        assertThat(report.has(Condition.NOT_CONVERGED)).isTrue();
        assertThat(report.summary()).contains("the chains have not mixed").contains("NOT CONVERGED");
    }

    @Test
    void progressIsToldAndCancels() {
        CustomerBase base = simulated(new double[] {-1.5, -3, 0.8, 1.5, 0.5}, 60);
        HierarchicalParetoNbd model = HierarchicalParetoNbd.withDefaults().withDraws(20, 2000);
        AtomicInteger steps = new AtomicInteger();
        Execution execution = Execution.sequential().withProgress(progress -> {
            if (progress.done() > 0) {
                steps.incrementAndGet();
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> model.fit(base, execution)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps.get()).isEqualTo(1);
    }

    @Test
    void whatIsNotACovarianceMatrixIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HierarchicalParetoNbd.Fitted.of(-3, -3, 1, 4, 2))
                .withMessageContaining("`cov_log`")
                .withMessageContaining("2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HierarchicalParetoNbd.Fitted.of(-3, -3, 1, 4, -2.5))
                .withMessageContaining("but was -2.5");
        assertThat(HierarchicalParetoNbd.Fitted.of(-3, -3, 1, 4, 1.99).posterior())
                .isEmpty();
    }

    @Test
    void settingsAreChecked() {
        HierarchicalParetoNbd model = HierarchicalParetoNbd.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withChains(0))
                .withMessageContaining("`chains`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withDraws(0, 10))
                .withMessageContaining("`burnIn`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withDraws(1, 9))
                .withMessageContaining("`kept`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withThinning(0))
                .withMessageContaining("`sweeps`");
    }

    /** Where customers are alike, one rate for everybody, the variances are small and told by the prior as well. */
    @Test
    void alikeCustomersAreFitted() {
        CustomerBase base = CustomerBase.ofSummaries(
                IntStream.range(0, 300)
                        .mapToObj(i -> CustomerSummary.of("C" + i, 4 + i % 3, 26 + i % 2, 30))
                        .toList(),
                TimeScale.WEEKS);
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.withDefaults().withDraws(150, 350).fit(base);
        assertThat(Math.exp(model.meanLogLambda())).isBetween(0.14, 0.2);
        assertThat(model.varLogLambda()).isLessThan(0.1);
    }

    private static CustomerBase simulated(double[] truth, int customers) {
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.Fitted.of(truth[0], truth[1], truth[2], truth[3], truth[4]);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = 30 + (i % 350) / 7.0;
            double[] times = model.simulateTransactionTimes(age, 1_000_000 + i);
            double last = Arrays.stream(times).max().orElse(0);
            summaries.add(CustomerSummary.of("C" + i, times.length, last, age));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
