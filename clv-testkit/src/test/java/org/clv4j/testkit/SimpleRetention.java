// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.model.RetentionSimulator;
import org.clv4j.core.value.PaymentTiming;

/** One rate of leaving for everybody, S(n) = e^(−μn); and wrong in one stated way on request. */
final class SimpleRetention implements ModelProvider.OfRetention {

    /** A way of being wrong. */
    enum Fault {
        NONE,
        SURVIVAL_GROWS,
        SURVIVAL_BEGINS_LATE,
        CONDITIONAL_IS_NAN_FAR_OUT,
        PERIODS_OFF_BY_ONE,
        DELAY_FORGOTTEN,
        RESIDUAL_WITH_FIRST_PAYMENT,
        ENDLESS_TOO_SMALL,
        ELASTICITY_OF_ANOTHER_RATE,
        INFINITE_LIFETIME_IS_FINITE,
        TAKES_NEGATIVE_RENEWALS,
        TAKES_RATE_ZERO,
        TAKES_ZERO_PARAMETER,
        REPORT_LIKELIHOOD_OFF,
        FIT_DEPENDS_ON_ROWS,
        FIT_IGNORES_WEIGHTS,
        REPORT_IS_ROUNDED,
        FIT_OF_NOTHING,
        DRAWS_TOO_LONG,
        DRAWS_THE_PAST
    }

    private final Fault fault;

    SimpleRetention(Fault fault) {
        this.fault = fault;
    }

    private boolean has(Fault one) {
        return fault == one;
    }

    @Override
    public String name() {
        return "simple-retention";
    }

    @Override
    public String title() {
        return "simple";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return List.of(ParameterDomain.positive("mu", "rate of leaving"));
    }

    @Override
    public RetentionModel model() {
        return this::fit;
    }

    private FittedRetentionModel fit(RetentionData data) {
        double chances = 0;
        double lost = 0;
        for (int row = 0; row < data.size(); row++) {
            double weight = has(Fault.FIT_IGNORES_WEIGHTS) ? 1 : data.weight(row);
            chances += weight * data.opportunities(row);
            lost += data.left(row) ? weight : 0;
        }
        if (lost == 0 || lost == chances) {
            if (has(Fault.FIT_OF_NOTHING)) {
                return new Fitted(0.1, null);
            }
            throw new ModelException("nobody or everybody left");
        }
        double mu = -Math.log1p(-lost / chances) * (has(Fault.FIT_DEPENDS_ON_ROWS) ? 1 + 1e-4 * data.size() : 1);
        double likelihood = -mu * (chances - lost) + lost * Math.log(-Math.expm1(-mu));
        FitReport.Builder report = FitReport.builder(name(), Map.of("mu", mu))
                .customers(data.customers())
                .converged(true)
                .logLikelihood(has(Fault.REPORT_LIKELIHOOD_OFF) ? likelihood + 1 : likelihood);
        data.timeScale().ifPresent(report::timeScale);
        return new Fitted(mu, report.build());
    }

    @Override
    public FittedRetentionModel ofParameters(Map<String, Double> values) {
        double mu = values.get("mu");
        return new Fitted(
                has(Fault.TAKES_ZERO_PARAMETER) ? mu : parameters().get(0).check(mu), null);
    }

    @Override
    public FittedRetentionModel ofReport(FitReport report) {
        double mu = report.parameters().get("mu");
        return new Fitted(has(Fault.REPORT_IS_ROUNDED) ? (float) mu : mu, report);
    }

    private final class Fitted implements FittedRetentionModel, RetentionSimulator {
        private final double mu;
        private final FitReport report;

        Fitted(double mu, FitReport report) {
            this.mu = mu;
            this.report = report;
        }

        @Override
        public String name() {
            return "simple-retention";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("mu", mu);
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.ofNullable(report);
        }

        private void check(int count, String name) {
            if (count < 0 && !has(Fault.TAKES_NEGATIVE_RENEWALS)) {
                throw new IllegalArgumentException("`" + name + "` must be at least 0, but was " + count);
            }
        }

        private void checkRate(double rate, boolean mayBeZero) {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)
                    || (rate == 0 && !mayBeZero && !has(Fault.TAKES_RATE_ZERO))) {
                throw new IllegalArgumentException("`discountRate` must be finite and above 0, but was " + rate);
            }
        }

        @Override
        public double survival(int renewals) {
            check(renewals, "renewals");
            return survivalAfter(0, renewals);
        }

        @Override
        public double survivalAfter(int renewals, int more) {
            check(renewals, "renewals");
            check(more, "more");
            if (has(Fault.CONDITIONAL_IS_NAN_FAR_OUT)) {
                return Math.exp(-mu * (renewals + (double) more)) / Math.exp(-mu * renewals);
            }
            if (has(Fault.SURVIVAL_BEGINS_LATE)) {
                return Math.exp(-mu * (more + 1.0));
            }
            return Math.exp((has(Fault.SURVIVAL_GROWS) && more > 0 ? 0.001 : 0) - mu * more);
        }

        private double sum(double count, double delta) {
            double rate = mu + delta;
            return Math.expm1(-count * rate) / Math.expm1(-rate);
        }

        @Override
        public double expectedLifetime(int renewals, int periods) {
            check(renewals, "renewals");
            check(periods, "periods");
            return sum(periods + (has(Fault.PERIODS_OFF_BY_ONE) ? 1.0 : 0.0), 0);
        }

        @Override
        public OptionalDouble expectedLifetime(int renewals) {
            check(renewals, "renewals");
            double lifetime = sum(Double.POSITIVE_INFINITY, 0);
            return has(Fault.INFINITE_LIFETIME_IS_FINITE) ? OptionalDouble.empty() : OptionalDouble.of(lifetime);
        }

        private double value(double count, double rate, PaymentTiming timing) {
            double delta = Math.log1p(rate);
            int first = has(Fault.RESIDUAL_WITH_FIRST_PAYMENT) ? 0 : timing.firstPeriod();
            if (count <= first) {
                return 0;
            }
            double delay = has(Fault.DELAY_FORGOTTEN) ? 0 : timing.delay();
            return Math.exp(-(mu + delta) * first - delta * delay) * sum(count - first, delta);
        }

        @Override
        public double discountedExpectedLifetime(int renewals, int periods, double rate, PaymentTiming timing) {
            check(renewals, "renewals");
            check(periods, "periods");
            checkRate(rate, true);
            return value(periods, rate, timing);
        }

        @Override
        public double discountedExpectedLifetime(int renewals, double rate, PaymentTiming timing) {
            check(renewals, "renewals");
            checkRate(rate, false);
            return value(has(Fault.ENDLESS_TOO_SMALL) ? 20 : Double.POSITIVE_INFINITY, rate, timing);
        }

        @Override
        public double retentionElasticity(int renewals, double rate, PaymentTiming timing) {
            check(renewals, "renewals");
            checkRate(rate, false);
            double delta = has(Fault.ELASTICITY_OF_ANOTHER_RATE) ? rate : Math.log1p(rate);
            return timing.firstPeriod() + 1 / Math.expm1(mu + delta);
        }

        @Override
        public int drawLeaving(int renewals, RandomGenerator random) {
            check(renewals, "renewals");
            double time = -Math.log1p(-random.nextDouble()) / mu;
            double draw = Math.floor(time) + (has(Fault.DRAWS_TOO_LONG) ? 2 : 1);
            return (int) Math.min(Integer.MAX_VALUE, (has(Fault.DRAWS_THE_PAST) ? 0 : renewals) + draw);
        }
    }
}
