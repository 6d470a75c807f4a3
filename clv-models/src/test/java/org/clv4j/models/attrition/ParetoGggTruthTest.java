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

/** Formulas against truth by brute force; the script pggg_truth.py made the table. */
class ParetoGggTruthTest {

    private static final double DELTA = 0.03;
    private static final String TABLE = "/org/clv4j/models/attrition/pggg_truth.csv";

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource(TABLE);
        assertThat(rows).hasSize(21);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            ParetoGgg.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("log_likelihood", model.logLikelihood(x, recency, age));
            values.put("p_alive", model.probabilityAlive(x, recency, age));
            values.put("expected_8", model.expectedTransactions(x, recency, age, 8));
            values.put("discounted_8", model.discountedExpectedTransactions(x, recency, age, 8, DELTA));
            values.forEach((column, value) -> {
                double truth = Csv.number(row, column);
                boolean right = Math.abs(value - truth) <= tolerance(column) * Math.abs(truth) + 1e-9;
                if (!right) {
                    wrong.add(column + " of " + row.get("parameters") + " (" + x + ", " + recency + ", " + age + "): "
                            + value + " instead of " + truth + ", off by " + (value - truth) / truth);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static double tolerance(String column) {
        return column.equals("log_likelihood") || column.equals("p_alive") ? 1e-8 : 1e-6;
    }

    /** What is counted purchase by purchase has the mean that comes of the table of renewals. */
    @Test
    void countsHaveTheMean() {
        for (Map<String, String> row : Csv.resource(TABLE)) {
            if (!row.get("parameters").equals("regular")) {
                continue;
            }
            ParetoGgg.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            double mean = 0;
            double sum = 0;
            double probability = 1;
            for (int n = 0; n <= 60 && (n < 8 || probability > 1e-12); n++) {
                probability = model.probabilityOfFutureTransactions(n, x, recency, age, 8);
                mean += n * probability;
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(mean).as("%s", row).isCloseTo(Csv.number(row, "expected_8"), within(2e-6));
        }
    }

    /** The quantile of the next purchase is where the probability of one says. */
    @Test
    void quantilesAreTheInverseOfTheProbability() {
        for (Map<String, String> row : Csv.resource(TABLE)) {
            ParetoGgg.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            double half =
                    model.probabilityActive(x, recency, age, model.timeToNextPurchaseQuantile(x, recency, age, 0.5));
            double tenth =
                    model.probabilityActive(x, recency, age, model.timeToNextPurchaseQuantile(x, recency, age, 0.1));
            assertThat(half / model.probabilityActive(x, recency, age, 1e9))
                    .as("%s", row)
                    .isCloseTo(0.5, within(1e-3));
            assertThat(tenth / half).as("%s", row).isCloseTo(0.2, within(1e-7));
        }
    }

    private static ParetoGgg.Fitted model(Map<String, String> row) {
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(
                Csv.number(row, "t"),
                Csv.number(row, "gamma"),
                Csv.number(row, "r"),
                Csv.number(row, "alpha"),
                Csv.number(row, "s"),
                Csv.number(row, "beta"));
        return row.get("log_gaps").equals("NaN") ? model : model.withGaps(Csv.number(row, "log_gaps"));
    }
}
