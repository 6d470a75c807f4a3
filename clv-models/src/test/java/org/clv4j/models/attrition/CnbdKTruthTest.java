// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas of BG/CNBD-k and MBG/CNBD-k against high-precision truth; the script cnbd_truth.py made the table. */
class CnbdKTruthTest {

    private static final double TOLERANCE = 1e-11;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/cnbd_truth.csv");
        assertThat(rows).hasSize(10);
        double delta = Math.log(1.1) / 52;
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            int k = (int) Csv.number(row, "k");
            double r = Csv.number(row, "r");
            double alpha = Csv.number(row, "alpha");
            double a = Csv.number(row, "a");
            double b = Csv.number(row, "b");
            FittedCnbdK model = Csv.number(row, "m") == 0
                    ? BgCnbdK.Fitted.of(k, r, alpha, a, b)
                    : MbgCnbdK.Fitted.of(k, r, alpha, a, b);
            int x = (int) Csv.number(row, "frequency");
            double tx = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("log_likelihood", model.logLikelihood(x, tx, age));
            values.put("p_alive", model.probabilityAlive(x, tx, age));
            values.put("p_active_26", model.probabilityActive(x, tx, age, 26));
            values.put("expected_26", model.expectedTransactions(x, tx, age, 26));
            values.put("discounted_26", model.discountedExpectedTransactions(x, tx, age, 26, delta));
            values.put("p_alive_at_26", model.probabilityAliveAt(x, tx, age, 26));
            // Of one who stays, the second comes with the last column; staying after the first has a closed mean.
            double bx = b + x + Csv.number(row, "m");
            double truthOfOne = Csv.number(row, "p_active_26") - Csv.number(row, "p_second_comes_26") * bx / (a + bx);
            values.put("one_26", model.probabilityOfFutureTransactions(1, x, tx, age, 26));
            values.forEach((column, value) -> {
                double truth = column.equals("one_26") ? truthOfOne : Csv.number(row, column);
                boolean right = Math.abs(value - truth) <= TOLERANCE * Math.abs(truth) + 1e-15;
                if (!right) {
                    wrong.add(String.format(
                            "%s of %s: %s instead of %s, off by %.2g",
                            column, row, value, truth, (value - truth) / truth));
                }
            });
        }
        assertThat(wrong).as("off by more than %s", TOLERANCE).isEmpty();
    }
}
