// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.attrition.CovariateModel;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/models/covariates.md}. */
class CovariateExamplesTest {

    /** Customers of two channels, whose age at the first purchase matters too. */
    private static final CustomerBase BASE = simulated(
            ModelCatalog.load(),
            "pareto-nbd",
            Map.of("r", 0.8, "alpha", 10.0, "s", 0.7, "beta", 12.0),
            Map.of(
                    "purchase:age",
                    0.02,
                    "dropout:age",
                    -0.01,
                    "purchase:channel=shop",
                    0.5,
                    "dropout:channel=shop",
                    -0.4),
            2000,
            7);

    static Map<String, List<String>> levels() {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        levels.put("age", List.of());
        levels.put("channel", List.of("web", "shop"));
        return levels;
    }

    static CustomerBase simulated(
            ModelCatalog catalog,
            String model,
            Map<String, Double> parameters,
            Map<String, Double> effects,
            int customers,
            long seed) {
        Map<String, Double> all = new LinkedHashMap<>(parameters);
        all.putAll(effects);
        CovariateDependent truth =
                (CovariateDependent) ((CovariateProvider) catalog.transactions(model)).ofParameters(all, levels());
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 1; i <= customers; i++) {
            Map<String, String> profile = Map.of(
                    "age",
                    Integer.toString(18 + random.nextInt(60)),
                    "channel",
                    random.nextInt(3) == 0 ? "shop" : "web");
            double age = random.nextDouble(26, 78);
            double[] times =
                    ((TransactionSimulator) truth.ofProfile(profile)).simulateTransactionTimes(age, random.nextLong());
            summaries.add(
                    CustomerSummary.of("c" + i, times.length, times.length == 0 ? 0 : times[times.length - 1], age)
                            .withAttributes(profile));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    @Test
    void fit() {
        Console.assertPrints("covariates-fit.txt", CovariateExamplesTest::fits);
    }

    private static void fits() {
        CustomerBase base = BASE;
        // snippet:covariates-fit
        Covariates covariates = Covariates.of("age", "channel");
        CovariateModel.Fitted model =
                ParetoNbd.withDefaults().withCovariates(covariates).fit(base);
        System.out.println(model.report().orElseThrow().summary());

        ParetoNbd.Fitted without = ParetoNbd.withDefaults().fit(base);
        System.out.println(LikelihoodRatioTest.of(
                without.report().orElseThrow(), model.report().orElseThrow()));
        // end
        assertThat(model.report().orElseThrow().converged()).isTrue();
    }

    @Test
    void predictions() {
        Console.assertPrints("covariates-predict.txt", CovariateExamplesTest::predict);
    }

    private static void predict() {
        CustomerBase base = BASE;
        CovariateModel.Fitted model = ParetoNbd.withDefaults()
                .withCovariates(Covariates.of("age", "channel"))
                .fit(base);
        // snippet:covariates-predict
        double[] expected = new double[base.size()];
        model.expectedTransactionsInto(base, 0, base.size(), 52, expected);
        System.out.printf("purchases in 52 weeks of %s: %.6f%n", base.id(0), expected[0]);

        for (String channel : List.of("web", "shop")) {
            FittedTransactionModel profile = model.ofProfile(Map.of("age", "30", "channel", channel));
            System.out.printf(
                    "a new customer, 30, %-4s buys again %.4f times in 52 weeks; silent for 20, she is alive with %.4f%n",
                    channel, profile.expectedTransactionsOfNewCustomer(52), profile.probabilityAlive(3, 32, 52));
        }
        // end
        assertThat(model.covariates()).isEqualTo(levels());
    }
}
