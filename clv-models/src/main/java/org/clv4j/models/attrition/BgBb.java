// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.BetaGeometricBetaBinomial;
import org.clv4j.models.internal.kernel.BetaGeometricBetaBinomialLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The BG/BB model: customers who can buy at discrete opportunities, once at each, until they silently leave.
 *
 * <p><b>Assumptions.</b> After the first purchase there are opportunities 1, 2, …: yearly appeals, monthly boxes, weekly matches. At the
 * beginning of each a customer who is still alive leaves with probability θ; one who stays buys at it with probability p. p ~ Beta(α, β)
 * and θ ~ Beta(γ, δ) over customers, independent. So a customer may leave before the first opportunity.
 *
 * <p><b>Likelihood</b> of x purchases at n opportunities, the last of them at t_x, 0 if x = 0:
 *
 * <pre>
 * L = B(α+x, β+n−x)/B(α, β) · B(γ, δ+n)/B(γ, δ)
 *     + Σ_{t = t_x … n−1} B(α+x, β+t−x)/B(α, β) · B(γ+1, δ+t)/B(γ, δ)
 * </pre>
 *
 * <p>It is the probability of one history: purchases at stated opportunities, not of any x of n.
 *
 * <p><b>Alive.</b> {@link Fitted#probabilityAlive} is the probability of being alive for the <em>next</em> opportunity, n + 1: who has not
 * left by then can be addressed. {@link Fitted#probabilityAliveAtLastOpportunity} is that of having been alive at n, and larger, because
 * she can leave in between; it is 1 for whoever bought at n. {@link Fitted#probabilityAliveAt} with the horizon h is that of being
 * alive for the opportunity n + h + 1.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>α, β</td><td>{@link Fitted#alpha()}, {@link Fitted#beta()}</td><td>shapes of the purchase probability; its mean is
 * α/(α+β)</td></tr>
 * <tr><td>γ, δ</td><td>{@link Fitted#gamma()}, {@link Fitted#delta()}</td><td>shapes of the dropout probability; its mean is
 * γ/(γ+δ)</td></tr>
 * </table>
 *
 * <p><b>Units.</b> The period is the opportunity. Frequency counts opportunities with a purchase after the first purchase, recency is the
 * index of the last one, age is n; both, and horizons, are whole numbers up to 2147483647, and fractions are refused. Discount rates are
 * continuous per period: a purchase at opportunity n + j counts e<sup>−jδ</sup>, that is (1 + d)<sup>−j</sup> of the rate d a period.
 * The parameters have no unit, but belong to their spacing of opportunities.
 *
 * <p><b>Limits.</b> x = 0 and n = 0 are ordinary, x is at most t_x. Expectations are finite and continuous through γ = 1. The
 * infinite-horizon value is finite for every γ above 0 because it is discounted. A base without repeat purchases cannot identify the model
 * and is refused.
 *
 * <p><b>Numerics.</b> Sums of positive terms, or one quadrature where they would be very many; relative error below 1e-11 on the
 * tested range (n to 3,000). The fit is BFGS, then Newton, with an analytic gradient, over the distinct histories.
 *
 * <p><b>Cost.</b> A customer takes a sum over the opportunities since the last purchase; an expectation adds one over the horizon, up
 * to 4,096 opportunities, then a quadrature. Probabilities of n and the mean time to the next purchase always sum over the horizon. In a
 * batch, what lies ahead is computed once a distinct (frequency, age) where the base has a day grid.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, J. Shang, Customer-base analysis in a discrete-time noncontractual setting, Marketing
 * Science 29 (2010), <a href="https://doi.org/10.1287/mksc.1100.0580">doi:10.1287/mksc.1100.0580</a>.
 */
public final class BgBb implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "bg-bb";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("alpha", "first shape of the purchase probability"),
            ParameterDomain.positive("beta", "second shape of the purchase probability"),
            ParameterDomain.positive("gamma", "first shape of the dropout probability"),
            ParameterDomain.positive("delta", "second shape of the dropout probability"));

    private static final BgBb DEFAULTS = new BgBb(Priors.NONE);

    private final Priors priors;

    private BgBb(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static BgBb withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that believes something of a parameter before it sees data: that it is log-normal about a median. The belief weighs
     * as much as one observation of the parameter would, whatever the number of customers, so that it decides where the data are silent
     * and fades where they speak. The report's log-likelihood is that of the data alone; its standard errors take the belief into account.
     *
     * @param parameter the parameter's name
     * @param median the median; finite, above 0
     * @param logStandardDeviation the standard deviation of the parameter's logarithm; finite, above 0: 1 allows a factor of 7 either way
     *     with a probability of .95
     * @return the copy
     * @throws IllegalArgumentException if there is no such parameter, or a value is out of its range
     */
    public BgBb withPrior(String parameter, double median, double logStandardDeviation) {
        return new BgBb(priors.with(PARAMETERS, parameter, median, logStandardDeviation));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers, whose recency and age are whole numbers of opportunities; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if a customer's recency or age is not a whole number, or the frequency above the recency, naming the
     *     customer; if the base has fewer customers than the model has parameters, or no repeat purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        MixedModel.requireNoContracts(base);
        BetaGeometricBetaBinomial.checkCustomers(base, 0, base.size());
        AttritionFit fit = AttritionFit.of(NAME, PARAMETERS, priors, base, execution);
        // The mean purchase probability is above the rate, because of those who have left.
        double odds = 1 / fit.rate - 1 + 0.05;
        double length = fit.longestAge;
        return Fitted.ofReport(fit.start(1, 0.5 * odds, 0.5, 0.5 * length)
                .start(0.5, 0.5 * odds, 1, length)
                .start(2, 2 * odds, 0.5, 5 * length)
                .fitDirectly(new BetaGeometricBetaBinomialLikelihood(base)));
    }

    /** The BG/BB model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private final BetaGeometricBetaBinomial formulas;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            this(
                    parameters,
                    report,
                    new BetaGeometricBetaBinomial(
                            parameter(parameters, "alpha"),
                            parameter(parameters, "beta"),
                            parameter(parameters, "gamma"),
                            parameter(parameters, "delta")));
        }

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report, BetaGeometricBetaBinomial formulas) {
            super(NAME, parameters, report, formulas);
            this.formulas = formulas;
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param alpha first shape of the purchase probability; finite, above 0
         * @param beta second shape of the purchase probability; finite, above 0
         * @param gamma first shape of the dropout probability; finite, above 0
         * @param delta second shape of the dropout probability; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double alpha, double beta, double gamma, double delta) {
            return new Fitted(Arguments.named(PARAMETERS, alpha, beta, gamma, delta), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the probability that the customer was alive at the last opportunity, n. For the one to come see {@link
         * #probabilityAlive}, which is at most this.
         *
         * @param frequency x, purchases after the first; at most the recency
         * @param recency the opportunity of the last of them, in [0, age], a whole number; 0 if x = 0
         * @param age n, opportunities since the first purchase; a whole number, at least 0
         * @return the probability, in [0, 1]; 1 if she bought at n, or n = 0
         * @throws IllegalArgumentException if an argument is out of its range
         */
        public double probabilityAliveAtLastOpportunity(int frequency, double recency, double age) {
            formulas.checkHistory(frequency, recency, age);
            return formulas.probabilityAliveAtLast(frequency, recency, age);
        }

        /**
         * Returns the first shape of the purchase probability.
         *
         * @return α, above 0
         */
        public double alpha() {
            return parameter("alpha");
        }

        /**
         * Returns the second shape of the purchase probability.
         *
         * @return β, above 0
         */
        public double beta() {
            return parameter("beta");
        }

        /**
         * Returns the first shape of the dropout probability.
         *
         * @return γ, above 0
         */
        public double gamma() {
            return parameter("gamma");
        }

        /**
         * Returns the second shape of the dropout probability.
         *
         * @return δ, above 0
         */
        public double delta() {
            return parameter("delta");
        }
    }
}
