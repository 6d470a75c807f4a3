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
import org.jspecify.annotations.Nullable;

/**
 * The MBG/NBD model: as BG/NBD, but a customer can leave right after the first purchase.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; after <em>every</em> purchase, the first one
 * included, the customer leaves with probability p; λ ~ Gamma(r, α) and p ~ Beta(a, b) over customers, independent. So one who never
 * came back may have left, where {@link BgNbd} says P(alive) = 1.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T]:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r · B(a, b+x+1)/B(a, b) · [ (α+T)^−(r+x) + a/(b+x) (α+t_x)^−(r+x) ]
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
 * <p><b>Limits, numerics, cost.</b> Those of {@link BgNbd}, whose formulas it shares.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: E. P. Batislam, M. Denizel, A. Filiztekin, Empirical validation and comparison of models for customer base analysis,
 * International Journal of Research in Marketing 24 (2007), <a
 * href="https://doi.org/10.1016/j.ijresmar.2006.12.005">doi:10.1016/j.ijresmar.2006.12.005</a>.
 */
public final class MbgNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "mbg-nbd";

    static final List<ParameterDomain> PARAMETERS = BgNbd.PARAMETERS;

    private static final MbgNbd DEFAULTS = new MbgNbd(Priors.NONE);

    private final Priors priors;

    private MbgNbd(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static MbgNbd withDefaults() {
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
    public MbgNbd withPrior(String parameter, double median, double logStandardDeviation) {
        return new MbgNbd(priors.with(BgNbd.PARAMETERS, parameter, median, logStandardDeviation));
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
        return Fitted.ofReport(BgNbd.fit(NAME, true, priors, base, execution));
    }

    /** The MBG/NBD model with its parameters. Immutable and thread-safe. */
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
                            true));
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
