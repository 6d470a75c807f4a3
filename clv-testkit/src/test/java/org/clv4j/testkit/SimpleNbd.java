// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSimulator;

/**
 * The NBD model without death: Poisson purchases, gamma-distributed rates. Simple enough to be right; and wrong in one stated
 * way on request, to see that the contract notices.
 */
final class SimpleNbd implements ModelProvider.OfTransactions {

    /** A way of being wrong. */
    enum Fault {
        NONE,
        ALIVE_ABOVE_ONE,
        ACTIVE_ABOVE_ALIVE,
        ACTIVE_AT_HORIZON_ZERO,
        ACTIVE_ABOVE_EXPECTED,
        EXPECTED_NOT_ZERO_AT_ZERO,
        EXPECTED_FALLS,
        NEW_CUSTOMER_BUYS_MORE,
        DISCOUNT_BY_NOMINAL_RATE,
        DISCOUNT_RATE_ZERO_IS_NAN,
        DISCOUNT_TO_THE_HORIZON,
        RESIDUAL_TOO_LARGE,
        PMF_WITHOUT_BINOMIAL,
        PMF_NAN_AT_HORIZON_ZERO,
        LIKELIHOOD_WITHOUT_TIME_UNIT,
        AGE_IN_WEEKS_FIXED,
        OVERFLOW_FOR_LARGE_FREQUENCY,
        BATCH_OFF_BY_ONE_ULP,
        BATCH_DEPENDS_ON_ITS_BORDER,
        BATCH_WITHOUT_GRID_DIFFERS,
        BATCH_WRITES_BEHIND,
        BATCH_WITHOUT_RANGE_CHECK,
        BATCH_TAKES_BAD_HORIZON,
        BATCH_TAKES_BAD_RATE,
        SHARED_SCRATCH,
        TAKES_NAN_RECENCY,
        TAKES_RECENCY_WITHOUT_REPEAT,
        TAKES_NEGATIVE_HORIZON,
        TAKES_INFINITE_RATE,
        MESSAGE_NAMES_NOTHING,
        TAKES_ZERO_PARAMETER,
        TAKES_INFINITE_PARAMETER,
        REPORT_NAMES_ANOTHER_MODEL,
        REPORT_IN_ANOTHER_ORDER,
        REPORT_FORGETS_UNIT,
        REPORT_LIKELIHOOD_OFF,
        FIT_STOPS_EARLY,
        FIT_IS_RANDOM,
        FIT_DEPENDS_ON_FIRST_ROW,
        FIT_IGNORES_WEIGHTS,
        FIT_ASSUMES_WEEKS,
        FIT_OF_NOTHING,
        FIT_OF_POOR_DATA_THROWS_ANYTHING,
        REPORT_IS_LOST,
        REPORT_IS_ROUNDED,
        SIMULATES_OUT_OF_ORDER,
        SIMULATES_BEYOND_AGE,
        SIMULATES_WITHOUT_SEED,
        SIMULATES_TOO_FEW,
        SURVIVAL_FALLS_BELOW_NOW,
        SURVIVAL_GROWS,
        FUTURE_WITHOUT_HISTORY,
        FUTURE_NONE_TOO_LIKELY,
        NEXT_WITHOUT_HORIZON,
        NEXT_IS_THE_MEAN_GAP,
        QUANTILE_OF_ANOTHER_RATE,
        DRAWS_DEPEND_ON_THEIR_NUMBER,
        DRAWS_FROM_THE_PRIOR,
        DRAWS_TOO_LITTLE_SPREAD,
        DRAWN_LIFETIME_TOO_SHORT,
        DRAWN_COLUMN_DEPENDS_ON_BATCH,
        DRAWN_COLUMN_IGNORES_SEED,
        RATE_IN_WEEKS_FIXED,
        RATE_NAN_AT_AGE_ZERO,
        TAKES_PROBABILITY_ONE
    }

    private final Fault fault;
    private volatile double scratch;
    private int fits;
    private long unseeded;

    SimpleNbd(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "simple-nbd";
    }

    @Override
    public String title() {
        return "NBD";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return List.of(ParameterDomain.positive("r", "shape of the rates"), ParameterDomain.positive("alpha", "scale"));
    }

    @Override
    public TransactionModel model() {
        return this::fit;
    }

    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values) {
        double r = values.get("r");
        double alpha = values.get("alpha");
        if (fault != Fault.TAKES_ZERO_PARAMETER && !(r > 0)) {
            throw new IllegalArgumentException("`r` must be above 0, but was " + r);
        }
        if (fault != Fault.TAKES_INFINITE_PARAMETER && !(r < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`r` must be finite, but was " + r);
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`alpha` must be finite and above 0, but was " + alpha);
        }
        return new Fitted(r, alpha, null);
    }

    @Override
    public FittedTransactionModel ofReport(FitReport report) {
        double r = report.parameters().get("r");
        double alpha = report.parameters().get("alpha");
        if (fault == Fault.REPORT_IS_ROUNDED) {
            r = Math.rint(r * 1e4) / 1e4;
        }
        return new Fitted(r, alpha, fault == Fault.REPORT_IS_LOST ? null : report);
    }

    /** Newton's method in (ln r, ln α), damped. */
    private Fitted fit(CustomerBase base) {
        double purchases = 0;
        for (int row = 0; row < base.size(); row++) {
            purchases += weight(base, row) * base.frequency(row);
        }
        if (fault == Fault.FIT_OF_POOR_DATA_THROWS_ANYTHING && base.size() == 1) {
            throw new ArithmeticException("matrix is singular");
        }
        if (base.size() == 0 && fault == Fault.FIT_OF_NOTHING) {
            return fitted(1, 1, base);
        }
        if (purchases == 0) {
            throw new ModelException("nobody bought again; nothing to fit");
        }
        double[] at = {0, Math.log(10)};
        for (int iteration = 0; iteration < 200; iteration++) {
            double[] d = derivatives(base, Math.exp(at[0]), Math.exp(at[1]));
            double determinant = d[2] * d[4] - d[3] * d[3];
            double stepR;
            double stepAlpha;
            if (d[2] < 0 && determinant > 0) {
                stepR = -(d[4] * d[0] - d[3] * d[1]) / determinant;
                stepAlpha = -(d[2] * d[1] - d[3] * d[0]) / determinant;
            } else {
                stepR = Math.signum(d[0]) * 0.1;
                stepAlpha = Math.signum(d[1]) * 0.1;
            }
            double length = Math.max(Math.abs(stepR), Math.abs(stepAlpha));
            double damping = length > 1 ? 1 / length : 1;
            at[0] += damping * stepR;
            at[1] += damping * stepAlpha;
            if (Math.abs(at[0]) > 15 || Math.abs(at[1]) > 25) {
                throw new ModelException("the customers are too much alike; use a Poisson model");
            }
            if (length < (fault == Fault.FIT_STOPS_EARLY ? 0.1 : 1e-12)) {
                break;
            }
        }
        double r = Math.exp(at[0]);
        if (fault == Fault.FIT_IS_RANDOM) {
            synchronized (this) {
                r *= 1 + 1e-9 * fits++;
            }
        }
        if (fault == Fault.FIT_DEPENDS_ON_FIRST_ROW) {
            r *= 1 + 1e-7 * base.age(0);
        }
        return fitted(r, Math.exp(at[1]) * (fault == Fault.FIT_ASSUMES_WEEKS ? 1 + 1e-4 * base.age(0) : 1), base);
    }

    private double weight(CustomerBase base, int row) {
        return fault == Fault.FIT_IGNORES_WEIGHTS ? 1 : base.weight(row);
    }

    private Fitted fitted(double r, double alpha, CustomerBase base) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        if (fault == Fault.REPORT_IN_ANOTHER_ORDER) {
            parameters.put("alpha", alpha);
            parameters.put("r", r);
        } else {
            parameters.put("r", r);
            parameters.put("alpha", alpha);
        }
        Fitted bare = new Fitted(r, alpha, null);
        double likelihood = 0;
        for (int row = 0; row < base.size(); row++) {
            likelihood += weight(base, row) * bare.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
        }
        FitReport.Builder report = FitReport.builder(
                        fault == Fault.REPORT_NAMES_ANOTHER_MODEL ? "nbd" : name(), parameters)
                .logLikelihood(fault == Fault.REPORT_LIKELIHOOD_OFF ? likelihood + 0.1 : likelihood)
                .customers(base.totalWeight())
                .converged(true);
        if (fault != Fault.REPORT_FORGETS_UNIT) {
            report.timeScale(base.timeScale());
        }
        return new Fitted(r, alpha, report.build());
    }

    /** Gradient and Hessian of the log-likelihood in (ln r, ln α): d0, d1, d00, d01, d11. */
    private double[] derivatives(CustomerBase base, double r, double alpha) {
        double[] sum = new double[5];
        for (int row = 0; row < base.size(); row++) {
            int x = base.frequency(row);
            double until = alpha + base.age(row);
            double gr = Math.log(alpha / until);
            double grr = 0;
            for (int k = 0; k < x; k++) {
                gr += 1 / (r + k);
                grr -= 1 / ((r + k) * (r + k));
            }
            double ga = r / alpha - (r + x) / until;
            double gaa = -r / (alpha * alpha) + (r + x) / (until * until);
            double gra = 1 / alpha - 1 / until;
            double weight = weight(base, row);
            sum[0] += weight * r * gr;
            sum[1] += weight * alpha * ga;
            sum[2] += weight * (r * gr + r * r * grr);
            sum[3] += weight * r * alpha * gra;
            sum[4] += weight * (alpha * ga + alpha * alpha * gaa);
        }
        return sum;
    }

    /** The fitted model. */
    private final class Fitted
            implements FittedTransactionModel,
                    ResidualTransactions,
                    TransactionDistribution,
                    FutureDistribution,
                    FutureSurvival,
                    NextPurchase,
                    PosteriorRates,
                    PosteriorSampler,
                    TransactionSimulator {

        private final double r;
        private final double alpha;
        private final FitReport report;

        Fitted(double r, double alpha, FitReport report) {
            this.r = r;
            this.alpha = alpha;
            this.report = report;
        }

        @Override
        public String name() {
            return SimpleNbd.this.name();
        }

        @Override
        public Map<String, Double> parameters() {
            Map<String, Double> parameters = new LinkedHashMap<>();
            parameters.put("r", r);
            parameters.put("alpha", alpha);
            return parameters;
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.ofNullable(report);
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            check(frequency, recency, age);
            double value = r * Math.log(alpha / (alpha + age)) - frequency * Math.log(alpha + age);
            for (int k = 0; k < frequency; k++) {
                value += Math.log(r + k);
            }
            if (fault == Fault.LIKELIHOOD_WITHOUT_TIME_UNIT) {
                value += frequency * Math.log(age + 1);
            }
            return value;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            check(frequency, recency, age);
            return fault == Fault.ALIVE_ABOVE_ONE ? 1 + Math.ulp(1.0) : fault == Fault.ACTIVE_ABOVE_ALIVE ? 0.9 : 1;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            check(frequency, recency, age);
            horizon = checkHorizon(horizon);
            if (fault == Fault.ACTIVE_AT_HORIZON_ZERO && horizon == 0) {
                return 1e-12;
            }
            double active = -Math.expm1(-(r + frequency) * Math.log1p(horizon / (alpha + age)));
            return fault == Fault.ACTIVE_ABOVE_EXPECTED ? Math.sqrt(active) : active;
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            check(frequency, recency, age);
            horizon = checkHorizon(horizon);
            if (fault == Fault.OVERFLOW_FOR_LARGE_FREQUENCY && frequency > 2000) {
                return Math.exp(frequency) * 0;
            }
            double rate = (r + frequency) / (alpha + age + (fault == Fault.AGE_IN_WEEKS_FIXED ? 1 : 0));
            if (fault == Fault.SHARED_SCRATCH) {
                scratch = rate;
                LockSupport.parkNanos(20_000);
                rate = scratch;
            }
            if (fault == Fault.EXPECTED_NOT_ZERO_AT_ZERO) {
                return rate * (horizon + 1e-9);
            }
            return rate * (fault == Fault.EXPECTED_FALLS && horizon > 100 ? 100 - horizon / 1e6 : horizon);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return r / alpha * checkHorizon(horizon) * (fault == Fault.NEW_CUSTOMER_BUYS_MORE ? 1.001 : 1);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            checkRate(continuousRate, true);
            double expected = expectedTransactions(frequency, recency, age, horizon);
            if (continuousRate == 0) {
                return fault == Fault.DISCOUNT_RATE_ZERO_IS_NAN ? 0 * Double.POSITIVE_INFINITY : expected;
            }
            if (fault == Fault.DISCOUNT_TO_THE_HORIZON) {
                return expected * Math.exp(-continuousRate * horizon);
            }
            double rate = fault == Fault.DISCOUNT_BY_NOMINAL_RATE ? Math.log1p(continuousRate) : continuousRate;
            return horizon == 0 ? 0 : expected / horizon * -Math.expm1(-rate * horizon) / rate;
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            check(frequency, recency, age);
            checkRate(continuousRate, false);
            double residual = expectedTransactions(frequency, recency, age, 1) / continuousRate;
            return fault == Fault.RESIDUAL_TOO_LARGE ? residual * 1.00001 : residual;
        }

        @Override
        public double probabilityOfTransactions(int transactions, double horizon) {
            if (transactions < 0) {
                throw new IllegalArgumentException("`transactions` must be at least 0, but was " + transactions);
            }
            horizon = checkHorizon(horizon);
            if (horizon == 0 && fault != Fault.PMF_NAN_AT_HORIZON_ZERO) {
                return transactions == 0 ? 1 : 0;
            }
            double log = -r * Math.log1p(horizon / alpha) + transactions * Math.log(horizon / (alpha + horizon));
            for (int k = 0; k < transactions; k++) {
                log += Math.log((r + k) / (fault == Fault.PMF_WITHOUT_BINOMIAL ? k + 2 : k + 1));
            }
            return Math.min(1, Math.exp(log));
        }

        @Override
        public double probabilityAliveAt(int frequency, double recency, double age, double horizon) {
            double alive = probabilityAlive(frequency, recency, age);
            horizon = checkHorizon(horizon);
            if (fault == Fault.SURVIVAL_GROWS) {
                return alive * (1 - 0.1 * Math.exp(-horizon));
            }
            return fault == Fault.SURVIVAL_FALLS_BELOW_NOW ? alive * 0.999 : alive;
        }

        @Override
        public double probabilityOfFutureTransactions(
                int transactions, int frequency, double recency, double age, double horizon) {
            check(frequency, recency, age);
            if (fault == Fault.FUTURE_WITHOUT_HISTORY) {
                return probabilityOfTransactions(transactions, horizon);
            }
            double probability =
                    new Fitted(r + frequency, alpha + age, report).probabilityOfTransactions(transactions, horizon);
            return fault == Fault.FUTURE_NONE_TOO_LIKELY && transactions == 0 ? Math.sqrt(probability) : probability;
        }

        @Override
        public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
            check(frequency, recency, age);
            horizon = checkHorizon(horizon);
            if (horizon == 0) {
                return 0;
            }
            double rho = r + frequency;
            double scale = alpha + age;
            if (fault == Fault.NEXT_IS_THE_MEAN_GAP) {
                return Math.min(horizon, scale / rho);
            }
            if (fault == Fault.NEXT_WITHOUT_HORIZON) {
                return scale / rho * 100;
            }
            // Simpson's rule in ln(1 + t/(α+T)): the density of the time is ρ e^(−ρv) there.
            double end = Math.log1p(horizon / scale);
            // Beyond 50/ρ nothing is left for ρ > 1; below, the whole range.
            double reach = rho > 1 ? Math.min(end, 50 / (rho - 1) + 1e-300) : end;
            int steps = 4000;
            double chance = 0;
            double moment = 0;
            for (int i = 0; i <= steps; i++) {
                double v = reach * i / steps;
                double weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-rho * v);
                chance += weight;
                moment += weight * scale * Math.expm1(v);
            }
            return Math.min(horizon, moment / chance);
        }

        @Override
        public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
            check(frequency, recency, age);
            if (fault == Fault.TAKES_PROBABILITY_ONE && probability == 1) {
                return Double.MAX_VALUE;
            }
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "`probability` must be at least 0 and below 1, but was " + probability);
            }
            double rho = r + frequency + (fault == Fault.QUANTILE_OF_ANOTHER_RATE ? 0.01 * frequency : 0);
            return Math.min(Double.MAX_VALUE, (alpha + age) * Math.expm1(-Math.log1p(-probability) / rho));
        }

        @Override
        public double expectedPurchaseRate(int frequency, double recency, double age) {
            check(frequency, recency, age);
            if (fault == Fault.RATE_NAN_AT_AGE_ZERO) {
                return (r + frequency) / (alpha / age + 1) / age;
            }
            return (r + frequency) / (alpha + age + (fault == Fault.RATE_IN_WEEKS_FIXED ? 1 : 0));
        }

        @Override
        public double expectedDropoutRate(int frequency, double recency, double age) {
            check(frequency, recency, age);
            return 0;
        }

        @Override
        public List<CustomerDraw> sample(
                int frequency, double recency, double age, double horizon, int draws, long seed) {
            check(frequency, recency, age);
            horizon = checkHorizon(horizon);
            if (draws < 0) {
                throw new IllegalArgumentException("`draws` must be at least 0, but was " + draws);
            }
            SplittableRandom random =
                    new SplittableRandom(fault == Fault.DRAWS_DEPEND_ON_THEIR_NUMBER ? seed + draws : seed);
            List<CustomerDraw> sample = new ArrayList<>();
            for (int i = 0; i < draws; i++) {
                sample.add(draw(frequency, age, horizon, random));
            }
            return List.copyOf(sample);
        }

        private CustomerDraw draw(int frequency, double age, double horizon, SplittableRandom random) {
            int x = fault == Fault.DRAWS_FROM_THE_PRIOR ? 0 : frequency;
            double rate = gamma(random, r + x) / (alpha + age);
            if (fault == Fault.DRAWS_TOO_LITTLE_SPREAD) {
                rate = (r + x) / (alpha + age);
            }
            double mean = rate * horizon;
            double lifetime = fault == Fault.DRAWN_LIFETIME_TOO_SHORT ? age : CustomerDraw.NEVER;
            return new CustomerDraw(true, rate, 0, lifetime, poisson(random, mean));
        }

        @Override
        public void futureTransactionsInto(
                CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
            FittedTransactionModel.checkRange(base, from, to, out);
            horizon = checkHorizon(horizon);
            for (int row = from; row < to; row++) {
                long stream = fault == Fault.DRAWN_COLUMN_DEPENDS_ON_BATCH ? row - from : row;
                long start = fault == Fault.DRAWN_COLUMN_IGNORES_SEED ? stream : seed * 1_000_003 + stream;
                SplittableRandom random = new SplittableRandom(new SplittableRandom(start).nextLong());
                out[row - from] = draw(base.frequency(row), base.age(row), horizon, random)
                        .futureTransactions();
            }
        }

        @Override
        public double[] simulateTransactionTimes(double age, long seed) {
            if (!(age >= 0 && age < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`age` must be finite and at least 0, but was " + age);
            }
            SplittableRandom random = new SplittableRandom(fault == Fault.SIMULATES_WITHOUT_SEED ? unseeded++ : seed);
            double rate = gamma(random, r) / alpha * (fault == Fault.SIMULATES_TOO_FEW ? 0.9 : 1);
            List<Double> times = new ArrayList<>();
            double time = 0;
            while (true) {
                time += -Math.log(1 - random.nextDouble()) / rate;
                if (!(time <= age)) {
                    break;
                }
                if (time > 0) {
                    times.add(time);
                }
            }
            if (fault == Fault.SIMULATES_BEYOND_AGE && age > 0) {
                times.add(age * 1.01);
            }
            if (fault == Fault.SIMULATES_OUT_OF_ORDER && times.size() > 1) {
                times.add(times.remove(0));
            }
            return times.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            if (fault == Fault.BATCH_TAKES_BAD_HORIZON && !(horizon >= 0 && horizon < 1e300)) {
                return;
            }
            if (fault != Fault.BATCH_WITHOUT_RANGE_CHECK) {
                FittedTransactionModel.checkRange(base, from, to, out);
            }
            for (int row = from; row < Math.min(to, base.size()); row++) {
                double value = expectedTransactions(base.frequency(row), base.recency(row), base.age(row), horizon);
                boolean nudged = fault == Fault.BATCH_OFF_BY_ONE_ULP
                        || (fault == Fault.BATCH_DEPENDS_ON_ITS_BORDER && row == from && from > 0)
                        || (fault == Fault.BATCH_WITHOUT_GRID_DIFFERS && !base.isGridded());
                out[Math.min(row - from, out.length - 1)] = nudged ? Math.nextUp(value) : value;
            }
            if (fault == Fault.BATCH_WRITES_BEHIND && out.length > to - from) {
                out[to - from] = 0;
            }
        }

        @Override
        public void discountedExpectedResidualTransactionsInto(
                CustomerBase base, int from, int to, double continuousRate, double[] out) {
            if (fault == Fault.BATCH_TAKES_BAD_RATE && Double.isNaN(continuousRate)) {
                return;
            }
            ResidualTransactions.super.discountedExpectedResidualTransactionsInto(base, from, to, continuousRate, out);
        }

        private void check(int frequency, double recency, double age) {
            if (fault == Fault.MESSAGE_NAMES_NOTHING && frequency < 0) {
                throw new IllegalArgumentException("bad argument");
            }
            if (frequency < 0) {
                throw new IllegalArgumentException("`frequency` must be at least 0, but was " + frequency);
            }
            if (!(age >= 0 && age < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`age` must be finite and at least 0, but was " + age);
            }
            if (fault == Fault.TAKES_NAN_RECENCY ? recency < 0 || recency > age : !(recency >= 0 && recency <= age)) {
                throw new IllegalArgumentException("`recency` must be in [0, age], but was " + recency);
            }
            if (fault != Fault.TAKES_RECENCY_WITHOUT_REPEAT && frequency == 0 && recency > 0) {
                throw new IllegalArgumentException("`recency` must be 0 without repeat purchases, but was " + recency);
            }
        }

        private double checkHorizon(double horizon) {
            if (fault == Fault.TAKES_NEGATIVE_HORIZON && horizon < 0) {
                return 0;
            }
            if (!(horizon >= 0 && horizon < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`horizon` must be finite and at least 0, but was " + horizon);
            }
            return horizon;
        }

        private void checkRate(double rate, boolean zeroAllowed) {
            if (fault == Fault.TAKES_INFINITE_RATE && rate == Double.POSITIVE_INFINITY) {
                return;
            }
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY) || (rate == 0 && !zeroAllowed)) {
                throw new IllegalArgumentException("`continuousRate` must be finite and above 0, but was " + rate);
            }
        }
    }

    /** Counts exponential gaps; a large mean is taken as it is, rounded: enough for the size of a number. */
    static long poisson(SplittableRandom random, double mean) {
        if (mean > 1e5) {
            return (long) mean;
        }
        long count = -1;
        for (double time = 0; time <= mean; time -= Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }

    /** Marsaglia and Tsang's sampler of the gamma distribution, with the boost for shapes below 1. */
    static double gamma(SplittableRandom random, double shape) {
        double boost = 1;
        if (shape < 1) {
            boost = Math.pow(1 - random.nextDouble(), 1 / shape);
            shape += 1;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
            double cube = Math.pow(1 + c * normal, 3);
            double u = 1 - random.nextDouble();
            if (cube > 0 && Math.log(u) < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
                return boost * d * cube;
            }
        }
    }
}
