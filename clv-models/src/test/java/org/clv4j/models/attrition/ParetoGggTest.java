// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.models.internal.kernel.Sampling;
import org.junit.jupiter.api.Test;

/** What a history tells: against the Pareto/NBD, which is the case k = 1, and against brute force. */
class ParetoGggTest {

    private static final ParetoGgg.Fitted MODEL = ParetoGgg.Fitted.of(1.8, 0.7, 0.6, 4, 0.7, 9);

    @Test
    void withoutMemoryItIsTheParetoNbd() {
        ParetoNbd.Fitted limit = ParetoNbd.Fitted.of(0.55, 10.6, 0.6, 11.7);
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(900_000, 900_000, 0.55, 10.6, 0.6, 11.7);
        double[][] histories = {{0, 0, 38.86}, {2, 30.43, 38.86}, {7, 20, 35}, {0, 0, 0}};
        for (double[] history : histories) {
            int x = (int) history[0];
            double recency = history[1];
            double age = history[2];
            assertThat(model.logLikelihood(x, recency, age))
                    .isCloseTo(limit.logLikelihood(x, recency, age), within(1e-5));
            assertThat(model.probabilityAlive(x, recency, age))
                    .isCloseTo(limit.probabilityAlive(x, recency, age), within(1e-5));
            assertThat(model.probabilityAliveAt(x, recency, age, 39))
                    .isCloseTo(limit.probabilityAliveAt(x, recency, age, 39), within(1e-5));
            assertThat(model.probabilityActive(x, recency, age, 39))
                    .isCloseTo(limit.probabilityActive(x, recency, age, 39), within(1e-5));
            assertThat(model.expectedTransactions(x, recency, age, 39))
                    .isCloseTo(limit.expectedTransactions(x, recency, age, 39), within(1e-4));
            assertThat(model.discountedExpectedTransactions(x, recency, age, 39, 0.01))
                    .isCloseTo(limit.discountedExpectedTransactions(x, recency, age, 39, 0.01), within(1e-4));
            assertThat(model.expectedPurchaseRate(x, recency, age))
                    .isCloseTo(limit.expectedPurchaseRate(x, recency, age), within(1e-5));
            assertThat(model.expectedDropoutRate(x, recency, age))
                    .isCloseTo(limit.expectedDropoutRate(x, recency, age), within(1e-5));
        }
    }

    /** Draws of customers, weighted by how likely their gaps are, who stay silent or leave, and buy on. */
    @Test
    void bruteForceAgrees() {
        double gaps = 2 * Math.log(6) + Math.log(8);
        double horizon = 20;
        Sampling random = Sampling.ofSeed(5);
        double weights = 0;
        double alive = 0;
        double active = 0;
        double purchases = 0;
        for (int n = 0; n < 400_000; n++) {
            double k = random.gamma(1.8, 0.7);
            double lambda = random.gamma(0.6, 4);
            double mu = random.gamma(0.7, 9);
            double lifetime = random.exponential(mu);
            double time = random.gamma(k, k * lambda);
            if (time <= Math.min(lifetime, 10)) {
                continue;
            }
            double weight = Math.exp(
                    3 * k * Math.log(k * lambda) - k * lambda * 20 + (k - 1) * gaps - 3 * LogGamma.value(k) - mu * 20);
            if (!(weight > 0)) {
                continue;
            }
            weights += weight;
            if (lifetime > 10) {
                alive += weight;
                active += time <= Math.min(lifetime, 10 + horizon) ? weight : 0;
                while (time <= Math.min(lifetime, 10 + horizon)) {
                    purchases += weight;
                    time += random.gamma(k, k * lambda);
                }
            }
        }
        ParetoGgg.Fitted known = MODEL.withGaps(gaps);
        // Three standard errors of some 16,000 effective draws.
        assertThat(known.probabilityAlive(3, 20, 30)).isCloseTo(alive / weights, within(0.012));
        assertThat(known.probabilityActive(3, 20, 30, horizon)).isCloseTo(active / weights, within(0.012));
        assertThat(known.expectedTransactions(3, 20, 30, horizon)).isCloseTo(purchases / weights, within(0.055));
        assertThat(known.logLikelihood(3, 20, 30)).isCloseTo(Math.log(weights / 400_000), within(0.03));
    }

    @Test
    void regularSilenceTellsSooner() {
        double regular = MODEL.withGaps(8 * Math.log(3) - 0.1).probabilityAlive(8, 24, 34);
        double irregular = MODEL.withGaps(8 * Math.log(3) - 4).probabilityAlive(8, 24, 34);
        assertThat(regular).isLessThan(irregular);
    }

    @Test
    void impossibleGapsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.withGaps(10).probabilityAlive(3, 20, 30))
                .withMessageContaining("`sumOfLogGaps`");
        assertThatIllegalArgumentException().isThrownBy(() -> MODEL.withGaps(Double.NaN));
    }

    /** The expectation is finite and as simulated although most of its variance comes of few customers who buy in clumps. */
    @Test
    void newCustomersBuyAsOftenAsSimulatedOnes() {
        // Clumps are rare from here on, so that a mean of simulated customers has a standard error.
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(6, 3, 0.9, 5, 0.7, 9);
        int customers = 60_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < customers; i++) {
            int purchases = model.simulateTransactionTimes(20, 77_000_000L + i).length;
            sum += purchases;
            squares += (double) purchases * purchases;
        }
        double mean = sum / customers;
        double error = Math.sqrt((squares / customers - mean * mean) / customers);
        assertThat(model.expectedTransactionsOfNewCustomer(20)).isCloseTo(mean, within(4 * error));
    }

    @Test
    void drawsHaveTheirMeans() {
        ParetoGgg.Fitted known = MODEL.withGaps(2 * Math.log(6) + Math.log(8));
        int draws = 20_000;
        double alive = 0;
        double purchases = 0;
        double squares = 0;
        double rates = 0;
        double dropouts = 0;
        for (CustomerDraw draw : known.sample(3, 20, 30, 20, draws, 3)) {
            alive += draw.alive() ? 1 : 0;
            purchases += draw.futureTransactions();
            squares += (double) draw.futureTransactions() * draw.futureTransactions();
            rates += draw.purchaseRate();
            dropouts += draw.dropoutRate();
        }
        double mean = purchases / draws;
        double error = Math.sqrt((squares / draws - mean * mean) / draws);
        assertThat(alive / draws).isCloseTo(known.probabilityAlive(3, 20, 30), within(0.014));
        assertThat(mean).isCloseTo(known.expectedTransactions(3, 20, 30, 20), within(4 * error));
        assertThat(rates / draws).isCloseTo(known.expectedPurchaseRate(3, 20, 30), within(0.003));
        assertThat(dropouts / draws).isCloseTo(known.expectedDropoutRate(3, 20, 30), within(0.0015));
    }

    /** Nothing is NaN, and everything in its range, for the oddest histories and parameters. */
    @Test
    void extremesAreFinite() {
        double[][] parameters = {
            {1.8, 0.7, 0.6, 4, 0.7, 9},
            {0.0011, 0.0011, 0.0011, 0.0011, 0.0011, 0.0011},
            {5_000, 100, 900, 0.01, 0.002, 9_000},
            {999_999, 0.0011, 0.0011, 999_999, 999_999, 0.0011}
        };
        double[][] histories = {
            {0, 0, 0}, {0, 0, 1e5}, {10_000, 1e5, 1e5}, {10_000, 3, 1e5}, {10_000, 0, 0}, {1, 1e-9, 1e-6}
        };
        for (double[] p : parameters) {
            ParetoGgg.Fitted model = ParetoGgg.Fitted.of(p[0], p[1], p[2], p[3], p[4], p[5]);
            for (double[] history : histories) {
                int x = (int) history[0];
                double tx = history[1];
                double age = history[2];
                String what = model + " " + x + " " + tx + " " + age;
                assertThat(model.logLikelihood(x, tx, age)).as(what).isFinite();
                double alive = model.probabilityAlive(x, tx, age);
                assertThat(alive).as(what).isBetween(0.0, 1.0);
                for (double horizon : new double[] {1e-6, 1e5}) {
                    assertThat(model.probabilityActive(x, tx, age, horizon))
                            .as(what)
                            .isBetween(0.0, alive);
                    assertThat(model.expectedTransactions(x, tx, age, horizon))
                            .as(what)
                            .isBetween(0.0, Double.MAX_VALUE);
                    assertThat(model.probabilityOfFutureTransactions(20, x, tx, age, horizon))
                            .as(what)
                            .isBetween(0.0, 1.0);
                    assertThat(model.expectedTimeToNextPurchase(x, tx, age, horizon))
                            .as(what)
                            .isBetween(0.0, horizon);
                }
                assertThat(model.discountedExpectedResidualTransactions(x, tx, age, 0.01))
                        .as(what)
                        .isBetween(0.0, Double.MAX_VALUE);
                assertThat(model.timeToNextPurchaseQuantile(x, tx, age, 0.5))
                        .as(what)
                        .isBetween(0.0, Double.MAX_VALUE);
                assertThat(model.expectedPurchaseRate(x, tx, age)).as(what).isBetween(0.0, Double.MAX_VALUE);
                assertThat(model.expectedDropoutRate(x, tx, age)).as(what).isBetween(0.0, Double.MAX_VALUE);
                // A draw checks itself.
                assertThat(model.sample(x, tx, age, 10, 2, 3)).hasSize(2);
            }
        }
    }
}
