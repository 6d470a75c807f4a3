// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.RetentionCovariateProvider;
import org.clv4j.core.model.RetentionCovariates;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.model.RetentionSimulator;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.internal.kernel.RetentionLikelihood;
import org.clv4j.models.internal.kernel.RetentionRows;
import org.clv4j.models.internal.optim.Objective;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fits: gradients, known parameters found again, covariates, warnings and refusals. */
class ContractFitTest {

    private static final Map<String, Map<String, Double>> TRUE = Map.of(
            "sbg", Map.of("alpha", 1.2, "beta", 3.0),
            "bdw", Map.of("alpha", 0.8, "beta", 4.0, "c", 1.4),
            "pareto-ii", Map.of("s", 1.5, "beta", 4.0),
            "weibull-gamma", Map.of("r", 1.5, "alpha", 8.0, "c", 1.3),
            "weibull-aft", Map.of("scale", 6.0, "shape", 1.3),
            "constant-retention", Map.of("r", 0.8));

    private static FittedRetentionModel stated(String name, Map<String, Double> parameters) {
        return ModelCatalog.load().retention(name).ofParameters(parameters);
    }

    /** Customers of a model who could leave 15 times. */
    private static RetentionData simulated(FittedRetentionModel model, int customers, long seed) {
        double[] survivors = new double[16];
        Random random = new Random(seed);
        for (int i = 0; i < customers; i++) {
            int leaves = ((RetentionSimulator) model).drawLeaving(0, random);
            for (int n = 0; n < Math.min(leaves, survivors.length); n++) {
                survivors[n]++;
            }
        }
        List<Double> cohort = new ArrayList<>();
        for (double count : survivors) {
            cohort.add(count);
        }
        return RetentionData.ofCohorts(List.of(cohort), 1);
    }

    @Test
    void knownParametersAreFoundAgain() {
        TRUE.forEach((name, parameters) -> {
            FitReport report = ModelCatalog.load()
                    .retention(name)
                    .model()
                    .fit(simulated(stated(name, parameters), 20_000, 5))
                    .report()
                    .orElseThrow();
            parameters.forEach(
                    (parameter, value) -> assertThat(report.parameters().get(parameter))
                            .as("`%s` of %s", parameter, name)
                            .isCloseTo(value, within(3 * report.standardErrors().get(parameter))));
        });
    }

    /** 100 samples of each model: estimates are standard normal about the truth, in units of their standard errors. */
    @Test
    @Tag("study")
    void standardErrorsAreRight() {
        TRUE.forEach((name, parameters) -> {
            FittedRetentionModel model = stated(name, parameters);
            RetentionModel unfitted = ModelCatalog.load().retention(name).model();
            Map<String, List<Double>> scores = new LinkedHashMap<>();
            for (int seed = 0; seed < 100; seed++) {
                FitReport report =
                        unfitted.fit(simulated(model, 20_000, seed)).report().orElseThrow();
                assertThat(report.converged()).isTrue();
                parameters.forEach((parameter, value) -> scores.computeIfAbsent(parameter, key -> new ArrayList<>())
                        .add(Math.log(report.parameters().get(parameter) / value)
                                * report.parameters().get(parameter)
                                / report.standardErrors().get(parameter)));
            }
            scores.forEach((parameter, of) -> {
                double mean = of.stream().mapToDouble(score -> score).average().orElseThrow();
                double square = of.stream()
                        .mapToDouble(score -> score * score)
                        .average()
                        .orElseThrow();
                assertThat(mean).as("mean score of %s of %s", parameter, name).isBetween(-0.4, 0.4);
                assertThat(square)
                        .as("mean squared score of %s of %s", parameter, name)
                        .isBetween(0.55, 1.6);
            });
        });
    }

    /** Customers whose plan and age change how long they stay. */
    private static RetentionData withCovariates(RetentionModel model, ProfileModel truth, int customers, long seed) {
        assertThat(model).isNotNull();
        List<Contract> contracts = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < customers; i++) {
            String plan = List.of("basic", "basic", "gold", "silver").get(random.nextInt(4));
            int age = 20 + random.nextInt(50);
            int seen = 4 + random.nextInt(10);
            FittedRetentionModel own = truth.of(plan, age);
            int leaves = ((RetentionSimulator) own).drawLeaving(0, random);
            Contract contract = Contract.ofRenewals("c" + i, Math.min(leaves - 1, seen))
                    .withAttribute("plan", plan)
                    .withAttribute("age", Integer.toString(age));
            contracts.add(leaves <= seen ? contract.ended() : contract);
        }
        return RetentionData.ofContracts(CustomerBase.ofContracts(contracts, TimeScale.MONTHS));
    }

    private interface ProfileModel {
        FittedRetentionModel of(String plan, int age);
    }

    private static double effect(String plan, int age) {
        return (plan.equals("gold") ? -0.8 : plan.equals("silver") ? 0.4 : 0) + 0.02 * age;
    }

    private static void near(FitReport report, String parameter, double value) {
        assertThat(report.parameters().get(parameter))
                .as(parameter)
                .isCloseTo(value, within(3 * report.standardErrors().get(parameter)));
    }

    @Test
    void effectsOnTheRateOfLeavingAreFoundAgain() {
        WeibullGamma model = WeibullGamma.withDefaults().withCovariates(Covariates.of("plan", "age"));
        RetentionData data = withCovariates(
                model, (plan, age) -> WeibullGamma.Fitted.of(1.5, 20 * Math.exp(-effect(plan, age)), 1.2), 6000, 11);
        WeibullGamma.Fitted fitted = model.fit(data);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        near(report, "leaving:plan=gold", -0.8);
        near(report, "leaving:plan=silver", 0.4);
        near(report, "leaving:age", 0.02);
        near(report, "c", 1.2);
        assertThat(fitted.covariates())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("plan", List.of("basic", "gold", "silver"), "age", List.of()));
        assertThat(report.covariates()).isEqualTo(fitted.covariates());
        checkRoundTrip("weibull-gamma", fitted, report);
        // A customer of the references is who the scalar methods mean.
        assertThat(fitted.ofProfile(Map.of("plan", "basic", "age", "0")).survival(5))
                .isCloseTo(fitted.survival(5), within(1e-14));
        assertThat(fitted.ofProfile(Map.of("plan", "gold", "age", "40")).survival(5))
                .isCloseTo(
                        WeibullGamma.Fitted.of(1.5, 20 * Math.exp(-effect("gold", 40)), 1.2)
                                .survival(5),
                        within(0.03));
    }

    @Test
    void timeRatiosAreFoundAgain() {
        WeibullAft model = WeibullAft.withDefaults().withCovariates(Covariates.of("plan", "age"));
        RetentionData data = withCovariates(
                model, (plan, age) -> WeibullAft.Fitted.of(3 * Math.exp(effect(plan, age)), 1.4), 6000, 12);
        WeibullAft.Fitted fitted = model.fit(data);
        FitReport report = fitted.report().orElseThrow();
        near(report, "time:plan=gold", -0.8);
        near(report, "time:plan=silver", 0.4);
        near(report, "time:age", 0.02);
        near(report, "scale", 3);
        near(report, "shape", 1.4);
        assertThat(fitted.timeRatio("plan=gold"))
                .isEqualTo(Math.exp(report.parameters().get("time:plan=gold")));
        assertThatThrownBy(() -> fitted.timeRatio("plan=basic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`column`");
        checkRoundTrip("weibull-aft", fitted, report);
        // Half of the customers of a profile are there at the median time, which the time ratio stretches.
        FittedRetentionModel gold = fitted.ofProfile(Map.of("plan", "gold", "age", "30"));
        FittedRetentionModel basic = fitted.ofProfile(Map.of("plan", "basic", "age", "30"));
        assertThat(gold.survival(5)).isLessThan(basic.survival(5));
    }

    private static void checkRoundTrip(String name, FittedRetentionModel fitted, FitReport report) {
        ModelProvider.OfRetention provider = ModelCatalog.load().retention(name);
        FittedRetentionModel read = provider.ofReport(report);
        FittedRetentionModel again =
                ((RetentionCovariateProvider) provider).ofParameters(fitted.parameters(), report.covariates());
        for (FittedRetentionModel other : List.of(read, again)) {
            assertThat(other.parameters()).isEqualTo(fitted.parameters());
            Map<String, String> profile = Map.of("plan", "silver", "age", "44");
            assertThat(((RetentionCovariates) other)
                            .ofProfile(profile)
                            .discountedExpectedLifetime(2, 0.1, PaymentTiming.END))
                    .isEqualTo(((RetentionCovariates) fitted)
                            .ofProfile(profile)
                            .discountedExpectedLifetime(2, 0.1, PaymentTiming.END));
        }
        assertThat(read.report()).contains(report);
    }

    @Test
    void whatCovariatesCannotBeIsRefused() {
        assertThatThrownBy(() -> WeibullAft.withDefaults().withCovariates(Covariates.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`covariates`");
        assertThatThrownBy(() ->
                        WeibullAft.withDefaults().withCovariates(Covariates.of().with(Effect.PURCHASES, "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("age");
        RetentionData data =
                withCovariates(WeibullAft.withDefaults(), (plan, age) -> WeibullAft.Fitted.of(5, 1.4), 300, 1);
        assertThatThrownBy(() -> WeibullAft.withDefaults()
                        .withCovariates(Covariates.of("region"))
                        .fit(data))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("region");
        WeibullAft.Fitted fitted =
                WeibullAft.withDefaults().withCovariates(Covariates.of("plan")).fit(data);
        assertThatThrownBy(() -> fitted.ofProfile(Map.of("plan", "platinum")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`plan` must be a level that the fit has seen")
                .hasMessageContaining("'platinum'");
        assertThatThrownBy(() -> fitted.ofProfile(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`plan`");
        RetentionData incomplete = RetentionData.ofContracts(CustomerBase.ofContracts(
                List.of(
                        Contract.ofRenewals("a", 2).withAttribute("plan", "gold"),
                        Contract.ofRenewals("b", 1).ended().withAttribute("plan", "basic"),
                        Contract.ofRenewals("c", 3).ended()),
                TimeScale.MONTHS));
        assertThatThrownBy(() -> WeibullAft.withDefaults()
                        .withCovariates(Covariates.of("plan"))
                        .fit(incomplete))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no `plan`");
        assertThatThrownBy(() ->
                        WeibullAft.Fitted.ofParameters(Map.of("scale", 5.0, "shape", 1.0), Map.of("age", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time:age");
    }

    /** A strong penalty leaves no effects, and none the effects of the data. */
    @Test
    void penaltiesShrinkEffects() {
        WeibullAft model = WeibullAft.withDefaults().withCovariates(Covariates.of("age"));
        RetentionData data =
                withCovariates(model, (plan, age) -> WeibullAft.Fitted.of(3 * Math.exp(0.03 * age), 1.2), 500, 3);
        double free = model.fit(data).parameters().get("time:age");
        WeibullAft.Fitted shrunk = WeibullAft.withDefaults()
                .withCovariates(Covariates.of("age").withPenalty(1e6))
                .fit(data);
        assertThat(free).isGreaterThan(0.02);
        assertThat(Math.abs(shrunk.parameters().get("time:age"))).isLessThan(1e-3);
        assertThat(shrunk.report().orElseThrow().provenance()).doesNotContainKey(Covariates.TEST);
    }

    @Test
    void gradientsAreDerivatives() {
        RetentionData data =
                RetentionData.ofCohorts(List.of(List.of(100, 80, 72, 60, 54), List.of(50, 30, 24), List.of(9, 0)), 1);
        RetentionRows rows = RetentionRows.of(data, null);
        Map<ContractFamily, double[]> points = Map.of(
                ShiftedBetaGeometric.FAMILY, new double[] {0.7, 1.9},
                BetaDiscreteWeibull.FAMILY, new double[] {0.7, 1.9, 1.6},
                ParetoTypeII.FAMILY, new double[] {0.7, 1.9},
                WeibullGamma.FAMILY, new double[] {0.7, 1.9, 0.6},
                WeibullAft.FAMILY, new double[] {6, 0.7});
        points.forEach((family, point) -> {
            Objective objective =
                    new RetentionLikelihood(rows, family.parameters().size(), List.of(), family.lifetimes());
            double[] gradient = new double[point.length];
            objective.evaluate(point, gradient);
            double[] unused = new double[point.length];
            for (int i = 0; i < point.length; i++) {
                double step = 1e-5 * point[i];
                double[] up = point.clone();
                up[i] += step;
                double[] down = point.clone();
                down[i] -= step;
                double slope = (objective.evaluate(up, unused) - objective.evaluate(down, unused)) / (2 * step);
                assertThat(gradient[i]).as("%s by %s", family.name(), i).isCloseTo(slope, within(1e-8));
            }
        });
    }

    @Test
    void alikeCustomersLeadToTheEdgeWithAWarning() {
        RetentionData alike = RetentionData.ofCohorts(List.of(List.of(1e6, 8e5, 6.4e5, 5.12e5, 4.096e5)), 12);
        FitReport report =
                ShiftedBetaGeometric.withDefaults().fit(alike).report().orElseThrow();
        assertThat(report.has(Condition.BOUNDARY)).isTrue();
        assertThat(report.standardErrors()).isEmpty();
        FittedRetentionModel fitted = ShiftedBetaGeometric.withDefaults().fit(alike);
        assertThat(fitted.survival(4)).isCloseTo(0.4096, within(1e-4));
        FitReport constant =
                ConstantRetention.withDefaults().fit(alike).report().orElseThrow();
        assertThat(constant.parameters().get("r")).isCloseTo(0.8, within(1e-15));
        assertThat(constant.standardErrors().get("r"))
                .isCloseTo(Math.sqrt(0.16 / (1e6 + 8e5 + 6.4e5 + 5.12e5)), within(1e-15));
        FitReport nobody = ConstantRetention.withDefaults()
                .fit(RetentionData.ofCohorts(List.of(List.of(5, 5, 5)), 12))
                .report()
                .orElseThrow();
        assertThat(nobody.parameters().get("r")).isEqualTo(1);
        assertThat(nobody.has(Condition.BOUNDARY)).isTrue();
        assertThat(nobody.logLikelihood().orElseThrow()).isZero();
    }

    @Test
    void dataThatTellNothingAreRefused() {
        for (RetentionModel model : List.of(ShiftedBetaGeometric.withDefaults(), ParetoTypeII.withDefaults())) {
            assertThatThrownBy(() -> model.fit(RetentionData.ofCohorts(List.of(List.of(10, 8)), 12)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("2 opportunities")
                    .hasMessageContaining("constant-retention");
            assertThatThrownBy(() -> model.fit(RetentionData.ofCohorts(List.of(List.of(10, 10, 10)), 12)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("who left");
            assertThatThrownBy(() -> model.fit(RetentionData.ofCohorts(List.of(List.of(10)), 12)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("an opportunity to leave");
        }
    }

    /** Without duration dependence the BdW is the sBG, and the Weibull-gamma model Pareto II. */
    @Test
    void limitsAreTheSimplerModels() {
        for (double a : new double[] {1e-3, 0.7, 40}) {
            for (double b : new double[] {1e-3, 1.2, 900}) {
                for (int n : new int[] {0, 3, 1000}) {
                    same(ShiftedBetaGeometric.Fitted.of(a, b), BetaDiscreteWeibull.Fitted.of(a, b, 1), n, 0);
                    same(
                            ShiftedBetaGeometric.Fitted.of(a, b),
                            BetaDiscreteWeibull.Fitted.of(a, b, 1 + 1e-14),
                            n,
                            1e-11);
                    same(ParetoTypeII.Fitted.of(a, b), WeibullGamma.Fitted.of(a, b, 1), n, 0);
                    same(ParetoTypeII.Fitted.of(a, b), WeibullGamma.Fitted.of(a, b, 1 + 1e-14), n, 1e-11);
                }
            }
        }
        assertThat(WeibullAft.Fitted.of(4, 1).retentionRate(3).value()).isCloseTo(Math.exp(-0.25), within(1e-15));
    }

    private static void same(FittedRetentionModel one, FittedRetentionModel other, int n, double tolerance) {
        for (double rate : new double[] {1e-6, 0.1}) {
            double expected = one.discountedExpectedLifetime(n, rate, PaymentTiming.BEGIN);
            assertThat(other.discountedExpectedLifetime(n, rate, PaymentTiming.BEGIN))
                    .isCloseTo(expected, within(tolerance * expected));
        }
        assertThat(other.survivalAfter(n, 5)).isCloseTo(one.survivalAfter(n, 5), within(tolerance));
    }
}
