// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.clv4j.models.internal.special.GammaWeibullLife;
import org.jspecify.annotations.Nullable;

/**
 * The Pareto II model: customers who leave at a rate of their own, in continuous time.
 *
 * <p><b>Assumptions.</b> A lifetime is exponential with rate μ; μ ~ Gamma(s, β) over customers. It is known only to end between two
 * opportunities: who is lost at opportunity n had a lifetime in (n − 1, n].
 *
 * <p><b>Likelihood.</b> The product over customers of S(n − 1) − S(n) if they left at opportunity n, of S(n) if they were there after it
 * when last seen:
 *
 * <pre>
 * S(t) = (β/(β + t))^s
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of the rate of leaving; its mean is s/β</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>inverse scale of it, a time</td></tr>
 * </table>
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 * β is a number of periods. Continuous rates are per period.
 *
 * <p><b>Two clocks.</b> The methods of {@link FittedRetentionModel} count payments at opportunities. {@link Fitted#survivalAt(double)},
 * {@link Fitted#expectedContinuousLifetime} and {@link Fitted#discountedContinuousLifetime} are of time that passes continuously: a value
 * of 1 a period that flows as long as the customer stays.
 *
 * <p><b>Limits.</b> Without discount expected lifetimes are infinite for s ≤ 1, and empty. Where all customers are alike s and β grow
 * without bound; the fit then holds them and warns.
 *
 * <p><b>Numerics.</b> Sums of positive terms, of which many are added by one rule, far out an integral; the continuous value by the
 * exponential integral, of which Tricomi's function is a case. Relative error below 1e-11 on the tested range. The fit is BFGS, then
 * Newton, with an analytic gradient, over the distinct numbers of opportunities.
 *
 * <p><b>Cost.</b> A present value takes a number of terms that grows with the logarithm of the horizon, not with the horizon.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: K. S. Lomax, Business failures: another example of the analysis of failure data, Journal of the American Statistical
 * Association 49 (1954), <a href="https://doi.org/10.1080/01621459.1954.10501239">doi:10.1080/01621459.1954.10501239</a>.
 */
public final class ParetoTypeII implements RetentionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pareto-ii";

    static final ContractFamily FAMILY = new ContractFamily(
            NAME,
            List.of(
                    ParameterDomain.positive("s", "shape of the rate of leaving"),
                    ParameterDomain.positive("beta", "inverse scale of the rate of leaving, in periods")),
            1,
            List.of(),
            own -> GammaWeibullLife.of(own[0], own[1], 1),
            odds -> List.of(new double[] {1, odds + 1}, new double[] {0.5, 0.5 * odds}, new double[] {5, 5 * odds}));

    private static final ParetoTypeII DEFAULTS = new ParetoTypeII();

    private ParetoTypeII() {}

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static ParetoTypeII withDefaults() {
        return DEFAULTS;
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param data how long customers stayed; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if nobody left, or nobody had as many opportunities to leave as the model has parameters
     */
    @Override
    public Fitted fit(RetentionData data) {
        return fit(data, Execution.sequential());
    }

    @Override
    public Fitted fit(RetentionData data, Execution execution) {
        return Fitted.ofReport(ContractFit.of(FAMILY, data, null, execution));
    }

    /** The Pareto II model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedLifetimeModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(FAMILY, parameters, report, Map.of());
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param s shape of the rate of leaving; finite, above 0
         * @param beta inverse scale of the rate of leaving, in periods; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double s, double beta) {
            return new Fitted(Arguments.named(FAMILY.parameters(), s, beta), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /** Returns this model, which has no covariates. */
        @Override
        public FittedRetentionModel ofProfile(Map<String, String> profile) {
            return this;
        }

        /**
         * Returns the probability that a lifetime is longer than a time, which need not be a whole number of periods.
         *
         * @param time t in periods; finite, at least 0
         * @return S(t), in [0, 1]
         * @throws IllegalArgumentException if the time is out of range
         */
        public double survivalAt(double time) {
            return probability(logSurvival(0, requireTime(time)));
        }

        /**
         * Returns the expected time that a customer is still to stay, counted continuously.
         *
         * @param time how long the customer has stayed, in periods; finite, at least 0
         * @return (β + t)/(s − 1), or empty if that is infinite, for s ≤ 1
         * @throws IllegalArgumentException if the time is out of range
         */
        public OptionalDouble expectedContinuousLifetime(double time) {
            double lifetime = (beta() + requireTime(time)) / (s() - 1);
            return s() > 1 && lifetime < Double.POSITIVE_INFINITY
                    ? OptionalDouble.of(lifetime)
                    : OptionalDouble.empty();
        }

        /**
         * Returns the present value of 1 a period that flows as long as a customer stays.
         *
         * @param time how long the customer has stayed, in periods; finite, at least 0
         * @param continuousRate δ per period; finite, above 0
         * @return ∫ S(t + u)/S(t) e<sup>−δu</sup> du over u ≥ 0, which is (β + t)<sup>s</sup> δ<sup>s−1</sup> U(s, s; δ(β + t)) with
         *     Tricomi's U
         * @throws IllegalArgumentException if an argument is out of range
         */
        public double discountedContinuousLifetime(double time, double continuousRate) {
            double b = beta() + requireTime(time);
            Arguments.checkPositiveRate(continuousRate);
            double x = Math.max(continuousRate * b, Double.MIN_NORMAL);
            double value = x < Double.POSITIVE_INFINITY ? b * ExponentialIntegral.scaled(s(), x) : 1 / continuousRate;
            return Math.min(Double.MAX_VALUE, value);
        }

        private static double requireTime(double time) {
            if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
                throw Arguments.outOfRange("time", "finite and at least 0", time);
            }
            return time;
        }

        /**
         * Returns the shape of the rate of leaving.
         *
         * @return s, above 0
         */
        public double s() {
            return parameter("s");
        }

        /**
         * Returns the inverse scale of the rate of leaving, in periods.
         *
         * @return β, above 0
         */
        public double beta() {
            return parameter("beta");
        }
    }
}
