// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.QuantilePrediction;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.kernel.Arguments;

/**
 * The hurdle model, for numbers of purchases of which many are 0: a logistic regression of whether there is one, and a zero-truncated
 * negative binomial regression of how many there are then.
 *
 * <p><b>Assumptions.</b> The target is above 0 with the probability p of a {@link LogisticRegression}. If it is, it is distributed as a
 * negative binomial count of mean μ and variance μ + μ²/θ that is not 0, where ln μ is linear in the features.
 *
 * <p><b>Likelihood.</b> (1 − p)<sup>[y=0]</sup> (p f(y)/(1 − f(0)))<sup>[y&gt;0]</sup>, f being the negative binomial probability: a product
 * of one that has p only and one that has μ and θ only, which are maximised one by one.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>p</td><td>{@link Fitted#whether()}</td><td>probability of at least one</td></tr>
 * <tr><td>ln μ</td><td>{@link Counts#linearPredictor(double[])}</td><td>of the count before zeros are taken away</td></tr>
 * <tr><td>μ/(1 − f(0))</td><td>{@link Fitted#counts()}</td><td>mean of the count where it is above 0</td></tr>
 * <tr><td>θ</td><td>{@link Counts#shape()}</td><td>shape</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Whole numbers of at least 0, at most a million; predictions p·μ/(1 − f(0)). Weights count as repetitions.
 *
 * <p><b>Limits.</b> Offsets and exposures are refused: a rate per unit of exposure makes a count of 0 less likely by another law than the
 * logistic one, so that the exposure belongs among the features. Where the counts above 0 vary no more than those of a zero-truncated Poisson
 * distribution, θ → ∞, that one is fitted and the report warns. Where they vary more than any negative binomial distribution allows, θ is held
 * at 10⁻⁶, with a warning and without standard errors. Where a feature tells rows whose counts are all 1 from the others, its coefficient
 * runs to −∞: the fit warns and has no standard errors.
 *
 * <p><b>Numerics.</b> In logarithms, and in 1/θ, so that nothing cancels towards Poisson; eleven digits of the linear predictor, θ to
 * rounding of its score. Standard errors are those of the observed information. <b>Cost.</b> That of about sixty iterations of O(nk²).
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: J. Mullahy, Specification and testing of some modified count data models, Journal of Econometrics 33 (1986), <a
 * href="https://doi.org/10.1016/0304-4076(86)90002-3">doi:10.1016/0304-4076(86)90002-3</a>; A. C. Cameron, P. K. Trivedi, Regression
 * Analysis of Count Data, 2nd ed. (2013), <a href="https://doi.org/10.1017/CBO9781139013567">doi:10.1017/CBO9781139013567</a>.
 */
public final class Hurdle implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "hurdle";

    private static final String COUNTS = "counts";
    private static final Hurdle DEFAULTS = new Hurdle();

    private Hurdle() {}

    /**
     * Returns the learner.
     *
     * @return the learner
     */
    public static Hurdle withDefaults() {
        return DEFAULTS;
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
     * Fits both parts by maximum likelihood.
     *
     * @param data features, targets that are whole numbers from 0 to a million, and weights; no feature missing, no offsets
     * @param execution who hears of the progress
     * @return the fitted model
     * @throws IllegalArgumentException if a target is not possible, a feature is missing or there are offsets; the message names the row
     * @throws ModelException if no target is above 0, a feature depends on the others in all rows or in those above 0, or there are fewer
     *     of these than coefficients
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        for (int i = 0; i < data.rows(); i++) {
            double y = data.target(i);
            if (!(y >= 0 && y <= ZeroTruncated.LARGEST && y == Math.rint(y))) {
                throw new IllegalArgumentException("`target` of " + NAME
                        + " must be a whole number from 0 to 1,000,000, but was " + y + " in row " + i);
            }
        }
        Parts parts = Parts.of(NAME, data, COUNTS, count -> count);
        LogisticRegression.Fitted whether = LogisticRegression.fit(parts.whether, execution);
        Counts counts = TruncatedCounts.fit(parts.sizes, execution);
        double logLikelihood = whether.report().logLikelihood().orElse(Double.NaN)
                + counts.report().logLikelihood().orElse(Double.NaN);
        FitReport report =
                Parts.report(NAME, whether.report(), COUNTS, counts.report(), Map.of(), logLikelihood, List.of());
        return new Fitted(report, whether, counts);
    }

    /**
     * The regression of counts above 0; it predicts their mean, and its linear predictor is ln μ. It has the covariance of type {@code MODEL}
     * only. Immutable and thread-safe.
     */
    public static final class Counts extends FittedCoefficients {

        private static final String ALPHA = "alpha";

        private final double alpha;
        private final ZeroTruncated family;
        private final Collinearity collinearity;

        Counts(FitReport report, List<String> features, Inference inference, double alpha, Collinearity collinearity) {
            super(report, features, inference);
            this.alpha = alpha;
            this.collinearity = collinearity;
            family = new ZeroTruncated(alpha, 0);
        }

        static Counts restored(SavedRegression saved) {
            return new Counts(
                    saved.report,
                    saved.requireIntercept().features,
                    saved.inference(Double.POSITIVE_INFINITY),
                    saved.atLeastZero(ALPHA),
                    saved.collinearity());
        }

        @Override
        void describe(ModelState.Builder builder) {
            builder.numbers(ALPHA, alpha);
            SavedRegression.write(builder, collinearity);
        }

        @Override
        double response(double eta) {
            return family.mean(eta);
        }

        @Override
        void responseInPlace(double[] etas, int count) {
            family.meanInPlace(etas, count);
        }

        /**
         * Returns the shape of the negative binomial distribution.
         *
         * @return θ, above 0; empty if the counts above 0 are those of a zero-truncated Poisson distribution
         */
        public OptionalDouble shape() {
            return alpha == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 / alpha);
        }

        /**
         * Returns how much the variance of each coefficient is larger because of the other features, as a linear regression would see it.
         *
         * @return the variance inflation factors by feature, each at least 1; unmodifiable
         */
        public Map<String, Double> varianceInflation() {
            return Collections.unmodifiableMap(collinearity.inflation);
        }
    }

    /** A fitted hurdle model; it predicts the mean. Immutable and thread-safe. */
    public static final class Fitted extends FittedParts implements QuantilePrediction {

        /** Of a mean beyond this, the distribution is taken for a continuous one. */
        private static final double CONTINUOUS = 1e6;

        private final Counts counts;

        private Fitted(FitReport report, LogisticRegression.Fitted whether, Counts counts) {
            super(report, whether, counts);
            this.counts = counts;
        }

        static Fitted restored(ModelState state, FitReport report) {
            return new Fitted(
                    report,
                    LogisticRegression.Fitted.restored(
                            SavedRegression.ofPart(state, Parts.WHETHER, report, Parts.WHETHER)),
                    Counts.restored(SavedRegression.ofPart(state, Parts.SIZE, report, COUNTS)));
        }

        /**
         * Returns the second part.
         *
         * @return the regression of the counts above 0
         */
        public Counts counts() {
            return counts;
        }

        @Override
        double mean(double p, double count) {
            return p * count;
        }

        /**
         * {@inheritDoc} It is 0 up to the probability of 0. Where μ is above a million, the count is taken for a gamma or a normal one of the
         * same mean and variance.
         */
        @Override
        public double quantile(double[] features, double probability) {
            Arguments.checkInnerProbability(probability);
            double p = whether().predict(features);
            double mu = Family.exponential(counts.linearPredictor(features));
            if (!(1 - probability < p)) {
                return 0;
            }
            double left = (1 - probability) / p * beyond(mu, 0);
            double low = 0;
            double high = 1;
            while (beyond(mu, high) > left) {
                low = high;
                high *= 2;
            }
            while (true) {
                double middle = Math.floor(low + (high - low) / 2);
                if (!(middle > low && middle < high)) {
                    return high;
                }
                if (beyond(mu, middle) > left) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
        }

        /** The probability, before zeros are taken away, of more than so many. */
        private double beyond(double mu, double count) {
            double alpha = counts.alpha;
            if (count == 0) {
                return -Math.expm1(-(alpha == 0 ? mu : Math.log1p(alpha * mu) / alpha));
            }
            if (mu <= CONTINUOUS) {
                return alpha == 0
                        ? RegularizedGamma.P.value(count + 1, mu)
                        : RegularizedBeta.value(alpha * mu / (1 + alpha * mu), count + 1, 1 / alpha);
            }
            double spread = 1 + alpha * mu;
            double shape = mu / spread;
            return shape <= CONTINUOUS
                    ? RegularizedGamma.Q.value(shape, count / spread)
                    : Erfc.value((count - mu) / Math.sqrt(2 * mu * spread)) / 2;
        }
    }
}
