// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.CorrelatedParetoNbd;
import org.clv4j.models.attrition.GGompertzNbd;
import org.clv4j.models.attrition.MbgNbd;
import org.clv4j.models.attrition.Nbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.historical.AverageOrderModel;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/models. */
class ModelExamplesTest {

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

    @Test
    void bgNbdFit() {
        Console.assertPrints("bg-nbd-fit.txt", ModelExamplesTest::fitBgNbd);
    }

    private static void fitBgNbd() {
        CustomerBase base = BASE;
        // snippet:bg-nbd-fit
        BgNbd.Fitted model = BgNbd.withDefaults().fit(base);
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        // end
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void bgNbdPredictions() {
        Console.assertPrints("bg-nbd-predict.txt", ModelExamplesTest::predictBgNbd);
    }

    private static void predictBgNbd() {
        // snippet:bg-nbd-predict
        BgNbd.Fitted model = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
        double rate = DiscountRate.annual(0.15).continuousPerPeriod(52);
        System.out.printf("P(alive)                  %.6f%n", model.probabilityAlive(2, 30.43, 38.86));
        System.out.printf("P(active in 39 weeks)     %.6f%n", model.probabilityActive(2, 30.43, 38.86, 39));
        System.out.printf("purchases in 39 weeks     %.6f%n", model.expectedTransactions(2, 30.43, 38.86, 39));
        System.out.printf(
                "the same, discounted      %.6f%n", model.discountedExpectedTransactions(2, 30.43, 38.86, 39, rate));
        System.out.printf(
                "all purchases, discounted %.6f%n",
                model.discountedExpectedResidualTransactions(2, 30.43, 38.86, rate));
        System.out.printf("new customer, 52 weeks    %.6f%n", model.expectedTransactionsOfNewCustomer(52));
        System.out.printf("P(no repeat in 39 weeks)  %.6f%n", model.probabilityOfTransactions(0, 39));
        // end
        assertThat(model.expectedTransactions(2, 30.43, 38.86, 39)).isCloseTo(1.22602817476714, within(1e-13));
    }

    @Test
    void nbd() {
        Console.assertPrints("nbd.txt", ModelExamplesTest::fitNbd);
    }

    private static void fitNbd() {
        CustomerBase base = BASE;
        // snippet:nbd
        Nbd.Fitted model = Nbd.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        System.out.printf("P(alive)              %.6f%n", model.probabilityAlive(2, 30.43, 38.86));
        System.out.printf("P(active in 39 weeks) %.6f%n", model.probabilityActive(2, 30.43, 38.86, 39));
        System.out.printf("purchases in 39 weeks %.6f%n", model.expectedTransactions(2, 30.43, 38.86, 39));
        // end
        assertThat(model.probabilityAlive(2, 0.1, 500)).isEqualTo(1);
        assertThat(model.expectedTransactions(2, 0.1, 38.86, 39))
                .isEqualTo(model.expectedTransactions(2, 38.86, 38.86, 39));
        assertThat(model.report().orElseThrow().warnings()).isEmpty();
    }

    @Test
    void paretoNbdFit() {
        Console.assertPrints("pareto-nbd-fit.txt", ModelExamplesTest::fitParetoNbd);
    }

    private static void fitParetoNbd() {
        CustomerBase base = BASE;
        // snippet:pareto-nbd-fit
        ParetoNbd.Fitted model = ParetoNbd.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void paretoNbdPredictions() {
        Console.assertPrints("pareto-nbd-predict.txt", ModelExamplesTest::predictParetoNbd);
    }

    private static void predictParetoNbd() {
        // snippet:pareto-nbd-predict
        ParetoNbd.Fitted model = ParetoNbd.Fitted.of(0.553, 10.58, 0.606, 11.67);
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
        // Who has just bought is alive, and s = 1 is an ordinary place.
        assertThat(model.probabilityAlive(2, 38.86, 38.86)).isEqualTo(1);
        assertThat(ParetoNbd.Fitted.of(0.553, 10.58, 1 + 1e-12, 11.67).expectedTransactions(2, 30.43, 38.86, 39))
                .isCloseTo(
                        ParetoNbd.Fitted.of(0.553, 10.58, 1, 11.67).expectedTransactions(2, 30.43, 38.86, 39),
                        within(1e-10));
    }

    @Test
    void correlatedParetoNbdFit() {
        Console.assertPrints("pareto-nbd-sarmanov-fit.txt", ModelExamplesTest::fitCorrelatedParetoNbd);
    }

    private static void fitCorrelatedParetoNbd() {
        CustomerBase base = BASE;
        // snippet:pareto-nbd-sarmanov-fit
        CorrelatedParetoNbd.Fitted model =
                CorrelatedParetoNbd.withDefaults().withC(13).fit(base);
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        System.out.printf("omega is in [%.6f, %.6f]%n", model.lowestOmega(), model.highestOmega());
        System.out.printf("correlation of the rates %.6f%n", model.correlation());
        FitReport independent = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        LikelihoodRatioTest test = LikelihoodRatioTest.of(independent, report);
        System.out.printf("independent rates? p-value %.6f%n", test.pValue());
        // end
        assertThat(report.converged()).isTrue();
        assertThat(test.degreesOfFreedom()).isEqualTo(1);
    }

    @Test
    void correlatedParetoNbdPredictions() {
        Console.assertPrints("pareto-nbd-sarmanov-predict.txt", ModelExamplesTest::predictCorrelatedParetoNbd);
    }

    private static void predictCorrelatedParetoNbd() {
        // snippet:pareto-nbd-sarmanov-predict
        CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.of(0.529, 9.85, 0.494, 9.17, 20);
        double rate = DiscountRate.annual(0.15).continuousPerPeriod(52);
        System.out.printf("correlation of the rates  %.6f%n", model.correlation());
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
    void correlatedParetoNbdHistory() {
        Console.assertPrints("pareto-nbd-sarmanov-history.txt", ModelExamplesTest::historyCorrelatedParetoNbd);
    }

    private static void historyCorrelatedParetoNbd() {
        // snippet:pareto-nbd-sarmanov-history
        CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.of(0.529, 9.85, 0.494, 9.17, 20);
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

    @Test
    void ggompertzNbdFit() {
        Console.assertPrints("ggompertz-nbd-fit.txt", ModelExamplesTest::fitGGompertzNbd);
    }

    private static void fitGGompertzNbd() {
        CustomerBase base = BASE;
        // snippet:ggompertz-nbd-fit
        GGompertzNbd.Fitted model = GGompertzNbd.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void ggompertzNbdPredictions() {
        Console.assertPrints("ggompertz-nbd-predict.txt", ModelExamplesTest::predictGGompertzNbd);
    }

    private static void predictGGompertzNbd() {
        // snippet:ggompertz-nbd-predict
        GGompertzNbd.Fitted model = GGompertzNbd.Fitted.of(0.8, 4, 0.05, 1.2, 0.9);
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
    void ggompertzNbdHistory() {
        Console.assertPrints("ggompertz-nbd-history.txt", ModelExamplesTest::historyGGompertzNbd);
    }

    private static void historyGGompertzNbd() {
        // snippet:ggompertz-nbd-history
        GGompertzNbd.Fitted model = GGompertzNbd.Fitted.of(0.8, 4, 0.05, 1.2, 0.9);
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

    @Test
    void mbgNbdFit() {
        Console.assertPrints("mbg-nbd-fit.txt", ModelExamplesTest::fitMbgNbd);
    }

    private static void fitMbgNbd() {
        CustomerBase base = BASE;
        // snippet:mbg-nbd-fit
        MbgNbd.Fitted model = MbgNbd.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void mbgNbdPredictions() {
        Console.assertPrints("mbg-nbd-predict.txt", ModelExamplesTest::predictMbgNbd);
    }

    private static void predictMbgNbd() {
        // snippet:mbg-nbd-predict
        MbgNbd.Fitted model = MbgNbd.Fitted.of(0.525, 6.183, 0.891, 1.614);
        System.out.printf("P(alive)                  %.6f%n", model.probabilityAlive(2, 30.43, 38.86));
        System.out.printf("the same, never came back %.6f%n", model.probabilityAlive(0, 0, 38.86));
        System.out.printf("the same, just acquired   %.6f%n", model.probabilityAlive(0, 0, 0));
        System.out.printf("P(active in 39 weeks)     %.6f%n", model.probabilityActive(2, 30.43, 38.86, 39));
        System.out.printf("purchases in 39 weeks     %.6f%n", model.expectedTransactions(2, 30.43, 38.86, 39));
        System.out.printf("new customer, 52 weeks    %.6f%n", model.expectedTransactionsOfNewCustomer(52));
        // end
        assertThat(model.probabilityAlive(0, 0, 0)).isCloseTo(1.614 / (0.891 + 1.614), within(1e-15));
    }

    @Test
    void bgNbdHistory() {
        Console.assertPrints("bg-nbd-history.txt", ModelExamplesTest::historyBgNbd);
    }

    private static void historyBgNbd() {
        // snippet:bg-nbd-history
        BgNbd.Fitted model = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
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
    void mbgNbdHistory() {
        Console.assertPrints("mbg-nbd-history.txt", ModelExamplesTest::historyMbgNbd);
    }

    private static void historyMbgNbd() {
        // snippet:mbg-nbd-history
        MbgNbd.Fitted model = MbgNbd.Fitted.of(0.525, 6.183, 0.891, 1.614);
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
    void paretoNbdHistory() {
        Console.assertPrints("pareto-nbd-history.txt", ModelExamplesTest::historyParetoNbd);
    }

    private static void historyParetoNbd() {
        // snippet:pareto-nbd-history
        ParetoNbd.Fitted model = ParetoNbd.Fitted.of(0.553, 10.58, 0.606, 11.67);
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

    @Test
    void nbdHistory() {
        Console.assertPrints("nbd-history.txt", ModelExamplesTest::historyNbd);
    }

    private static void historyNbd() {
        // snippet:nbd-history
        Nbd.Fitted model = Nbd.Fitted.of(0.385, 12.07);
        System.out.printf(
                "exactly 2 purchases by then    %.6f%n", model.probabilityOfFutureTransactions(2, 2, 30.43, 38.86, 39));
        System.out.printf(
                "the next, if within 39 weeks   %.6f%n", model.expectedTimeToNextPurchase(2, 30.43, 38.86, 39));
        System.out.printf(
                "its median, if there is one    %.6f%n", model.timeToNextPurchaseQuantile(2, 30.43, 38.86, 0.5));
        System.out.printf("purchases a week while alive   %.6f%n", model.expectedPurchaseRate(2, 30.43, 38.86));
        for (CustomerDraw draw : model.sample(2, 30.43, 38.86, 39, 3, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(2, 30.43, 38.86, 39)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedByTheFamily() {
        CustomerBase one = CustomerBase.of(Shop.log(1), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        assertThatThrownBy(() -> Nbd.withDefaults().fit(one))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 2 customers");
        assertThatThrownBy(() -> ParetoNbd.withDefaults().fit(one))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 4 customers");
        assertThatThrownBy(() -> MbgNbd.withDefaults().fit(one))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least 4 customers");
    }

    @Test
    void sideBySide() {
        Console.assertPrints("side-by-side.txt", ModelExamplesTest::compare);
    }

    private static void compare() {
        // snippet:side-by-side
        TransactionLog.Builder builder = TransactionLog.builder();
        LogSimulator.of(
                        ParetoNbd.Fitted.of(0.553, 10.58, 0.606, 11.67),
                        GammaGamma.Fitted.of(6.25, 3.74, 15.44),
                        TimeScale.WEEKS)
                .simulateInto(
                        builder,
                        "C",
                        0,
                        2000,
                        LocalDate.of(2024, 1, 1),
                        LocalDate.of(2024, 3, 31),
                        LocalDate.of(2025, 9, 30),
                        7);
        TransactionLog log = builder.build();
        CustomerBase base = CustomerBase.of(log, Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        CustomerBase later = CustomerBase.of(log, Observation.untilIso("2025-09-30"), TimeScale.WEEKS);

        System.out.println("model       log-likelihood  purchases in 39 weeks  P(alive)  P(active)");
        for (String name : List.of("nbd", "bg-nbd", "mbg-nbd", "pareto-nbd")) {
            FittedTransactionModel model =
                    ModelCatalog.load().transactions(name).model().fit(base);
            double[] expected = new double[base.size()];
            model.expectedTransactionsInto(base, 0, base.size(), 39, expected);
            System.out.printf(
                    "%-10s  %14.2f  %21.0f  %8.4f  %9.4f%n",
                    name,
                    model.report().orElseThrow().logLikelihood().orElseThrow(),
                    Arrays.stream(expected).sum(),
                    model.probabilityAlive(0, 0, 45),
                    model.probabilityActive(0, 0, 45, 39));
        }
        int happened = IntStream.range(0, base.size())
                .map(row -> later.frequency(later.indexOf(base.id(row))) - base.frequency(row))
                .sum();
        System.out.printf("what happened               %21d%n", happened);
        // end
    }

    @Test
    void gammaGammaFit() {
        Console.assertPrints("gamma-gamma-fit.txt", ModelExamplesTest::fitGammaGamma);
    }

    private static void fitGammaGamma() {
        CustomerBase base = BASE;
        // snippet:gamma-gamma-fit
        GammaGamma.Fitted model = GammaGamma.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.hasFiniteMean()).isTrue();
    }

    @Test
    void gammaGammaPredictions() {
        Console.assertPrints("gamma-gamma-predict.txt", ModelExamplesTest::predictGammaGamma);
    }

    private static void predictGammaGamma() {
        // snippet:gamma-gamma-predict
        GammaGamma.Fitted model = GammaGamma.Fitted.of(6.25, 3.74, 15.44);
        System.out.printf("nobody knows this customer    %.2f%n", model.expectedSpendOfNewCustomer());
        System.out.printf("one repeat purchase of 100    %.2f%n", model.expectedSpend(1, 100));
        System.out.printf("ten repeat purchases of 100   %.2f%n", model.expectedSpend(10, 100));
        // end
    }

    @Test
    void infiniteMeanIsANamedCondition() {
        GammaGamma.Fitted model = GammaGamma.Fitted.of(2, 0.9, 5);
        assertThat(model.hasFiniteMean()).isFalse();
        assertThatThrownBy(model::expectedSpendOfNewCustomer)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("INFINITE_MEAN_SPEND");
        assertThat(model.expectedSpend(3, 20)).isPositive();
        // snippet:gamma-gamma-minimum
        GammaGamma bounded = GammaGamma.withDefaults().withMinimumQ(1);
        // end
        assertThat(bounded.fit(BASE).q()).isGreaterThan(1);
    }

    @Test
    void averageOrder() {
        Console.assertPrints("average-order.txt", ModelExamplesTest::fitAverageOrder);
    }

    private static void fitAverageOrder() {
        CustomerBase base = BASE;
        // snippet:average-order
        AverageOrderModel.Fitted model =
                AverageOrderModel.withDefaults().withLifespan(156).fit(base);
        System.out.printf("average order value %.2f%n", model.averageOrderValue());
        System.out.printf("purchase frequency  %.4f a week%n", model.purchaseFrequency());
        System.out.printf("historical CLV      %.2f%n", model.historicalClv(Margin.of(0.30)));

        CustomerValues values = model.value(
                base,
                ValuationTerms.of(
                        Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE));
        values.warnings().forEach(System.out::println);
        // end
        assertThat(model.report().orElseThrow().has(FitWarning.Condition.CONTINUATION_ASSUMED))
                .isTrue();
        assertThatThrownBy(() -> AverageOrderModel.withDefaults().fit(base).historicalClv(Margin.of(0.3)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lifespan");
    }
}
