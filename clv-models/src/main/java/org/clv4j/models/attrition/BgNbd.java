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
import org.clv4j.models.internal.kernel.BetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The BG/NBD model: customers buy at random times until, after some purchase, they silently leave.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; after each <em>repeat</em> purchase the customer
 * leaves with probability p; λ ~ Gamma(r, α) and p ~ Beta(a, b) over customers, independent. So one who never came back cannot have
 * left: P(alive) is 1 for frequency 0, which is a property of the model, not of the customer.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T], with δ = 1 if x &gt; 0, else 0:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r · B(a, b+x)/B(a, b) · [ (α+T)^−(r+x) + δ a/(b+x−1) (α+t_x)^−(r+x) ]
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * <tr><td>a, b</td><td>{@link Fitted#a()}, {@link Fitted#b()}</td><td>shapes of the dropout probability; its mean is a/(a+b)</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon and α are in the periods of the customer base; discount rates are continuous per period.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T and T = 0 are ordinary. Expectations are finite and continuous through a = 1. The
 * infinite-horizon value is finite for every a above 0 because it is discounted. A base without repeat purchases cannot identify the
 * model and is refused.
 *
 * <p><b>Numerics.</b> Log-likelihood and P(alive) in log space; expectations as series of positive terms or by quadrature; relative
 * error below 1e-12 on the tested range (x to 10,000, T to 100,000). The fit is BFGS, then Newton, with an
 * analytic gradient.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: 10 ns for P(alive), 100 ns for an expectation, survival to a
 * date or a draw, 1 µs for the next purchase or a probability of n, 5 µs for a discounted expectation of a finite horizon, 50 µs for an
 * infinite one; on a day grid, expectations once a distinct (frequency, age). docs/benchmarks.md has the table.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting your customers" the easy way: an alternative to the Pareto/NBD
 * model, Marketing Science 24 (2005), <a href="https://doi.org/10.1287/mksc.1040.0098">doi:10.1287/mksc.1040.0098</a>.
 */
public final class BgNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "bg-nbd";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"),
            ParameterDomain.positive("a", "first shape of the dropout probability"),
            ParameterDomain.positive("b", "second shape of the dropout probability"));

    private static final BgNbd DEFAULTS = new BgNbd(Priors.NONE);

    private final Priors priors;

    private BgNbd(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static BgNbd withDefaults() {
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
    public BgNbd withPrior(String parameter, double median, double logStandardDeviation) {
        return new BgNbd(priors.with(PARAMETERS, parameter, median, logStandardDeviation));
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
        return Fitted.ofReport(fit(NAME, false, priors, base, execution));
    }

    /** The fit of the family's two members, which differ in when a customer can first leave. */
    static FitReport fit(String name, boolean modified, Priors priors, CustomerBase base, Execution execution) {
        AttritionFit fit = AttritionFit.of(name, PARAMETERS, priors, base, execution);
        return fit.time(1)
                .start(0.5, 0.25 / fit.rate, 1, 2.5)
                .start(1, 0.7 / fit.rate, 0.5, 3)
                .start(3, 2.5 / fit.rate, 1, 8)
                .fit((rows, how) -> new BetaGeometricLikelihood(rows, modified, how));
    }

    /** The BG/NBD model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new BetaGeometric(
                            parameter(parameters, "r"),
                            parameter(parameters, "alpha"),
                            parameter(parameters, "a"),
                            parameter(parameters, "b"),
                            false));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param a first shape of the dropout probability; finite, above 0
         * @param b second shape of the dropout probability; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double a, double b) {
            return new Fitted(Arguments.named(PARAMETERS, r, alpha, a, b), null);
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
         * Returns the first shape of the dropout probability.
         *
         * @return a, above 0
         */
        public double a() {
            return parameter("a");
        }

        /**
         * Returns the second shape of the dropout probability.
         *
         * @return b, above 0
         */
        public double b() {
            return parameter("b");
        }
    }
}
