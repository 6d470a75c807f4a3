// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.value.PaymentTiming;

/** A model by which half of the customers leave at every opportunity. */
final class Halving implements FittedRetentionModel {

    @Override
    public String name() {
        return "halving";
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public Optional<FitReport> report() {
        return Optional.empty();
    }

    @Override
    public double survival(int renewals) {
        return survivalAfter(0, renewals);
    }

    @Override
    public double survivalAfter(int renewals, int more) {
        return Math.pow(0.5, more);
    }

    @Override
    public double expectedLifetime(int renewals, int periods) {
        return 2 - Math.pow(0.5, periods - 1.0);
    }

    @Override
    public OptionalDouble expectedLifetime(int renewals) {
        return OptionalDouble.of(2);
    }

    @Override
    public double discountedExpectedLifetime(int renewals, int periods, double discountRate, PaymentTiming timing) {
        double factor = 0.5 / (1 + discountRate);
        double sum = 0;
        for (int t = timing.firstPeriod(); t < periods; t++) {
            sum += Math.pow(factor, t);
        }
        return sum * Math.pow(1 + discountRate, -timing.delay());
    }

    @Override
    public double discountedExpectedLifetime(int renewals, double discountRate, PaymentTiming timing) {
        double factor = 0.5 / (1 + discountRate);
        return Math.pow(factor, timing.firstPeriod()) / (1 - factor) * Math.pow(1 + discountRate, -timing.delay());
    }

    @Override
    public double retentionElasticity(int renewals, double discountRate, PaymentTiming timing) {
        double factor = 0.5 / (1 + discountRate);
        return factor / (1 - factor) + timing.firstPeriod();
    }
}
