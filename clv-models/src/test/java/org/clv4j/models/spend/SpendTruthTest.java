// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Likelihood, expectation and distribution of the spend models against high-precision values. */
class SpendTruthTest {

    @Test
    void formulasAreThoseOfTheDefinition() {
        List<Map<String, String>> table = Csv.resource("/org/clv4j/models/spend/spend_truth.csv");
        assertThat(table).hasSize(63);
        for (Map<String, String> row : table) {
            double a = Csv.number(row, "a");
            double b = Csv.number(row, "b");
            double c = Csv.number(row, "c");
            int x = (int) Csv.number(row, "frequency");
            double z = Csv.number(row, "value");
            FittedPopulationSpend model;
            double logLikelihood;
            switch (Objects.requireNonNull(row.get("model"))) {
                case "gamma-gamma" -> {
                    GammaGamma.Fitted fitted = GammaGamma.Fitted.of(a, b, c);
                    model = fitted;
                    logLikelihood = x == 0 ? 0 : fitted.logLikelihood(x, z);
                }
                case "normal" -> {
                    NormalSpend.Fitted fitted = NormalSpend.Fitted.of(a, b, c);
                    model = fitted;
                    logLikelihood = x == 0 ? 0 : fitted.logLikelihood(x, z);
                }
                default -> {
                    LogNormalSpend.Fitted fitted = LogNormalSpend.Fitted.of(a, b, c);
                    model = fitted;
                    logLikelihood = x == 0 ? 0 : fitted.logLikelihood(x, z);
                }
            }
            agrees(row, "log_likelihood", logLikelihood, 1e-12);
            agrees(row, "expected", model.expectedSpend(x, z), 1e-13);
            for (String where : List.of("low", "middle", "high")) {
                double amount = Csv.number(row, where);
                double below = Csv.number(row, "below_" + where);
                assertThat(model.probabilityOfSpendBelow(x, z, amount))
                        .as("below %s of %s", where, row)
                        .isCloseTo(below, within(1e-11 * below));
                assertThat(model.spendQuantile(x, z, below))
                        .as("quantile %s of %s", where, row)
                        .isCloseTo(amount, within(1e-11 * (Math.abs(amount) + Math.abs(z))));
            }
        }
    }

    private static void agrees(Map<String, String> row, String column, double actual, double tolerance) {
        double expected = Csv.number(row, column);
        assertThat(actual)
                .as("%s of %s", column, row)
                .isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }
}
