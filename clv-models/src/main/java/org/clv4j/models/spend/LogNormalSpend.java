// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.AssumptionCheck;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.NormalMeansLikelihood;
import org.clv4j.models.internal.kernel.Occasions;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.kernel.SpendRows;
import org.clv4j.models.internal.kernel.WithinSpend;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.clv4j.models.internal.optim.Objective;
import org.jspecify.annotations.Nullable;

/**
 * The log-normal model: the logarithm of what a customer spends a purchase is normal around the customer's own mean, and these means
 * are normal over customers.
 *
 * <p><b>Assumptions.</b> Logarithms of a customer's amounts are N(θ, σ²); θ ~ N(μ, τ²) over customers; spend does not depend on how
 * often a customer buys. Amounts are above 0.
 *
 * <p><b>Likelihood.</b> A customer base holds the mean z̄ of x amounts, not that of their logarithms, and the sum of log-normal amounts
 * has no closed density. So the mean is taken for log-normal with the mean and variance that it has (Fenton–Wilkinson):
 *
 * <pre>
 * s² = ln(1 + (e^σ² − 1)/x)
 * ln z̄ ~ N(μ + (σ² − s²)/2, τ² + s²)
 * </pre>
 *
 * <p>and the log-likelihood is that of z̄, as the one of {@link GammaGamma} is. For x = 1 it is exact. For more purchases it is close as
 * long as a customer's amounts do not spread too widely: up to σ = 0.8 (a coefficient of variation of 95 %) estimates come back within
 * 2 % or three standard errors from simulated customers, at σ = 1.2 (180 %) τ comes out 5 % and the population mean 1 % too small
 * ({@code LogNormalSpendTest}). Standard errors know nothing of this bias.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>μ</td><td>{@link Fitted#mu()}</td><td>mean of θ: e^μ is the amount that half of all purchases by new customers exceed</td></tr>
 * <tr><td>τ</td><td>{@link Fitted#tau()}</td><td>standard deviation of θ; small means customers are alike</td></tr>
 * <tr><td>σ</td><td>{@link Fitted#sigma()}</td><td>standard deviation of a customer's log-amounts; small means a steady spender</td></tr>
 * </table>
 *
 * <p><b>Units.</b> e^μ is in the base's currency; τ and σ have no unit.
 *
 * <p><b>Expected spend</b> e^(m + v/2), where m and v are mean and variance of the customer's θ + σ²/2 given z̄, consistent with the
 * likelihood: w = τ²/(τ² + s²), m = w (ln z̄ + s²/2) + (1 − w)(μ + σ²/2), v = (1 − w) τ². Without purchases it is e^(μ + (σ² + τ²)/2).
 *
 * <p><b>Limits.</b> The fit takes customers with repeat purchases and a mean above 0; others are left out and counted in a warning. A
 * mean of 0 or less has no logarithm, so that such a customer is predicted as a new one. If all customers have the same x, τ and σ
 * cannot be told apart, and the fit is refused. All expectations are finite; one that is beyond the range of numbers is a {@link
 * ModelException}.
 *
 * <p><b>Numerics.</b> BFGS with an analytic gradient; s² is computed without cancellation or overflow.
 *
 * <p><b>Cost</b> one logarithm a customer and fit, then a term a distinct frequency and likelihood evaluation; two logarithms and two
 * exponentials a prediction.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: L. F. Fenton, The sum of log-normal probability distributions in scatter transmission systems, IRE Transactions on
 * Communications Systems 8 (1960), <a href="https://doi.org/10.1109/TCOM.1960.1097606">doi:10.1109/TCOM.1960.1097606</a>.
 */
public final class LogNormalSpend implements SpendModel, AssumptionCheck {

    /** The name by which files and commands know the model. */
    public static final String NAME = "lognormal";

    static final List<ParameterDomain> PARAMETERS = parameters(Double.NEGATIVE_INFINITY);

    private static final LogNormalSpend DEFAULTS = new LogNormalSpend();

    private LogNormalSpend() {}

    private static List<ParameterDomain> parameters(double leastMu) {
        return List.of(
                new ParameterDomain("mu", leastMu, Double.POSITIVE_INFINITY, "mean of customers' mean log-amounts"),
                ParameterDomain.positive("tau", "standard deviation of customers' mean log-amounts"),
                ParameterDomain.positive("sigma", "standard deviation of a customer's log-amounts"));
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static LogNormalSpend withDefaults() {
        return DEFAULTS;
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if fewer than three customers have repeat purchases with a mean above 0, or all have the same mean or the same
     *     frequency
     */
    @Override
    public Fitted fit(CustomerBase base) {
        SpendRows rows = SpendRows.ofPositive(base, Occasions.REPEAT);
        rows.requireVariety(NAME, PARAMETERS.size(), " of a mean amount above 0");
        rows.requireFrequencies(NAME);
        SpendRows logs = rows.with(Math::log);
        NormalMeansLikelihood ofLogs = new NormalMeansLikelihood(logs, WithinSpend.LOG_NORMAL);
        double mean = logs.average();
        double deviation = Math.sqrt(logs.variance());
        // The optimiser works on logarithms of distances to a bound. μ has none, but μ + (σ² − s²)/2 is estimated by a
        // mean of the
        // averages of each frequency and σ² − s² is below ln x, so that a bound below all of that is never felt.
        double leastMu = ofLogs.smallestAverage() - Math.log(rows.frequency(rows.groups() - 1)) / 2 - deviation;
        // The density of z̄ is that of its logarithm over z̄.
        Objective likelihood = (point, gradient) -> ofLogs.evaluate(point, gradient) + mean;
        MaximumLikelihood fit = MaximumLikelihood.of(NAME, parameters(leastMu))
                .scale(0, mean - leastMu)
                .scale(1, deviation)
                .scale(2, deviation)
                .start(mean, 0.7 * deviation, 0.7 * deviation)
                .start(mean, 0.95 * deviation, 0.5 * deviation)
                .start(mean, 0.4 * deviation, 1.1 * deviation);
        rows.warnOfLeftOut(fit);
        return Fitted.ofReport(fit.fit(likelihood, rows.totalWeight(), base));
    }

    @Override
    public List<String> checkAssumptions(CustomerBase base) {
        return IndependenceTest.linesOf(base);
    }

    /** The log-normal model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedPopulationSpend {

        private final double mu;
        private final double tau;
        private final double sigma;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(NAME, parameters, report);
            this.mu = parameter("mu");
            this.tau = parameter("tau");
            this.sigma = parameter("sigma");
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param mu mean of customers' mean log-amounts; finite
         * @param tau standard deviation of customers' mean log-amounts; finite, above 0
         * @param sigma standard deviation of a customer's log-amounts; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double mu, double tau, double sigma) {
            return new Fitted(Arguments.named(PARAMETERS, mu, tau, sigma), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the mean of customers' mean log-amounts.
         *
         * @return μ
         */
        public double mu() {
            return mu;
        }

        /**
         * Returns the standard deviation of customers' mean log-amounts.
         *
         * @return τ, above 0
         */
        public double tau() {
            return tau;
        }

        /**
         * Returns the standard deviation of a customer's log-amounts.
         *
         * @return σ, above 0
         */
        public double sigma() {
            return sigma;
        }

        /**
         * Returns the log-likelihood of the mean amount of a customer.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 1
         * @param monetaryValue z̄, their mean amount; finite, above 0
         * @return the log-density of the mean, as the model approximates it; exact for x = 1
         * @throws IllegalArgumentException if an argument is out of its range
         */
        public double logLikelihood(int frequency, double monetaryValue) {
            if (frequency < 1) {
                throw Arguments.outOfRange("frequency", "at least 1", frequency);
            }
            if (!(monetaryValue > 0 && monetaryValue < Double.POSITIVE_INFINITY)) {
                throw Arguments.outOfRange("monetaryValue", "finite and above 0", monetaryValue);
            }
            double own = WithinSpend.LOG_NORMAL.variance(sigma * sigma, frequency);
            double deviation = Math.hypot(tau, Math.sqrt(own));
            double logarithm = Math.log(monetaryValue);
            double score = (logarithm - mu - WithinSpend.LOG_NORMAL.shift(sigma * sigma, own)) / deviation;
            return -(Math.log(2 * Math.PI) + score * score) / 2 - Math.log(deviation) - logarithm;
        }

        /**
         * Returns the expected amount of a future purchase.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 0
         * @param monetaryValue z̄, their mean amount; finite; at 0 or less the customer is taken for a new one; passed over if x = 0
         * @return the expected amount, at least 0
         * @throws ModelException if the expectation is beyond the range of numbers
         * @throws IllegalArgumentException if an argument is out of its range
         */
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            LogNormal mean = posterior(frequency, monetaryValue);
            double spend = Math.exp(mean.location + mean.deviation * mean.deviation / 2);
            if (!(spend < Double.POSITIVE_INFINITY)) {
                throw new ModelException(NAME + " expects more of a customer with " + frequency
                        + " repeat purchases of " + monetaryValue + " than a number can hold, with " + parameters());
            }
            return spend;
        }

        @Override
        LogNormal posterior(int frequency, double monetaryValue) {
            Arguments.checkCount(frequency, "frequency");
            double prior = mu + sigma * sigma / 2;
            if (frequency == 0) {
                return new LogNormal(prior, tau, sigma);
            }
            Arguments.checkFinite(monetaryValue, "monetaryValue");
            if (monetaryValue <= 0) {
                return new LogNormal(prior, tau, sigma);
            }
            double own = WithinSpend.LOG_NORMAL.variance(sigma * sigma, frequency);
            double ratio = Math.sqrt(own) / tau;
            double noise = ratio * ratio;
            double weight = 1 / (1 + noise);
            double rest = 1 / (1 + 1 / noise);
            return new LogNormal(
                    weight * (Math.log(monetaryValue) + own / 2) + rest * prior, tau * Math.sqrt(rest), sigma);
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            Arguments.checkCount(purchases, "purchases");
            Sampling random = Sampling.ofSeed(seed);
            double mean = mu + tau * random.gaussian();
            double[] amounts = new double[purchases];
            for (int i = 0; i < purchases; i++) {
                amounts[i] = Math.min(Double.MAX_VALUE, Math.exp(mean + sigma * random.gaussian()));
            }
            return amounts;
        }
    }

    /** The mean spend e^(θ + σ²/2) of a customer: its logarithm is normal. */
    private record LogNormal(double location, double deviation, double sigma)
            implements FittedPopulationSpend.Posterior {

        private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

        @Override
        public double below(double amount) {
            return amount > 0
                    ? STANDARD.cumulativeProbability(
                            (Math.log(amount) - location) / Math.max(deviation, Double.MIN_NORMAL))
                    : 0;
        }

        @Override
        public double quantile(double probability) {
            return Math.exp(location + deviation * STANDARD.inverseCumulativeProbability(probability));
        }

        @Override
        public double draw(Sampling random) {
            return Math.exp(location + deviation * random.gaussian());
        }

        @Override
        public double drawPurchases(double meanSpend, int purchases, Sampling random) {
            double sum = 0;
            for (int i = 0; i < purchases; i++) {
                sum += Math.exp(sigma * random.gaussian() - sigma * sigma / 2);
            }
            return meanSpend * (sum / purchases);
        }
    }
}
