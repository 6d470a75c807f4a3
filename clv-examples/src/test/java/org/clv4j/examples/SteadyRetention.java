// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.value.PaymentTiming;

/** Customers who all renew with one probability: the smallest model of retention there is. */
final class SteadyRetention implements RetentionModel {

    @Override
    public Fitted fit(RetentionData data) {
        double renewed = 0;
        double opportunities = 0;
        for (int row = 0; row < data.size(); row++) {
            opportunities += data.weight(row) * data.opportunities(row);
            renewed += data.weight(row) * (data.opportunities(row) - (data.left(row) ? 1 : 0));
        }
        return new Fitted(renewed / opportunities);
    }

    /** The model with its probability. */
    static final class Fitted implements FittedRetentionModel {
        private final double rate;

        Fitted(double rate) {
            this.rate = rate;
        }

        @Override
        public String name() {
            return "steady";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("r", rate);
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.empty();
        }

        @Override
        public double survival(int renewals) {
            return Math.pow(rate, renewals);
        }

        @Override
        public double survivalAfter(int renewals, int more) {
            return survival(more);
        }

        @Override
        public double expectedLifetime(int renewals, int periods) {
            return discountedExpectedLifetime(renewals, periods, 0, PaymentTiming.BEGIN);
        }

        @Override
        public OptionalDouble expectedLifetime(int renewals) {
            return rate == 1 ? OptionalDouble.empty() : OptionalDouble.of(1 / (1 - rate));
        }

        @Override
        public double discountedExpectedLifetime(int renewals, int periods, double discountRate, PaymentTiming timing) {
            double sum = 0;
            for (int t = timing.firstPeriod(); t < periods; t++) {
                sum += survival(t) * Math.pow(1 + discountRate, -(t + timing.delay()));
            }
            return sum;
        }

        @Override
        public double discountedExpectedLifetime(int renewals, double discountRate, PaymentTiming timing) {
            double perPeriod = rate / (1 + discountRate);
            return Math.pow(perPeriod, timing.firstPeriod())
                    * Math.pow(1 + discountRate, -timing.delay())
                    / (1 - perPeriod);
        }

        @Override
        public double retentionElasticity(int renewals, double discountRate, PaymentTiming timing) {
            return timing.firstPeriod() + rate / (1 + discountRate - rate);
        }
    }
}
