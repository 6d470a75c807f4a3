// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.models.attrition.BgCnbdK;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.MbgCnbdK;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/cnbd-k.md. */
class CnbdKExamplesTest {

    @Test
    void fit() {
        Console.assertPrints("cnbd-k-fit.txt", CnbdKExamplesTest::fitRegularBuyers);
    }

    private static void fitRegularBuyers() {
        // snippet:cnbd-k-fit
        TransactionLog.Builder builder = TransactionLog.builder();
        LogSimulator.of(
                        MbgCnbdK.Fitted.of(3, 1.5, 2.5, 0.8, 4),
                        GammaGamma.Fitted.of(6.25, 3.74, 15.44),
                        TimeScale.WEEKS)
                .simulateInto(
                        builder,
                        "C",
                        0,
                        1000,
                        LocalDate.of(2024, 1, 1),
                        LocalDate.of(2024, 3, 31),
                        LocalDate.of(2024, 12, 31),
                        7);
        CustomerBase base = CustomerBase.of(builder.build(), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        MbgCnbdK.Fitted model = MbgCnbdK.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        for (int k = 1; k <= 5; k++) {
            MbgCnbdK.Fitted stated = MbgCnbdK.withK(k).fit(base);
            System.out.printf(
                    "k = %d: log-likelihood %.2f%n",
                    k, stated.report().orElseThrow().logLikelihood().orElseThrow());
        }
        // end
        assertThat(model.k()).isEqualTo(3);
    }

    @Test
    void predictions() {
        Console.assertPrints("cnbd-k-predict.txt", CnbdKExamplesTest::predict);
    }

    private static void predict() {
        // snippet:cnbd-k-predict
        BgCnbdK.Fitted regular = BgCnbdK.Fitted.of(3, 0.8, 1.5, 0.8, 2.4);
        BgNbd.Fitted random = BgNbd.Fitted.of(0.8, 4.5, 0.8, 2.4);
        double rate = DiscountRate.annual(0.15).continuousPerPeriod(52);
        System.out.println("10 purchases in 40 weeks, silent since   1 week  5 weeks  12 weeks");
        System.out.printf(
                "P(alive), regular                        %.4f   %.4f    %.4f%n",
                regular.probabilityAlive(10, 39, 40),
                regular.probabilityAlive(10, 35, 40),
                regular.probabilityAlive(10, 28, 40));
        System.out.printf(
                "P(alive), random                         %.4f   %.4f    %.4f%n",
                random.probabilityAlive(10, 39, 40),
                random.probabilityAlive(10, 35, 40),
                random.probabilityAlive(10, 28, 40));
        System.out.printf(
                "purchases in 4 weeks, regular            %.4f   %.4f    %.4f%n",
                regular.expectedTransactions(10, 39, 40, 4),
                regular.expectedTransactions(10, 35, 40, 4),
                regular.expectedTransactions(10, 28, 40, 4));
        System.out.printf(
                "purchases in 4 weeks, random             %.4f   %.4f    %.4f%n",
                random.expectedTransactions(10, 39, 40, 4),
                random.expectedTransactions(10, 35, 40, 4),
                random.expectedTransactions(10, 28, 40, 4));
        System.out.printf(
                "all purchases, discounted, regular       %.4f  %.4f    %.4f%n",
                regular.discountedExpectedResidualTransactions(10, 39, 40, rate),
                regular.discountedExpectedResidualTransactions(10, 35, 40, rate),
                regular.discountedExpectedResidualTransactions(10, 28, 40, rate));
        // end
        assertThat(regular.probabilityAlive(10, 28, 40)).isLessThan(random.probabilityAlive(10, 28, 40));
    }

    @Test
    void history() {
        Console.assertPrints("cnbd-k-history.txt", CnbdKExamplesTest::tellMore);
    }

    private static void tellMore() {
        // snippet:cnbd-k-history
        MbgCnbdK.Fitted model = MbgCnbdK.Fitted.of(3, 0.8, 1.5, 0.8, 2.4);
        System.out.printf("alive now and in 39 weeks      %.6f%n", model.probabilityAliveAt(2, 30.43, 38.86, 39));
        System.out.printf(
                "exactly 2 purchases by then    %.6f%n", model.probabilityOfFutureTransactions(2, 2, 30.43, 38.86, 39));
        System.out.printf(
                "the next, if within 39 weeks   %.6f%n", model.expectedTimeToNextPurchase(2, 30.43, 38.86, 39));
        System.out.printf(
                "its median, if there is one    %.6f%n", model.timeToNextPurchaseQuantile(2, 30.43, 38.86, 0.5));
        System.out.printf("purchases a week while alive   %.6f%n", model.expectedPurchaseRate(2, 30.43, 38.86));
        System.out.printf("dropouts a purchase            %.6f%n", model.expectedDropoutRate(2, 30.43, 38.86));
        for (CustomerDraw draw : model.sample(2, 30.43, 38.86, 39, 3, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(2, 30.43, 38.86, 39)).isLessThan(model.probabilityAlive(2, 30.43, 38.86));
    }

    @Test
    void summariesHaveNoGaps() {
        CustomerBase summaries = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("A", 2, 30, 39),
                        CustomerSummary.of("B", 0, 0, 39),
                        CustomerSummary.of("C", 1, 5, 39),
                        CustomerSummary.of("D", 4, 38, 39),
                        CustomerSummary.of("E", 1, 30, 39)),
                TimeScale.WEEKS);
        assertThatThrownBy(() -> MbgCnbdK.withDefaults().fit(summaries))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gaps between purchases");
        assertThat(MbgCnbdK.withK(2).fit(summaries).k()).isEqualTo(2);
    }
}
