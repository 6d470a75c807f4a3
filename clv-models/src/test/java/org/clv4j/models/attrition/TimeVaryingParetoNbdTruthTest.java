// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Outputs on paths against high-precision truth; the script pnbd_time_varying_truth.py made the table. */
class TimeVaryingParetoNbdTruthTest {

    private static final LocalDate FIRST = LocalDate.of(2023, 3, 1);
    private static final double DELTA = Math.log(1.1) / 52;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/attrition/pnbd_time_varying_truth.csv");
        assertThat(rows).hasSize(120);
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows) {
            TimeVaryingParetoNbd.Outlook customer = model(row).outlook(base(row), 0);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("log_likelihood", customer.logLikelihood());
            values.put("p_alive", customer.probabilityAlive());
            values.put("p_active_26", customer.probabilityActive(26));
            values.put("p_alive_at_26", customer.probabilityAliveAt(26));
            values.put("expected_26", customer.expectedTransactions(26));
            values.put("discounted_26", customer.discountedExpectedTransactions(26, DELTA));
            values.put("residual", customer.discountedExpectedResidualTransactions(DELTA));
            values.put("purchase_rate", customer.expectedPurchaseRate());
            values.put("dropout_rate", customer.expectedDropoutRate());
            for (int n : new int[] {0, 1, 3, 20}) {
                values.put("p_" + n + "_26", customer.probabilityOfFutureTransactions(n, 26));
            }
            values.put("next_26", customer.expectedTimeToNextPurchase(26));
            values.put("next_median", customer.timeToNextPurchaseQuantile(0.5));
            values.put("next_90", customer.timeToNextPurchaseQuantile(0.9));
            values.forEach((column, value) -> {
                double truth = Csv.number(row, column);
                double tolerance = column.equals("log_likelihood") ? 1e-12 : 1e-11;
                boolean right = Math.abs(value - truth) <= tolerance * Math.abs(truth) + 1e-300;
                if (!right) {
                    wrong.add(column + " of " + row.get("parameters") + ", " + row.get("path_name") + " ("
                            + row.get("frequency") + ", " + row.get("last_day") + ", " + row.get("age_days") + "): "
                            + value + " instead of " + truth + ", off by " + (value - truth) / truth);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static TimeVaryingParetoNbd.Fitted model(Map<String, String> row) {
        CovariatePaths.Builder paths = CovariatePaths.shared(List.of("z"));
        for (String step : Objects.requireNonNull(row.get("path")).split(" ", -1)) {
            String[] dayAndValue = step.split(":", -1);
            paths.add(FIRST.plusDays(Long.parseLong(dayAndValue[0])), List.of(Double.parseDouble(dayAndValue[1])));
        }
        return TimeVaryingParetoNbd.Fitted.of(
                        Csv.number(row, "r"),
                        Csv.number(row, "alpha"),
                        Csv.number(row, "s"),
                        Csv.number(row, "beta"),
                        Map.of("purchase:z", Csv.number(row, "g1"), "dropout:z", Csv.number(row, "g2")))
                .withPaths(paths.build().holdingLast());
    }

    private static CustomerBase base(Map<String, String> row) {
        int x = (int) Csv.number(row, "frequency");
        int last = (int) Csv.number(row, "last_day");
        TransactionLog.Builder log = TransactionLog.builder();
        for (int j = 0; j <= x; j++) {
            log.add("C", FIRST.plusDays(x == 0 ? 0 : (long) last * j / x), BigDecimal.ONE);
        }
        return CustomerBase.of(
                log.build(), Observation.until(FIRST.plusDays((int) Csv.number(row, "age_days"))), TimeScale.WEEKS);
    }
}
