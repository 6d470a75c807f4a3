// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendDistribution;
import org.clv4j.core.model.SpendModel;
import org.clv4j.core.model.SpendSimulator;

/** A spend model that shrinks a customer's mean to the population's; and wrong in one stated way on request. */
final class SimpleSpend implements ModelProvider.OfSpend {

    /** A way of being wrong. */
    enum Fault {
        NONE,
        INFINITE_FOR_WEAK_PRIOR,
        NEGATIVE_FOR_SMALL_SPEND,
        FALLS_WITH_SPEND,
        NEW_CUSTOMER_HAS_SPENT,
        ROUNDS_TO_CENTS,
        BATCH_OFF_BY_ONE_ULP,
        BATCH_DEPENDS_ON_ITS_BORDER,
        BATCH_WITHOUT_RANGE_CHECK,
        TAKES_NEGATIVE_FREQUENCY,
        TAKES_NAN,
        TAKES_ZERO_PARAMETER,
        REPORT_IS_MISSING,
        FIT_DEPENDS_ON_FIRST_ROW,
        FIT_IGNORES_WEIGHTS,
        REPORT_IS_ROUNDED,
        ZERO_SPEND_IS_NAN,
        FIT_OF_NOTHING_IS_NAN,
        SIMULATES_ONE_TOO_MANY,
        SIMULATES_TOO_MUCH,
        QUANTILE_OF_THE_COMPLEMENT,
        QUANTILE_ROUNDS_TO_CENTS,
        QUANTILE_INFINITE_FOR_WEAK_PRIOR,
        PROBABILITY_ABOVE_ONE,
        DISTRIBUTION_TOO_HIGH,
        SAMPLES_TOO_MUCH,
        SAMPLES_TOO_NARROW,
        SAMPLES_WITHOUT_PURCHASES,
        SAMPLES_WITHOUT_SEED,
        TAKES_PROBABILITY_ONE,
        TAKES_INFINITE_AMOUNT
    }

    private final Fault fault;

    SimpleSpend(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "simple-spend";
    }

    @Override
    public String title() {
        return "Shrunken mean";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return List.of(
                ParameterDomain.positive("mean", "population mean"),
                ParameterDomain.positive("strength", "purchases that the population counts for"));
    }

    @Override
    public SpendModel model() {
        return this::fit;
    }

    @Override
    public FittedSpendModel ofParameters(Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)
                    && !(fault == Fault.TAKES_ZERO_PARAMETER && value == 0)) {
                throw new IllegalArgumentException("`" + name + "` must be finite and above 0, but was " + value);
            }
        });
        return new Fitted(values.get("mean"), values.get("strength"), null);
    }

    @Override
    public FittedSpendModel ofReport(FitReport report) {
        double mean = report.parameters().get("mean");
        return new Fitted(
                fault == Fault.REPORT_IS_ROUNDED ? Math.rint(mean) : mean,
                report.parameters().get("strength"),
                report);
    }

    private FittedSpendModel fit(CustomerBase base) {
        double customers = 0;
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0 && base.monetaryValue(row) > 0) {
                double weight = fault == Fault.FIT_IGNORES_WEIGHTS ? 1 : base.weight(row);
                customers += weight;
                sum += weight * base.monetaryValue(row);
            }
        }
        if (customers == 0 && fault != Fault.FIT_OF_NOTHING_IS_NAN) {
            throw new ModelException("nobody spent anything on a repeat purchase");
        }
        double mean = sum / Math.max(1e-300, customers);
        if (fault == Fault.FIT_DEPENDS_ON_FIRST_ROW) {
            mean += 1e-7 * base.age(0);
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("mean", mean);
        parameters.put("strength", 2.0);
        FitReport report = FitReport.builder(name(), parameters)
                .customers(customers)
                .converged(true)
                .build();
        return new Fitted(mean, 2, fault == Fault.REPORT_IS_MISSING ? null : report);
    }

    /** The fitted model. */
    private final class Fitted implements FittedSpendModel, SpendDistribution, SpendSimulator {
        private final double mean;
        private final double strength;
        private final FitReport report;

        Fitted(double mean, double strength, FitReport report) {
            this.mean = mean;
            this.strength = strength;
            this.report = report;
        }

        @Override
        public String name() {
            return SimpleSpend.this.name();
        }

        @Override
        public Map<String, Double> parameters() {
            Map<String, Double> parameters = new LinkedHashMap<>();
            parameters.put("mean", mean);
            parameters.put("strength", strength);
            return parameters;
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.ofNullable(report);
        }

        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            if (frequency < 0 && fault != Fault.TAKES_NEGATIVE_FREQUENCY) {
                throw new IllegalArgumentException("`frequency` must be at least 0, but was " + frequency);
            }
            if (frequency > 0 && !Double.isFinite(monetaryValue) && fault != Fault.TAKES_NAN) {
                throw new IllegalArgumentException("`monetaryValue` must be finite, but was " + monetaryValue);
            }
            int counted = fault == Fault.NEW_CUSTOMER_HAS_SPENT ? frequency + 1 : frequency;
            if (counted == 0) {
                return mean;
            }
            if (fault == Fault.INFINITE_FOR_WEAK_PRIOR && strength < 0.01) {
                return Double.POSITIVE_INFINITY;
            }
            if (fault == Fault.NEGATIVE_FOR_SMALL_SPEND && monetaryValue < 0.1 * mean) {
                return -monetaryValue;
            }
            if (fault == Fault.ZERO_SPEND_IS_NAN && monetaryValue == 0) {
                return Double.NaN;
            }
            double z = fault == Fault.FALLS_WITH_SPEND ? 1 / monetaryValue : monetaryValue;
            double spend = (strength * mean + counted * z) / (strength + counted);
            return fault == Fault.ROUNDS_TO_CENTS ? Math.rint(spend * 100) / 100 : spend;
        }

        @Override
        public void expectedSpendInto(CustomerBase base, int from, int to, double[] out) {
            if (fault == Fault.BATCH_WITHOUT_RANGE_CHECK) {
                to = Math.min(to, from + out.length);
            }
            FittedTransactionModel.checkRange(base, from, to, out);
            for (int row = from; row < to; row++) {
                double spend = expectedSpend(base.frequency(row), base.monetaryValue(row));
                boolean nudged = fault == Fault.BATCH_OFF_BY_ONE_ULP
                        || (fault == Fault.BATCH_DEPENDS_ON_ITS_BORDER && row == from && from > 0);
                out[row - from] = nudged ? Math.nextUp(spend) : spend;
            }
        }

        /** The mean spend is uniform between 0 and this. */
        private double largest(int frequency, double monetaryValue) {
            return 2 * expectedSpend(frequency, monetaryValue) * (fault == Fault.DISTRIBUTION_TOO_HIGH ? 1.1 : 1);
        }

        @Override
        public double probabilityOfSpendBelow(int frequency, double monetaryValue, double amount) {
            if (!Double.isFinite(amount) && fault != Fault.TAKES_INFINITE_AMOUNT) {
                throw new IllegalArgumentException("`amount` must be finite, but was " + amount);
            }
            double share = Math.max(0, amount / largest(frequency, monetaryValue));
            return fault == Fault.PROBABILITY_ABOVE_ONE ? share : Math.min(1, share);
        }

        @Override
        public double spendQuantile(int frequency, double monetaryValue, double probability) {
            if (!(probability > 0 && (probability < 1 || fault == Fault.TAKES_PROBABILITY_ONE))) {
                throw new IllegalArgumentException("`probability` must be above 0 and below 1, but was " + probability);
            }
            if (fault == Fault.QUANTILE_INFINITE_FOR_WEAK_PRIOR && strength < 0.01) {
                return Double.POSITIVE_INFINITY;
            }
            double share = fault == Fault.QUANTILE_OF_THE_COMPLEMENT ? 1 - probability : probability;
            double quantile = share * largest(frequency, monetaryValue);
            return fault == Fault.QUANTILE_ROUNDS_TO_CENTS ? Math.rint(quantile * 100) / 100 : quantile;
        }

        @Override
        public double[] sampleMeanSpends(int frequency, double monetaryValue, int draws, long seed) {
            if (draws < 0) {
                throw new IllegalArgumentException("`draws` must be at least 0, but was " + draws);
            }
            double largest = largest(frequency, monetaryValue) * (fault == Fault.SAMPLES_TOO_MUCH ? 1.1 : 1);
            SplittableRandom random = random(seed);
            double[] samples = new double[draws];
            Arrays.setAll(
                    samples,
                    i -> largest
                            * (fault == Fault.SAMPLES_TOO_NARROW
                                    ? 0.4 + 0.2 * random.nextDouble()
                                    : random.nextDouble()));
            return samples;
        }

        @Override
        public double[] sampleMeanSpends(int frequency, double monetaryValue, int purchases, int draws, long seed) {
            if (purchases < 1) {
                throw new IllegalArgumentException("`purchases` must be at least 1, but was " + purchases);
            }
            double[] samples = sampleMeanSpends(frequency, monetaryValue, draws, seed);
            if (fault == Fault.SAMPLES_WITHOUT_PURCHASES) {
                return samples;
            }
            SplittableRandom random = random(~seed);
            for (int i = 0; i < draws; i++) {
                double sum = 0;
                for (int n = 0; n < purchases; n++) {
                    sum += 2 * random.nextDouble();
                }
                samples[i] *= sum / purchases;
            }
            return samples;
        }

        private SplittableRandom random(long seed) {
            return fault == Fault.SAMPLES_WITHOUT_SEED ? new SplittableRandom(7) : new SplittableRandom(seed);
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            if (purchases < 0) {
                throw new IllegalArgumentException("`purchases` must be at least 0, but was " + purchases);
            }
            SplittableRandom random = new SplittableRandom(seed);
            double customer = 2 * mean * random.nextDouble() * (fault == Fault.SIMULATES_TOO_MUCH ? 1.1 : 1);
            double[] spends = new double[purchases + (fault == Fault.SIMULATES_ONE_TOO_MANY ? 1 : 0)];
            Arrays.setAll(spends, i -> 2 * customer * random.nextDouble());
            return spends;
        }
    }
}
