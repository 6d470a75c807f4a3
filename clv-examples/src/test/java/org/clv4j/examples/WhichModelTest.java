// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.examples.chart.Axis;
import org.clv4j.examples.chart.Chart;
import org.clv4j.examples.chart.Style;
import org.clv4j.examples.chart.Style.Mark;
import org.clv4j.models.attrition.BgCnbdK;
import org.clv4j.models.attrition.GGompertzNbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.attrition.PeriodicDeathOpportunity;
import org.junit.jupiter.api.Test;

/** The figures and the table of {@code docs/which-model.md}. */
class WhichModelTest {

    private static final Map<String, Style> STYLES = Map.of(
            "nbd", new Style("NBD", "#9a4f7d", 1.8, "8 3 2 3", Mark.DIAMOND),
            "bg-nbd", new Style("BG/NBD", "#c24e00", 1.8, "8 3", Mark.SQUARE),
            "pareto-nbd", new Style("Pareto/NBD", "#0067a3", 1.8, "", Mark.CIRCLE),
            "bg-cnbd-k", new Style("BG/CNBD-k", "#007a5a", 1.8, "3 2.5", Mark.TRIANGLE),
            "ggompertz-nbd", new Style("GGompertz", "#c24e00", 1.8, "8 3", Mark.SQUARE),
            "pdo", new Style("PDO", "#007a5a", 1.8, "3 2.5", Mark.TRIANGLE));

    private static Style style(String model) {
        Style style = STYLES.get(model);
        assertThat(style).as(model).isNotNull();
        return style;
    }

    /** Customers who reorder about every four weeks, as regularly as k = 5 says. */
    @Test
    void silenceOfARegularBuyer() {
        TransactionLog.Builder builder = TransactionLog.builder();
        LogSimulator.of(BgCnbdK.Fitted.of(5, 3, 2.4, 0.8, 9), (purchases, seed) -> ones(purchases), TimeScale.WEEKS)
                .simulateInto(
                        builder,
                        "C",
                        0,
                        2000,
                        LocalDate.of(2024, 1, 1),
                        LocalDate.of(2024, 6, 30),
                        LocalDate.of(2024, 12, 31),
                        7);
        CustomerBase base = CustomerBase.of(builder.build(), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        Chart chart = Chart.ofLines(
                "How long may a regular customer be silent?",
                "10 repeat purchases in 40 weeks, then none. Models fitted to 2,000 simulated customers who reorder regularly.",
                Axis.of("Weeks of silence", 0, 26, 2),
                Axis.of("P(alive)", 0, 1, 0.2));
        double[] weeks = IntStream.rangeClosed(0, 104).mapToDouble(i -> i / 4.0).toArray();
        Map<String, double[]> alive = new LinkedHashMap<>();
        for (String name : List.of("nbd", "bg-nbd", "pareto-nbd", "bg-cnbd-k")) {
            FittedTransactionModel model =
                    ModelCatalog.load().transactions(name).model().fit(base);
            double[] values = Arrays.stream(weeks)
                    .map(silence -> model.probabilityAlive(10, 40, 40 + silence))
                    .toArray();
            alive.put(name, values);
            chart.line(style(name), weeks, values);
        }
        // After twelve weeks the model that knows the rhythm has given her up, and the others have not.
        assertThat(alive.get("bg-cnbd-k")[48]).isLessThan(0.1);
        assertThat(alive.get("pareto-nbd")[48]).isGreaterThan(0.4);
        Figures.assertShown("which-regular.svg", chart.finish());
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Half of the customers have left after a year under all of these. */
    @Test
    void howCustomersLeave() {
        double decade = 520;
        Map<String, FittedTransactionModel> models = new LinkedHashMap<>();
        models.put("nbd", ModelCatalog.load().transactions("nbd").ofParameters(Map.of("r", 1.0, "alpha", 4.0)));
        models.put("pareto-nbd", ParetoNbd.Fitted.of(1, 4, 1, 52));
        models.put("ggompertz-nbd", GGompertzNbd.Fitted.of(1, 4, 0.05, 1, Math.exp(0.05 * 52) - 1));
        models.put("pdo", PeriodicDeathOpportunity.Fitted.of(13, 1, 4, 1, 4));
        Chart chart = Chart.ofLines(
                "How customers leave",
                "Share of a cohort still alive. Parameters are such that half of it is left after 52 weeks.",
                Axis.of("Weeks since the first purchase", 0, 156, 26),
                Axis.of("Alive", 0, 1, 0.2));
        double[] weeks = IntStream.rangeClosed(0, 624).mapToDouble(i -> i / 4.0).toArray();
        models.forEach((name, model) -> {
            FutureSurvival survival = (FutureSurvival) model;
            double[] alive = Arrays.stream(weeks)
                    .map(week -> survival.probabilityAliveAt(0, 0, 0, week))
                    .toArray();
            chart.line(style(name), weeks, alive);
            if (!name.equals("nbd")) {
                assertThat(survival.probabilityAliveAt(0, 0, 0, 52)).as(name).isCloseTo(0.5, within(1e-12));
            }
        });
        assertThat(((FutureSurvival) models.get("ggompertz-nbd")).probabilityAliveAt(0, 0, 0, decade))
                .isLessThan(1e-9);
        Figures.assertShown("which-leaving.svg", chart.finish());
    }

    /** What the models of the family make of real customers. */
    @Test
    void theFamilyOnCdnow() {
        CdnowStudy study = CdnowStudy.ofSharedData();
        double[] actual = study.actualInHoldout();
        double total = Arrays.stream(actual).sum();
        GeneratedTable table = GeneratedTable.of(
                "| model | estimated parameters | log-likelihood | BIC | purchases in 39 weeks | off by | mean absolute error | the fit warns of |",
                "|---|--:|--:|--:|--:|--:|--:|---|");
        for (String name : List.of(
                "nbd",
                "bg-nbd",
                "mbg-nbd",
                "bg-cnbd-k",
                "mbg-cnbd-k",
                "pareto-nbd",
                "ggompertz-nbd",
                "pdo",
                "pareto-nbd-sarmanov")) {
            FittedTransactionModel model =
                    ModelCatalog.load().transactions(name).model().fit(study.base());
            FitReport report = model.report().orElseThrow();
            double[] expected = study.expectedInHoldout(model);
            double sum = Arrays.stream(expected).sum();
            double error = IntStream.range(0, actual.length)
                    .mapToDouble(row -> Math.abs(expected[row] - actual[row]))
                    .average()
                    .orElseThrow();
            table.row(List.of(
                    "`" + name + "`",
                    Integer.toString(report.estimatedParameters()),
                    format("%.2f", report.logLikelihood().orElseThrow()),
                    format("%.1f", report.bic().orElseThrow()),
                    format("%.0f", sum),
                    format("%+.1f %%", 100 * (sum / total - 1)),
                    format("%.4f", error),
                    conditions(report)));
        }
        table.row(List.of("what happened", "", "", "", format("%.0f", total), "", "", ""));
        table.assertShownIn("docs/which-model.md", "cdnow");
    }

    private static String conditions(FitReport report) {
        List<String> conditions = new ArrayList<>();
        for (FitWarning warning : report.warnings()) {
            conditions.add("`" + warning.condition() + "`");
        }
        return String.join(", ", conditions.stream().distinct().toList());
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
