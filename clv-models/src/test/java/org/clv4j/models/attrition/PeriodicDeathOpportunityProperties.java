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

/** The model between its limits: without opportunities it is NBD, with ever more of them Pareto/NBD. */
class PeriodicDeathOpportunityProperties {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void withoutAnOpportunityItIsNbd(
            @ForAll("shapes") double r,
            @ForAll("scales") double alpha,
            @ForAll("shapes") double a,
            @ForAll("shapes") double b,
            @ForAll("counts") int x,
            @ForAll("parts") double part,
            @ForAll("ages") double age,
            @ForAll("ages") double horizon) {
        PeriodicDeathOpportunity.Fitted model =
                PeriodicDeathOpportunity.Fitted.of(1.01 * (age + horizon), r, alpha, a, b);
        Nbd.Fitted limit = Nbd.Fitted.of(r, alpha);
        double recency = x == 0 ? 0 : part * age;
        double logLikelihood = limit.logLikelihood(x, recency, age);
        // Terms of either sign that are as large as this may cancel.
        double unit = Math.abs(logLikelihood) + x * (1 + Math.abs(Math.log(alpha + age)));
        assertThat(model.logLikelihood(x, recency, age)).isCloseTo(logLikelihood, within(1e-12 * unit + 1e-14));
        assertThat(model.probabilityAlive(x, recency, age)).isEqualTo(1);
        assertThat(model.probabilityAliveAt(x, recency, age, horizon)).isEqualTo(1);
        same(model.probabilityActive(x, recency, age, horizon), limit.probabilityActive(x, recency, age, horizon));
        same(
                model.expectedTransactions(x, recency, age, horizon),
                limit.expectedTransactions(x, recency, age, horizon));
        same(
                model.discountedExpectedTransactions(x, recency, age, horizon, 0.003),
                limit.discountedExpectedTransactions(x, recency, age, horizon, 0.003));
        same(
                model.probabilityOfFutureTransactions(3, x, recency, age, horizon),
                limit.probabilityOfFutureTransactions(3, x, recency, age, horizon));
        same(
                model.expectedTimeToNextPurchase(x, recency, age, horizon),
                limit.expectedTimeToNextPurchase(x, recency, age, horizon));
        same(model.expectedPurchaseRate(x, recency, age), limit.expectedPurchaseRate(x, recency, age));
    }

    /** With opportunities at every moment, all is off by no more than what can happen in one interval. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void withManyOpportunitiesItIsParetoNbd(
            @ForAll("shapes") double r,
            @ForAll("longScales") double alpha,
            @ForAll("shapes") double s,
            @ForAll("longScales") double beta,
            @ForAll("fewCounts") int x,
            @ForAll("parts") double part,
            @ForAll("longScales") double age,
            @ForAll("longScales") double horizon) {
        double tau = 1e-5 * Math.min(Math.min(alpha, beta), Math.min(age, horizon));
        PeriodicDeathOpportunity.Fitted model = PeriodicDeathOpportunity.Fitted.of(tau, r, alpha, s, beta / tau);
        ParetoNbd.Fitted limit = ParetoNbd.Fitted.of(r, alpha, s, beta);
        double recency = x == 0 ? 0 : part * age;
        double tolerance = 1e-4 * (r + x + s);
        assertThat(model.logLikelihood(x, recency, age))
                .isCloseTo(limit.logLikelihood(x, recency, age), within(tolerance));
        near(model.probabilityAlive(x, recency, age), limit.probabilityAlive(x, recency, age), tolerance);
        near(
                model.probabilityActive(x, recency, age, horizon),
                limit.probabilityActive(x, recency, age, horizon),
                tolerance);
        near(
                model.expectedTransactions(x, recency, age, horizon),
                limit.expectedTransactions(x, recency, age, horizon),
                tolerance);
        near(
                model.discountedExpectedTransactions(x, recency, age, horizon, 0.003),
                limit.discountedExpectedTransactions(x, recency, age, horizon, 0.003),
                tolerance);
        near(
                model.discountedExpectedResidualTransactions(x, recency, age, 0.003),
                limit.discountedExpectedResidualTransactions(x, recency, age, 0.003),
                tolerance);
        near(
                model.probabilityAliveAt(x, recency, age, horizon),
                limit.probabilityAliveAt(x, recency, age, horizon),
                tolerance);
        near(
                model.probabilityOfFutureTransactions(3, x, recency, age, horizon),
                limit.probabilityOfFutureTransactions(3, x, recency, age, horizon),
                tolerance);
        near(
                model.expectedTimeToNextPurchase(x, recency, age, horizon),
                limit.expectedTimeToNextPurchase(x, recency, age, horizon),
                tolerance);
        near(
                model.timeToNextPurchaseQuantile(x, recency, age, 0.3),
                limit.timeToNextPurchaseQuantile(x, recency, age, 0.3),
                tolerance);
        near(model.expectedPurchaseRate(x, recency, age), limit.expectedPurchaseRate(x, recency, age), tolerance);
        near(model.expectedDropoutRate(x, recency, age) / tau, limit.expectedDropoutRate(x, recency, age), tolerance);
    }

    private static void same(double value, double limit) {
        assertThat(value).isCloseTo(limit, within(1e-11 * Math.abs(limit) + 1e-290));
    }

    private static void near(double value, double limit, double tolerance) {
        assertThat(value).isCloseTo(limit, within(tolerance * Math.abs(limit) + 1e-290));
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
    Arbitrary<Double> longScales() {
        return Draws.logUniform(1, 1e3);
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Draws.logCounts(5000);
    }

    @Provide
    Arbitrary<Integer> fewCounts() {
        return Draws.logCounts(100);
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
