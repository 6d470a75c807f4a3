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
import org.clv4j.models.internal.special.BetaWeibullLife;
import org.jspecify.annotations.Nullable;

/**
 * The shifted-beta-geometric model (sBG): customers who leave with a probability of their own at each opportunity to renew.
 *
 * <p><b>Assumptions.</b> At the end of each period a customer leaves with probability θ, whatever came before. θ ~ Beta(α, β) over
 * customers. Nobody's loyalty grows, yet the retention rate of a cohort does, because those who leave easily are gone first.
 *
 * <p><b>Likelihood.</b> The product over customers of P(n) if they left at opportunity n, of S(n) if they had renewed n times when last
 * seen:
 *
 * <pre>
 * S(n) = B(α, β + n)/B(α, β)
 * P(n) = S(n − 1) − S(n)
 * r(n) = (β + n − 1)/(α + β + n − 1)      retention rate at opportunity n
 * </pre>
 *
 * <p>The discounted expected lifetime is 2F1(1, β + n; α + β + n; 1/(1 + d)) after n renewals, the payment that is due included.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>first shape of the probability to leave; its mean is α/(α+β)</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>second shape of it</td></tr>
 * </table>
 *
 * <p><b>Covariates.</b> With {@link #withCovariates}, α(z) = α e<sup>γ'z</sup> and β(z) = β e<sup>κ'z</sup>, with effects {@code alpha:…}
 * and {@code beta:…}: a category gives its levels as different means and as different heterogeneity as fits of their own would. A covariate
 * is a number, or a category that counts as one column of 0 and 1 for each level but the reference, which is the most frequent one. Columns
 * are centred and scaled inside; parameters, effects and their standard errors are reported in the units of the data. α, β and the like are
 * those of a customer whose numbers are 0 and whose categories are the references. A level that the fit has not seen is refused.
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 * The parameters have no unit, but belong to their period.
 *
 * <p><b>Limits.</b> Without discount the expected lifetime is (α + β + n − 1)/(α − 1), and infinite for α ≤ 1, which is what many cohorts
 * have: {@link Fitted#expectedLifetime(int)} is empty then. Its value within a number of periods and all discounted values are finite.
 * Where all customers are alike α and β grow without bound; the fit then holds them and warns. One opportunity alone does not identify the
 * model and is refused.
 *
 * <p><b>Numerics.</b> Sums of positive terms, of which many are added by one rule; relative error below 1e-11 for shapes from 1e-6 to 1e6
 * and discount rates down to 1e-12. The fit is BFGS, then Newton, with an analytic gradient, over the distinct numbers of
 * opportunities.
 *
 * <p><b>Cost.</b> A present value takes a number of terms that grows with the logarithm of the horizon, not with the horizon.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, How to project customer retention, Journal of Interactive Marketing 21 (2007), <a
 * href="https://doi.org/10.1002/dir.20074">doi:10.1002/dir.20074</a>; the same, Customer-base valuation in a contractual setting: the
 * perils of ignoring heterogeneity, Marketing Science 29 (2010), <a
 * href="https://doi.org/10.1287/mksc.1080.0482">doi:10.1287/mksc.1080.0482</a>.
 */
public final class ShiftedBetaGeometric implements RetentionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "sbg";

    static final ContractFamily FAMILY = new ContractFamily(
            NAME,
            List.of(
                    ParameterDomain.positive("alpha", "first shape of the probability to leave"),
                    ParameterDomain.positive("beta", "second shape of the probability to leave")),
            1,
            List.of(
                    new ContractFamily.Link("alpha", "the first shape of leaving", new Target(0, 1)),
                    new ContractFamily.Link("beta", "the second shape of leaving", new Target(1, 1))),
            own -> BetaWeibullLife.of(own[0], own[1], 1),
            odds -> List.of(
                    new double[] {1, odds}, new double[] {0.5, 0.5 * odds}, new double[] {5, 5 * odds}, new double[] {
                        0.2, 0.1 * odds
                    }));

    private static final ShiftedBetaGeometric DEFAULTS = new ShiftedBetaGeometric(null);

    private final @Nullable Covariates covariates;

    private ShiftedBetaGeometric(@Nullable Covariates covariates) {
        this.covariates = covariates;
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static ShiftedBetaGeometric withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy whose lifetimes depend on attributes of the customer.
     *
     * @param newCovariates the covariates; all of them act on leaving, so that {@link Covariates#of} is enough
     * @return the copy
     * @throws IllegalArgumentException if there are none, or one is said to act on purchases alone
     */
    public ShiftedBetaGeometric withCovariates(Covariates newCovariates) {
        return new ShiftedBetaGeometric(ContractFit.check(newCovariates));
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

    /** The shifted-beta-geometric model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedLifetimeModel {

        private Fitted(
                Map<String, Double> parameters, @Nullable FitReport report, Map<String, List<String>> covariates) {
            super(FAMILY, parameters, report, covariates);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param alpha first shape of the probability to leave; finite, above 0
         * @param beta second shape of the probability to leave; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double alpha, double beta) {
            return new Fitted(Arguments.named(FAMILY.parameters(), alpha, beta), null, Map.of());
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

        @Override
        double sum(double from, double count, double delta) {
            if (count < Double.POSITIVE_INFINITY || delta > 0) {
                return super.sum(from, count, delta);
            }
            return alpha() > 1 ? 1 + (beta() + from) / (alpha() - 1) : count;
        }

        /**
         * Returns the first shape of the probability to leave.
         *
         * @return α, above 0
         */
        public double alpha() {
            return parameter("alpha");
        }

        /**
         * Returns the second shape of the probability to leave.
         *
         * @return β, above 0
         */
        public double beta() {
            return parameter("beta");
        }
    }
}
