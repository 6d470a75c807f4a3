// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script ggompertz_truth.py made the table. */
class GGompertzNbdTruthTest {

    private static final double DELTA = Math.log(1.1) / 52;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/ggompertz_truth.csv");
        assertThat(rows).hasSize(64);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            GGompertzNbd.Fitted model = model(row);
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
            for (int n : new int[] {0, 1, 7, 40}) {
                values.put("p_" + n + "_in_26", model.probabilityOfFutureTransactions(n, x, recency, age, 26));
            }
            values.put("next_within_26", model.expectedTimeToNextPurchase(x, recency, age, 26));
            values.put("purchase_rate", model.expectedPurchaseRate(x, recency, age));
            values.put("dropout_rate", model.expectedDropoutRate(x, recency, age));
            values.forEach((column, value) -> {
                double truth = Csv.number(row, column);
                double tolerance = column.equals("log_likelihood") ? 1e-12 : 1e-11;
                // Smaller numbers have too few bits left in a double.
                boolean right = Math.abs(value - truth) <= tolerance * Math.abs(truth) + 1e-300;
                if (!right) {
                    wrong.add(column + " of " + row.get("parameters") + " (" + x + ", " + recency + ", " + age + "): "
                            + value + " instead of " + truth + ", off by " + (value - truth) / truth);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void edgeCasesAgree() {
        List<Map<String, String>> rows = Csv.shared("reference/edge/ggomnbd_edge.csv");
        assertThat(rows).hasSize(330);
        for (Map<String, String> row : rows) {
            GGompertzNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            // The table itself is good to a few 1e-11: at 40 digits P(alive) of (20, 9.714, 38.857) in set a ends in
            // …31430, not …31919.
            TruthTable.agrees(row, "log_likelihood", model.logLikelihood(x, recency, age), 1e-8);
            TruthTable.agrees(row, "p_alive", model.probabilityAlive(x, recency, age), 1e-8);
            TruthTable.agrees(row, "expected_transactions_26", model.expectedTransactions(x, recency, age, 26), 1e-8);
            // The table has no infinite horizon: its value is finite, and that of a long horizon.
            double residual = model.discountedExpectedResidualTransactions(x, recency, age, DELTA);
            assertThat(residual)
                    .isFinite()
                    .isCloseTo(
                            model.discountedExpectedTransactions(x, recency, age, 1e6, DELTA),
                            within(1e-12 * residual));
        }
    }

    /** The quantile of the next purchase is where the probability of one says. */
    @Test
    void quantilesAreTheInverseOfTheProbability() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/attrition/ggompertz_truth.csv")) {
            GGompertzNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double age = Csv.number(row, "age");
            // One who has just bought is alive.
            double last = x == 0 ? 0 : age;
            double now = x == 0 ? 0 : age;
            double whole = model.probabilityActive(x, last, now, 1e300);
            for (double q : new double[] {1e-9, 0.01, 0.5, 0.99, 0.999999}) {
                double time = model.timeToNextPurchaseQuantile(x, last, now, q);
                assertThat(model.probabilityActive(x, last, now, time) / whole)
                        .as("%s of %s", q, row)
                        .isCloseTo(q, within(1e-13 * Math.max(1, q)));
            }
        }
    }

    private static GGompertzNbd.Fitted model(Map<String, String> row) {
        return GGompertzNbd.Fitted.of(
                Csv.number(row, "r"),
                Csv.number(row, "alpha"),
                Csv.number(row, "b"),
                Csv.number(row, "s"),
                Csv.number(row, "beta"));
    }
}
