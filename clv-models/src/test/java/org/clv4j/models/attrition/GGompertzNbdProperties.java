// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.testkit.Draws;

/** As b goes to 0 with β/b kept, the model is Pareto/NBD. */
class GGompertzNbdProperties {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void withoutGrowthItIsParetoNbd(
            @ForAll("shapes") double r,
            @ForAll("scales") double alpha,
            @ForAll("shapes") double s,
            @ForAll("scales") double scale,
            @ForAll("counts") int x,
            @ForAll("parts") double part,
            @ForAll("ages") double age,
            @ForAll("ages") double horizon) {
        // So small that growth does not matter to a purchase that comes after 1e40 periods either.
        double b = 1e-100;
        GGompertzNbd.Fitted model = GGompertzNbd.Fitted.of(r, alpha, b, s, scale * b);
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
