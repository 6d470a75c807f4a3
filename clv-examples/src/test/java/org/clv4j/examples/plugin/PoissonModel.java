// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.plugin;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionModel;

/** A model from outside of the library: all customers buy at one rate λ, and nobody leaves. */
public final class PoissonModel implements TransactionModel {

    static final String NAME = "poisson";

    // snippet:fit
    @Override
    public Fitted fit(CustomerBase base) {
        double repeats = 0;
        double time = 0;
        for (int row = 0; row < base.size(); row++) {
            repeats += base.weight(row) * base.frequency(row);
            time += base.weight(row) * base.age(row);
        }
        if (repeats == 0) {
            throw new ModelException(NAME + " needs repeat purchases, but nobody came back by the calibration end");
        }
        double lambda = repeats / time;
        return Fitted.ofReport(FitReport.builder(NAME, Map.of("lambda", lambda))
                .timeScale(base.timeScale())
                .customers(base.totalWeight())
                .logLikelihood(repeats * Math.log(lambda) - lambda * time)
                .covariance(new double[][] {{lambda * lambda / repeats}})
                .converged(true)
                .evaluations(1)
                .build());
    }
    // end

    /** The model with its rate. */
    // snippet:fitted
    public static final class Fitted implements FittedTransactionModel, ResidualTransactions {

        private final double lambda;
        private final Optional<FitReport> report;

        private Fitted(double lambda, Optional<FitReport> report) {
            this.lambda = lambda;
            this.report = report;
        }

        static Fitted of(double lambda) {
            return new Fitted(lambda, Optional.empty());
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters().get("lambda"), Optional.of(report));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("lambda", lambda);
        }

        @Override
        public Optional<FitReport> report() {
            return report;
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            checkHistory(frequency, recency, age);
            return frequency * Math.log(lambda) - lambda * age;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            checkHistory(frequency, recency, age);
            return 1;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return -Math.expm1(-expectedTransactions(frequency, recency, age, horizon));
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            checkHistory(frequency, recency, age);
            return expectedTransactionsOfNewCustomer(horizon);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            check(horizon >= 0 && horizon < Double.POSITIVE_INFINITY, "horizon", horizon);
            return lambda * horizon;
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            check(continuousRate >= 0 && continuousRate < Double.POSITIVE_INFINITY, "continuousRate", continuousRate);
            double undiscounted = expectedTransactions(frequency, recency, age, horizon);
            return continuousRate == 0
                    ? undiscounted
                    : lambda * -Math.expm1(-continuousRate * horizon) / continuousRate;
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            checkHistory(frequency, recency, age);
            check(continuousRate > 0 && continuousRate < Double.POSITIVE_INFINITY, "continuousRate", continuousRate);
            return lambda / continuousRate;
        }

        private static void checkHistory(int frequency, double recency, double age) {
            check(frequency >= 0, "frequency", frequency);
            check(age >= 0 && age < Double.POSITIVE_INFINITY, "age", age);
            check(recency >= 0 && recency <= age && (frequency > 0 || recency == 0), "recency", recency);
        }

        private static void check(boolean holds, String name, double value) {
            if (!holds) {
                throw new IllegalArgumentException("`" + name + "` is out of its range: " + value);
            }
        }
    }
    // end
}
