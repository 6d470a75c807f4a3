// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionSimulator;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.internal.kernel.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What every fitted model of retention answers. A model of the family brings its survival function and the sums over it; argument checks,
 * payment timings and draws are here.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class FittedContractModel implements FittedRetentionModel, RetentionSimulator
        permits FittedLifetimeModel, ConstantRetention.Fitted, ContinuedSurvival {

    /** Below this the present value of a payment for ever is beyond a double. */
    private static final double SMALLEST_RATE = 1e-300;

    private final String name;
    private final Map<String, Double> parameters;
    private final @Nullable FitReport report;

    FittedContractModel(String name, Map<String, Double> parameters, @Nullable FitReport report) {
        this.name = name;
        this.parameters = parameters;
        this.report = report;
    }

    /** Returns ln S(to) − ln S(from). */
    abstract double logSurvival(double from, double to);

    /** Returns Σ S(from + t)/S(from) e^(−δt) over t = 0 … count − 1; the count may be infinite, and so may then the sum without δ. */
    abstract double sum(double from, double count, double delta);

    /** Returns the mean of t by the terms of the infinite sum. */
    abstract double meanTime(double from, double delta);

    /** Returns a parameter of a map that was checked for completeness, or refuses the map. */
    static double parameter(Map<String, Double> parameters, String parameter) {
        Double value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(
                    "`" + parameter + "` is missing from the parameters " + parameters.keySet());
        }
        return value;
    }

    final double parameter(String parameter) {
        return parameter(parameters, parameter);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Double> parameters() {
        return parameters;
    }

    @Override
    public Optional<FitReport> report() {
        return Optional.ofNullable(report);
    }

    @Override
    public double survival(int renewals) {
        Arguments.checkCount(renewals, "renewals");
        return probability(logSurvival(0, renewals));
    }

    @Override
    public double survivalAfter(int renewals, int more) {
        Arguments.checkCount(renewals, "renewals");
        Arguments.checkCount(more, "more");
        return probability(logSurvival(renewals, renewals + (double) more));
    }

    static double probability(double log) {
        return Math.exp(Math.min(log, 0));
    }

    @Override
    public double expectedLifetime(int renewals, int periods) {
        Arguments.checkCount(renewals, "renewals");
        Arguments.checkCount(periods, "periods");
        return periods == 0 ? 0 : sum(renewals, periods, 0);
    }

    @Override
    public OptionalDouble expectedLifetime(int renewals) {
        Arguments.checkCount(renewals, "renewals");
        double sum = sum(renewals, Double.POSITIVE_INFINITY, 0);
        return sum < Double.POSITIVE_INFINITY ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    @Override
    public double discountedExpectedLifetime(int renewals, int periods, double discountRate, PaymentTiming timing) {
        Arguments.checkCount(renewals, "renewals");
        Arguments.checkCount(periods, "periods");
        if (!(discountRate >= 0 && discountRate < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("discountRate", "finite and at least 0", discountRate);
        }
        return periods <= timing.firstPeriod() ? 0 : discounted(renewals, periods, Math.log1p(discountRate), timing);
    }

    @Override
    public double discountedExpectedLifetime(int renewals, double discountRate, PaymentTiming timing) {
        Arguments.checkCount(renewals, "renewals");
        return discounted(renewals, Double.POSITIVE_INFINITY, continuous(discountRate), timing);
    }

    private double discounted(int renewals, double count, double delta, PaymentTiming timing) {
        int first = timing.firstPeriod();
        double reached = first == 0 ? 1 : probability(logSurvival(renewals, renewals + (double) first) - first * delta);
        return reached * sum(renewals + (double) first, count - first, delta) * Math.exp(-delta * timing.delay());
    }

    @Override
    public double retentionElasticity(int renewals, double discountRate, PaymentTiming timing) {
        Arguments.checkCount(renewals, "renewals");
        // Each payment counts as often as renewals come before it, the first ones counted too where they are none of
        // its own.
        int first = timing.firstPeriod();
        return first + meanTime(renewals + (double) first, continuous(discountRate));
    }

    private static double continuous(double discountRate) {
        if (!(discountRate > 0 && discountRate < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("discountRate", "finite and above 0", discountRate);
        }
        return Math.max(Math.log1p(discountRate), SMALLEST_RATE);
    }

    @Override
    public int drawLeaving(int renewals, RandomGenerator random) {
        Arguments.checkCount(renewals, "renewals");
        // P(still there at n) = P(u < S(n)): the draw is the first n whose survival is not above u.
        double logU = Math.log(random.nextDouble());
        double last = renewals;
        double step = 1;
        while (last < Integer.MAX_VALUE && logSurvival(renewals, Math.min(last + step, Integer.MAX_VALUE)) > logU) {
            last = Math.min(last + step, Integer.MAX_VALUE);
            step *= 2;
        }
        double first = Math.min(last + step, Integer.MAX_VALUE);
        while (first - last > 1) {
            double middle = Math.floor((first + last) / 2);
            if (logSurvival(renewals, middle) > logU) {
                last = middle;
            } else {
                first = middle;
            }
        }
        return (int) first;
    }
}
