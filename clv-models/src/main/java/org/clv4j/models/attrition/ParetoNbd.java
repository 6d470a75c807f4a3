// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.ParetoGamma;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The Pareto/NBD model: customers buy at random times until, at an unobserved moment, they leave.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; the lifetime is exponential of rate μ; λ ~ Gamma(r, α)
 * and μ ~ Gamma(s, β) over customers, independent.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T]:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r β^s · [ (α+T)^−(r+x) (β+T)^−s + s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy over (t_x, T] ]
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of the dropout rate; small means customers differ much</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>rate of the dropout rate, in periods; the mean rate is s/β a period</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon, α and β are in the periods of the customer base; discount rates are continuous per period.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T, T = 0, α = β and s = 1 are ordinary; all results are continuous through them.
 *
 * <p><b>Numerics.</b> Positive series and quadrature in logarithmic time; the infinite-horizon value by the scaled exponential integral,
 * which is Tricomi's function. P(alive) of a heavy buyer long silent underflows to exactly 0. The fit is BFGS, then Newton, with an
 * analytic gradient.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: 100 ns for P(alive), 10 ns more for an expectation, 200 ns more for an infinite
 * horizon, 1 µs for P(active) or a draw, 5 µs for the rates or a quantile of the next purchase, 10 µs for the probability of n future
 * purchases.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: D. C. Schmittlein, D. G. Morrison, R. Colombo, Counting your customers: who are they and what will they do next?,
 * Management Science 33 (1987), <a href="https://doi.org/10.1287/mnsc.33.1.1">doi:10.1287/mnsc.33.1.1</a>.
 */
public final class ParetoNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pareto-nbd";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"),
            ParameterDomain.positive("s", "shape of the dropout rate"),
            ParameterDomain.positive("beta", "rate of the dropout rate, in periods"));

    private static final ParetoNbd DEFAULTS = new ParetoNbd(Priors.NONE);

    private final Priors priors;

    private ParetoNbd(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static ParetoNbd withDefaults() {
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
    public ParetoNbd withPrior(String parameter, double median, double logStandardDeviation) {
        return new ParetoNbd(priors.with(PARAMETERS, parameter, median, logStandardDeviation));
    }

    /**
     * Returns the model with covariates: its rates depend on attributes of the customer.
     *
     * @param covariates the covariates; at least one
     * @return the model, to be fitted, with the priors of this one
     * @throws IllegalArgumentException if there is no covariate
     */
    public CovariateModel withCovariates(Covariates covariates) {
        return CovariateModel.of(CovariateFamily.PARETO_NBD, covariates, priors, this);
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
        return Fitted.ofReport(withStarts(fit).fit(ParetoGammaLikelihood::new));
    }

    static AttritionFit withStarts(AttritionFit fit) {
        return fit.time(1)
                .time(3)
                .start(0.5, 0.25 / fit.rate, 0.5, fit.longestAge / 3)
                .start(1, 0.7 / fit.rate, 1, fit.longestAge)
                .start(3, 2.5 / fit.rate, 0.5, fit.longestAge);
    }

    /** The Pareto/NBD model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new ParetoGamma(
                            parameter(parameters, "r"),
                            parameter(parameters, "alpha"),
                            parameter(parameters, "s"),
                            parameter(parameters, "beta")));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param s shape of the dropout rate; finite, above 0
         * @param beta rate of the dropout rate, in periods; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double s, double beta) {
            return new Fitted(Arguments.named(PARAMETERS, r, alpha, s, beta), null);
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
         * Returns the shape of the dropout rate.
         *
         * @return s, above 0
         */
        public double s() {
            return parameter("s");
        }

        /**
         * Returns the rate of the dropout rate.
         *
         * @return β in periods, above 0
         */
        public double beta() {
            return parameter("beta");
        }
    }
}
