// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Do simulated customers give the effects of their covariates back? The table of {@code docs/models/covariates.md} is the result. */
@Tag("study")
class CovariateStudyTest {

    private static final int SEEDS = 100;
    private static final double DEMANDED = 0.95;

    private static final Map<String, Double> EFFECTS = ordered(
            "purchase:age", 0.02, "dropout:age", -0.015, "purchase:channel=shop", 0.5, "dropout:channel=shop", -0.4);

    private static Map<String, Double> ordered(Object... namesAndValues) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ordered.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return ordered;
    }

    @Test
    void effectsAreRecovered() {
        GeneratedTable table = GeneratedTable.of(
                "| model | customers | effect | truth | mean estimate | mean s.e. / s.d. | within 3 s.e. |",
                "|---|--:|---|--:|--:|--:|--:|");
        study(table, "pareto-nbd", 3000, ordered("r", 0.8, "alpha", 10.0, "s", 0.7, "beta", 12.0));
        study(table, "bg-nbd", 3000, ordered("r", 0.8, "alpha", 10.0, "a", 0.8, "b", 2.4));
        study(table, "mbg-nbd", 3000, ordered("r", 0.8, "alpha", 10.0, "a", 0.9, "b", 1.8));
        study(table, "ggompertz-nbd", 1500, ordered("r", 0.8, "alpha", 10.0, "b", 0.1, "s", 1.5, "beta", 5.0));
        table.assertShownIn("docs/models/covariates.md", "effects");
    }

    private static void study(GeneratedTable table, String name, int customers, Map<String, Double> parameters) {
        ModelCatalog catalog = ModelCatalog.load();
        List<FitReport> reports = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            CustomerBase base = CovariateExamplesTest.simulated(catalog, name, parameters, EFFECTS, customers, seed);
            reports.add(((CovariateProvider) catalog.transactions(name))
                    .model(Covariates.of("age", "channel"))
                    .fit(base)
                    .report()
                    .orElseThrow());
        }
        EFFECTS.forEach((effect, truth) -> {
            double mean = reports.stream()
                    .mapToDouble(report -> of(report.parameters(), effect))
                    .average()
                    .orElseThrow();
            double meanError = reports.stream()
                    .mapToDouble(report -> of(report.standardErrors(), effect))
                    .average()
                    .orElseThrow();
            double variance = reports.stream()
                            .mapToDouble(report -> Math.pow(of(report.parameters(), effect) - mean, 2))
                            .sum()
                    / (SEEDS - 1);
            double within = reports.stream()
                            .filter(report -> Math.abs(of(report.parameters(), effect) - truth)
                                    <= 3 * of(report.standardErrors(), effect))
                            .count()
                    / (double) SEEDS;
            table.row(List.of(
                    "`" + name + "`",
                    Integer.toString(customers),
                    "`" + effect + "`",
                    Double.toString(truth),
                    String.format(Locale.ROOT, "%.4f", mean),
                    String.format(Locale.ROOT, "%.2f", meanError / Math.sqrt(variance)),
                    String.format(Locale.ROOT, "%.0f %%", 100 * within)));
            assertThat(within).as("%s of %s", effect, name).isGreaterThanOrEqualTo(DEMANDED);
        });
    }

    /** Without a standard error nothing is recovered. */
    private static double of(Map<String, Double> values, String name) {
        return values.getOrDefault(name, 0.0);
    }
}
