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

/** Formulas against high-precision truth; the script pdo_truth.py made the table. */
class PeriodicDeathOpportunityTruthTest {

    private static final double DELTA = Math.log(1.1) / 52;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/pdo_truth.csv");
        assertThat(rows).hasSize(72);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            PeriodicDeathOpportunity.Fitted model = model(row);
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

    /** The quantile of the next purchase is where the probability of one says. */
    @Test
    void quantilesAreTheInverseOfTheProbability() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/attrition/pdo_truth.csv")) {
            PeriodicDeathOpportunity.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double now = x == 0 ? 0 : Csv.number(row, "age");
            double whole = model.probabilityActive(x, now, now, 4e8 * model.tau());
            double beyond = model.probabilityActive(x, now, now, 2e8 * model.tau());
            // Far enough for the probability of a purchase at all.
            if (whole - beyond > 1e-14 * whole) {
                continue;
            }
            for (double q : new double[] {1e-9, 0.01, 0.3, 0.5, 0.99, 0.999999}) {
                double time = model.timeToNextPurchaseQuantile(x, now, now, q);
                assertThat(model.probabilityActive(x, now, now, time) / whole)
                        .as("%s of %s", q, row)
                        .isCloseTo(q, within(1e-12 * q));
            }
        }
    }

    /** The same where hardly anybody leaves or buys, so that the next purchase may come after ever so many opportunities. */
    @Test
    void quantilesReachBeyondManyOpportunities() {
        for (double[] p : new double[][] {{3, 0.1, 5, 0.05, 2}, {0.01, 0.05, 1, 0.05, 100}, {1e-4, 0.3, 2, 0.2, 1e4}}) {
            PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(p[0], p[1], p[2], p[3], p[4]);
            double byMedian = model.probabilityActive(0, 0, 0, model.timeToNextPurchaseQuantile(0, 0, 0, 0.5));
            double before = 0;
            int compared = 0;
            for (double q : new double[] {1e-6, 0.1, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99}) {
                double time = model.timeToNextPurchaseQuantile(0, 0, 0, q);
                assertThat(time).isGreaterThan(before);
                before = time;
                if (time / p[0] < 5e8) {
                    compared++;
                    assertThat(model.probabilityActive(0, 0, 0, time))
                            .as("%s of %s", q, model)
                            .isCloseTo(2 * q * byMedian, within(1e-11 * q));
                }
            }
            assertThat(compared).as(model.toString()).isGreaterThan(3);
        }
    }

    /** A million opportunities are added as exactly as ten, by another way. */
    @Test
    void manyOpportunitiesAreWhatTheyAreOneByOne() {
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(1e-4, 0.55, 10.58, 0.61, 117_000);
        int opportunities = 1_000_000;
        double died = 0;
        double stayed = 1;
        double expected = 0;
        double active = 0;
        double three = 0;
        for (int j = 1; j <= opportunities; j++) {
            double silent = Math.exp(-0.55 * Math.log1p((j - 1) * 1e-4 / 10.58));
            double soon = -Math.expm1(-0.55 * Math.log1p(1e-4 / (10.58 + (j - 1) * 1e-4)));
            expected += stayed;
            active += stayed * silent * soon;
            double leaves = stayed * (0.61 / (0.61 + 117_000 + j - 1));
            double passed = j * 1e-4 / 10.58;
            died += leaves * Math.exp(-0.55 * Math.log1p(passed));
            three += leaves * Math.exp(-3.55 * Math.log1p(passed)) * passed * passed * passed;
            stayed *= (117_000.0 + j - 1) / (0.61 + 117_000 + j - 1);
        }
        double silent = stayed * Math.exp(-0.55 * Math.log1p(100 / 10.58));
        assertThat(model.probabilityAlive(0, 0, 100)).isCloseTo(silent / (silent + died), within(1e-11));
        assertThat(model.logLikelihood(0, 0, 100)).isCloseTo(Math.log(silent + died), within(1e-11));
        assertThat(model.expectedTransactions(0, 0, 0, 100)).isCloseTo(0.55 / 10.58 * 1e-4 * expected, within(1e-10));
        assertThat(model.probabilityActive(0, 0, 0, 100)).isCloseTo(active, within(1e-11));
        double end = 100 / 10.58;
        double chance = 0.55 * 1.55 * 2.55 / 6;
        assertThat(model.probabilityOfTransactions(3, 100))
                .isCloseTo(
                        chance * (three + stayed * Math.exp(-3.55 * Math.log1p(end)) * end * end * end), within(1e-11));
    }

    private static PeriodicDeathOpportunity.Fitted model(Map<String, String> row) {
        return PeriodicDeathOpportunity.Fitted.of(
                Csv.number(row, "tau"),
                Csv.number(row, "r"),
                Csv.number(row, "alpha"),
                Csv.number(row, "a"),
                Csv.number(row, "b"));
    }
}
