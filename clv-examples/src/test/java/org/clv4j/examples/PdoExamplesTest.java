// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.models.attrition.PeriodicDeathOpportunity;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/pdo.md. */
class PdoExamplesTest {

    @Test
    void fit() {
        Console.assertPrints("pdo-fit.txt", PdoExamplesTest::fitMadeUpCustomers);
    }

    private static CustomerBase customers() {
        // snippet:pdo-customers
        PeriodicDeathOpportunity.Fitted truth = PeriodicDeathOpportunity.Fitted.of(6, 0.9, 2, 0.8, 3);
        List<CustomerSummary> customers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double[] weeks = truth.simulateTransactionTimes(52, i);
            double last = weeks.length == 0 ? 0 : weeks[weeks.length - 1];
            customers.add(CustomerSummary.of("C" + i, weeks.length, last, 52));
        }
        CustomerBase base = CustomerBase.ofSummaries(customers, TimeScale.WEEKS);
        // end
        return base;
    }

    private static void fitMadeUpCustomers() {
        CustomerBase base = customers();
        // snippet:pdo-fit
        PeriodicDeathOpportunity.Fitted model =
                PeriodicDeathOpportunity.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        // end
        assertThat(report.converged()).isTrue();
        assertThat(model.tau()).isEqualTo(6);
    }

    @Test
    void profile() {
        Console.assertPrints("pdo-profile.txt", PdoExamplesTest::profileOfMadeUpCustomers);
    }

    private static void profileOfMadeUpCustomers() {
        CustomerBase base = customers();
        // snippet:pdo-profile
        PeriodicDeathOpportunity model = PeriodicDeathOpportunity.withDefaults();
        for (PeriodicDeathOpportunity.IntervalFit fit : model.profile(base, List.of(1, 3, 5.9, 6, 6.1, 9, 12))) {
            System.out.printf("%4.1f weeks: log-likelihood %.3f%n", fit.interval(), fit.logLikelihood());
        }
        // end
        assertThat(model.profile(base)).hasSize(26);
    }

    @Test
    void predictions() {
        Console.assertPrints("pdo-predict.txt", PdoExamplesTest::predict);
    }

    private static void predict() {
        // snippet:pdo-predict
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(3, 0.521, 10.315, 0.418, 2.322);
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
        Console.assertPrints("pdo-history.txt", PdoExamplesTest::tellMore);
    }

    private static void tellMore() {
        // snippet:pdo-history
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(3, 0.521, 10.315, 0.418, 2.322);
        System.out.printf("alive now and in 39 weeks      %.6f%n", model.probabilityAliveAt(2, 30.43, 38.86, 39));
        System.out.printf(
                "exactly 2 purchases by then    %.6f%n", model.probabilityOfFutureTransactions(2, 2, 30.43, 38.86, 39));
        System.out.printf(
                "the next, if within 39 weeks   %.6f%n", model.expectedTimeToNextPurchase(2, 30.43, 38.86, 39));
        System.out.printf(
                "its median, if there is one    %.6f%n", model.timeToNextPurchaseQuantile(2, 30.43, 38.86, 0.5));
        System.out.printf("purchases a week while alive   %.6f%n", model.expectedPurchaseRate(2, 30.43, 38.86));
        System.out.printf("dropouts an opportunity        %.6f%n", model.expectedDropoutRate(2, 30.43, 38.86));
        for (CustomerDraw draw : model.sample(2, 30.43, 38.86, 39, 3, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(2, 30.43, 38.86, 39)).isLessThan(model.probabilityAlive(2, 30.43, 38.86));
    }
}
