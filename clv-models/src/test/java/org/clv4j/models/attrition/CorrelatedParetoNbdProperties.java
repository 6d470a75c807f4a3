// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.testkit.Draws;

/** With ω = 0 the model is Pareto/NBD; draws and simulated customers have the rates of the family. */
class CorrelatedParetoNbdProperties {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void withoutDependenceItIsParetoNbd(
            @ForAll("shapes") double r,
            @ForAll("scales") double alpha,
            @ForAll("shapes") double s,
            @ForAll("scales") double scale,
            @ForAll("scales") double c,
            @ForAll("counts") int x,
            @ForAll("parts") double part,
            @ForAll("ages") double age,
            @ForAll("ages") double horizon) {
        CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.of(r, alpha, s, scale, 0, c);
        ParetoNbd.Fitted limit = ParetoNbd.Fitted.of(r, alpha, s, scale);
        double recency = x == 0 ? 0 : part * age;
        // Near 0 it is the likelihood itself that has relative digits: what purchases and dropout take away cancels.
        double logLikelihood = limit.logLikelihood(x, recency, age);
        assertThat(model.logLikelihood(x, recency, age))
                .isCloseTo(logLikelihood, within(1e-9 * Math.abs(logLikelihood) + 1e-12));
        same(model.probabilityAlive(x, recency, age), limit.probabilityAlive(x, recency, age));
        same(model.probabilityActive(x, recency, age, horizon), limit.probabilityActive(x, recency, age, horizon));
        same(
                model.expectedTransactions(x, recency, age, horizon),
                limit.expectedTransactions(x, recency, age, horizon));
        same(
                model.discountedExpectedTransactions(x, recency, age, horizon, 0.003),
                limit.discountedExpectedTransactions(x, recency, age, horizon, 0.003));
        same(
                model.discountedExpectedResidualTransactions(x, recency, age, 0.003),
                limit.discountedExpectedResidualTransactions(x, recency, age, 0.003));
        same(model.probabilityAliveAt(x, recency, age, horizon), limit.probabilityAliveAt(x, recency, age, horizon));
        same(
                model.probabilityOfFutureTransactions(3, x, recency, age, horizon),
                limit.probabilityOfFutureTransactions(3, x, recency, age, horizon));
        same(
                model.expectedTimeToNextPurchase(x, recency, age, horizon),
                limit.expectedTimeToNextPurchase(x, recency, age, horizon));
        same(
                model.timeToNextPurchaseQuantile(x, recency, age, 0.3),
                limit.timeToNextPurchaseQuantile(x, recency, age, 0.3));
        same(model.expectedPurchaseRate(x, recency, age), limit.expectedPurchaseRate(x, recency, age));
        same(model.expectedDropoutRate(x, recency, age), limit.expectedDropoutRate(x, recency, age));
    }

    /** Both marginal means and the covariance, at both bounds, in every regime of the sampler. */
    @Example
    void simulatedRatesHaveTheirMomentsAndCorrelation() {
        for (double[] p : new double[][] {
            {0.55, 10, 0.6, 12, 1},
            {0.55, 10, 0.6, 12, 30},
            {3, 10, 2, 1, 0.01},
            {2, 0.5, 1.5, 0.7, 2},
            {0.05, 40, 8, 0.1, 1}
        }) {
            for (boolean upper : new boolean[] {true, false}) {
                CorrelatedParetoNbd.Fitted free = CorrelatedParetoNbd.Fitted.of(p[0], p[1], p[2], p[3], 0, p[4]);
                CorrelatedParetoNbd.Fitted model = CorrelatedParetoNbd.Fitted.of(
                        p[0], p[1], p[2], p[3], upper ? free.highestOmega() : free.lowestOmega(), p[4]);
                assertThat(Math.signum(model.correlation())).isEqualTo(upper ? 1.0 : -1.0);
                int size = 200_000;
                double[] product = new double[size];
                double[] lambda = new double[size];
                double[] mu = new double[size];
                int i = 0;
                for (CustomerDraw draw : model.sample(0, 0, 0, 1, size, 5)) {
                    lambda[i] = draw.purchaseRate();
                    mu[i] = draw.dropoutRate();
                    product[i] = (lambda[i] - p[0] / p[1]) * (mu[i] - p[2] / p[3]);
                    i++;
                }
                hasMean(lambda, p[0] / p[1]);
                hasMean(mu, p[2] / p[3]);
                double deviations = Math.sqrt(p[0]) / p[1] * (Math.sqrt(p[2]) / p[3]);
                hasMean(product, model.correlation() * deviations);
            }
        }
    }

    /** Within 5 standard errors. */
    private static void hasMean(double[] values, double mean) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        assertThat(sum / values.length).isCloseTo(mean, within(5 * Math.sqrt(squares) / values.length));
    }

    /** ω beyond a bound is refused by a message that says where the bounds are. */
    @Example
    void omegaBeyondItsBoundsIsRefused() {
        CorrelatedParetoNbd.Fitted free = CorrelatedParetoNbd.Fitted.of(0.55, 10, 0.6, 12, 0);
        for (double omega : new double[] {free.highestOmega(), free.lowestOmega()}) {
            assertThat(CorrelatedParetoNbd.Fitted.of(0.55, 10, 0.6, 12, omega).omega())
                    .isEqualTo(omega);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CorrelatedParetoNbd.Fitted.of(0.55, 10, 0.6, 12, omega * 1.000001))
                    .withMessage("`omega` must be in [" + free.lowestOmega() + ", " + free.highestOmega()
                            + "] with these rates, but was " + omega * 1.000001);
        }
    }

    private static void same(double value, double limit) {
        assertThat(value).isCloseTo(limit, within(1e-9 * Math.abs(limit) + 1e-290));
    }

    @Provide
    Arbitrary<Double> shapes() {
        return Draws.logUniform(0.2, 20);
    }

    @Provide
    Arbitrary<Double> scales() {
        return Draws.logUniform(1e-2, 1e3);
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Draws.logCounts(5000);
    }

    @Provide
    Arbitrary<Double> parts() {
        return Arbitraries.oneOf(Draws.uniform(0, 1), Arbitraries.of(0.0, 1 - 1e-9, 1.0));
    }

    @Provide
    Arbitrary<Double> ages() {
        return Draws.logUniform(0.1, 1e3);
    }
}
