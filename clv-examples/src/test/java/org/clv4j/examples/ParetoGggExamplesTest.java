// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.models.attrition.ParetoGgg;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/pareto-ggg.md. */
class ParetoGggExamplesTest {

    @Test
    void predictions() {
        Console.assertPrints("pareto-ggg-predict.txt", ParetoGggExamplesTest::predict);
    }

    private static void predict() {
        // snippet:pareto-ggg-predict
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(6, 2, 0.6, 8, 0.7, 11);
        // Four gaps of about six weeks, the last purchase ten weeks ago.
        ParetoGgg.Fitted regular = model.withGaps(4 * Math.log(6) - 0.05);
        ParetoGgg.Fitted irregular = model.withGaps(4 * Math.log(6) - 3);
        double rate = DiscountRate.annual(0.15).continuousPerPeriod(52);
        System.out.printf("P(alive), regular gaps    %.5f%n", regular.probabilityAlive(4, 24, 34));
        System.out.printf("P(alive), irregular ones  %.5f%n", irregular.probabilityAlive(4, 24, 34));
        System.out.printf("P(alive), not known       %.5f%n", model.probabilityAlive(4, 24, 34));
        System.out.printf("P(active in 39 weeks)     %.5f%n", regular.probabilityActive(4, 24, 34, 39));
        System.out.printf("purchases in 39 weeks     %.5f%n", regular.expectedTransactions(4, 24, 34, 39));
        System.out.printf(
                "all purchases, discounted %.5f%n", regular.discountedExpectedResidualTransactions(4, 24, 34, rate));
        System.out.printf("new customer, 52 weeks    %.5f%n", model.expectedTransactionsOfNewCustomer(52));
        // end
        assertThat(regular.probabilityAlive(4, 24, 34)).isLessThan(irregular.probabilityAlive(4, 24, 34));
    }

    @Test
    void history() {
        Console.assertPrints("pareto-ggg-history.txt", ParetoGggExamplesTest::tellHistory);
    }

    private static void tellHistory() {
        // snippet:pareto-ggg-history
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(6, 2, 0.6, 8, 0.7, 11).withGaps(4 * Math.log(6) - 0.05);
        System.out.printf("alive now and in 39 weeks      %.5f%n", model.probabilityAliveAt(4, 24, 34, 39));
        System.out.printf(
                "exactly 2 purchases by then    %.5f%n", model.probabilityOfFutureTransactions(2, 4, 24, 34, 39));
        System.out.printf("the next, if within 39 weeks   %.5f%n", model.expectedTimeToNextPurchase(4, 24, 34, 39));
        System.out.printf("its median, if there is one    %.5f%n", model.timeToNextPurchaseQuantile(4, 24, 34, 0.5));
        System.out.printf("purchases a week while alive   %.5f%n", model.expectedPurchaseRate(4, 24, 34));
        System.out.printf("dropouts a week                %.5f%n", model.expectedDropoutRate(4, 24, 34));
        for (CustomerDraw draw : model.sample(4, 24, 34, 39, 2, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(4, 24, 34, 39)).isLessThan(model.probabilityAlive(4, 24, 34));
    }
}
