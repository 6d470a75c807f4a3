// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.clv4j.core.model.CustomerDraw;
import org.junit.jupiter.api.Test;

/** Customers who have been silent for so long that they are hardly alive, and would buy at once if they were. */
class GammaGapParetoTest {

    /** The draws invert a distribution function and use no integral over a time. */
    @Test
    void expectationsAreTheMeansOfDraws() {
        double[][] cases = {
            {3, 2, 0.6, 8, 0.7, 11, 60, 100, 180, 10},
            {9, 1, 0.6, 8, 0.7, 11, 12, 30, 90, 5},
            {1088, 63.7, 0.5255, 0.345, 0.044, 68.4, 499, 0.053, 0.0812, 1}
        };
        for (double[] of : cases) {
            GammaGapPareto model = new GammaGapPareto(of[0], of[1], of[2], of[3], of[4], of[5]);
            GammaGapPareto.Customer customer = model.of((int) of[6], of[7], of[8], Double.NaN);
            double horizon = of[9];
            Sampling random = Sampling.ofSeed(7);
            int draws = 4_000;
            double sum = 0;
            double squares = 0;
            double active = 0;
            for (int i = 0; i < draws; i++) {
                CustomerDraw draw = customer.drawAlive(horizon, random);
                double purchases = draw.futureTransactions();
                sum += purchases;
                squares += purchases * purchases;
                active += purchases > 0 ? 1 : 0;
            }
            double mean = sum / draws;
            double error = Math.sqrt((squares / draws - mean * mean) / draws);
            double alive = customer.alive();
            assertThat(alive).isBetween(1e-290, 0.01);
            assertThat(customer.expected(horizon, 0) / alive).isCloseTo(mean, within(4 * error));
            assertThat(customer.active(horizon) / alive).isCloseTo(active / draws, within(0.03));
            assertThat(customer.active(horizon)).isLessThanOrEqualTo(customer.expected(horizon, 0));
            assertThat(customer.expected(horizon, 0.1)).isLessThan(customer.expected(horizon, 0));
        }
    }

    /** Purchases that are all made at once tell the same in weeks and in days. */
    @Test
    void purchasesAtTimeZeroDoNotDependOnTheUnit() {
        GammaGapPareto.Customer weeks = new GammaGapPareto(3, 2, 0.6, 8, 0.7, 11).of(5, 0, 30, Double.NaN);
        GammaGapPareto.Customer days = new GammaGapPareto(3, 2, 0.6, 56, 0.7, 77).of(5, 0, 210, Double.NaN);
        assertThat(days.logLikelihood()).isCloseTo(weeks.logLikelihood() - 5 * Math.log(7), within(1e-9));
        assertThat(days.alive()).isCloseTo(weeks.alive(), within(1e-12));
        assertThat(days.expected(70, 0)).isCloseTo(weeks.expected(10, 0), within(1e-9));
    }
}
