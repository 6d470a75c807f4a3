// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** What a history says beyond expectations, against high-precision truth; the script posterior_truth.py made the table. */
class PosteriorTruthTest {

    private static final double TOLERANCE = 1e-11;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/posterior_truth.csv");
        assertThat(rows).hasSize(91);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            FittedAttritionModel model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("p_alive_at_26", model.probabilityAliveAt(x, recency, age, 26));
            values.put("p_alive_at_1000", model.probabilityAliveAt(x, recency, age, 1000));
            for (int n : new int[] {0, 1, 7, 40, 300, 5000}) {
                values.put("p_" + n + "_in_26", model.probabilityOfFutureTransactions(n, x, recency, age, 26));
            }
            values.put("next_within_26", model.expectedTimeToNextPurchase(x, recency, age, 26));
            values.put("next_within_1000", model.expectedTimeToNextPurchase(x, recency, age, 1000));
            values.put("next_quantile_01", model.timeToNextPurchaseQuantile(x, recency, age, 0.01));
            values.put("next_median", model.timeToNextPurchaseQuantile(x, recency, age, 0.5));
            values.put("next_quantile_99", model.timeToNextPurchaseQuantile(x, recency, age, 0.99));
            values.put("purchase_rate", model.expectedPurchaseRate(x, recency, age));
            values.put("dropout_rate", model.expectedDropoutRate(x, recency, age));
            values.forEach((column, value) -> {
                double truth = Csv.number(row, column);
                // Smaller numbers have too few bits left in a double.
                boolean right = Math.abs(value - truth) <= TOLERANCE * Math.abs(truth) + 1e-300;
                if (!right) {
                    wrong.add(String.format(
                            "%s of %s %s (%d, %s, %s): %s instead of %s, off by %.2g",
                            column,
                            row.get("model"),
                            row.get("parameters"),
                            x,
                            recency,
                            age,
                            value,
                            truth,
                            (value - truth) / truth));
                }
            });
        }
        assertThat(wrong).as("off by more than %s", TOLERANCE).isEmpty();
    }

    private static FittedAttritionModel model(Map<String, String> row) {
        ModelProvider.OfTransactions provider =
                ModelCatalog.load().transactions(Objects.requireNonNull(row.get("model"), "model"));
        String[] values =
                Objects.requireNonNull(row.get("parameters"), "parameters").split(" ", -1);
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            parameters.put(provider.parameters().get(i).name(), Double.parseDouble(values[i]));
        }
        return (FittedAttritionModel) provider.ofParameters(parameters);
    }
}
