// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script mbgnbd_truth.py made the table. */
class MbgNbdTruthTest {

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/mbgnbd_truth.csv");
        assertThat(rows).hasSize(72);
        for (Map<String, String> row : rows) {
            TruthTable.check(
                    row,
                    MbgNbd.Fitted.of(
                            Csv.number(row, "r"), Csv.number(row, "alpha"), Csv.number(row, "a"), Csv.number(row, "b")),
                    Math.log(1.1) / 52);
        }
    }
}
