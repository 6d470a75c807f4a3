// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script pnbd_hb_truth.py made the table. */
class HierarchicalParetoNbdTruthTest {

    private static final double DELTA = Math.log(1.1) / 52;
    private static final String TABLE = "/org/clv4j/models/attrition/pnbd_hb_truth.csv";

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource(TABLE);
        assertThat(rows).hasSize(35);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            HierarchicalParetoNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("log_likelihood", model.logLikelihood(x, recency, age));
            values.put("p_alive", model.probabilityAlive(x, recency, age));
            values.put("p_active_26", model.probabilityActive(x, recency, age, 26));
            values.put("expected_26", model.expectedTransactions(x, recency, age, 26));
            values.put("expected_1000", model.expectedTransactions(x, recency, age, 1000));
            values.put("discounted_26", model.discountedExpectedTransactions(x, recency, age, 26, DELTA));
            values.put("residual", model.discountedExpectedResidualTransactions(x, recency, age, DELTA));
            values.put("p_alive_at_26", model.probabilityAliveAt(x, recency, age, 26));
            for (int n : new int[] {0, 1, 7}) {
                values.put("p_" + n + "_in_26", model.probabilityOfFutureTransactions(n, x, recency, age, 26));
            }
            values.put("purchase_rate", model.expectedPurchaseRate(x, recency, age));
            values.put("dropout_rate", model.expectedDropoutRate(x, recency, age));
            values.put("next_within_26", model.expectedTimeToNextPurchase(x, recency, age, 26));
            values.forEach((column, value) -> {
                double truth = Csv.number(row, column);
                // The script's nodes lie where the likelihood is: of one who is next to surely dead they do not know
                // what lies ahead.
                boolean told = !column.equals("next_within_26") || Csv.number(row, "p_alive") > 1e-6;
                double rest = column.equals("log_likelihood") ? 1e-15 : 1e-17;
                boolean right = !told || Math.abs(value - truth) <= 1e-11 * Math.abs(truth) + rest;
                if (!right) {
                    wrong.add(column + " of " + row.get("parameters") + " (" + x + ", " + recency + ", " + age + "): "
                            + value + " instead of " + truth + ", off by " + (value - truth) / truth);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    /** The quantile of the next purchase is where the probability of one says. */
    @Test
    void quantilesAreTheInverseOfTheProbability() {
        for (Map<String, String> row : Csv.resource(TABLE)) {
            HierarchicalParetoNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double now = x == 0 ? 0 : Csv.number(row, "age");
            double whole = model.probabilityActive(x, now, now, 1e300);
            for (double q : new double[] {1e-9, 0.01, 0.5, 0.99, 0.999999}) {
                double time = model.timeToNextPurchaseQuantile(x, now, now, q);
                assertThat(model.probabilityActive(x, now, now, time) / whole)
                        .as("%s of %s", q, row)
                        .isCloseTo(q, within(1e-11 * q));
            }
        }
    }

    private static HierarchicalParetoNbd.Fitted model(Map<String, String> row) {
        return HierarchicalParetoNbd.Fitted.of(
                Csv.number(row, "mean_log_lambda"),
                Csv.number(row, "mean_log_mu"),
                Csv.number(row, "var_log_lambda"),
                Csv.number(row, "var_log_mu"),
                Csv.number(row, "cov_log"));
    }

    /** Truth by a sum over a fine lattice of both rates, in the plane of their logarithms. */
    @Test
    void largeCountsAreResolved() {
        HierarchicalParetoNbd.Fitted model = HierarchicalParetoNbd.Fitted.of(
                -2.3515560865, -2.2329183465, 0.9917736792221905, 0.1402315415142981, 0.19620618790829186);
        Map.of(30, 5.865165507799355e-5, 90, 3.087611232829745e-7, 150, 1.7440505822610378e-8)
                .forEach((count, truth) -> assertThat(model.probabilityOfTransactions(count, 40))
                        .as("P(%s)", count)
                        .isCloseTo(truth, withinPercentage(1e-9)));
    }

    /** Dropout at rates that a double does not hold. */
    @Test
    void countsAreFiniteWhereRatesAreNot() {
        for (double meanLogLambda : new double[] {-40, 11.51}) {
            HierarchicalParetoNbd.Fitted model = HierarchicalParetoNbd.Fitted.of(
                    meanLogLambda, 17.4073504, 0.04343457074455117, 14.17271976032518, 0.5262565938199691);
            for (int count : new int[] {0, 1, 2, 50}) {
                assertThat(model.probabilityOfFutureTransactions(count, 1687, 0, 0, 92766.8))
                        .as("P(%s) at %s", count, meanLogLambda)
                        .isBetween(0.0, 1.0);
            }
        }
    }
}
