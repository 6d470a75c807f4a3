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
import org.clv4j.models.internal.kernel.GammaPoisson;
import org.clv4j.models.internal.kernel.GammaPoissonLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The NBD model: customers buy at random times and never leave. The benchmark that shows what dropout is worth to a model.
 *
 * <p><b>Assumptions.</b> A customer buys as a Poisson process of rate λ for ever; λ ~ Gamma(r, α) over customers. P(alive) is 1.
 *
 * <p><b>Likelihood</b> of x repeat purchases at their times in (0, T] (not of the count alone, so that it compares with the models that
 * have dropout):
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) · α^r / (α+T)^(r+x)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Age, horizon and α are in the periods of the customer base. <b>Cost</b>: some ns a score.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: A. S. C. Ehrenberg, The pattern of consumer purchases, Applied Statistics 8 (1959), <a
 * href="https://doi.org/10.2307/2985810">doi:10.2307/2985810</a>.
 */
public final class Nbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "nbd";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"));

    private static final Nbd DEFAULTS = new Nbd(Priors.NONE);

    private final Priors priors;

    private Nbd(Priors priors) {
        this.priors = priors;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static Nbd withDefaults() {
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
    public Nbd withPrior(String parameter, double median, double logStandardDeviation) {
        return new Nbd(priors.with(PARAMETERS, parameter, median, logStandardDeviation));
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
        return Fitted.ofReport(
                fit.time(1).start(0.5, 0.5 / fit.rate).start(2, 2 / fit.rate).fit(GammaPoissonLikelihood::new));
    }

    /** The NBD model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new GammaPoisson(parameter(parameters, "r"), parameter(parameters, "alpha")));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha) {
            return new Fitted(Arguments.named(PARAMETERS, r, alpha), null);
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
    }
}
