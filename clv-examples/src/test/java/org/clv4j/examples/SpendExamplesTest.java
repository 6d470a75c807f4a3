// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.ModelJson;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TextOutput;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.models.spend.IndependenceTest;
import org.clv4j.models.spend.LogNormalSpend;
import org.clv4j.models.spend.MeanSpend;
import org.clv4j.models.spend.NormalSpend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/models that are about spend. */
class SpendExamplesTest {

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

    @TempDir
    Path folder;

    @Test
    void sideBySide() {
        Console.assertPrints("spend-side-by-side.txt", SpendExamplesTest::compare);
    }

    private static void compare() {
        CustomerBase base = BASE;
        // snippet:spend-side-by-side
        System.out.println("model        log-likelihood     AIC  new customer  1 × 100  10 × 100");
        for (String name : List.of("gamma-gamma", "lognormal", "normal", "mean")) {
            FittedSpendModel model = ModelCatalog.load().spend(name).model().fit(base);
            FitReport report = model.report().orElseThrow();
            String fit = report.logLikelihood().isPresent()
                    ? String.format(
                            "%14.1f  %6.0f",
                            report.logLikelihood().getAsDouble(), report.aic().getAsDouble())
                    : "             -       -";
            System.out.printf(
                    "%-11s  %s  %12.2f  %7.2f  %8.2f%n",
                    name,
                    fit,
                    model.expectedSpendOfNewCustomer(),
                    model.expectedSpend(1, 100),
                    model.expectedSpend(10, 100));
        }
        // end
    }

    @Test
    void independence() {
        Console.assertPrints("independence.txt", SpendExamplesTest::testIndependence);
    }

    private static void testIndependence() {
        CustomerBase base = BASE;
        // snippet:independence
        IndependenceTest test = IndependenceTest.of(base);
        System.out.println(test.summary());
        // end
        assertThat(test.pearson().pValue()).isGreaterThan(0.01);
    }

    @Test
    void distribution() {
        Console.assertPrints("spend-distribution.txt", SpendExamplesTest::showDistribution);
    }

    private static void showDistribution() {
        // snippet:spend-distribution
        GammaGamma.Fitted model = GammaGamma.Fitted.of(6.25, 3.74, 15.44);
        for (int purchases : new int[] {1, 10}) {
            System.out.printf(
                    "after %2d of 100: expected %.2f, 90 %% within %.2f and %.2f, below 60 with probability %.3f%n",
                    purchases,
                    model.expectedSpend(purchases, 100),
                    model.spendQuantile(purchases, 100, 0.05),
                    model.spendQuantile(purchases, 100, 0.95),
                    model.probabilityOfSpendBelow(purchases, 100, 60));
        }
        double[] nextThree = model.sampleMeanSpends(10, 100, 3, 10_000, 7);
        Arrays.sort(nextThree);
        System.out.printf(
                "the mean of the next three purchases: 90 %% within %.0f and %.0f%n", nextThree[500], nextThree[9500]);
        // end
    }

    @Test
    void logNormalFit() {
        Console.assertPrints("lognormal-fit.txt", SpendExamplesTest::fitLogNormal);
    }

    private static void fitLogNormal() {
        CustomerBase base = BASE;
        // snippet:lognormal-fit
        LogNormalSpend.Fitted model = LogNormalSpend.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void logNormalPredictions() {
        Console.assertPrints("lognormal-predict.txt", SpendExamplesTest::predictLogNormal);
    }

    private static void predictLogNormal() {
        // snippet:lognormal-predict
        LogNormalSpend.Fitted model = LogNormalSpend.Fitted.of(3.3, 0.6, 0.5);
        System.out.printf("nobody knows this customer    %.2f%n", model.expectedSpendOfNewCustomer());
        System.out.printf("one repeat purchase of 100    %.2f%n", model.expectedSpend(1, 100));
        System.out.printf("ten repeat purchases of 100   %.2f%n", model.expectedSpend(10, 100));
        // end
    }

    @Test
    void normalFit() {
        Console.assertPrints("normal-fit.txt", SpendExamplesTest::fitNormal);
    }

    private static void fitNormal() {
        CustomerBase base = BASE;
        // snippet:normal-fit
        NormalSpend.Fitted model = NormalSpend.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void normalPredictions() {
        Console.assertPrints("normal-predict.txt", SpendExamplesTest::predictNormal);
    }

    private static void predictNormal() {
        // snippet:normal-predict
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("loses", 4, 20, 30, -12.50),
                        CustomerSummary.of("earns", 2, 10, 30, 9.00),
                        CustomerSummary.of("unknown", 0, 0, 30)),
                TimeScale.WEEKS);
        CustomerValues values = TransactionSpendModel.Fitted.of(
                        BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), NormalSpend.Fitted.of(3, 8, 10))
                .value(
                        base,
                        ValuationTerms.of(
                                Horizon.of(52),
                                DiscountRate.annual(0.10),
                                Margin.ofRevenue(),
                                CashFlowTiming.AT_PURCHASE));
        for (int row = 0; row < base.size(); row++) {
            System.out.printf("%-8s %7.2f%n", base.id(row), values.futureValue(row));
        }
        // end
        assertThat(values.futureValue(0)).isNegative();
    }

    @Test
    void ownMean() {
        Console.assertPrints("mean.txt", SpendExamplesTest::fitMean);
    }

    private static void fitMean() {
        CustomerBase base = BASE;
        // snippet:mean
        MeanSpend.Fitted model = MeanSpend.withDefaults().fit(base);
        System.out.println(model.report().orElseThrow().summary());
        System.out.printf("one repeat purchase of 100    %.2f%n", model.expectedSpend(1, 100));
        // end
    }

    @Test
    void allTransactions() {
        Console.assertPrints("gamma-gamma-all.txt", () -> fitAll(folder.resolve("model.json")));
    }

    private static void fitAll(Path file) {
        CustomerBase base = BASE;
        // snippet:gamma-gamma-all
        GammaGamma.Fitted all = GammaGamma.withDefaults().withAllTransactions().fit(base);
        System.out.println(all.report().orElseThrow().summary());
        ModelJson.write(
                SavedModel.ofTransactionsAndSpend(BgNbd.withDefaults().fit(base), all), TextOutput.toFile(file));

        FittedSpendModel read =
                ModelJson.readFile(file, ModelCatalog.load()).spend().orElseThrow();
        int row = base.indexOf("C2");
        System.out.printf(
                "C2: x = %d in the base, %d of %.2f for the model%n",
                base.frequency(row), read.frequencyOf(base, row), read.monetaryValueOf(base, row));
        double[] spend = new double[base.size()];
        read.expectedSpendInto(base, 0, base.size(), spend);
        System.out.printf("expected %.2f%n", spend[row]);
        // end
        double[] before = new double[base.size()];
        all.expectedSpendInto(base, 0, base.size(), before);
        assertThat(spend).isEqualTo(before);
        assertThat(spend[row]).isNotCloseTo(all.expectedSpendOfNewCustomer(), within(0.01));
        try {
            assertThat(Files.readString(file)).contains("\"amounts\": \"all\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
