// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drawn purchases against the distributions that the models give in closed form: how many, and when. */
class PurchaseSamplerTest {

    private static final int X = 3;
    private static final double RECENCY = 22;
    private static final double AGE = 30;
    private static final double HORIZON = 20;
    private static final double RATE = 0.06;

    static Stream<FittedAttritionModel> models() {
        return Stream.of(
                Nbd.Fitted.of(0.385, 12.07),
                ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669),
                CorrelatedParetoNbd.Fitted.of(0.553, 10.58, 0.606, 11.67, 12),
                HierarchicalParetoNbd.Fitted.of(-2.5, -3, 0.8, 0.9, 0.3),
                GGompertzNbd.Fitted.of(0.8, 4, 0.05, 1.2, 0.9),
                PeriodicDeathOpportunity.Fitted.of(3, 0.5211, 10.3149, 0.4181, 2.3221),
                BgNbd.Fitted.of(0.2426, 4.4136, 0.7929, 2.4259),
                MbgNbd.Fitted.of(0.52, 6.17, 0.89, 1.61),
                BgCnbdK.Fitted.of(2, 0.5, 3, 0.8, 2.4),
                MbgCnbdK.Fitted.of(3, 0.6, 2, 0.9, 1.6),
                BgBb.Fitted.of(1.204, 0.75, 0.657, 2.783));
    }

    private static CustomerBase twins(int customers) {
        List<CustomerSummary> rows = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            rows.add(new CustomerSummary("c" + i, X, RECENCY, AGE, 1, 1, Map.of()));
        }
        return CustomerBase.ofSummaries(rows, TimeScale.WEEKS);
    }

    private static long[] seeds(int rows) {
        long[] seeds = new long[rows];
        for (int row = 0; row < rows; row++) {
            seeds[row] = 1_000_003L * row + 17;
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("models")
    void drawsHaveTheMomentsOfTheModel(FittedAttritionModel model) {
        int n = 8000;
        CustomerBase base = twins(n);
        double[] counts = new double[n];
        double[] discounted = new double[n];
        double[] early = new double[n];
        model.samplePurchases(base, 0, n, HORIZON, seeds(n), (row, times, purchases) -> {
            counts[row] = purchases;
            for (int i = 0; i < purchases; i++) {
                assertThat(times[i]).isGreaterThan(i == 0 ? 0 : times[i - 1]).isLessThanOrEqualTo(HORIZON);
                discounted[row] += Math.exp(-RATE * times[i]);
                early[row] += times[i] <= HORIZON / 4 ? 1 : 0;
            }
        });
        double mean = 0;
        double squares = 0;
        double mass = 0;
        for (int k = 0; mass < 1 - 1e-12 && k < 400; k++) {
            double p = model.probabilityOfFutureTransactions(k, X, RECENCY, AGE, HORIZON);
            mass += p;
            mean += k * p;
            squares += (double) k * k * p;
        }
        double variance = squares - mean * mean;
        assertThat(mean).isCloseTo(model.expectedTransactions(X, RECENCY, AGE, HORIZON), within(1e-6 * mean));
        assertMean(counts, mean);
        assertMean(early, model.expectedTransactions(X, RECENCY, AGE, HORIZON / 4));
        double[] deviations = new double[n];
        double[] active = new double[n];
        for (int row = 0; row < n; row++) {
            deviations[row] = (counts[row] - mean) * (counts[row] - mean);
            active[row] = counts[row] > 0 ? 1 : 0;
        }
        assertMean(deviations, variance);
        assertMean(active, model.probabilityActive(X, RECENCY, AGE, HORIZON));
        assertMean(discounted, model.discountedExpectedTransactions(X, RECENCY, AGE, HORIZON, RATE));
    }

    /** Within three standard errors. */
    private static void assertMean(double[] values, double expected) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value - expected;
            squares += (value - expected) * (value - expected);
        }
        double error = Math.sqrt(squares / values.length / values.length);
        assertThat(sum / values.length).isCloseTo(0, within(3 * error));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aDrawIsTheSameInAnyBatch(FittedAttritionModel model) {
        int n = 40;
        CustomerBase base = twins(n);
        long[] seeds = seeds(n);
        double[] last = new double[n];
        model.samplePurchases(base, 0, n, HORIZON, seeds, (row, times, purchases) -> last[row] = times[purchases - 1]);
        for (int row = 0; row < n; row++) {
            double[] alone = new double[1];
            model.samplePurchases(
                    base,
                    row,
                    row + 1,
                    HORIZON,
                    new long[] {seeds[row]},
                    (unused, times, purchases) -> alone[0] = times[purchases - 1]);
            assertThat(alone[0]).isEqualTo(last[row]);
        }
    }

    @Test
    void refusals() {
        Nbd.Fitted model = Nbd.Fitted.of(1, 1);
        CustomerBase base = twins(2);
        assertThatThrownBy(() -> model.samplePurchases(base, 0, 2, HORIZON, new long[1], (row, times, n) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`seeds`");
        assertThatThrownBy(() -> model.samplePurchases(base, 0, 3, HORIZON, new long[3], (row, times, n) -> {}))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> model.samplePurchases(base, 0, 2, -1, new long[2], (row, times, n) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`horizon`");
        assertThatThrownBy(() -> model.samplePurchases(base, 0, 2, 1e12, new long[2], (row, times, n) -> {}))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("shorter horizon");
    }
}
