// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script bgbb_truth.py made the table. */
class BgBbTruthTest {

    private static final double DELTA = Math.log(1.1);

    @Test
    void everyQuantityAgreesWithTheTruth() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/attrition/bgbb_truth.csv")) {
            BgBb.Fitted model = model(row);
            TruthTable.check(row, model, DELTA);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            TruthTable.agrees(row, "p_alive_at_last", model.probabilityAliveAtLastOpportunity(x, recency, age), 1e-11);
            TruthTable.agrees(row, "p_alive_at_26", model.probabilityAliveAt(x, recency, age, 26), 1e-11);
            for (int n : new int[] {0, 1, 7, 26}) {
                TruthTable.agrees(
                        row, "p_" + n + "_in_26", model.probabilityOfFutureTransactions(n, x, recency, age, 26), 1e-11);
            }
            TruthTable.agrees(row, "next_within_26", model.expectedTimeToNextPurchase(x, recency, age, 26), 1e-11);
            TruthTable.agrees(row, "next_quantile", model.timeToNextPurchaseQuantile(x, recency, age, 0.5), 0);
            TruthTable.agrees(row, "purchase_rate", model.expectedPurchaseRate(x, recency, age), 1e-11);
            TruthTable.agrees(row, "dropout_rate", model.expectedDropoutRate(x, recency, age), 1e-11);
        }
    }

    /** Where sums over a horizon give way to a quadrature or a series, nothing but the next opportunity is added. */
    @Test
    void longHorizonsContinueShortOnes() {
        for (double gamma : new double[] {0.05, 0.66, 1, 1.3, 30}) {
            BgBb.Fitted model = BgBb.Fitted.of(1.2, 0.75, gamma, 2.8);
            for (int n : new int[] {0, 6, 1000}) {
                int x = n / 3;
                int last = n / 2;
                // The expectation of the one opportunity after 4,096 is p of one who is still alive then.
                double later = model.probabilityAliveAt(x, last, n, 4096) * ((1.2 + x) / (1.95 + n));
                double all = model.expectedTransactions(x, last, n, 4097);
                assertThat(all - model.expectedTransactions(x, last, n, 4096)).isCloseTo(later, within(1e-12 * all));
                assertThat(model.probabilityAliveAt(x, last, n, 4097))
                        .isCloseTo(
                                model.probabilityAliveAt(x, last, n, 4096)
                                        * ((2.8 + n + 4097) / (gamma + 2.8 + n + 4097)),
                                within(1e-12 * model.probabilityAliveAt(x, last, n, 4097)));
                double active = model.probabilityActive(x, last, n, 4097);
                assertThat(active - model.probabilityActive(x, last, n, 4096)).isBetween(-1e-12, later);
                assertThat(model.discountedExpectedTransactions(x, last, n, 4097, 0.01))
                        .isCloseTo(model.discountedExpectedResidualTransactions(x, last, n, 0.01), within(1e-12 * all));
            }
        }
    }

    private static BgBb.Fitted model(Map<String, String> row) {
        return BgBb.Fitted.of(
                Csv.number(row, "alpha"), Csv.number(row, "beta"), Csv.number(row, "gamma"), Csv.number(row, "delta"));
    }
}
