// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.Nbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.inference.Bootstrap;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.junit.jupiter.api.Test;

/** The examples of docs/fitting.md. */
class FittingExamplesTest {

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

    @Test
    void threads() {
        Console.assertPrints("fitting-threads.txt", FittingExamplesTest::fitOnThreads);
    }

    private static void fitOnThreads() {
        CustomerBase base = BASE;
        // snippet:threads
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Execution execution = Execution.ofThreads(4, pool).withProgress(progress -> {
            if (progress.done() % 20 == 0) {
                System.out.println(progress);
            }
        });
        BgNbd.Fitted model = BgNbd.withDefaults().fit(base, execution);
        pool.shutdown();
        System.out.println(
                model.parameters().equals(BgNbd.withDefaults().fit(base).parameters()));
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void boundary() {
        Console.assertPrints("fitting-boundary.txt", FittingExamplesTest::fitAtTheBoundary);
    }

    private static void fitAtTheBoundary() {
        // snippet:boundary
        CustomerBase base = CustomerBase.of(Shop.log(40), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        FitReport report = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        System.out.println(report.summary());
        boolean trusted = report.converged()
                && !report.has(FitWarning.Condition.BOUNDARY)
                && !report.has(FitWarning.Condition.WEAKLY_IDENTIFIED);
        System.out.println("trusted: " + trusted);
        // end
        assertThat(trusted).isFalse();
    }

    @Test
    void prior() {
        Console.assertPrints("fitting-prior.txt", FittingExamplesTest::fitWithPriors);
    }

    private static void fitWithPriors() {
        CustomerBase base = CustomerBase.of(Shop.log(60), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        // snippet:prior
        ParetoNbd model = ParetoNbd.withDefaults().withPrior("s", 0.6, 1).withPrior("beta", 12, 1);
        System.out.println(model.fit(base).report().orElseThrow().summary());
        // end
        assertThat(model.fit(base).report().orElseThrow().standardErrors()).hasSize(4);
    }

    @Test
    void bootstrap() {
        Console.assertPrints("fitting-bootstrap.txt", FittingExamplesTest::bootstrapped);
    }

    private static void bootstrapped() {
        CustomerBase base = CustomerBase.of(Shop.log(60), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        // snippet:bootstrap
        Bootstrap.Replicates replicates =
                Bootstrap.withDefaults().withReplicates(200).withSeed(1).run(base, ParetoNbd.withDefaults()::fit);
        System.out.println(replicates);
        // end
        assertThat(replicates.fitted()).isGreaterThan(100);
    }

    @Test
    void likelihoodRatio() {
        Console.assertPrints("fitting-ratio.txt", FittingExamplesTest::compared);
    }

    private static void compared() {
        CustomerBase base = BASE;
        // snippet:likelihood-ratio
        FitReport nbd = Nbd.withDefaults().fit(base).report().orElseThrow();
        FitReport paretoNbd = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        LikelihoodRatioTest test = LikelihoodRatioTest.of(nbd, paretoNbd);
        System.out.printf(
                "2(ln L - ln L0) = %.3f with %d degrees of freedom, p = %.2g%n",
                test.statistic(), test.degreesOfFreedom(), test.pValue());
        System.out.printf(
                "AIC %.1f and %.1f%n", nbd.aic().orElseThrow(), paretoNbd.aic().orElseThrow());
        // end
        assertThat(test.pValue()).isLessThan(0.01);
    }
}
