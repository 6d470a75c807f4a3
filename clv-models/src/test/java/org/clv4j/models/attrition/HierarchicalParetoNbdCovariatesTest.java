// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.inference.Posterior;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HierarchicalParetoNbdCovariatesTest {

    private static final Map<String, Double> EFFECTS = Map.of(
            "purchase:age", 0.03, "dropout:age", -0.03, "purchase:region=north", 0.7, "dropout:region=north", -0.6);

    private static final Map<String, List<String>> LEVELS = levels();

    private static Map<String, List<String>> levels() {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        levels.put("age", List.of());
        levels.put("region", List.of("south", "north"));
        return levels;
    }

    private static ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions(HierarchicalParetoNbd.NAME);
    }

    private static CovariateModel.Fitted truth() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("mean_log_lambda", -4.2);
        all.put("mean_log_mu", -2.4);
        all.put("var_log_lambda", 0.8);
        all.put("var_log_mu", 1.0);
        all.put("cov_log", 0.2);
        all.putAll(EFFECTS);
        return (CovariateModel.Fitted) ((CovariateProvider) provider()).ofParameters(all, LEVELS);
    }

    /** Customers of the truth, who also have a number that tells nothing. */
    private static CustomerBase simulated(int customers, boolean continuous) {
        SplittableRandom random = new SplittableRandom(7);
        CovariateModel.Fitted truth = truth();
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = random.nextDouble(20, 70);
            Map<String, String> profile = Map.of(
                    "age",
                    continuous ? Double.toString(age) : Long.toString(10 * Math.round(age / 10)),
                    "region",
                    random.nextInt(5) < 3 ? "south" : "north",
                    "dice",
                    Integer.toString(1 + random.nextInt(6)));
            double observed = random.nextInt(30, 61);
            double[] times = ((TransactionSimulator) truth.ofProfile(profile))
                    .simulateTransactionTimes(observed, random.nextLong());
            double recency = times.length == 0 ? 0 : times[times.length - 1];
            summaries.add(new CustomerSummary("c" + i, times.length, recency, observed, 0, 1, profile));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static CovariateModel model(Covariates covariates) {
        return HierarchicalParetoNbd.withDefaults().withDraws(100, 150).withCovariates(covariates);
    }

    private static double deviation(FitReport report, String name) {
        Double deviation = report.standardErrors().get(name);
        assertThat(deviation).as(name).isNotNull();
        return deviation == null ? Double.NaN : deviation;
    }

    @Tag("study")
    @Test
    void aFitGivesTheTruthBack() {
        CustomerBase base = simulated(600, true);
        CovariateModel.Fitted fitted = HierarchicalParetoNbd.withDefaults()
                .withDraws(400, 800)
                .withCovariates(Covariates.of("age", "region"))
                .fit(base, Execution.ofThreads(2));
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.covariates().keySet()).containsExactlyInAnyOrder("age", "region");
        Map<String, Double> truth = new LinkedHashMap<>(truth().parameters());
        Posterior posterior = fitted.posterior().orElseThrow();
        assertThat(posterior.parameters())
                .containsExactlyElementsOf(fitted.parameters().keySet());
        truth.forEach((name, value) -> assertThat(posterior.median(name))
                .as("%s, deviation %s", name, deviation(report, name))
                .isCloseTo(value, within(3 * deviation(report, name))));
        // What the posterior knows is worth knowing.
        assertThat(deviation(report, "purchase:age")).isLessThan(0.012);
        assertThat(posterior.quantile("purchase:age", 0.01)).isPositive();
        assertThat(posterior.quantile("purchase:region=north", 0.01)).isPositive();

        double[] logs = new double[base.size()];
        fitted.logLikelihoodInto(base, 0, base.size(), logs);
        double logLikelihood = report.logLikelihood().orElseThrow();
        assertThat(Arrays.stream(logs).sum()).isCloseTo(logLikelihood, within(1e-9 * Math.abs(logLikelihood)));

        FittedTransactionModel again = provider().ofReport(report);
        double[] logsAgain = new double[base.size()];
        again.logLikelihoodInto(base, 0, base.size(), logsAgain);
        assertThat(logsAgain).isEqualTo(logs);
        assertThat(((CovariateModel.Fitted) again).posterior()).isEmpty();
    }

    @Tag("study")
    @Test
    void threadsGiveTheSameBits() {
        CustomerBase base = simulated(250, false);
        CovariateModel model = model(Covariates.of("region"));
        CovariateModel.Fitted one = model.fit(base);
        assertThat(model.fit(base, Execution.ofThreads(3)).parameters()).isEqualTo(one.parameters());
        assertThat(one.parameters())
                .containsOnlyKeys(
                        "mean_log_lambda",
                        "mean_log_mu",
                        "var_log_lambda",
                        "var_log_mu",
                        "cov_log",
                        "purchase:region=north",
                        "dropout:region=north");
        assertThat(one.parameters().get("purchase:region=north")).isBetween(0.0, 1.5);
    }

    @Test
    void whatTellsNothingHasNoEffect() {
        FitReport report =
                model(Covariates.of("dice")).fit(simulated(400, false)).report().orElseThrow();
        for (String name : List.of("purchase:dice", "dropout:dice")) {
            assertThat(report.parameters().get(name)).as(name).isCloseTo(0, within(3 * deviation(report, name)));
            assertThat(deviation(report, name)).as(name).isLessThan(0.25);
        }
    }

    @Test
    void effectsCanBeOfOneRateOrEqual() {
        CustomerBase base = simulated(80, false);
        CovariateModel.Fitted some = model(
                        Covariates.of().with(Effect.PURCHASES, "age").with(Effect.DROPOUT, "region"))
                .fit(base);
        assertThat(some.parameters().keySet())
                .endsWith("purchase:age", "dropout:region=north")
                .hasSize(7);
        CovariateModel.Fitted equal =
                model(Covariates.of().with(Effect.EQUAL, "region")).fit(base);
        assertThat(equal.parameters().keySet()).endsWith("both:region=north").hasSize(6);
        FittedTransactionModel north = equal.ofProfile(Map.of("region", "north"));
        double effect = FittedAttritionModel.parameter(equal.parameters(), "both:region=north");
        assertThat(north.parameters().get("mean_log_lambda"))
                .isEqualTo(FittedAttritionModel.parameter(equal.parameters(), "mean_log_lambda") + effect);
        assertThat(north.parameters().get("mean_log_mu"))
                .isEqualTo(FittedAttritionModel.parameter(equal.parameters(), "mean_log_mu") + effect);
        CovariateModel.Fitted held =
                model(Covariates.of("region").withPenalty(1e8)).fit(base);
        assertThat(held.parameters().get("purchase:region=north")).isCloseTo(0, within(1e-3));
    }

    @Test
    void aBatchIsItsCustomersToTheLastBit() {
        CovariateModel.Fitted fitted = truth();
        CustomerBase base = simulated(40, true);
        double[] alive = new double[40];
        double[] expected = new double[40];
        double[] counts = new double[40];
        fitted.probabilityAliveInto(base, 0, 40, alive);
        fitted.expectedTransactionsInto(base, 0, 40, 26, expected);
        fitted.probabilityOfFutureTransactionsInto(base, 0, 40, 2, 26, counts);
        for (int row = 0; row < 40; row++) {
            FittedAttritionModel own = (FittedAttritionModel) fitted.ofCustomer(base, row);
            int x = base.frequency(row);
            assertThat(alive[row]).isEqualTo(own.probabilityAlive(x, base.recency(row), base.age(row)));
            assertThat(expected[row]).isEqualTo(own.expectedTransactions(x, base.recency(row), base.age(row), 26));
            assertThat(counts[row])
                    .isEqualTo(own.probabilityOfFutureTransactions(2, x, base.recency(row), base.age(row), 26));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        CustomerBase base = simulated(60, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HierarchicalParetoNbd.withDefaults().withCovariates(Covariates.of()))
                .withMessageContaining("at least one");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> model(Covariates.of("income")).fit(base))
                .withMessageContaining("`income`");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> truth().ofProfile(Map.of("age", "1e5", "region", "south")))
                .withMessageContaining("too far");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> model(Covariates.of("age"))
                        .fit(CustomerBase.ofSummaries(
                                List.of(
                                        base.summary(0),
                                        base.summary(1),
                                        base.summary(2).withAttributes(Map.of())),
                                TimeScale.WEEKS)))
                .withMessageContaining("has no `age`");
        Map<String, Double> singular = new LinkedHashMap<>(truth().parameters());
        singular.put("cov_log", 2.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ((CovariateProvider) provider()).ofParameters(singular, LEVELS))
                .withMessageContaining("cov_log");
    }
}
