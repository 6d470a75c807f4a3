// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.retention.KaplanMeier;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.contract.BetaDiscreteWeibull;
import org.clv4j.models.contract.ConstantRetention;
import org.clv4j.models.contract.ContinuedSurvival;
import org.clv4j.models.contract.ShiftedBetaGeometric;
import org.clv4j.models.contract.WeibullAft;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/contract.md. */
class RetentionModelExamplesTest {

    @Test
    void fit() {
        Console.assertPrints("contract-fit.txt", RetentionModelExamplesTest::fitCohorts);
    }

    private static void fitCohorts() {
        // snippet:contract-fit
        List<Double> regular = List.of(1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0);
        RetentionData data = RetentionData.ofCohorts(List.of(regular), 12);
        ShiftedBetaGeometric.Fitted model = ShiftedBetaGeometric.withDefaults().fit(data);
        System.out.println(model.report().orElseThrow().summary());
        System.out.println("renewals  survival  retention rate");
        for (int n : new int[] {1, 2, 4, 7, 12}) {
            System.out.printf(
                    "%8d %9.4f %15.4f%n",
                    n, model.survival(n), model.retentionRate(n).value());
        }
        // end
        assertThat(model.alpha()).isCloseTo(0.704077, within(1e-6));
    }

    @Test
    void projections() {
        Console.assertPrints("contract-project.txt", RetentionModelExamplesTest::project);
    }

    private static void project() {
        // snippet:contract-project
        double[] regular = {1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173};
        double[] highEnd = {1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394};
        System.out.println("                          alpha     beta       c  after 8      12");
        for (double[] actual : List.of(regular, highEnd)) {
            List<Double> survivors = new ArrayList<>();
            for (double count : actual) {
                survivors.add(count);
            }
            System.out.printf("actual                                           %8.0f %7.0f%n", actual[8], actual[12]);
            for (int renewals : new int[] {4, 7}) {
                RetentionData data =
                        RetentionData.ofCohorts(List.of(survivors), 12).until(renewals);
                for (RetentionModel model :
                        List.of(ShiftedBetaGeometric.withDefaults(), BetaDiscreteWeibull.withDefaults())) {
                    FittedRetentionModel fitted = model.fit(data);
                    Map<String, Double> found = fitted.parameters();
                    System.out.printf(
                            "%-4s from %d renewals %10.6f %8.6f %s %8.1f %7.1f%n",
                            fitted.name(),
                            renewals,
                            found.get("alpha"),
                            found.get("beta"),
                            found.containsKey("c") ? String.format("%8.6f", found.get("c")) : "        ",
                            1000 * fitted.survival(8),
                            1000 * fitted.survival(12));
                }
            }
        }
        // end
        assertThat(regular).hasSameSizeAs(highEnd);
    }

    @Test
    void values() {
        Console.assertPrints("contract-values.txt", RetentionModelExamplesTest::value);
    }

    private static void value() {
        // snippet:contract-values
        ShiftedBetaGeometric.Fitted model = ShiftedBetaGeometric.Fitted.of(0.764, 1.296);
        ConstantRetention.Fitted constant = ConstantRetention.Fitted.of(0.833);
        double rate = 0.10;
        System.out.println("at renewal      sBG  constant  elasticity of the sBG value");
        for (int n : new int[] {1, 2, 5}) {
            // About to decide on the n-th renewal, and to pay 100 at once if it comes to that.
            double residual = (1 + rate) * model.discountedExpectedLifetime(n - 1, rate, PaymentTiming.RESIDUAL);
            double same = (1 + rate) * constant.discountedExpectedLifetime(n - 1, rate, PaymentTiming.RESIDUAL);
            double elasticity = model.retentionElasticity(n - 1, rate, PaymentTiming.RESIDUAL);
            System.out.printf("%10d %8.1f %9.1f %12.4f%n", n, 100 * residual, 100 * same, elasticity);
        }
        System.out.printf(
                "new, with the first payment  %.6f%n", model.discountedExpectedLifetime(0, rate, PaymentTiming.BEGIN));
        System.out.printf(
                "new, without                 %.6f%n",
                model.discountedExpectedLifetime(0, rate, PaymentTiming.RESIDUAL));
        System.out.printf(
                "within 5 periods             %.6f%n",
                model.discountedExpectedLifetime(0, 5, rate, PaymentTiming.BEGIN));
        System.out.printf("periods paid within 10       %.6f%n", model.expectedLifetime(0, 10));
        System.out.println("periods paid for ever        " + model.expectedLifetime(0));
        // end
        assertThat(model.expectedLifetime(0)).isEmpty();
    }

    @Test
    void covariates() {
        Console.assertPrints("contract-covariates.txt", RetentionModelExamplesTest::fitWithCovariates);
    }

    private static void fitWithCovariates() {
        // snippet:contract-covariates
        Random random = new Random(3);
        List<Contract> contracts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String plan = random.nextInt(3) == 0 ? "family" : "single";
            // Families stay twice as long.
            WeibullAft.Fitted truth = WeibullAft.Fitted.of(plan.equals("family") ? 20 : 10, 1.2);
            int leaves = truth.drawLeaving(0, random);
            LocalDate start = LocalDate.of(2023, 1 + random.nextInt(12), 1);
            Contract contract = Contract.since("C" + i, start).withAttribute("plan", plan);
            LocalDate end = start.plusMonths(Math.min(leaves, 1000));
            contracts.add(end.isBefore(LocalDate.of(2024, 12, 31)) ? contract.withEnd(end) : contract);
        }
        CustomerBase base = CustomerBase.ofContracts(contracts, LocalDate.of(2024, 12, 31), TimeScale.MONTHS);
        WeibullAft.Fitted model =
                WeibullAft.withDefaults().withCovariates(Covariates.of("plan")).fit(RetentionData.ofContracts(base));
        System.out.println(model.report().orElseThrow().summary());
        System.out.println(model.report().orElseThrow().provenance().get(Covariates.TEST));
        System.out.printf("time ratio of families %.3f%n", model.timeRatio("plan=family"));
        for (String plan : model.covariates().get("plan")) {
            FittedRetentionModel own = model.ofProfile(Map.of("plan", plan));
            System.out.printf(
                    "%s: %.3f renew 12 times, %.2f months expected%n",
                    plan, own.survival(12), own.expectedLifetime(0).orElseThrow());
        }
        // end
        assertThat(model.timeRatio("plan=family")).isBetween(1.7, 2.3);
    }

    @Test
    void kaplanMeier() {
        Console.assertPrints("contract-kaplan-meier.txt", RetentionModelExamplesTest::estimate);
    }

    private static void estimate() {
        // snippet:contract-kaplan-meier
        RetentionData data = RetentionData.ofCohorts(
                List.of(List.of(400, 312, 266, 237, 218), List.of(300, 241, 204), List.of(90, 70)), 1);
        KaplanMeier estimate = KaplanMeier.of(data);
        System.out.println("n  at risk  lost  hazard  survival  95 % interval");
        for (int n = 1; n <= estimate.last(); n++) {
            KaplanMeier.Interval interval = estimate.interval(n, 0.95).orElseThrow();
            System.out.printf(
                    "%d %8.0f %5.0f %7.4f %9.4f  %.4f to %.4f%n",
                    n,
                    estimate.atRisk(n),
                    estimate.lost(n),
                    estimate.retentionRate(n).churn(),
                    estimate.survival(n),
                    interval.lower(),
                    interval.upper());
        }
        ContinuedSurvival model = ContinuedSurvival.of(
                estimate, ShiftedBetaGeometric.withDefaults().fit(data));
        System.out.println("continues from opportunity " + model.tailFrom());
        System.out.printf("still there after 12 renewals  %.4f%n", model.survival(12));
        System.out.printf(
                "present value at 1 %% a month   %.4f%n",
                model.discountedExpectedLifetime(0, 0.01, PaymentTiming.BEGIN));
        // end
        assertThat(model.tailFrom()).isEqualTo(4);
    }
}
