// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.AssumptionCheck;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.GammaGammaLikelihood;
import org.clv4j.models.internal.kernel.Occasions;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.kernel.SpendRows;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The Gamma-Gamma model: what a customer spends a purchase varies around the customer's own mean, and means vary over customers.
 *
 * <p><b>Assumptions.</b> Amounts of a customer are Gamma(p, ν); ν ~ Gamma(q, γ) over customers; spend does not depend on how often a
 * customer buys. Amounts are above 0.
 *
 * <p><b>Likelihood</b> of the mean z̄ of x purchases – the density of the mean, not of the total, which would be lower by ln x a
 * customer:
 *
 * <pre>
 * L = Γ(px+q)/(Γ(px) Γ(q)) · γ^q z̄^(px−1) x^(px) / (γ + x z̄)^(px+q)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>p</td><td>{@link Fitted#p()}</td><td>shape of a customer's amounts; large means a steady spender</td></tr>
 * <tr><td>q</td><td>{@link Fitted#q()}</td><td>shape of ν; small means customers differ much, at most 1 means no finite mean</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#gamma()}</td><td>rate of ν, in the base's currency</td></tr>
 * </table>
 *
 * <p><b>Expected spend</b> p(γ + x z̄)/(px + q − 1): a weighted mean of z̄ and the population's pγ/(q − 1). The customer's mean spend
 * itself is p/ν with ν ~ Gamma(px + q, γ + x z̄).
 *
 * <p><b>Limits.</b> The fit takes customers with repeat purchases and a mean above 0; others are left out and counted in a warning,
 * and are still predicted. If the estimate of q is at most 1, the population mean is infinite: the report carries {@link
 * Condition#INFINITE_MEAN_SPEND} and a customer without repeat purchases has no expectation – a {@link ModelException}, never a
 * negative amount. {@link #withMinimumQ(double)} keeps q above a bound. {@link #withAllTransactions()} takes the first purchase of each
 * customer too.
 *
 * <p><b>Cost</b> a customer: one logarithm a likelihood evaluation, some ns a prediction.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, K. L. Lee, RFM and CLV: using iso-value curves for customer base analysis, Journal of
 * Marketing Research 42 (2005), <a href="https://doi.org/10.1509/jmkr.2005.42.4.415">doi:10.1509/jmkr.2005.42.4.415</a>.
 */
public final class GammaGamma implements SpendModel, AssumptionCheck {

    /** The name by which files and commands know the model. */
    public static final String NAME = "gamma-gamma";

    static final List<ParameterDomain> PARAMETERS = parameters(0);

    private static final GammaGamma DEFAULTS = new GammaGamma(0, Occasions.REPEAT);

    private final double minimumQ;
    private final Occasions occasions;

    private GammaGamma(double minimumQ, Occasions occasions) {
        this.minimumQ = minimumQ;
        this.occasions = occasions;
    }

    private static List<ParameterDomain> parameters(double minimumQ) {
        return List.of(
                ParameterDomain.positive("p", "shape of a customer's amounts"),
                new ParameterDomain("q", minimumQ, Double.POSITIVE_INFINITY, "shape of the customers' rates"),
                ParameterDomain.positive("gamma", "rate of the customers' rates, in money"));
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted to repeat purchases, q unbounded
     */
    public static GammaGamma withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that looks for the best q above a bound. A bound of 1 makes the population mean finite.
     *
     * @param minimum the bound; finite, at least 0
     * @return the copy
     * @throws IllegalArgumentException if the bound is out of range
     */
    public GammaGamma withMinimumQ(double minimum) {
        if (!(minimum >= 0 && minimum < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("minimumQ", "finite and at least 0", minimum);
        }
        return new GammaGamma(minimum, occasions);
    }

    /**
     * Returns a copy that also looks at each customer's first purchase. One-time buyers then take part in the fit, and what they
     * spent tells what to expect of them.
     *
     * <p>A purchase is an occasion as {@link CustomerBase} counts them, so that x + 1 of them make the realised total. Refunds that
     * found no purchase in the window lower that total, to no less than 0. A base of summaries lacks first purchases and is refused.
     *
     * @return the copy
     */
    public GammaGamma withAllTransactions() {
        return new GammaGamma(minimumQ, Occasions.ALL);
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if fewer than three customers have purchases with a mean above 0, or all have the same mean; or if
     *     the model looks at all transactions and the base lacks first purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        occasions.require(base, NAME);
        SpendRows rows = SpendRows.ofPositive(base, occasions);
        rows.requireVariety(NAME, PARAMETERS.size(), " of a mean amount above 0");
        double mean = rows.average();
        MaximumLikelihood fit = MaximumLikelihood.of(NAME, parameters(minimumQ))
                .scale(2, mean)
                .start(2, minimumQ + 3, mean)
                .start(6, minimumQ + 3, mean / 2)
                .start(1, minimumQ + 1.5, mean);
        rows.warnOfLeftOut(fit);
        FitReport report = warnOfInfiniteMean(fit.fit(new GammaGammaLikelihood(rows), rows.totalWeight(), base));
        // Scores must read the same columns as the fit did: so it is provenance, which a saved model keeps.
        return Fitted.ofReport(
                occasions == Occasions.ALL ? report.withProvenance(Fitted.AMOUNTS, Fitted.ALL_AMOUNTS) : report);
    }

    @Override
    public List<String> checkAssumptions(CustomerBase base) {
        return IndependenceTest.linesOf(base);
    }

    private static FitReport warnOfInfiniteMean(FitReport report) {
        Double q = report.parameters().get("q");
        if (q == null || q > 1) {
            return report;
        }
        List<FitWarning> warnings = new ArrayList<>(report.warnings());
        warnings.add(new FitWarning(
                Condition.INFINITE_MEAN_SPEND,
                "q = " + q
                        + " is at most 1: the mean spend of a new customer is infinite; fit with a minimum q above 1"));
        return report.withWarnings(warnings);
    }

    /**
     * The Gamma-Gamma model with its parameters.
     *
     * <p>Frequency and monetary value of all methods are those of repeat purchases; for a fit {@link #withAllTransactions()} they
     * are the number and the mean of all purchases, the first included, as {@link #frequencyOf} and {@link #monetaryValueOf} give
     * them. Immutable and thread-safe.
     */
    public static final class Fitted extends FittedPopulationSpend {

        static final String AMOUNTS = "amounts";
        static final String ALL_AMOUNTS = "all";

        private final Occasions occasions;
        private final double p;
        private final double q;
        private final double gamma;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report, Occasions occasions) {
            super(NAME, parameters, report);
            this.occasions = occasions;
            this.p = parameter("p");
            this.q = parameter("q");
            this.gamma = parameter("gamma");
        }

        /**
         * Returns the model with stated parameters, those of repeat purchases.
         *
         * @param p shape of a customer's amounts; finite, above 0
         * @param q shape of the customers' rates; finite, above 0
         * @param gamma rate of the customers' rates, in money; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double p, double q, double gamma) {
            return new Fitted(Arguments.named(PARAMETERS, p, q, gamma), null, Occasions.REPEAT);
        }

        static Fitted ofReport(FitReport report) {
            String amounts = report.provenance().get(AMOUNTS);
            if (amounts != null && !amounts.equals(ALL_AMOUNTS)) {
                throw new IllegalArgumentException("`" + AMOUNTS + "` in the provenance of " + NAME + " must be "
                        + ALL_AMOUNTS + " or absent, but was '" + amounts + "'");
            }
            return new Fitted(report.parameters(), report, amounts == null ? Occasions.REPEAT : Occasions.ALL);
        }

        /**
         * Tells whether the model was fitted to all purchases, the first of each customer included.
         *
         * @return true after {@link GammaGamma#withAllTransactions()}
         */
        public boolean usesAllTransactions() {
            return occasions == Occasions.ALL;
        }

        @Override
        public int frequencyOf(CustomerBase base, int row) {
            occasions.require(base, NAME);
            return occasions.count(base, row);
        }

        @Override
        public double monetaryValueOf(CustomerBase base, int row) {
            occasions.require(base, NAME);
            return occasions.mean(base, row);
        }

        /**
         * Returns the shape of a customer's amounts.
         *
         * @return p, above 0
         */
        public double p() {
            return p;
        }

        /**
         * Returns the shape of the customers' rates.
         *
         * @return q, above 0
         */
        public double q() {
            return q;
        }

        /**
         * Returns the rate of the customers' rates.
         *
         * @return γ in the base's currency, above 0
         */
        public double gamma() {
            return gamma;
        }

        /**
         * Tells whether the mean spend of the population is finite.
         *
         * @return true if q is above 1
         */
        public boolean hasFiniteMean() {
            return q > 1;
        }

        /**
         * Returns the log-likelihood of the mean amount of a customer.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 1
         * @param monetaryValue z̄, their mean amount; finite, above 0
         * @return the log-density of the mean
         * @throws IllegalArgumentException if an argument is out of its range
         */
        public double logLikelihood(int frequency, double monetaryValue) {
            if (frequency < 1) {
                throw Arguments.outOfRange("frequency", "at least 1", frequency);
            }
            if (!(monetaryValue > 0 && monetaryValue < Double.POSITIVE_INFINITY)) {
                throw Arguments.outOfRange("monetaryValue", "finite and above 0", monetaryValue);
            }
            // By the share of γ in γ + x z̄, and by the beta function: sums of large terms would cancel where px is
            // large.
            double px = p * frequency;
            double total = monetaryValue * frequency;
            return -LogBeta.value(px, q)
                    - q * Math.log1p(total / gamma)
                    - px * Math.log1p(gamma / total)
                    - Math.log(monetaryValue);
        }

        /**
         * Returns the expected amount of a future purchase, p(γ + x z̄)/(px + q − 1).
         *
         * @param frequency x, the repeat occasions behind the mean; at least 0
         * @param monetaryValue z̄, their mean amount; finite, at least 0; passed over if x = 0
         * @return the expected amount, above 0
         * @throws ModelException if px + q is at most 1, so that there is no finite expectation
         * @throws IllegalArgumentException if an argument is out of its range
         */
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            checkHistory(frequency, monetaryValue);
            double excess = p * frequency + q - 1;
            if (!(excess > 0)) {
                throw new ModelException(NAME + " gives a customer with " + frequency
                        + " " + occasions.words() + " no finite expected spend, because q = " + q
                        + " is at most 1 (INFINITE_MEAN_SPEND); fit with a minimum q above 1");
            }
            double spend = p * (gamma + total(frequency, monetaryValue)) / excess;
            if (spend == Double.POSITIVE_INFINITY) {
                throw new ModelException(NAME + " expects more of a customer with " + frequency + " "
                        + occasions.words() + " of " + monetaryValue + " than a number can hold");
            }
            return spend;
        }

        private static void checkHistory(int frequency, double monetaryValue) {
            Arguments.checkCount(frequency, "frequency");
            if (!(frequency == 0 || (monetaryValue >= 0 && monetaryValue < Double.POSITIVE_INFINITY))) {
                throw Arguments.outOfRange("monetaryValue", "finite and at least 0", monetaryValue);
            }
        }

        private static double total(int frequency, double monetaryValue) {
            return frequency == 0 ? 0 : frequency * monetaryValue;
        }

        @Override
        Posterior posterior(int frequency, double monetaryValue) {
            checkHistory(frequency, monetaryValue);
            return new InverseGamma(p, p * frequency + q, p * (gamma + total(frequency, monetaryValue)));
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            Arguments.checkCount(purchases, "purchases");
            Sampling random = Sampling.ofSeed(seed);
            double rate = random.gamma(q, gamma);
            double[] amounts = new double[purchases];
            for (int i = 0; i < purchases; i++) {
                amounts[i] = random.gamma(p, rate);
            }
            return amounts;
        }
    }

    /** The mean spend p/ν = scale/G of a customer whose ν was Gamma(px + q, γ + x z̄): G is Gamma(shape, 1). */
    private record InverseGamma(double p, double shape, double scale) implements FittedPopulationSpend.Posterior {

        @Override
        public double below(double amount) {
            return amount > 0 ? GammaDistribution.of(shape, 1).survivalProbability(scale / amount) : 0;
        }

        @Override
        public double quantile(double probability) {
            // For G near 0, P(G < g) = g^shape / Γ(shape + 1): a search would be slow there, and end at 0.
            double logOfG = (Math.log1p(-probability) + LogGamma.value(shape + 1)) / shape;
            return logOfG < -40
                    ? scale * Math.exp(-logOfG)
                    : scale / GammaDistribution.of(shape, 1).inverseSurvivalProbability(probability);
        }

        @Override
        public double draw(Sampling random) {
            return scale / random.gamma(shape, 1);
        }

        @Override
        public double drawPurchases(double meanSpend, int purchases, Sampling random) {
            double totalShape = p * purchases;
            return meanSpend * (random.gamma(totalShape, 1) / totalShape);
        }
    }
}
