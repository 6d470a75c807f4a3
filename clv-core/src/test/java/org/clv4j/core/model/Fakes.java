// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.clv4j.core.data.TimeScale;

/** Models whose values are known in closed form. */
final class Fakes {

    private Fakes() {}

    /** Customers who never die and buy in a Poisson process of one rate. */
    static class Poisson implements FittedTransactionModel, TransactionSimulator {
        final double rate;
        final Optional<FitReport> report;

        Poisson(double rate, FitReport report) {
            this.rate = rate;
            this.report = Optional.ofNullable(report);
        }

        @Override
        public String name() {
            return "poisson";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("rate", rate);
        }

        @Override
        public Optional<FitReport> report() {
            return report;
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return frequency * Math.log(rate) - rate * age;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return 1;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return -Math.expm1(-rate * horizon);
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return rate * horizon;
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return rate * horizon;
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return continuousRate == 0
                    ? rate * horizon
                    : rate * -Math.expm1(-continuousRate * horizon) / continuousRate;
        }

        @Override
        public double[] simulateTransactionTimes(double age, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] times = new double[1000];
            int count = 0;
            double time = 0;
            while (count < times.length) {
                time -= Math.log(1 - random.nextDouble()) / rate;
                if (time > age) {
                    break;
                }
                times[count++] = time;
            }
            return Arrays.copyOf(times, count);
        }
    }

    /** The same, and able to look ahead without end. */
    static final class EndlessPoisson extends Poisson implements ResidualTransactions {
        EndlessPoisson(double rate, FitReport report) {
            super(rate, report);
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            return rate / continuousRate;
        }
    }

    /** Customers who go on to spend what they spent; new ones spend the mean. */
    static final class SameSpend implements FittedSpendModel, SpendSimulator {
        final double mean;

        SameSpend(double mean) {
            this.mean = mean;
        }

        @Override
        public String name() {
            return "same-spend";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("mean", mean);
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.of(FitReport.builder(name(), parameters())
                    .warnings(
                            List.of(new FitWarning(FitWarning.Condition.CONTINUATION_ASSUMED, "spend stays as it was")))
                    .build());
        }

        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            return frequency == 0 ? mean : monetaryValue;
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            double[] spends = new double[purchases];
            Arrays.fill(spends, mean);
            return spends;
        }
    }

    static FitReport report(TimeScale timeScale) {
        return FitReport.builder("poisson", Map.of("rate", 0.1))
                .timeScale(timeScale)
                .build();
    }
}
