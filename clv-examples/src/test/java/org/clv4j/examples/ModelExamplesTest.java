// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.historical.AverageOrderModel;
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
