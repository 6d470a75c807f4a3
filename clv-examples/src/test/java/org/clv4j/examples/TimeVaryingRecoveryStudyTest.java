// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.FitReport;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Do simulated customers with covariates that vary give the effects back, and are the standard errors as large as the errors? */
@Tag("study")
class TimeVaryingRecoveryStudyTest {

    private static final int SEEDS = 100;
    private static final int CUSTOMERS = 1_000;
    private static final double NORMAL = 1.959964;

    @Test
    void effectsComeBack() {
        List<FitReport> fits = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            CovariatePaths paths = TimeVaryingShop.paths(CUSTOMERS, seed);
            CustomerBase base = TimeVaryingShop.base(paths, CUSTOMERS, seed);
            fits.add(TimeVaryingParetoNbd.of(paths)
                    .withCovariates(
                            Covariates.of().with(Effect.PURCHASES, "season").with(Effect.BOTH, "mail"))
                    .fit(base)
                    .report()
                    .orElseThrow());
        }
        GeneratedTable table = GeneratedTable.of(
                "| parameter | truth | fits with s.e. | their mean | s.d. | mean s.e. | all: within 3 s.e. | 95 % interval |",
                "|---|--:|--:|--:|--:|--:|--:|--:|");
        TimeVaryingShop.TRUTH.parameters().forEach((parameter, truth) -> table.row(cells(parameter, truth, fits)));
        TimeVaryingShop.TRUTH.parameters().forEach((parameter, truth) -> assertThat(share(fits, parameter, truth, 3))
                .as(parameter)
                .isGreaterThanOrEqualTo(0.95));
        assertThat(fits.stream().filter(FitReport::converged).count())
                .as("fits that converged")
                .isGreaterThanOrEqualTo(SEEDS * 95 / 100);
        table.assertShownIn("docs/models/pareto-nbd-time-varying.md", "recovery");
    }

    private static double share(List<FitReport> fits, String parameter, double truth, double standardErrors) {
        return fits.stream()
                        .filter(fit -> Math.abs(value(fit.parameters(), parameter) - truth)
                                <= standardErrors * value(fit.standardErrors(), parameter))
                        .count()
                / (double) fits.size();
    }

    /** Without a standard error no interval covers anything. */
    private static double value(Map<String, Double> values, String parameter) {
        return values.getOrDefault(parameter, Double.NaN);
    }

    /** A fit at the edge has no standard errors: it counts as one that does not cover the truth. */
    private static List<String> cells(String parameter, double truth, List<FitReport> all) {
        List<FitReport> fits = all.stream()
                .filter(fit -> fit.standardErrors().containsKey(parameter))
                .toList();
        double mean = fits.stream()
                .mapToDouble(fit -> value(fit.parameters(), parameter))
                .average()
                .orElseThrow();
        double square = fits.stream()
                .mapToDouble(fit -> Math.pow(value(fit.parameters(), parameter) - mean, 2))
                .sum();
        double error = fits.stream()
                .mapToDouble(fit -> value(fit.standardErrors(), parameter))
                .average()
                .orElseThrow();
        return List.of(
                "`" + parameter + "`",
                String.format(Locale.ROOT, "%s", truth),
                String.format(Locale.ROOT, "%d", fits.size()),
                String.format(Locale.ROOT, "%.4f", mean),
                String.format(Locale.ROOT, "%.4f", Math.sqrt(square / (fits.size() - 1))),
                String.format(Locale.ROOT, "%.4f", error),
                String.format(Locale.ROOT, "%.0f %%", 100 * share(all, parameter, truth, 3)),
                String.format(Locale.ROOT, "%.0f %%", 100 * share(all, parameter, truth, NORMAL)));
    }
}
