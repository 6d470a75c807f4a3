// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.clv4j.models.Csv;

/** Compares a model with a row of a table of truth. */
final class TruthTable {

    private TruthTable() {}

    /** Compares every quantity that the tables made by the scripts hold. */
    static void check(Map<String, String> row, FittedAttritionModel model, double delta) {
        int x = (int) Csv.number(row, "frequency");
        double recency = Csv.number(row, "recency");
        double age = Csv.number(row, "age");
        agrees(row, "log_likelihood", model.logLikelihood(x, recency, age), 1e-12);
        agrees(row, "p_alive", model.probabilityAlive(x, recency, age), 1e-11);
        agrees(row, "p_active_26", model.probabilityActive(x, recency, age, 26), 1e-11);
        agrees(row, "expected_26", model.expectedTransactions(x, recency, age, 26), 1e-11);
        agrees(row, "expected_1000", model.expectedTransactions(x, recency, age, 1000), 1e-11);
        agrees(row, "discounted_26", model.discountedExpectedTransactions(x, recency, age, 26, delta), 1e-11);
        agrees(row, "residual", model.discountedExpectedResidualTransactions(x, recency, age, delta), 1e-11);
    }

    /** Compares one quantity, relatively. */
    static void agrees(Map<String, String> row, String column, double actual, double relative) {
        double expected = Csv.number(row, column);
        assertThat(Math.abs(actual - expected))
                .as("%s of %s: expected %s, but was %s", column, row, expected, actual)
                .isLessThanOrEqualTo(relative * Math.abs(expected));
    }
}
