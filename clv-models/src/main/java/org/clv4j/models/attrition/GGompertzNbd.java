// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.GompertzGamma;
import org.clv4j.models.internal.kernel.GompertzGammaLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The GGompertz/NBD model: customers buy at random times until they leave, and the longer they have been customers the likelier it is
 * that they leave now.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; the lifetime is Gompertz, alive at t with
 * probability exp(−η(e<sup>bt</sup> − 1)); λ ~ Gamma(r, α) and η ~ Gamma(s, β) over customers, independent.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T]:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r β^s · [ (α+T)^−(r+x) (β+e^bT−1)^−s + bs ∫ (α+y)^−(r+x) e^by (β+e^by−1)^−(s+1) dy over (t_x, T] ]
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * <tr><td>b</td><td>{@link Fitted#b()}</td><td>growth a period of a customer's hazard of leaving, ηbe<sup>bt</sup></td></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of the propensity to leave η; small means customers differ much</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>rate of the propensity to leave; the mean hazard of a new customer is bs/β a
 *     period</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon and α are in the periods of the customer base, b is one over a period; discount rates are
 * continuous per period. The expected dropout rate is the hazard of leaving at age T, a period; of a customer who has left before, the
 * hazard at which she left.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T, T = 0 and β = 1 are ordinary; all results are continuous through them. β = 1 makes the
 * hazard over all customers who are alive constant; above it grows, below it falls with age. As b goes to 0 with β/b kept, the
 * model becomes {@link ParetoNbd} with β/b in the place of its β. Many data are described best by that limit: the fit then holds b
 * near 0 and says so in its report.
 *
 * <p><b>Numerics.</b> Gauss–Legendre panels of positive terms, whose widths follow the poles of the integrands; powers of
 * e<sup>bT</sup> are never formed. P(alive) of a heavy buyer long silent underflows to exactly 0. The fit is BFGS, then Newton, with an
 * analytic gradient.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: 10 µs for P(alive) or an expectation, 100 µs for the probability of n future
 * purchases or a quantile of the next.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: A. C. Bemmaor, N. Glady, Modeling purchasing behavior with sudden “death”: a flexible customer lifetime model,
 * Management Science 58 (2012), <a href="https://doi.org/10.1287/mnsc.1110.1461">doi:10.1287/mnsc.1110.1461</a>. The conditional
 * expectation is not that of the paper but follows from the posterior, η ~ Gamma(s, β + e<sup>bT</sup> − 1) of one who is alive.
 */
public final class GGompertzNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "ggompertz-nbd";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"),
            ParameterDomain.positive("b", "growth of the hazard of leaving a period"),
            ParameterDomain.positive("s", "shape of the propensity to leave"),
            ParameterDomain.positive("beta", "rate of the propensity to leave"));

    private static final GGompertzNbd DEFAULTS = new GGompertzNbd(Priors.NONE);

    private final Priors priors;

    private GGompertzNbd(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static GGompertzNbd withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that believes something of a parameter before it sees data: that it is log-normal about a median. The belief weighs
     * as much as one observation of the parameter would, whatever the number of customers, so that it decides where the data are silent
     * and fades where they speak. The report's log-likelihood is that of the data alone; its standard errors take the belief into account.
     *
     * @param parameter the parameter's name
     * @param median the median, in the parameter's unit; finite, above 0
     * @param logStandardDeviation the standard deviation of the parameter's logarithm; finite, above 0: 1 allows a factor of 7 either way
     *     with a probability of .95
     * @return the copy
     * @throws IllegalArgumentException if there is no such parameter, or a value is out of its range
     */
    public GGompertzNbd withPrior(String parameter, double median, double logStandardDeviation) {
        return new GGompertzNbd(priors.with(PARAMETERS, parameter, median, logStandardDeviation));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if the base has fewer customers than the model has parameters, or no repeat purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        AttritionFit fit = AttritionFit.of(NAME, PARAMETERS, priors, base, execution);
        double perAge = 1 / fit.longestAge;
        return Fitted.ofReport(fit.time(1)
                .perTime(2)
                .start(0.5, 0.25 / fit.rate, perAge, 0.5, 0.3)
                .start(1, 0.7 / fit.rate, 5 * perAge, 0.5, 10)
                .start(1, 0.7 / fit.rate, 0.1 * perAge, 1, 0.1)
                .fit(GompertzGammaLikelihood::new));
    }

    /** The GGompertz/NBD model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new GompertzGamma(
                            parameter(parameters, "r"),
                            parameter(parameters, "alpha"),
                            parameter(parameters, "b"),
                            parameter(parameters, "s"),
                            parameter(parameters, "beta")));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param b growth of the hazard of leaving a period; finite, above 0
         * @param s shape of the propensity to leave; finite, above 0
         * @param beta rate of the propensity to leave; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double b, double s, double beta) {
            return new Fitted(Arguments.named(PARAMETERS, r, alpha, b, s, beta), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the shape of the purchase rate.
         *
         * @return r, above 0
         */
        public double r() {
            return parameter("r");
        }

        /**
         * Returns the rate of the purchase rate.
         *
         * @return α in periods, above 0
         */
        public double alpha() {
            return parameter("alpha");
        }

        /**
         * Returns the growth of the hazard of leaving.
         *
         * @return b a period, above 0
         */
        public double b() {
            return parameter("b");
        }

        /**
         * Returns the shape of the propensity to leave.
         *
         * @return s, above 0
         */
        public double s() {
            return parameter("s");
        }

        /**
         * Returns the rate of the propensity to leave.
         *
         * @return β, above 0
         */
        public double beta() {
            return parameter("beta");
        }
    }
}
