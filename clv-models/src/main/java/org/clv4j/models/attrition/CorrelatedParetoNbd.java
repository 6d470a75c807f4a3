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
import org.clv4j.models.internal.kernel.Sarmanov;
import org.clv4j.models.internal.kernel.SarmanovParetoGamma;
import org.jspecify.annotations.Nullable;

/**
 * The Pareto/NBD model with correlated rates: customers buy at random times until they leave, and those who buy more often may leave
 * sooner, or later, than others.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; the lifetime is exponential of rate μ; over
 * customers λ ~ Gamma(r, α) and μ ~ Gamma(s, β), with the joint density of a Sarmanov family,
 *
 * <pre>
 * f(λ, μ) = g(λ) h(μ) [1 + ω (e^−cλ − A)(e^−cμ − B)]        A = (α/(α+c))^r      B = (β/(β+c))^s
 * </pre>
 *
 * <p>It is a density for −1/max(AB, (1−A)(1−B)) ≤ ω ≤ 1/max(A(1−B), (1−A)B). The correlation of the rates has the sign of ω; ω = 0 is
 * {@link ParetoNbd}.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T]: with L(α, β) that of {@link ParetoNbd} and κ = ωAB,
 *
 * <pre>
 * L = (1 + κ) L(α, β) − κ L(α+c, β) − κ L(α, β+c) + κ L(α+c, β+c)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of the dropout rate; small means customers differ much</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>rate of the dropout rate, in periods; the mean rate is s/β a period</td></tr>
 * <tr><td>ω</td><td>{@link Fitted#omega()}</td><td>dependence of the rates, in {@link Fitted#lowestOmega()} to
 *     {@link Fitted#highestOmega()}</td></tr>
 * <tr><td>c</td><td>{@link Fitted#c()}</td><td>stated, not estimated: the time in periods whose e<sup>−cλ</sup> and e<sup>−cμ</sup>
 *     carry the dependence</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon, α, β and c are in the periods of the customer base; discount rates are continuous per period. c
 * is one period unless told otherwise, as in the literature, so that a fit in days is that of a fit in weeks with c = 7 only.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T, T = 0, α = β, s = 1, ω = 0 and both bounds are ordinary; all results are continuous
 * through them.
 *
 * <p><b>Numerics.</b> Gauss–Legendre panels in logarithmic time of positive terms: the density's factor in brackets is a sum of four, whose
 * coefficients are not negative within the bounds of ω. P(alive) of a heavy buyer long silent underflows to exactly 0. The fit is BFGS,
 * then Newton, with an analytic gradient, inside the bounds and along each piece of their border; at the bound it says so, and has no
 * standard errors.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: 10 µs for P(alive) or an expectation, 100 µs for the probability of n future
 * purchases or a quantile of the next.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: Y.-H. Park, P. S. Fader, Modeling browsing behavior at multiple websites, Marketing Science 23 (2004), <a
 * href="https://doi.org/10.1287/mksc.1040.0050">doi:10.1287/mksc.1040.0050</a>, for the family; D. C. Schmittlein, D. G. Morrison, R.
 * Colombo, Counting your customers: who are they and what will they do next?, Management Science 33 (1987), <a
 * href="https://doi.org/10.1287/mnsc.33.1.1">doi:10.1287/mnsc.33.1.1</a>.
 */
public final class CorrelatedParetoNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pareto-nbd-sarmanov";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"),
            ParameterDomain.positive("s", "shape of the dropout rate"),
            ParameterDomain.positive("beta", "rate of the dropout rate, in periods"),
            new ParameterDomain(
                    "omega", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "dependence of the two rates"),
            ParameterDomain.positive("c", "time of the dependence, in periods"));

    private static final CorrelatedParetoNbd DEFAULTS = new CorrelatedParetoNbd(1);

    private final double c;

    private CorrelatedParetoNbd(double c) {
        this.c = c;
    }

    /**
     * Returns the model with c = 1 period.
     *
     * @return the model, to be fitted
     */
    public static CorrelatedParetoNbd withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another time c. A fit takes it as it is. The larger it is, the rarer the purchases are by which customers
     * are told apart when it comes to the dependence.
     *
     * @param periods c, in periods; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if c is out of its range
     */
    public CorrelatedParetoNbd withC(double periods) {
        return new CorrelatedParetoNbd(PARAMETERS.get(5).check(periods));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if the base has fewer customers than the model has parameters to be estimated, or no repeat purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        return Fitted.ofReport(SarmanovFit.of(base, c, execution));
    }

    /** The model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new SarmanovParetoGamma(
                            parameter(parameters, "r"),
                            parameter(parameters, "alpha"),
                            parameter(parameters, "s"),
                            parameter(parameters, "beta"),
                            parameter(parameters, "omega"),
                            parameter(parameters, "c")));
        }

        /**
         * Returns the model with stated parameters and c = 1 period.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param s shape of the dropout rate; finite, above 0
         * @param beta rate of the dropout rate, in periods; finite, above 0
         * @param omega dependence of the rates; in its bounds, which the message of the exception states
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double s, double beta, double omega) {
            return of(r, alpha, s, beta, omega, 1);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param s shape of the dropout rate; finite, above 0
         * @param beta rate of the dropout rate, in periods; finite, above 0
         * @param omega dependence of the rates; in its bounds, which the message of the exception states
         * @param c time of the dependence, in periods; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double s, double beta, double omega, double c) {
            return new Fitted(Arguments.named(PARAMETERS, r, alpha, s, beta, omega, c), null);
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

        /**
         * Returns the dependence of the rates.
         *
         * @return ω, in its bounds; above 0 if those who buy more often leave sooner
         */
        public double omega() {
            return parameter("omega");
        }

        /**
         * Returns the time of the dependence.
         *
         * @return c in periods, above 0
         */
        public double c() {
            return parameter("c");
        }

        /**
         * Returns the lower bound of ω, which depends on the other parameters.
         *
         * @return the smallest ω with which there is a density of the rates; below 0
         */
        public double lowestOmega() {
            return Sarmanov.lowest(r(), alpha(), s(), beta(), c());
        }

        /**
         * Returns the upper bound of ω, which depends on the other parameters.
         *
         * @return the largest ω with which there is a density of the rates; above 0
         */
        public double highestOmega() {
            return Sarmanov.highest(r(), alpha(), s(), beta(), c());
        }

        /**
         * Returns the correlation of the purchase rate and the dropout rate over customers.
         *
         * @return Corr(λ, μ), in (−1, 1)
         */
        public double correlation() {
            return Sarmanov.correlation(r(), alpha(), s(), beta(), omega(), c());
        }
    }
}
