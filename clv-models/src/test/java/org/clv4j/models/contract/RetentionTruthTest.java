// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script retention_truth.py made the table. */
class RetentionTruthTest {

    private static final double TOLERANCE = 1e-11;

    private final List<String> faults = new ArrayList<>();

    @Test
    void everyQuantityAgreesWithTheTruth() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/contract/retention_truth.csv")) {
            FittedRetentionModel model = model(row);
            int n = (int) Csv.number(row, "renewals");
            double rate = Csv.number(row, "rate");
            // The logarithm as a probability, where a double holds it.
            double logSurvival = Csv.number(row, "log_survival");
            agrees(row, "survival", model.survival(n), Math.exp(logSurvival), TOLERANCE * (1 + Math.abs(logSurvival)));
            agrees(row, "survival_after_3", model.survivalAfter(n, 3));
            agrees(row, "leaves_next", model.retentionRate(n + 1).churn(), 1e-15);
            agrees(row, "periods_12", model.expectedLifetime(n, 12));
            agrees(row, "begin_12", model.discountedExpectedLifetime(n, 12, rate, PaymentTiming.BEGIN));
            agrees(row, "begin", model.discountedExpectedLifetime(n, rate, PaymentTiming.BEGIN));
            agrees(row, "residual", model.discountedExpectedLifetime(n, rate, PaymentTiming.RESIDUAL));
            agrees(row, "elasticity", model.retentionElasticity(n, rate, PaymentTiming.BEGIN));
            OptionalDouble lifetime = model.expectedLifetime(n);
            if (hasFigure(row, "lifetime")) {
                agrees(row, "lifetime", lifetime.orElseThrow());
            }
            if (model instanceof ParetoTypeII.Fitted continuous) {
                agrees(row, "continuous", continuous.discountedContinuousLifetime(n, Math.log1p(rate)));
            }
        }
        assertThat(faults).isEmpty();
    }

    private static boolean hasFigure(Map<String, String> row, String column) {
        return !Objects.requireNonNull(row.get(column)).isEmpty();
    }

    private void agrees(Map<String, String> row, String column, double actual) {
        agrees(row, column, actual, 0);
    }

    private void agrees(Map<String, String> row, String column, double actual, double absolute) {
        double expected = Csv.number(row, column);
        agrees(row, column, actual, expected, absolute + TOLERANCE * Math.abs(expected));
    }

    private void agrees(Map<String, String> row, String column, double actual, double expected, double allowed) {
        if (!(Math.abs(actual - expected) <= allowed)) {
            faults.add(column + " of " + row + ": expected " + expected + ", but was " + actual);
        }
    }

    @Test
    void continuousAndDiscreteTimeMeetAtWholeNumbers() {
        ParetoTypeII.Fitted model = ParetoTypeII.Fitted.of(1.4, 3);
        assertThat(model.survivalAt(4)).isEqualTo(model.survival(4));
        assertThat(model.survivalAt(4.5)).isCloseTo(Math.pow(3 / 7.5, 1.4), within(1e-15));
        assertThat(model.expectedContinuousLifetime(2).orElseThrow()).isCloseTo(5 / 0.4, within(1e-12));
        assertThat(ParetoTypeII.Fitted.of(1, 3).expectedContinuousLifetime(2)).isEmpty();
        // Payments that flow are worth less than those at the beginning of each period and more than those at its end.
        assertThat(model.discountedContinuousLifetime(2, Math.log1p(0.1)))
                .isBetween(
                        model.discountedExpectedLifetime(2, 0.1, PaymentTiming.RESIDUAL),
                        model.discountedExpectedLifetime(2, 0.1, PaymentTiming.BEGIN));
    }

    private static FittedRetentionModel model(Map<String, String> row) {
        ModelProvider.OfRetention provider = ModelCatalog.load().retention(Objects.requireNonNull(row.get("model")));
        Map<String, Double> values = new LinkedHashMap<>();
        List<String> columns = List.of("first", "second", "third");
        int i = 0;
        for (ParameterDomain domain : provider.parameters()) {
            values.put(domain.name(), Csv.number(row, columns.get(i)));
            i++;
        }
        return provider.ofParameters(values);
    }
}
