// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.PaymentTiming;

/** Models of retention that are sums of their own definition. */
public final class Retentions {

    private Retentions() {}

    /**
     * Customers who all stay with one probability, of which they can be told by an attribute.
     *
     * @param rate the probability
     * @return the model
     */
    public static FittedRetentionModel constant(double rate) {
        return new Summed("constant", opportunity -> rate, null);
    }

    /**
     * Customers who stay with a probability of their own, from a beta distribution.
     *
     * @param alpha of leaving
     * @param beta of staying
     * @return the model
     */
    public static FittedRetentionModel betaGeometric(double alpha, double beta) {
        return new Summed("sbg", n -> (beta + n - 1) / (alpha + beta + n - 1), null);
    }

    static FittedRetentionModel fittedTo(TimeScale timeScale, double rate) {
        return new Summed("constant", opportunity -> rate, timeScale);
    }

    /** Customers whose probability to stay is an attribute of theirs. */
    static FittedRetentionModel byAttribute(String name) {
        return new ByAttribute(name);
    }

    /** Takes the part that renewed of those who could. */
    static final class ConstantModel implements RetentionModel {
        @Override
        public FittedRetentionModel fit(RetentionData data) {
            double lost = 0;
            double opportunities = 0;
            for (int row = 0; row < data.size(); row++) {
                opportunities += data.weight(row) * data.opportunities(row);
                lost += data.left(row) ? data.weight(row) : 0;
            }
            return constant(1 - lost / opportunities);
        }
    }

    private static class Summed implements FittedRetentionModel {
        private final String name;
        private final IntToDoubleFunction rate;
        private final Optional<FitReport> report;

        Summed(String name, IntToDoubleFunction rate, TimeScale timeScale) {
            this.name = name;
            this.rate = rate;
            this.report = Optional.ofNullable(timeScale).map(unit -> FitReport.builder(name, Map.of("rate", 0.5))
                    .timeScale(unit)
                    .build());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("rate", rate.applyAsDouble(1));
        }

        @Override
        public Optional<FitReport> report() {
            return report;
        }

        @Override
        public double survival(int renewals) {
            return survivalAfter(0, renewals);
        }

        @Override
        public double survivalAfter(int renewals, int more) {
            double survival = 1;
            for (int n = 1; n <= more; n++) {
                survival *= rate.applyAsDouble(renewals + n);
            }
            return survival;
        }

        @Override
        public double expectedLifetime(int renewals, int periods) {
            return discountedExpectedLifetime(renewals, periods, 0, PaymentTiming.BEGIN);
        }

        @Override
        public OptionalDouble expectedLifetime(int renewals) {
            return OptionalDouble.empty();
        }

        @Override
        public double discountedExpectedLifetime(int renewals, int periods, double discountRate, PaymentTiming timing) {
            double sum = 0;
            double survival = 1;
            for (int t = 0; t < periods && survival > 1e-18 * sum; t++) {
                if (t >= timing.firstPeriod()) {
                    sum += survival * Math.pow(1 + discountRate, -timing.delay());
                }
                survival *= rate.applyAsDouble(renewals + t + 1) / (1 + discountRate);
            }
            return sum;
        }

        @Override
        public double discountedExpectedLifetime(int renewals, double discountRate, PaymentTiming timing) {
            return discountedExpectedLifetime(renewals, Integer.MAX_VALUE, discountRate, timing);
        }

        @Override
        public double retentionElasticity(int renewals, double discountRate, PaymentTiming timing) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class ByAttribute extends Summed implements RetentionCovariates {
        private final String attribute;

        ByAttribute(String attribute) {
            super("by-" + attribute, opportunity -> 0.5, null);
            this.attribute = attribute;
        }

        @Override
        public Map<String, List<String>> covariates() {
            return Map.of(attribute, List.of());
        }

        @Override
        public FittedRetentionModel ofProfile(Map<String, String> profile) {
            return constant(Double.parseDouble(profile.get(attribute)));
        }
    }
}
