// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.QuantilePrediction;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.kernel.Arguments;

/**
 * The zero-inflated log-normal regression, for amounts of which many are 0 and few are very large.
 *
 * <p><b>Assumptions.</b> The target is above 0 with probability p, where ln p/(1 − p) is linear in the features; its logarithm is then normal
 * with mean μ, linear in the features, and a variance σ² that is the same for all.
 *
 * <p><b>Likelihood.</b> (1 − p)<sup>[y=0]</sup> (p/(yσ√(2π)) exp(−(ln y − μ)²/(2σ²)))<sup>[y&gt;0]</sup>. It is a product of one that has p
 * only and one that has μ and σ only, so that its joint maximum is that of a {@link LogisticRegression} and of a least-squares fit of
 * logarithms, with σ² the mean squared residual.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>p</td><td>{@link Fitted#whether()}</td><td>probability of an amount</td></tr>
 * <tr><td>μ</td><td>{@link Fitted#logarithms()}</td><td>mean of its logarithm</td></tr>
 * <tr><td>σ</td><td>{@link Fitted#sigma()}</td><td>standard deviation of its logarithm, by maximum likelihood</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target at least 0, in any; predictions p·exp(μ + σ²/2) in the same. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Offsets and exposures are refused. σ beyond its cap – 3 unless another is stated, where the mean is 90 times the median –
 * is held there with a warning. Predictions beyond exp(300) are held there.
 *
 * <p><b>Numerics.</b> Those of the parts: no iteration for μ and σ. <b>Cost.</b> O(nk²), and about six times that for p.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Reference: X. Wang, T. Liu, J. Miao, A deep probabilistic model for customer lifetime value prediction (2019), <a
 * href="https://doi.org/10.48550/arXiv.1912.07753">doi:10.48550/arXiv.1912.07753</a>.
 */
public final class ZeroInflatedLogNormal implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "ziln";

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private static final ZeroInflatedLogNormal DEFAULTS = new ZeroInflatedLogNormal(3);

    private final double largestSigma;

    private ZeroInflatedLogNormal(double largestSigma) {
        this.largestSigma = largestSigma;
    }

    /**
     * Returns the learner with σ of at most 3.
     *
     * @return the learner
     */
    public static ZeroInflatedLogNormal withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another cap of σ.
     *
     * @param newLargestSigma the cap; above 0, at most 20
     * @return the copy
     * @throws IllegalArgumentException if the cap is out of range
     */
    public ZeroInflatedLogNormal withLargestSigma(double newLargestSigma) {
        if (!(newLargestSigma > 0 && newLargestSigma <= 20)) {
            throw Arguments.outOfRange("largestSigma", "above 0 and at most 20", newLargestSigma);
        }
        return new ZeroInflatedLogNormal(newLargestSigma);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Fitted fit(TrainingData data) {
        return fit(data, Execution.sequential());
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param data features, targets of at least 0, and weights; no feature missing, no offsets
     * @param execution who hears of the progress
     * @return the fitted model
     * @throws IllegalArgumentException if a target is below 0, a feature is missing or there are offsets; the message names the row
     * @throws ModelException if no target is above 0, a feature depends on the others in all rows or in those above 0, or there are fewer
     *     of these than coefficients
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        Parts parts = Parts.of(NAME, data, Parts.AMOUNTS, Math::log);
        LogisticRegression.Fitted whether = LogisticRegression.fit(parts.whether, execution);
        LinearRegression.Fitted logarithms = LinearRegression.fit(parts.sizes);
        double n = parts.sizes.total;
        double rss = logarithms.residualSumOfSquares();
        double sigma = Math.sqrt(rss / n);
        List<FitWarning> warnings = new ArrayList<>();
        if (sigma > largestSigma) {
            warnings.add(new FitWarning(
                    Condition.BOUNDARY,
                    "sigma was " + (float) sigma + " and is held at its cap, " + (float) largestSigma));
            sigma = largestSigma;
        }
        double logLikelihood = whether.report().logLikelihood().orElse(Double.NaN)
                - n * Math.log(sigma * Math.sqrt(2 * Math.PI))
                - rss / (2 * sigma * sigma)
                - parts.logSum();
        FitReport report = Parts.report(
                NAME,
                whether.report(),
                Parts.AMOUNTS,
                logarithms
                        .report()
                        .withParameters(slopes(logarithms))
                        .standardErrors(errors(logarithms))
                        .build(),
                Map.of("(sigma)", sigma),
                logLikelihood,
                warnings);
        return new Fitted(report, whether, logarithms, sigma);
    }

    private static Map<String, Double> slopes(LinearRegression.Fitted fit) {
        Map<String, Double> slopes = new LinkedHashMap<>(fit.report().parameters());
        slopes.keySet().retainAll(fit.coefficientNames());
        return slopes;
    }

    private static Map<String, Double> errors(LinearRegression.Fitted fit) {
        return fit.report().standardErrors();
    }

    /** A fitted zero-inflated log-normal regression; it predicts the mean. Immutable and thread-safe. */
    public static final class Fitted extends FittedParts implements QuantilePrediction {

        private static final String SIGMA = "sigma";

        private final LinearRegression.Fitted logarithms;
        private final double sigma;

        private Fitted(
                FitReport report, LogisticRegression.Fitted whether, LinearRegression.Fitted logarithms, double sigma) {
            super(report, whether, logarithms);
            this.logarithms = logarithms;
            this.sigma = sigma;
        }

        static Fitted restored(ModelState state, FitReport report) {
            // The report of the whole has one σ only, its own.
            double variance = SavedRegression.number(
                    state.part(Parts.SIZE).part(SavedRegression.REGRESSION), "variance", 0, Double.MAX_VALUE);
            return new Fitted(
                    report,
                    LogisticRegression.Fitted.restored(
                            SavedRegression.ofPart(state, Parts.WHETHER, report, Parts.WHETHER)),
                    LinearRegression.Fitted.restored(SavedRegression.ofPart(
                            state, Parts.SIZE, report, Parts.AMOUNTS, Map.of("(sigma)", Math.sqrt(variance)))),
                    SavedRegression.number(state, SIGMA, 0, Double.MAX_VALUE));
        }

        /**
         * Returns the regression of the logarithms of amounts.
         *
         * @return the regression that predicts μ; its own σ is the one by degrees of freedom
         */
        public LinearRegression.Fitted logarithms() {
            return logarithms;
        }

        /**
         * Returns the standard deviation of the logarithm of an amount.
         *
         * @return σ by maximum likelihood, at least 0, at most the cap
         */
        public double sigma() {
            return sigma;
        }

        @Override
        double mean(double p, double mu) {
            return p * Math.exp(Math.min(Family.LARGEST_ETA, mu + sigma * sigma / 2));
        }

        @Override
        void describe(ModelState.Builder builder) {
            builder.numbers(SIGMA, sigma);
        }

        /** {@inheritDoc} It is 0 up to the probability of 0. */
        @Override
        public double quantile(double[] features, double probability) {
            Arguments.checkInnerProbability(probability);
            double p = whether().predict(features);
            double above = probability - (1 - p);
            double mu = logarithms.predict(features);
            if (!(above > 0)) {
                return 0;
            }
            double z = NORMAL.inverseCumulativeProbability(Math.min(above / p, Math.nextDown(1.0)));
            return Math.exp(Math.min(Family.LARGEST_ETA, mu + sigma * z));
        }
    }
}
