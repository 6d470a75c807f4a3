// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.testkit.SimulatedBases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Do simulated customers give their parameters back, and are the standard errors as large as the errors? For each model, 200 bases
 * of customers with known parameters are simulated and fitted. The tables of {@code docs/accuracy.md} are the result.
 */
@Tag("study")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryStudyTest {

    private static final String PAGE = "docs/accuracy.md";
    private static final int SEEDS = 200;
    private static final int CUSTOMERS = 8_000;
    private static final double YOUNGEST = 26;
    private static final double OLDEST = 104;
    private static final double DEMANDED = 0.95;
    /** The 97.5 % point of the normal distribution. */
    private static final double NORMAL = 1.959964;

    /** About the CDNOW fits, rounded. */
    private static final Map<String, Map<String, Double>> TRUTHS = Map.of(
            "nbd", ordered("r", 0.385, "alpha", 12.0),
            "pareto-nbd", ordered("r", 0.553, "alpha", 10.58, "s", 0.606, "beta", 11.67),
            "bg-nbd", ordered("r", 0.243, "alpha", 4.414, "a", 0.793, "b", 2.426),
            "mbg-nbd", ordered("r", 0.525, "alpha", 6.183, "a", 0.891, "b", 1.614),
            "gamma-gamma", ordered("p", 6.25, "q", 3.74, "gamma", 15.44));

    private static final List<String> MODELS = List.of("nbd", "pareto-nbd", "bg-nbd", "mbg-nbd", "gamma-gamma");

    private final Map<String, Recovery> recoveries = new LinkedHashMap<>();
    private final Map<String, List<Sampled>> sampled = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"nbd", "pareto-nbd", "bg-nbd", "mbg-nbd"})
    void purchasesGiveTheirParametersBack(String name) {
        Map<String, Double> truth = truth(name);
        FittedTransactionModel model = ModelCatalog.load().transactions(name).ofParameters(truth);
        Recovery recovery = new Recovery(truth);
        Sampled purchases = new Sampled("repeat purchases");
        Sampled without = new Sampled("share without one");
        for (int seed = 1; seed <= SEEDS; seed++) {
            CustomerBase base = SimulatedBases.of((TransactionSimulator) model)
                    .withAges(YOUNGEST, OLDEST)
                    .continuous(CUSTOMERS, TimeScale.WEEKS, seed);
            for (int row = 0; row < base.size(); row++) {
                double age = base.age(row);
                purchases.add(base.frequency(row), model.expectedTransactionsOfNewCustomer(age));
                without.add(
                        base.frequency(row) == 0 ? 1 : 0,
                        ((TransactionDistribution) model).probabilityOfTransactions(0, age));
            }
            recovery.add(ModelCatalog.load()
                    .transactions(name)
                    .model()
                    .fit(base)
                    .report()
                    .orElseThrow());
        }
        judge(name, recovery, List.of(purchases, without));
    }

    /** How often customers buy comes from BG/NBD; only repeat buyers take part in the fit. */
    @Test
    void spendGivesItsParametersBack() {
        String name = "gamma-gamma";
        Map<String, Double> truth = truth(name);
        Map<String, Double> purchases = truth("bg-nbd");
        GammaGamma.Fitted model = GammaGamma.Fitted.of(value(truth, "p"), value(truth, "q"), value(truth, "gamma"));
        TransactionSimulator buyers = BgNbd.Fitted.of(
                value(purchases, "r"), value(purchases, "alpha"), value(purchases, "a"), value(purchases, "b"));
        Recovery recovery = new Recovery(truth);
        Sampled spend = new Sampled("mean of repeat purchases");
        for (int seed = 1; seed <= SEEDS; seed++) {
            CustomerBase base = SimulatedBases.of(buyers)
                    .withSpend(model)
                    .withAges(YOUNGEST, OLDEST)
                    .continuous(CUSTOMERS, TimeScale.WEEKS, seed);
            for (int row = 0; row < base.size(); row++) {
                if (base.frequency(row) > 0) {
                    spend.add(base.monetaryValue(row), model.expectedSpendOfNewCustomer());
                }
            }
            recovery.add(GammaGamma.withDefaults().fit(base).report().orElseThrow());
        }
        judge(name, recovery, List.of(spend));
    }

    private void judge(String name, Recovery recovery, List<Sampled> means) {
        recoveries.put(name, recovery);
        sampled.put(name, means);
        SoftAssertions softly = new SoftAssertions();
        means.forEach(mean -> softly.assertThat(Math.abs(mean.standardErrorsOff()))
                .as("standard errors between the sampled and the computed %s of %s", mean.what, name)
                .isLessThan(3));
        softly.assertThat(recovery.share(Estimates::allWithinThree))
                .as("all parameters of %s", name)
                .isGreaterThanOrEqualTo(DEMANDED);
        for (String parameter : recovery.truth.keySet()) {
            softly.assertThat(recovery.share(fit -> fit.isWithin(parameter, 3)))
                    .as("%s of %s", parameter, name)
                    .isGreaterThanOrEqualTo(DEMANDED);
        }
        softly.assertAll();
    }

    @AfterAll
    void theTablesAreThoseOfThePage() {
        if (recoveries.size() < MODELS.size()) {
            return;
        }
        GeneratedTable samplers = GeneratedTable.of(
                "| model | mean of | closed form | sampled | standard error | standard errors off |",
                "|---|---|--:|--:|--:|--:|");
        GeneratedTable fits = GeneratedTable.of(
                "| model | fits | converged | with a warning | all parameters within 3 s.e. |",
                "|---|--:|--:|--:|--:|");
        GeneratedTable parameters = GeneratedTable.of(
                "| model | parameter | truth | bias | RMSE | s.e. / s.d. | within 3 s.e. | 95 % interval"
                        + " | 95 % interval, log |",
                "|---|---|--:|--:|--:|--:|--:|--:|--:|");
        for (String name : MODELS) {
            sampled.getOrDefault(name, List.of()).forEach(mean -> samplers.row(mean.cells(name)));
            Recovery recovery = recoveries.get(name);
            assertThat(recovery).as(name).isNotNull();
            fits.row(recovery.cells(name));
            recovery.truth.keySet().forEach(parameter -> parameters.row(recovery.cells(name, parameter)));
        }
        samplers.assertShownIn(PAGE, "samplers");
        fits.assertShownIn(PAGE, "fits");
        parameters.assertShownIn(PAGE, "parameters");
    }

    private static Map<String, Double> truth(String name) {
        return TRUTHS.getOrDefault(name, Map.of());
    }

    private static double value(Map<String, Double> parameters, String name) {
        return parameters.getOrDefault(name, Double.NaN);
    }

    private static Map<String, Double> ordered(Object... namesAndValues) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ordered.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return ordered;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** What a fit estimated, without its data. */
    private record Estimates(
            Map<String, Double> truth,
            Map<String, Double> values,
            Map<String, Double> errors,
            boolean converged,
            boolean warns) {

        /** Without standard errors no interval covers anything. */
        boolean isWithin(String parameter, double standardErrors) {
            return errors.containsKey(parameter)
                    && Math.abs(value(values, parameter) - value(truth, parameter))
                            <= standardErrors * value(errors, parameter);
        }

        /** The same on the scale of the logarithm, where the standard error is that of the value over the value. */
        boolean isWithinOnLogScale(String parameter, double standardErrors) {
            return errors.containsKey(parameter)
                    && Math.abs(Math.log(value(values, parameter) / value(truth, parameter)))
                            <= standardErrors * value(errors, parameter) / value(values, parameter);
        }

        boolean allWithinThree() {
            return truth.keySet().stream().allMatch(parameter -> isWithin(parameter, 3));
        }
    }

    /** The fits of one model. */
    private static final class Recovery {

        private final Map<String, Double> truth;
        private final List<Estimates> fits = new ArrayList<>();

        Recovery(Map<String, Double> truth) {
            this.truth = truth;
        }

        void add(FitReport report) {
            fits.add(new Estimates(
                    truth,
                    report.parameters(),
                    report.standardErrors(),
                    report.converged(),
                    !report.warnings().isEmpty()));
        }

        double share(Predicate<Estimates> test) {
            return count(test) / (double) fits.size();
        }

        private long count(Predicate<Estimates> test) {
            return fits.stream().filter(test).count();
        }

        List<String> cells(String name) {
            return List.of(
                    "`" + name + "`",
                    format("%d", fits.size()),
                    format("%d", count(Estimates::converged)),
                    format("%d", count(Estimates::warns)),
                    percent(share(Estimates::allWithinThree)));
        }

        List<String> cells(String name, String parameter) {
            double known = value(truth, parameter);
            double mean = mean(parameter, estimate -> estimate);
            double meanSquare = mean(parameter, estimate -> (estimate - known) * (estimate - known));
            double deviation = Math.sqrt(mean(parameter, estimate -> (estimate - mean) * (estimate - mean))
                    * fits.size()
                    / (fits.size() - 1));
            double meanError = fits.stream()
                    .filter(fit -> fit.errors.containsKey(parameter))
                    .mapToDouble(fit -> value(fit.errors, parameter))
                    .average()
                    .orElse(Double.NaN);
            return List.of(
                    "`" + name + "`",
                    "`" + parameter + "`",
                    format("%s", known),
                    format("%+.2f %%", 100 * (mean - known) / known),
                    format("%.1f %%", 100 * Math.sqrt(meanSquare) / known),
                    format("%.2f", meanError / deviation),
                    percent(share(fit -> fit.isWithin(parameter, 3))),
                    percent(share(fit -> fit.isWithin(parameter, NORMAL))),
                    percent(share(fit -> fit.isWithinOnLogScale(parameter, NORMAL))));
        }

        private double mean(String parameter, DoubleUnaryOperator function) {
            return fits.stream()
                    .mapToDouble(fit -> function.applyAsDouble(value(fit.values, parameter)))
                    .average()
                    .orElse(Double.NaN);
        }

        private static String percent(double share) {
            return format("%.1f %%", 100 * share);
        }
    }

    /** A mean over all simulated customers, and what the formulas say that it is. */
    private static final class Sampled {

        private final String what;
        private long count;
        private double sum;
        private double expectedSum;
        private double squaredDifferences;

        Sampled(String what) {
            this.what = what;
        }

        void add(double value, double expected) {
            count++;
            sum += value;
            expectedSum += expected;
            squaredDifferences += (value - expected) * (value - expected);
        }

        private double standardError() {
            return Math.sqrt(squaredDifferences) / count;
        }

        double standardErrorsOff() {
            return (sum - expectedSum) / count / standardError();
        }

        List<String> cells(String name) {
            return List.of(
                    "`" + name + "`",
                    what,
                    format("%.5f", expectedSum / count),
                    format("%.5f", sum / count),
                    format("%.5f", standardError()),
                    format("%+.2f", standardErrorsOff()));
        }
    }
}
