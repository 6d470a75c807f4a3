// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clv4j.core.learn.Interval;
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
import org.clv4j.models.internal.linear.LeastSquares;
import org.clv4j.models.internal.optim.Version;

/**
 * Ordinary least squares: the mean of the target is a sum over the features.
 *
 * <p><b>Assumptions.</b> y = β₀ + Σ β<sub>j</sub>x<sub>j</sub> + ε, where ε has mean 0. Standard errors of type {@code MODEL}, and all
 * intervals, take ε for normal with one variance; those of type {@code HC0} to {@code HC3} let each row have its own.
 *
 * <p><b>Likelihood.</b> That of the normal distribution; its maximum minimises Σ w(y − offset − xβ)².
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>intercept</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the target by unit of a feature</td></tr>
 * <tr><td>σ</td><td>{@link Fitted#sigma()}</td><td>standard deviation of ε, by n − k degrees of freedom</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target and features in any; coefficients in target per feature. Weights count as repetitions.
 *
 * <p><b>Limits.</b> A feature that depends linearly on the others is refused by its name. With as many coefficients as rows there are
 * neither standard errors nor intervals.
 *
 * <p><b>Numerics.</b> QR with pivoting of columns scaled to length 1 and refinement in twice the precision; the certified values of NIST's
 * hard data set <i>Filip</i> are met to at least seven digits. <b>Cost.</b> O(nk²) for n rows and k coefficients.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: H. White, A heteroskedasticity-consistent covariance matrix estimator, Econometrica 48 (1980), <a
 * href="https://doi.org/10.2307/1912934">doi:10.2307/1912934</a>; J. G. MacKinnon, H. White, Some heteroskedasticity-consistent covariance
 * matrix estimators, Journal of Econometrics 29 (1985), <a
 * href="https://doi.org/10.1016/0304-4076(85)90158-7">doi:10.1016/0304-4076(85)90158-7</a>.
 */
public final class LinearRegression implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "ols";

    private static final LinearRegression DEFAULTS = new LinearRegression(true);

    private final boolean intercept;

    private LinearRegression(boolean intercept) {
        this.intercept = intercept;
    }

    /**
     * Returns the learner, with an intercept.
     *
     * @return the learner
     */
    public static LinearRegression withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy whose prediction is 0 where all features are.
     *
     * @return the copy
     */
    public LinearRegression withoutIntercept() {
        return new LinearRegression(false);
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
     * Fits the regression.
     *
     * @param data features, target, weights and offsets; no feature missing
     * @param execution who hears of the progress
     * @return the fitted regression
     * @throws IllegalArgumentException if a feature is missing; the message names feature and row
     * @throws ModelException if a feature depends on the others, or there are fewer rows than coefficients
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        execution.step("fitting " + NAME, 0, 0);
        return fit(Design.of(NAME, data, intercept));
    }

    static Fitted fit(Design design) {
        LeastSquares decomposition = design.independent();
        double[] rooted = new double[design.rows];
        for (int i = 0; i < rooted.length; i++) {
            rooted[i] = Math.sqrt(design.weights[i]) * (design.target[i] - design.offsets[i]);
        }
        double[] residuals = new double[design.rows];
        double[] beta = decomposition.solve(rooted, residuals);
        for (double value : beta) {
            if (!Double.isFinite(value)) {
                throw new ModelException(
                        design.model + ": the coefficients overflow; target or features are too large or too small");
            }
        }
        double n = design.total;
        int k = beta.length;
        double rss = 0;
        double[] shifted = new double[design.rows];
        for (int i = 0; i < residuals.length; i++) {
            shifted[i] = design.target[i] - design.offsets[i];
            residuals[i] /= Math.sqrt(design.weights[i]);
            rss += design.weights[i] * residuals[i] * residuals[i];
        }
        double mean = design.intercept ? design.weightedMean(shifted) : 0;
        double spread = design.deviation(shifted, mean);
        double tss = Math.min(Double.MAX_VALUE, spread * spread * n);
        double[] leverages = decomposition.leverages();
        for (int i = 0; i < leverages.length; i++) {
            leverages[i] /= design.weights[i];
        }
        double[][] bread = decomposition.inverseGram();
        boolean free = n > k;
        double variance = free ? rss / (n - k) : 0;
        Inference inference = free
                ? Inference.of(
                        design.names, beta, Inference.covariances(design, bread, variance, residuals, leverages), n - k)
                : Inference.none(design.names, beta);
        Collinearity collinearity = Collinearity.of(design, decomposition);
        return new Fitted(
                report(design, beta, variance, rss, inference, collinearity),
                design.features,
                inference,
                new Residuals(n, bread, variance, rss, tss),
                collinearity);
    }

    private static FitReport report(
            Design design, double[] beta, double variance, double rss, Inference inference, Collinearity collinearity) {
        double n = design.total;
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int j = 0; j < beta.length; j++) {
            parameters.put(design.names.get(j), beta[j]);
        }
        parameters.put("(sigma)", Math.sqrt(variance));
        Map<String, Double> errors = new LinkedHashMap<>();
        inference.describe(errors);
        List<FitWarning> warnings = new ArrayList<>();
        if (n <= beta.length) {
            warnings.add(new FitWarning(
                    Condition.WEAKLY_IDENTIFIED,
                    "there are as many coefficients as rows; the fit is exact and has no standard errors"));
        }
        collinearity.warning().ifPresent(warnings::add);
        FitReport.Builder report = FitReport.builder(design.model, parameters)
                .standardErrors(errors)
                .customers(n)
                .converged(true)
                .evaluations(1)
                .warnings(warnings)
                .provenance("library", "clv4j " + Version.VERSION);
        double logLikelihood = -n / 2 * (Math.log(2 * Math.PI * rss / n) + 1);
        if (Double.isFinite(logLikelihood)) {
            report.logLikelihood(logLikelihood);
        }
        return report.build();
    }

    /** What a fit leaves, and (X'WX)⁻¹, which intervals need. */
    private static final class Residuals {
        private final double n;
        private final double[][] bread;
        private final double variance;
        private final double rss;
        private final double tss;

        Residuals(double n, double[][] bread, double variance, double rss, double tss) {
            this.n = n;
            this.bread = bread;
            this.variance = variance;
            this.rss = rss;
            this.tss = tss;
        }
    }

    /** A fitted linear regression. Immutable and thread-safe. */
    public static final class Fitted extends FittedCoefficients implements QuantilePrediction {

        private static final String BREAD = "inverse";

        private final double[][] bread;
        private final double variance;
        private final double rss;
        private final double tss;
        private final double n;
        private final boolean intercept;
        private final Collinearity collinearity;

        private Fitted(
                FitReport report,
                List<String> features,
                Inference inference,
                Residuals residuals,
                Collinearity collinearity) {
            super(report, features, inference);
            this.collinearity = collinearity;
            n = residuals.n;
            bread = residuals.bread;
            variance = residuals.variance;
            rss = residuals.rss;
            tss = residuals.tss;
            intercept = inference.beta.length > features.size();
        }

        static Fitted restored(ModelState state, FitReport report) {
            return restored(new SavedRegression(state, report));
        }

        static Fitted restored(SavedRegression saved) {
            int k = saved.beta.length;
            double n = saved.aboveZero("rows");
            double[][] bread = new double[k][k];
            if (saved.has(BREAD)) {
                bread = saved.matrix(BREAD, k, k);
            } else {
                for (double[] row : bread) {
                    Arrays.fill(row, Double.POSITIVE_INFINITY);
                }
            }
            Residuals residuals = new Residuals(
                    n, bread, saved.atLeastZero("variance"), saved.atLeastZero("rss"), saved.atLeastZero("tss"));
            return new Fitted(
                    saved.report,
                    saved.features,
                    saved.inference(n > k ? n - k : Double.POSITIVE_INFINITY),
                    residuals,
                    saved.collinearity());
        }

        @Override
        void describe(ModelState.Builder builder) {
            builder.numbers("rows", n)
                    .numbers("variance", variance)
                    .numbers("rss", rss)
                    .numbers("tss", tss);
            double[] flat = SavedRegression.flat(bread);
            // Of features so small that it overflows there are no intervals.
            if (Arrays.stream(flat).allMatch(Double::isFinite)) {
                builder.numbers(BREAD, flat);
            }
            SavedRegression.write(builder, collinearity);
        }

        /**
         * Returns the standard deviation of the target about its mean.
         *
         * @return σ, by n − k degrees of freedom; 0 for an exact fit
         */
        public double sigma() {
            return Math.sqrt(variance);
        }

        /**
         * Returns what the fit leaves.
         *
         * @return the sum of squared residuals
         */
        public double residualSumOfSquares() {
            return rss;
        }

        /**
         * Returns the share of the target's variance that the features account for.
         *
         * @return R², in [0, 1]; about 0 instead of the mean without an intercept; empty if the target is constant
         */
        public OptionalDouble rSquared() {
            return tss > 0 ? OptionalDouble.of(Math.max(0, 1 - rss / tss)) : OptionalDouble.empty();
        }

        /**
         * Returns R² corrected for the number of coefficients.
         *
         * @return at most 1; empty if the target is constant or there are as many coefficients as rows
         */
        public OptionalDouble adjustedRSquared() {
            double free = n - bread.length;
            return tss > 0 && free > 0
                    ? OptionalDouble.of(1 - rss / free / (tss / (n - (intercept ? 1 : 0))))
                    : OptionalDouble.empty();
        }

        /**
         * Returns how far a row is from the rows of the fit.
         *
         * @param features the values in the order of {@link #featureNames()}; finite
         * @return x'(X'WX)⁻¹x: the leverage of one repetition of the row if it was among them; at least 0
         * @throws IllegalArgumentException if there are not as many values as features, or one is not finite
         */
        public double leverage(double[] features) {
            linearPredictor(features);
            double leverage = form(bread, features);
            return leverage < Double.MAX_VALUE ? leverage : Double.MAX_VALUE;
        }

        /**
         * Returns how much the variance of each coefficient is larger because of the other features.
         *
         * @return the variance inflation factors by feature, each at least 1; unmodifiable
         */
        public Map<String, Double> varianceInflation() {
            return Collections.unmodifiableMap(collinearity.inflation);
        }

        /**
         * Returns the condition number of the features, each scaled to length 1, with the intercept.
         *
         * @return at least 1
         */
        public double conditionNumber() {
            return collinearity.conditionNumber;
        }

        /**
         * Returns where the mean of the target is.
         *
         * @param features the values in the order of {@link #featureNames()}; finite
         * @param confidence the confidence, in (0, 1)
         * @return the interval
         * @throws IllegalArgumentException if a value or the confidence is out of range
         * @throws ModelException if there are as many coefficients as rows
         */
        public Interval confidenceInterval(double[] features, double confidence) {
            return interval(features, confidence, 0);
        }

        /**
         * Returns where a target will be.
         *
         * @param features the values in the order of {@link #featureNames()}; finite
         * @param confidence the confidence, in (0, 1)
         * @return the interval
         * @throws IllegalArgumentException if a value or the confidence is out of range
         * @throws ModelException if there are as many coefficients as rows
         */
        public Interval predictionInterval(double[] features, double confidence) {
            return interval(features, confidence, 1);
        }

        private Interval interval(double[] features, double confidence, double own) {
            if (!(confidence > 0 && confidence < 1)) {
                throw Arguments.outOfRange("confidence", "above 0 and below 1", confidence);
            }
            double mean = predict(features);
            double reach = inference.quantile(confidence) * error(features, own);
            return new Interval(finite(mean - reach), finite(mean + reach));
        }

        private double error(double[] features, double own) {
            if (!(n > bread.length)) {
                throw new ModelException(report().model()
                        + ": there are as many coefficients as rows, so that nothing tells the variance");
            }
            return Math.sqrt(variance * (own + form(bread, features)));
        }

        private double finite(double value) {
            if (!Double.isFinite(value)) {
                throw new ModelException(report().model() + ": the interval overflows; the features are too large");
            }
            return value;
        }

        /**
         * {@inheritDoc} Of the t distribution about the prediction, as the prediction interval is.
         *
         * @throws ModelException if there are as many coefficients as rows
         */
        @Override
        public double quantile(double[] features, double probability) {
            Arguments.checkInnerProbability(probability);
            double mean = predict(features);
            return finite(mean + inference.reference.inverseCumulativeProbability(probability) * error(features, 1));
        }
    }
}
