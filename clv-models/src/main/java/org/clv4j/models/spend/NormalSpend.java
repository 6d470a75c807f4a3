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
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.kernel.SpendRows;
import org.clv4j.models.internal.kernel.WithinSpend;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The normal model: what a customer spends a purchase is normal around the customer's own mean, and means are normal over customers.
 * Amounts may be negative or 0, as margins are.
 *
 * <p><b>Assumptions.</b> Amounts of a customer are N(θ, σ²); θ ~ N(μ, τ²) over customers; spend does not depend on how often a customer
 * buys.
 *
 * <p><b>Likelihood</b> of the mean z̄ of x purchases, exact:
 *
 * <pre>
 * z̄ ~ N(μ, τ² + σ²/x)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>μ</td><td>{@link Fitted#mu()}</td><td>mean spend of the population</td></tr>
 * <tr><td>τ</td><td>{@link Fitted#tau()}</td><td>standard deviation of customers' means; small means customers are alike</td></tr>
 * <tr><td>σ</td><td>{@link Fitted#sigma()}</td><td>standard deviation of a customer's amounts; small means a steady spender</td></tr>
 * </table>
 *
 * <p><b>Units.</b> All three are in the base's currency.
 *
 * <p><b>Expected spend</b> (x τ² z̄ + σ² μ)/(x τ² + σ²): a weighted mean of z̄ and μ. It is also the best linear one (the credibility
 * formula) whatever the distributions, given their means and variances.
 *
 * <p><b>Limits.</b> The fit takes all customers with repeat purchases. A base made from transactions has no negative means, because a
 * refund is netted, dropped or an error; summaries may have them. If all customers have the same x, τ and σ cannot be told apart, and
 * the fit is refused. Amounts are mostly skewed: their large values then pull at τ and σ, and predictions may be negative; {@link
 * LogNormalSpend} and {@link GammaGamma} do not have that.
 *
 * <p><b>Numerics.</b> BFGS with an analytic gradient; predictions are closed forms without cancellation.
 *
 * <p><b>Cost</b> one pass over the customers, then a term a distinct frequency and likelihood evaluation; some ns a prediction.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: D. C. Schmittlein, R. A. Peterson, Customer base analysis: an industrial purchase process application, Marketing
 * Science 13 (1994), <a href="https://doi.org/10.1287/mksc.13.1.41">doi:10.1287/mksc.13.1.41</a>.
 */
public final class NormalSpend implements SpendModel, AssumptionCheck {

    /** The name by which files and commands know the model. */
    public static final String NAME = "normal";

    static final List<ParameterDomain> PARAMETERS = parameters(Double.NEGATIVE_INFINITY);

    private static final NormalSpend DEFAULTS = new NormalSpend();

    private NormalSpend() {}

    private static List<ParameterDomain> parameters(double leastMu) {
        return List.of(
                new ParameterDomain("mu", leastMu, Double.POSITIVE_INFINITY, "mean spend of the population, in money"),
                ParameterDomain.positive("tau", "standard deviation of customers' means, in money"),
                ParameterDomain.positive("sigma", "standard deviation of a customer's amounts, in money"));
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static NormalSpend withDefaults() {
        return DEFAULTS;
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if fewer than three customers have repeat purchases, or all have the same mean or the same
     *     frequency
     */
    @Override
    public Fitted fit(CustomerBase base) {
        SpendRows rows = SpendRows.ofAny(base);
        rows.requireVariety(NAME, PARAMETERS.size(), "");
        rows.requireFrequencies(NAME);
        NormalMeansLikelihood likelihood = new NormalMeansLikelihood(rows, WithinSpend.NORMAL);
        double mean = rows.average();
        double deviation = Math.sqrt(rows.variance());
        // The optimiser works on logarithms of distances to a bound. μ has none; but its estimate is a mean of the
        // averages of
        // each frequency, so that a bound below all of them is never felt.
        double leastMu = likelihood.smallestAverage() - deviation;
        FitReport report = MaximumLikelihood.of(NAME, parameters(leastMu))
                .scale(0, mean - leastMu)
                .scale(1, deviation)
                .scale(2, deviation)
                .start(mean, 0.7 * deviation, 0.7 * deviation)
                .start(mean, 0.95 * deviation, 0.5 * deviation)
                .start(mean, 0.4 * deviation, 1.1 * deviation)
                .fit(likelihood, rows.totalWeight(), base);
        return Fitted.ofReport(report);
    }

    @Override
    public List<String> checkAssumptions(CustomerBase base) {
        return IndependenceTest.linesOf(base);
    }

    /** The normal model with its parameters. Immutable and thread-safe. */
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
         * @param mu mean spend of the population; finite
         * @param tau standard deviation of customers' means; finite, above 0
         * @param sigma standard deviation of a customer's amounts; finite, above 0
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
         * Returns the mean spend of the population.
         *
         * @return μ, in the base's currency
         */
        public double mu() {
            return mu;
        }

        /**
         * Returns the standard deviation of customers' means.
         *
         * @return τ, in the base's currency, above 0
         */
        public double tau() {
            return tau;
        }

        /**
         * Returns the standard deviation of a customer's amounts.
         *
         * @return σ, in the base's currency, above 0
         */
        public double sigma() {
            return sigma;
        }

        /**
         * Returns the log-likelihood of the mean amount of a customer.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 1
         * @param monetaryValue z̄, their mean amount; finite
         * @return the log-density of the mean
         * @throws IllegalArgumentException if an argument is out of its range
         */
        public double logLikelihood(int frequency, double monetaryValue) {
            if (frequency < 1) {
                throw Arguments.outOfRange("frequency", "at least 1", frequency);
            }
            Arguments.checkFinite(monetaryValue, "monetaryValue");
            double deviation = Math.hypot(tau, sigma / Math.sqrt(frequency));
            double score = (monetaryValue - mu) / deviation;
            return -(Math.log(2 * Math.PI) + score * score) / 2 - Math.log(deviation);
        }

        /**
         * Returns the expected amount of a future purchase, (x τ² z̄ + σ² μ)/(x τ² + σ²).
         *
         * @param frequency x, the repeat occasions behind the mean; at least 0
         * @param monetaryValue z̄, their mean amount; finite; passed over if x = 0
         * @return the expected amount; may be negative
         * @throws IllegalArgumentException if an argument is out of its range
         */
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            return posterior(frequency, monetaryValue).mean;
        }

        @Override
        Normal posterior(int frequency, double monetaryValue) {
            Arguments.checkCount(frequency, "frequency");
            if (frequency == 0) {
                return new Normal(mu, tau, sigma);
            }
            Arguments.checkFinite(monetaryValue, "monetaryValue");
            double ratio = sigma / tau;
            double noise = ratio * ratio / frequency;
            double weight = 1 / (1 + noise);
            double rest = 1 / (1 + 1 / noise);
            return new Normal(weight * monetaryValue + rest * mu, tau * Math.sqrt(rest), sigma);
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            Arguments.checkCount(purchases, "purchases");
            Sampling random = Sampling.ofSeed(seed);
            double mean = mu + tau * random.gaussian();
            double[] amounts = new double[purchases];
            for (int i = 0; i < purchases; i++) {
                amounts[i] = mean + sigma * random.gaussian();
            }
            return amounts;
        }
    }

    /** The mean spend θ of a customer. */
    private record Normal(double mean, double deviation, double sigma) implements FittedPopulationSpend.Posterior {

        private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

        @Override
        public double below(double amount) {
            return STANDARD.cumulativeProbability((amount - mean) / Math.max(deviation, Double.MIN_NORMAL));
        }

        @Override
        public double quantile(double probability) {
            return mean + deviation * STANDARD.inverseCumulativeProbability(probability);
        }

        @Override
        public double draw(Sampling random) {
            return mean + deviation * random.gaussian();
        }

        @Override
        public double drawPurchases(double meanSpend, int purchases, Sampling random) {
            return meanSpend + sigma / Math.sqrt(purchases) * random.gaussian();
        }
    }
}
