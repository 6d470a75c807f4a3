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
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CovariateDependent;
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
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood;
import org.clv4j.models.internal.kernel.CovariateRows;
import org.clv4j.models.internal.optim.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covariates that do not change: kernels, batches, reductions, units, recovery, refusals. */
class CovariateModelTest {

    private static final Map<String, List<String>> LEVELS =
            Map.of("age", List.of(), "region", List.of("south", "north", "west"));

    private static ModelProvider.OfTransactions provider(String model) {
        return ModelCatalog.load().transactions(model);
    }

    private static CovariateFamily family(String model) {
        return switch (model) {
            case "pareto-nbd" -> CovariateFamily.PARETO_NBD;
            case "bg-nbd" -> CovariateFamily.BG_NBD;
            case "mbg-nbd" -> CovariateFamily.MBG_NBD;
            default -> CovariateFamily.GGOMPERTZ_NBD;
        };
    }

    private static Map<String, Double> plain(String model) {
        return switch (model) {
            case "pareto-nbd" -> Map.of("r", 0.8, "alpha", 7.0, "s", 0.7, "beta", 12.0);
            case "ggompertz-nbd" -> Map.of("r", 0.8, "alpha", 7.0, "b", 0.1, "s", 1.5, "beta", 5.0);
            default -> Map.of("r", 0.8, "alpha", 7.0, "a", 0.7, "b", 2.5);
        };
    }

    private static Map<String, Double> withEffects(String model, double factor) {
        Map<String, Double> all = new LinkedHashMap<>(plain(model));
        all.put("purchase:age", 0.03 * factor);
        all.put("dropout:age", -0.02 * factor);
        all.put("purchase:region=north", 0.6 * factor);
        all.put("dropout:region=north", 0.4 * factor);
        all.put("purchase:region=west", -0.5 * factor);
        all.put("dropout:region=west", 0.2 * factor);
        return all;
    }

    private static CovariateModel.Fitted truth(String model, double factor) {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        levels.put("age", LEVELS.get("age"));
        levels.put("region", LEVELS.get("region"));
        return (CovariateModel.Fitted)
                ((CovariateProvider) provider(model)).ofParameters(withEffects(model, factor), levels);
    }

    private static CustomerBase simulated(CovariateDependent truth, int customers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            int draw = random.nextInt(10);
            Map<String, String> profile = Map.of(
                    "age",
                    Integer.toString(20 + random.nextInt(50)),
                    "region",
                    draw < 5 ? "south" : draw < 8 ? "north" : "west");
            double age = random.nextDouble(30, 60);
            double[] times =
                    ((TransactionSimulator) truth.ofProfile(profile)).simulateTransactionTimes(age, random.nextLong());
            double recency = times.length == 0 ? 0 : times[times.length - 1];
            summaries.add(new CustomerSummary("c" + i, times.length, recency, age, 0, 1, profile));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static CustomerBase changed(CustomerBase base, String name, UnaryOperator<String> change) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            CustomerSummary summary = base.summary(row);
            Map<String, String> attributes = new LinkedHashMap<>(summary.attributes());
            attributes.computeIfPresent(name, (unused, value) -> change.apply(value));
            summaries.add(summary.withAttributes(attributes));
        }
        return CustomerBase.ofSummaries(summaries, base.timeScale());
    }

    private static double sum(FittedTransactionModel model, CustomerBase base) {
        double[] logs = new double[base.size()];
        model.logLikelihoodInto(base, 0, base.size(), logs);
        return Arrays.stream(logs).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pareto-nbd", "bg-nbd", "mbg-nbd", "ggompertz-nbd"})
    void gradientIsThatOfTheLikelihood(String model) {
        CustomerBase base = simulated(truth(model, 1), 300, 1);
        CovariateFamily family = family(model);
        Covariates covariates = Covariates.of("region").with(Effect.EQUAL, "age");
        CovariateCoding coding = CovariateCoding.learn(base, covariates);
        CovariateRows rows = CovariateRows.of(base, coding);
        CovariateEffects effects = CovariateEffects.of(family, covariates, coding);
        int shared = family.parameters().size();
        Objective likelihood = new CovariateLikelihood(
                rows, shared, effects.effects, Objects.requireNonNull(family.kernels()), Execution.sequential());
        double[] at = new double[shared + effects.effects.size()];
        for (int i = 0; i < shared; i++) {
            at[i] = plain(model).get(family.parameters().get(i).name());
        }
        SplittableRandom random = new SplittableRandom(2);
        for (int i = shared; i < at.length; i++) {
            at[i] = random.nextDouble(-1.5, 1.5);
        }
        double[] gradient = new double[at.length];
        double logLikelihood = -likelihood.evaluate(at, gradient) * base.size();
        assertThat(ofStandardised(family, coding, rows, effects, at, base))
                .as(model)
                .isCloseTo(logLikelihood, within(1e-12 * Math.abs(logLikelihood)));
        for (int i = 0; i < at.length; i++) {
            double step = 1e-3 * (i < shared ? at[i] : 1);
            double[] values = new double[4];
            double[] offsets = {-2, -1, 1, 2};
            for (int k = 0; k < 4; k++) {
                double[] moved = at.clone();
                moved[i] += offsets[k] * step;
                values[k] = likelihood.evaluate(moved, new double[at.length]);
            }
            double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step);
            assertThat(gradient[i])
                    .as("%s: %s", model, i)
                    .isCloseTo(difference, within(1e-8 * (1 + Math.abs(difference))));
        }
    }

    /** The log-likelihood by the formulas of each customer. */
    private static double ofStandardised(
            CovariateFamily family,
            CovariateCoding coding,
            CovariateRows rows,
            CovariateEffects effects,
            double[] at,
            CustomerBase base) {
        double sum = 0;
        double[] columns = new double[coding.names().size()];
        for (int row = 0; row < base.size(); row++) {
            coding.code(base, row, columns);
            double[] own = Arrays.copyOf(at, family.parameters().size());
            for (int k = 0; k < effects.effects.size(); k++) {
                int column = effects.effects.get(k).column();
                double scaled = (columns[column] - rows.mean(column)) / rows.deviation(column);
                for (CovariateLikelihood.Target target : effects.effects.get(k).targets()) {
                    own[target.parameter()] *= Math.exp(target.sign() * at[own.length + k] * scaled);
                }
            }
            sum += family.fitted().apply(own).logLikelihood(base.frequency(row), base.recency(row), base.age(row));
        }
        return sum;
    }

    /** What the fit says is the likelihood of what it says are the parameters: the way from scaled to raw units is right. */
    @ParameterizedTest
    @ValueSource(strings = {"pareto-nbd", "bg-nbd", "mbg-nbd", "ggompertz-nbd"})
    void aFitGivesTheTruthBack(String model) {
        CovariateModel.Fitted truth = truth(model, 1);
        CustomerBase base = simulated(truth, model.equals("ggompertz-nbd") ? 2000 : 4000, 3);
        CovariateModel.Fitted fitted = (CovariateModel.Fitted) ((CovariateProvider) provider(model))
                .model(Covariates.of("age", "region"))
                .fit(base);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.covariates()).isEqualTo(LEVELS);
        double logLikelihood = report.logLikelihood().orElseThrow();
        assertThat(sum(fitted, base)).isCloseTo(logLikelihood, within(1e-10 * Math.abs(logLikelihood)));
        assertThat(logLikelihood).isGreaterThan(sum(truth, base));
        withEffects(model, 1).forEach((name, value) -> {
            if (name.contains(":")) {
                double error = Objects.requireNonNull(report.standardErrors().get(name));
                assertThat(fitted.parameters().get(name))
                        .as("%s, standard error %s", name, error)
                        .isCloseTo(value, within(4 * error));
            }
        });
        FitReport without = provider(model).model().fit(base).report().orElseThrow();
        LikelihoodRatioTest test = LikelihoodRatioTest.of(without, report);
        assertThat(test.degreesOfFreedom()).isEqualTo(6);
        assertThat(test.pValue()).isLessThan(1e-10);
    }

    /** Standard errors in raw units are those of the curvature in raw units. */
    @Test
    void standardErrorsAreOfTheRawUnits() {
        CustomerBase base = simulated(truth("pareto-nbd", 1), 1500, 4);
        CovariateModel.Fitted fitted = ParetoNbd.withDefaults()
                .withCovariates(Covariates.of().with(Effect.PURCHASES, "age"))
                .fit(base);
        FitReport report = fitted.report().orElseThrow();
        List<String> names = List.copyOf(report.parameters().keySet());
        double[] at = report.parameters().values().stream()
                .mapToDouble(value -> value)
                .toArray();
        int n = at.length;
        double[][] information = new double[n][n];
        double[] steps = Arrays.stream(at).map(value -> 1e-3 * Math.abs(value)).toArray();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double difference = 0;
                for (int sign = 0; sign < 4; sign++) {
                    double[] moved = at.clone();
                    moved[i] += (sign < 2 ? 1 : -1) * steps[i];
                    moved[j] += (sign % 2 == 0 ? 1 : -1) * steps[j];
                    Map<String, Double> values = new LinkedHashMap<>();
                    for (int k = 0; k < n; k++) {
                        values.put(names.get(k), moved[k]);
                    }
                    double value = sum(
                            CovariateModel.Fitted.of(CovariateFamily.PARETO_NBD, values, Map.of("age", List.of())),
                            base);
                    difference += (sign == 0 || sign == 3 ? 1 : -1) * value;
                }
                information[i][j] = -difference / (4 * steps[i] * steps[j]);
            }
        }
        double[][] covariance =
                MatrixUtils.inverse(new Array2DRowRealMatrix(information)).getData();
        for (int i = 0; i < n; i++) {
            assertThat(report.standardErrors().get(names.get(i)))
                    .as(names.get(i))
                    .isCloseTo(Math.sqrt(covariance[i][i]), within(1e-3 * Math.sqrt(covariance[i][i])));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pareto-nbd", "bg-nbd", "mbg-nbd", "ggompertz-nbd"})
    void aBatchIsItsCustomersToTheLastBit(String model) {
        CovariateModel.Fitted fitted = truth(model, 1);
        CustomerBase base = simulated(fitted, 60, 5);
        expectBatch(base, fitted::logLikelihoodInto, FittedTransactionModel::logLikelihood, fitted);
        expectBatch(base, fitted::probabilityAliveInto, FittedTransactionModel::probabilityAlive, fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.probabilityActiveInto(b, from, to, 13, out),
                (m, x, tx, t) -> m.probabilityActive(x, tx, t, 13),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.expectedTransactionsInto(b, from, to, 13, out),
                (m, x, tx, t) -> m.expectedTransactions(x, tx, t, 13),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.discountedExpectedTransactionsInto(b, from, to, 13, 0.01, out),
                (m, x, tx, t) -> m.discountedExpectedTransactions(x, tx, t, 13, 0.01),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.discountedExpectedResidualTransactionsInto(b, from, to, 0.01, out),
                (m, x, tx, t) -> of(m).discountedExpectedResidualTransactions(x, tx, t, 0.01),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.probabilityAliveAtInto(b, from, to, 13, out),
                (m, x, tx, t) -> of(m).probabilityAliveAt(x, tx, t, 13),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.probabilityOfFutureTransactionsInto(b, from, to, 2, 13, out),
                (m, x, tx, t) -> of(m).probabilityOfFutureTransactions(2, x, tx, t, 13),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.expectedTimeToNextPurchaseInto(b, from, to, 13, out),
                (m, x, tx, t) -> of(m).expectedTimeToNextPurchase(x, tx, t, 13),
                fitted);
        expectBatch(
                base,
                (b, from, to, out) -> fitted.timeToNextPurchaseQuantileInto(b, from, to, 0.5, out),
                (m, x, tx, t) -> of(m).timeToNextPurchaseQuantile(x, tx, t, 0.5),
                fitted);
        expectBatch(
                base, fitted::expectedPurchaseRateInto, (m, x, tx, t) -> of(m).expectedPurchaseRate(x, tx, t), fitted);
        expectBatch(
                base, fitted::expectedDropoutRateInto, (m, x, tx, t) -> of(m).expectedDropoutRate(x, tx, t), fitted);
        double[] drawn = new double[base.size()];
        fitted.futureTransactionsInto(base, 0, base.size(), 26, 9, drawn);
        double[] alone = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            of(fitted.ofCustomer(base, row)).futureTransactionsInto(base, row, row + 1, 26, 9, alone);
            assertThat(drawn[row]).isEqualTo(alone[0]);
        }
        assertThat(Arrays.stream(drawn).sum()).isPositive();
    }

    private static FittedAttritionModel of(FittedTransactionModel model) {
        return (FittedAttritionModel) model;
    }

    private interface Batch {
        void into(CustomerBase base, int from, int to, double[] out);
    }

    private interface Scalar {
        double of(FittedTransactionModel model, int frequency, double recency, double age);
    }

    private static void expectBatch(CustomerBase base, Batch batch, Scalar scalar, CovariateModel.Fitted fitted) {
        double[] out = new double[base.size() - 7];
        batch.into(base, 7, base.size(), out);
        for (int row = 7; row < base.size(); row++) {
            FittedTransactionModel own = fitted.ofCustomer(base, row);
            assertThat(out[row - 7]).isEqualTo(scalar.of(own, base.frequency(row), base.recency(row), base.age(row)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pareto-nbd", "bg-nbd", "mbg-nbd", "ggompertz-nbd"})
    void effectsOfZeroAreNone(String model) {
        CovariateModel.Fitted none = truth(model, 0);
        FittedTransactionModel without = provider(model).ofParameters(plain(model));
        CustomerBase base = simulated(none, 50, 6);
        for (int row = 0; row < base.size(); row++) {
            assertThat(none.ofCustomer(base, row).parameters()).isEqualTo(without.parameters());
        }
        assertThat(sum(none, base)).isEqualTo(sum(without, base));
        assertThat(none.expectedTransactionsOfNewCustomer(20)).isEqualTo(without.expectedTransactionsOfNewCustomer(20));
    }

    /** The penalty decides where it is strong, changes no bit where it is 0, and does not depend on the number of customers. */
    @Test
    void thePenaltyHoldsEffectsDown() {
        CustomerBase base = simulated(truth("bg-nbd", 1), 800, 7);
        Covariates covariates = Covariates.of("age", "region");
        FitReport free = BgNbd.withDefaults()
                .withCovariates(covariates)
                .fit(base)
                .report()
                .orElseThrow();
        FitReport zero = BgNbd.withDefaults()
                .withCovariates(covariates.withPenalty(0))
                .fit(base)
                .report()
                .orElseThrow();
        assertThat(zero.parameters()).isEqualTo(free.parameters());
        assertThat(zero.standardErrors()).isEqualTo(free.standardErrors());
        FitReport held = BgNbd.withDefaults()
                .withCovariates(covariates.withPenalty(1e9))
                .fit(base)
                .report()
                .orElseThrow();
        FitReport without = BgNbd.withDefaults().fit(base).report().orElseThrow();
        without.parameters()
                .forEach((name, value) ->
                        assertThat(held.parameters().get(name)).as(name).isCloseTo(value, within(1e-4 * value)));
        assertThat(held.parameters().get("purchase:age")).isCloseTo(0, within(1e-6));
        assertThat(held.logLikelihood().orElseThrow())
                .isCloseTo(without.logLikelihood().orElseThrow(), within(1e-3));
    }

    /** Another unit or origin of a covariate changes the numbers that have it, and nothing that is predicted. */
    @Test
    void unitsOfCovariatesDoNotMatter() {
        CustomerBase years = simulated(truth("pareto-nbd", 1), 800, 8);
        CustomerBase months = changed(years, "age", age -> Double.toString(12 * (Double.parseDouble(age) - 18)));
        Covariates covariates = Covariates.of("age", "region");
        CovariateModel.Fitted first =
                ParetoNbd.withDefaults().withCovariates(covariates).fit(years);
        CovariateModel.Fitted second =
                ParetoNbd.withDefaults().withCovariates(covariates).fit(months);
        for (String effect : List.of("purchase:age", "dropout:age")) {
            double value = Objects.requireNonNull(first.parameters().get(effect));
            assertThat(12 * second.parameters().get(effect)).isCloseTo(value, within(1e-6 * Math.abs(value)));
        }
        double shifted = first.parameters().get("alpha")
                * Math.exp(-18 * first.parameters().get("purchase:age"));
        assertThat(second.parameters().get("alpha")).isCloseTo(shifted, within(1e-6 * shifted));
        double[] one = new double[years.size()];
        double[] two = new double[years.size()];
        first.expectedTransactionsInto(years, 0, years.size(), 26, one);
        second.expectedTransactionsInto(months, 0, years.size(), 26, two);
        for (int row = 0; row < one.length; row++) {
            assertThat(two[row]).isCloseTo(one[row], within(1e-7 * one[row]));
        }
    }

    @Test
    void oneEffectOnBothProcesses() {
        CustomerBase base = simulated(truth("pareto-nbd", 1), 1500, 9);
        Covariates own = Covariates.of("age");
        FitReport two =
                ParetoNbd.withDefaults().withCovariates(own).fit(base).report().orElseThrow();
        FitReport one = ParetoNbd.withDefaults()
                .withCovariates(own.with(Effect.EQUAL, "age"))
                .fit(base)
                .report()
                .orElseThrow();
        assertThat(one.parameters().keySet()).containsExactly("r", "alpha", "s", "beta", "both:age");
        LikelihoodRatioTest test = LikelihoodRatioTest.of(one, two);
        assertThat(test.degreesOfFreedom()).isEqualTo(1);
        assertThat(test.statistic()).isGreaterThan(0);
    }

    @Test
    void threadsGiveTheSameBits() {
        CustomerBase base = simulated(truth("bg-nbd", 1), 40_000, 10);
        CovariateModel model = BgNbd.withDefaults().withCovariates(Covariates.of("age", "region"));
        FitReport one = model.fit(base).report().orElseThrow();
        FitReport three = model.fit(base, Execution.ofThreads(3)).report().orElseThrow();
        assertThat(three.parameters()).isEqualTo(one.parameters());
        assertThat(three.standardErrors()).isEqualTo(one.standardErrors());
    }

    @Test
    void weightsAreRepetitions() {
        CustomerBase base = simulated(truth("mbg-nbd", 1), 400, 11);
        List<CustomerSummary> twice = new ArrayList<>();
        double[] weights = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            weights[row] = 1 + row % 2;
            for (int i = 0; i < weights[row]; i++) {
                CustomerSummary summary = base.summary(row);
                twice.add(new CustomerSummary(
                        summary.id() + "-" + i,
                        summary.frequency(),
                        summary.recency(),
                        summary.age(),
                        0,
                        1,
                        summary.attributes()));
            }
        }
        CovariateModel model = MbgNbd.withDefaults().withCovariates(Covariates.of("age"));
        FitReport weighted = model.fit(base.withWeights(weights)).report().orElseThrow();
        FitReport repeated = model.fit(CustomerBase.ofSummaries(twice, TimeScale.WEEKS))
                .report()
                .orElseThrow();
        repeated.parameters()
                .forEach((name, value) -> assertThat(weighted.parameters().get(name))
                        .as(name)
                        .isCloseTo(value, within(1e-7 * Math.abs(value))));
        assertThat(weighted.logLikelihood().orElseThrow())
                .isCloseTo(repeated.logLikelihood().orElseThrow(), within(1e-8));
    }

    @Test
    void whatCannotBeIsRefused() {
        CovariateModel.Fitted fitted = truth("pareto-nbd", 1);
        CustomerBase base = simulated(fitted, 60, 12);
        double[] out = new double[60];
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> fitted.probabilityAliveInto(changed(base, "region", region -> "mars"), 0, 60, out))
                .withMessage("`region` must be a level that the fit has seen, south, north, west, but was 'mars'"
                        + " (customer c0, row 1)");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> fitted.probabilityAliveInto(changed(base, "age", age -> "old"), 0, 60, out))
                .withMessageContaining("`age` must be a number, but was 'old' (customer c0, row 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitted.ofProfile(Map.of("age", "30")))
                .withMessageContaining("has no `region`");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> fitted.ofProfile(Map.of("age", "1e9", "region", "south")))
                .withMessageContaining("too far");
        CovariateModel model = ParetoNbd.withDefaults().withCovariates(Covariates.of("age", "region"));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> model.fit(changed(base, "region", region -> "south")))
                .withMessageContaining("tells nothing");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> ParetoNbd.withDefaults()
                        .withCovariates(Covariates.of("income"))
                        .fit(base))
                .withMessageContaining("`income`");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> model.fit(changed(base, "age", age -> "0")))
                .withMessageContaining("tells nothing");
        List<CustomerSummary> copied = new ArrayList<>();
        List<CustomerSummary> lacking = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            CustomerSummary summary = base.summary(row);
            Map<String, String> attributes = new LinkedHashMap<>(summary.attributes());
            attributes.put("months", Integer.toString(12 * Integer.parseInt(attributes.get("age"))));
            copied.add(summary.withAttributes(attributes));
            lacking.add(row == 8 ? summary.withAttributes(Map.of("age", "30")) : summary);
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> ParetoNbd.withDefaults()
                        .withCovariates(Covariates.of("age", "region", "months"))
                        .fit(CustomerBase.ofSummaries(copied, TimeScale.WEEKS)))
                .withMessage("the covariates [age, months] follow from each other; leave one of them out");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> model.fit(CustomerBase.ofSummaries(lacking, TimeScale.WEEKS)))
                .withMessageContaining("customer c8 (row 9) has no `region`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParetoNbd.withDefaults().withCovariates(Covariates.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider("pareto-nbd").ofParameters(withEffects("pareto-nbd", 1)));
    }

    /** Numbers can be stated; a report holds the levels of categories. */
    @Test
    void parametersMakeTheModelAgain() {
        Map<String, Double> values = new LinkedHashMap<>(plain("bg-nbd"));
        values.put("purchase:age", 0.01);
        CovariateModel.Fitted stated =
                (CovariateModel.Fitted) provider("bg-nbd").ofParameters(values);
        assertThat(stated.parameters()).isEqualTo(values);
        assertThat(stated.ofProfile(Map.of("age", "10")).parameters().get("alpha"))
                .isCloseTo(7 * Math.exp(-0.1), within(1e-14));
        CustomerBase base = simulated(truth("bg-nbd", 1), 500, 13);
        CovariateModel.Fitted fitted = BgNbd.withDefaults()
                .withCovariates(Covariates.of("age", "region"))
                .fit(base);
        CovariateModel.Fitted again = (CovariateModel.Fitted)
                provider("bg-nbd").ofReport(fitted.report().orElseThrow());
        assertThat(again.covariates()).isEqualTo(fitted.covariates());
        assertThat(sum(again, base)).isEqualTo(sum(fitted, base));
    }
}
