// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.models.attrition.HierarchicalParetoNbd;
import org.clv4j.models.inference.Posterior;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/pareto-nbd-hb.md. */
class HierarchicalParetoNbdExamplesTest {

    @Test
    void fit() {
        Console.assertPrints("pareto-nbd-hb-fit.txt", HierarchicalParetoNbdExamplesTest::fitShop);
    }

    private static void fitShop() {
        CustomerBase base = CustomerBase.of(Shop.log(500), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        // snippet:pareto-nbd-hb-fit
        HierarchicalParetoNbd.Fitted model =
                HierarchicalParetoNbd.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        Posterior posterior = model.posterior().orElseThrow();
        System.out.println(posterior);
        System.out.printf(
                "half of all customers leave at a rate below e^m2, which is in [%.4f, %.4f] a week%n",
                Math.exp(posterior.quantile("mean_log_mu", 0.025)), Math.exp(posterior.quantile("mean_log_mu", 0.975)));
        // end
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void predictions() {
        Console.assertPrints("pareto-nbd-hb-predict.txt", HierarchicalParetoNbdExamplesTest::predict);
    }

    private static void predict() {
        // snippet:pareto-nbd-hb-predict
        HierarchicalParetoNbd.Fitted model = HierarchicalParetoNbd.Fitted.of(-3.57, -3.74, 1.42, 2.66, 0.29);
        double rate = DiscountRate.annual(0.15).continuousPerPeriod(52);
        System.out.printf("P(alive)                  %.6f%n", model.probabilityAlive(2, 30.43, 38.86));
        System.out.printf("the same, never came back %.6f%n", model.probabilityAlive(0, 0, 38.86));
        System.out.printf("P(active in 39 weeks)     %.6f%n", model.probabilityActive(2, 30.43, 38.86, 39));
        System.out.printf("purchases in 39 weeks     %.6f%n", model.expectedTransactions(2, 30.43, 38.86, 39));
        System.out.printf(
                "all purchases, discounted %.6f%n",
                model.discountedExpectedResidualTransactions(2, 30.43, 38.86, rate));
        System.out.printf("new customer, 52 weeks    %.6f%n", model.expectedTransactionsOfNewCustomer(52));
        System.out.printf("P(no repeat in 39 weeks)  %.6f%n", model.probabilityOfTransactions(0, 39));
        // end
        assertThat(model.probabilityAlive(2, 38.86, 38.86)).isEqualTo(1);
    }

    @Test
    void history() {
        Console.assertPrints("pareto-nbd-hb-history.txt", HierarchicalParetoNbdExamplesTest::tellHistory);
    }

    private static void tellHistory() {
        // snippet:pareto-nbd-hb-history
        HierarchicalParetoNbd.Fitted model = HierarchicalParetoNbd.Fitted.of(-3.57, -3.74, 1.42, 2.66, 0.29);
        System.out.printf("alive now and in 39 weeks      %.6f%n", model.probabilityAliveAt(2, 30.43, 38.86, 39));
        System.out.printf(
                "exactly 2 purchases by then    %.6f%n", model.probabilityOfFutureTransactions(2, 2, 30.43, 38.86, 39));
        System.out.printf(
                "the next, if within 39 weeks   %.6f%n", model.expectedTimeToNextPurchase(2, 30.43, 38.86, 39));
        System.out.printf(
                "its median, if there is one    %.6f%n", model.timeToNextPurchaseQuantile(2, 30.43, 38.86, 0.5));
        System.out.printf("purchases a week while alive   %.6f%n", model.expectedPurchaseRate(2, 30.43, 38.86));
        System.out.printf("dropouts a week                %.6f%n", model.expectedDropoutRate(2, 30.43, 38.86));
        for (CustomerDraw draw : model.sample(2, 30.43, 38.86, 39, 3, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(2, 30.43, 38.86, 39)).isLessThan(model.probabilityAlive(2, 30.43, 38.86));
    }
}
