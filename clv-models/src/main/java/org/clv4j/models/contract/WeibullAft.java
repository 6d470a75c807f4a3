// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.special.WeibullLife;
import org.jspecify.annotations.Nullable;

/**
 * The accelerated-failure-time model with Weibull lifetimes: covariates stretch or shorten the time that customers stay.
 *
 * <p><b>Assumptions.</b> ln t = ln σ + γ'z + ε/k with ε of the smallest-extreme-value distribution: all customers of one profile are alike,
 * and t is Weibull. A lifetime is known only to end between two opportunities: who is lost at opportunity n had a lifetime in
 * (n − 1, n].
 *
 * <p><b>Likelihood.</b> The product over customers of S(n − 1) − S(n) if they left at opportunity n, of S(n) if they were there after it
 * when last seen:
 *
 * <pre>
 * S(t) = exp(−(t/σ(z))^k),   σ(z) = σ e^(γ'z)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>σ</td><td>{@link Fitted#scale()}</td><td>the time after which a part of 1/e is left</td></tr>
 * <tr><td>k</td><td>{@link Fitted#shape()}</td><td>above 1 the longer customers stay the likelier they leave, below 1 the less likely</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#parameters()}, {@code time:…}</td><td>effects of covariates on the logarithm of time</td></tr>
 * </table>
 *
 * <p><b>Covariates.</b> With {@link #withCovariates}. e<sup>γ</sup> is the <em>time ratio</em>: where it is 2, customers stay twice as long
 * for each unit of the covariate, and so does every quantile of their time; see {@link Fitted#timeRatio}. The hazard is
 * e<sup>−γk</sup> times as high. A covariate is a number, or a category that
 * counts as one column of 0 and 1 for each level but the reference, which is the most frequent one. Columns are centred and scaled inside;
 * parameters, effects and their standard errors are reported in the units of the data. α, β and the like are those of a customer whose
 * numbers are 0 and whose categories are the references. A level that the fit has not seen is refused.
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 * σ is a number of periods.
 *
 * <p><b>Limits.</b> Expected lifetimes are finite, but for shapes so small that a double does not hold them. The model has no heterogeneity
 * beyond the covariates; a shape below 1 is often what that looks like, and {@link WeibullGamma} tells the two apart.
 *
 * <p><b>Numerics.</b> Sums of positive terms, of which many are added by one rule; relative error below 1e-11 on the
 * tested range. The fit is BFGS, then Newton, with an analytic gradient, over the distinct numbers of
 * opportunities and profiles.
 *
 * <p><b>Cost.</b> A present value takes a number of terms that grows with the logarithm of the horizon, not with the horizon.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: J. D. Kalbfleisch, R. L. Prentice, The statistical analysis of failure time data, 2nd ed., Wiley (2002), <a
 * href="https://doi.org/10.1002/9781118032985">doi:10.1002/9781118032985</a>.
 */
public final class WeibullAft implements RetentionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "weibull-aft";

    static final ContractFamily FAMILY = new ContractFamily(
            NAME,
            List.of(
                    ParameterDomain.positive("scale", "time after which a part of 1/e is left, in periods"),
                    ParameterDomain.positive("shape", "duration dependence; 1 is none")),
            0,
            List.of(new ContractFamily.Link("time", "the logarithm of time", new Target(0, 1))),
            own -> WeibullLife.of(own[0], own[1]),
            odds -> List.of(new double[] {odds + 1, 1}, new double[] {odds + 1, 0.6}, new double[] {odds + 1, 1.5}));

    private static final WeibullAft DEFAULTS = new WeibullAft(null);

    private final @Nullable Covariates covariates;

    private WeibullAft(@Nullable Covariates covariates) {
        this.covariates = covariates;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static WeibullAft withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy whose lifetimes depend on attributes of the customer.
     *
     * @param newCovariates the covariates; all of them act on leaving, so that {@link Covariates#of} is enough
     * @return the copy
     * @throws IllegalArgumentException if there are none, or one is said to act on purchases alone
     */
    public WeibullAft withCovariates(Covariates newCovariates) {
        return new WeibullAft(ContractFit.check(newCovariates));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param data how long customers stayed; weights count as repetitions
     * @return the fitted model with its report
     * @throws org.clv4j.core.data.DataException if a customer lacks a covariate
     * @throws ModelException if nobody left, or nobody had as many opportunities to leave as the model has parameters; if a covariate
     *     is the same for all customers or follows from others
     */
    @Override
    public Fitted fit(RetentionData data) {
        return fit(data, Execution.sequential());
    }

    @Override
    public Fitted fit(RetentionData data, Execution execution) {
        return Fitted.ofReport(ContractFit.of(FAMILY, data, covariates, execution));
    }

    /** The accelerated Weibull model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedLifetimeModel {

        private Fitted(
                Map<String, Double> parameters, @Nullable FitReport report, Map<String, List<String>> covariates) {
            super(FAMILY, parameters, report, covariates);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param scale time after which a part of 1/e is left, in periods; finite, above 0
         * @param shape duration dependence; 1 is none; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double scale, double shape) {
            return new Fitted(Arguments.named(FAMILY.parameters(), scale, shape), null, Map.of());
        }

        /**
         * Returns the model with stated parameters and effects.
         *
         * @param parameters the parameters and effects by name
         * @param covariates the covariates as in {@link #covariates()}
         * @return the model, without a report
         * @throws IllegalArgumentException if parameters, effects and covariates do not fit together
         */
        public static Fitted ofParameters(Map<String, Double> parameters, Map<String, List<String>> covariates) {
            return new Fitted(Collections.unmodifiableMap(new LinkedHashMap<>(parameters)), null, covariates);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report, report.covariates());
        }

        @Override
        public FittedRetentionModel ofProfile(Map<String, String> profile) {
            return new Fitted(own(profile), null, Map.of());
        }

        /**
         * Returns how many times as long customers stay for one more unit of a covariate, or at a level of a category beside the reference.
         *
         * @param column the covariate as {@code age}, or the level as {@code region=north}
         * @return e<sup>γ</sup>, above 0
         * @throws IllegalArgumentException if the model has no such effect
         */
        public double timeRatio(String column) {
            Double effect = parameters().get("time:" + column);
            if (effect == null) {
                throw new IllegalArgumentException("`column` must be one whose effect is among "
                        + parameters().keySet() + ", but was '" + column + "'");
            }
            return Math.exp(effect);
        }

        /**
         * Returns the time after which a part of 1/e is left, in periods.
         *
         * @return σ, above 0
         */
        public double scale() {
            return parameter("scale");
        }

        /**
         * Returns the duration dependence; 1 is none.
         *
         * @return k, above 0
         */
        public double shape() {
            return parameter("shape");
        }
    }
}
