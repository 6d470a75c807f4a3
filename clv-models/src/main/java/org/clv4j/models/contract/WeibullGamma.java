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
import org.clv4j.models.internal.special.GammaWeibullLife;
import org.jspecify.annotations.Nullable;

/**
 * The Weibull-gamma model: customers who leave at a rate of their own that changes as they stay, in continuous time, with covariates.
 *
 * <p><b>Assumptions.</b> A lifetime is longer than t with probability e<sup>−λt^c</sup>; λ ~ Gamma(r, α) over customers. With c &gt; 1 each
 * customer is more likely to leave later on, with c &lt; 1 less; with c = 1 this is {@link ParetoTypeII}. A lifetime is known only to end
 * between two opportunities. Covariates multiply the rate: λ e<sup>γ'z</sup>.
 *
 * <p><b>Likelihood.</b> The product over customers of S(n − 1) − S(n) if they left at opportunity n, of S(n) if they were there after it
 * when last seen:
 *
 * <pre>
 * S(n) = (α/(α + B(n)))^r,   B(n) = Σ_{i ≤ n} (i^c − (i−1)^c) e^(γ'z) = n^c e^(γ'z)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the rate of leaving; its mean is r/α</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>inverse scale of it</td></tr>
 * <tr><td>c</td><td>{@link Fitted#c()}</td><td>duration dependence of a customer</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#parameters()}, {@code leaving:…}</td><td>effects of covariates on the logarithm of the rate</td></tr>
 * </table>
 *
 * <p><b>Covariates.</b> With {@link #withCovariates}; they do not change over time. A covariate is a number, or a category that
 * counts as one column of 0 and 1 for each level but the reference, which is the most frequent one. Columns are centred and scaled inside;
 * parameters, effects and their standard errors are reported in the units of the data. α, β and the like are those of a customer whose
 * numbers are 0 and whose categories are the references. A level that the fit has not seen is refused.
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 * α is a number of periods to the power c.
 *
 * <p><b>Limits.</b> S(n) falls as n<sup>−rc</sup> in the end: without discount the expected lifetime is infinite for rc ≤ 1, and {@link
 * Fitted#expectedLifetime(int)} empty. Where customers are alike but for their covariates r and α grow without bound; the fit then holds
 * them and warns, and {@link WeibullAft} describes the data as well.
 *
 * <p><b>Numerics.</b> Sums of positive terms, of which many are added by one rule, far out an integral; relative error below 1e-11 on the
 * tested range. The fit is BFGS, then Newton, with an analytic gradient, over the distinct numbers of
 * opportunities and profiles.
 *
 * <p><b>Cost.</b> A present value takes a number of terms that grows with the logarithm of the horizon, not with the horizon.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: D. A. Schweidel, P. S. Fader, E. T. Bradlow, Understanding service retention within and across cohorts using limited
 * information, Journal of Marketing 72 (2008), <a href="https://doi.org/10.1509/jmkg.72.1.82">doi:10.1509/jmkg.72.1.82</a>.
 */
public final class WeibullGamma implements RetentionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "weibull-gamma";

    static final ContractFamily FAMILY = new ContractFamily(
            NAME,
            List.of(
                    ParameterDomain.positive("r", "shape of the rate of leaving"),
                    ParameterDomain.positive("alpha", "inverse scale of the rate of leaving"),
                    ParameterDomain.positive("c", "duration dependence of a customer; 1 is none")),
            1,
            List.of(new ContractFamily.Link("leaving", "the rate of leaving", new Target(1, -1))),
            own -> GammaWeibullLife.of(own[0], own[1], own[2]),
            odds -> List.of(
                    new double[] {1, odds + 1, 1},
                    new double[] {0.5, 0.5 * odds, 1.3},
                    new double[] {0.5, 0.5 * odds, 0.8},
                    new double[] {5, 5 * odds, 1}));

    private static final WeibullGamma DEFAULTS = new WeibullGamma(null);

    private final @Nullable Covariates covariates;

    private WeibullGamma(@Nullable Covariates covariates) {
        this.covariates = covariates;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static WeibullGamma withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy whose lifetimes depend on attributes of the customer.
     *
     * @param newCovariates the covariates; all of them act on leaving, so that {@link Covariates#of} is enough
     * @return the copy
     * @throws IllegalArgumentException if there are none, or one is said to act on purchases alone
     */
    public WeibullGamma withCovariates(Covariates newCovariates) {
        return new WeibullGamma(ContractFit.check(newCovariates));
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

    /** The Weibull-gamma model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedLifetimeModel {

        private Fitted(
                Map<String, Double> parameters, @Nullable FitReport report, Map<String, List<String>> covariates) {
            super(FAMILY, parameters, report, covariates);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param r shape of the rate of leaving; finite, above 0
         * @param alpha inverse scale of the rate of leaving; finite, above 0
         * @param c duration dependence of a customer; 1 is none; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double r, double alpha, double c) {
            return new Fitted(Arguments.named(FAMILY.parameters(), r, alpha, c), null, Map.of());
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
         * Returns the shape of the rate of leaving.
         *
         * @return r, above 0
         */
        public double r() {
            return parameter("r");
        }

        /**
         * Returns the inverse scale of the rate of leaving.
         *
         * @return α, above 0
         */
        public double alpha() {
            return parameter("alpha");
        }

        /**
         * Returns the duration dependence of a customer; 1 is none.
         *
         * @return c, above 0
         */
        public double c() {
            return parameter("c");
        }
    }
}
