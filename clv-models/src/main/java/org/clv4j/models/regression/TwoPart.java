// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Map;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/**
 * The two-part model, for amounts of which many are 0: a logistic regression of whether there is one, and a regression of how large it is.
 *
 * <p><b>Assumptions.</b> The target is above 0 with the probability p of a {@link LogisticRegression}. If it is, its mean is that of a gamma
 * regression ({@link GeneralisedLinearModel#gamma()}), or its logarithm that of a {@link LinearRegression} whose residuals are distributed
 * alike in all rows, normally or not: the mean of the amount is then exp(xβ) times the mean of exp(residual) (Duan's smearing).
 *
 * <p><b>Likelihood.</b> The product of both parts, which are fitted one by one. With smearing the report has none.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>p</td><td>{@link Fitted#whether()}</td><td>the regression of whether there is an amount</td></tr>
 * <tr><td>μ</td><td>{@link Fitted#amounts()}</td><td>the regression of amounts, or of their logarithms</td></tr>
 * <tr><td>S</td><td>{@link Fitted#smearing()}</td><td>mean of exp(residual)</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target at least 0, in any; predictions p·μ in the same. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Offsets and exposures are refused. Where no amount is above 0 there is nothing to fit; where all are, p runs to 1 with a
 * warning. Predictions beyond exp(300) are held there.
 *
 * <p><b>Numerics.</b> Those of the parts. <b>Cost.</b> That of both.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: N. Duan, Smearing estimate: a nonparametric retransformation method, Journal of the American Statistical Association 78
 * (1983), <a href="https://doi.org/10.1080/01621459.1983.10478017">doi:10.1080/01621459.1983.10478017</a>; N. Duan, W. G. Manning, C. N.
 * Morris, J. P. Newhouse, A comparison of alternative models for the demand for medical care, Journal of Business and Economic Statistics
 * 1 (1983), <a href="https://doi.org/10.1080/07350015.1983.10509330">doi:10.1080/07350015.1983.10509330</a>.
 */
public final class TwoPart implements Learner {

    /** The name by which files and commands know the learner with gamma amounts. */
    public static final String GAMMA_NAME = "two-part";

    /** The name by which files and commands know the learner with logarithms of amounts. */
    public static final String SMEARING_NAME = "two-part-smearing";

    private final boolean logarithmic;

    private TwoPart(boolean logarithmic) {
        this.logarithmic = logarithmic;
    }

    /**
     * Returns the learner with a gamma regression of amounts.
     *
     * @return the learner
     */
    public static TwoPart gamma() {
        return new TwoPart(false);
    }

    /**
     * Returns the learner with a linear regression of the logarithms of amounts, and smearing.
     *
     * @return the learner
     */
    public static TwoPart smearing() {
        return new TwoPart(true);
    }

    @Override
    public String name() {
        return logarithmic ? SMEARING_NAME : GAMMA_NAME;
    }

    @Override
    public Fitted fit(TrainingData data) {
        return fit(data, Execution.sequential());
    }

    /**
     * Fits both parts.
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
        Parts parts = Parts.of(name(), data, Parts.AMOUNTS, amount -> logarithmic ? Math.log(amount) : amount);
        LogisticRegression.Fitted whether = LogisticRegression.fit(parts.whether, execution);
        if (!logarithmic) {
            GeneralisedLinearModel.Fitted amounts =
                    GeneralisedLinearModel.gamma().fit(parts.sizes, execution);
            double logLikelihood = whether.report().logLikelihood().orElse(Double.NaN)
                    + amounts.report().logLikelihood().orElse(Double.NaN);
            FitReport report = Parts.report(
                    name(), whether.report(), Parts.AMOUNTS, amounts.report(), Map.of(), logLikelihood, List.of());
            return new Fitted(report, whether, amounts, 1, false);
        }
        LinearRegression.Fitted amounts = LinearRegression.fit(parts.sizes);
        Design design = parts.sizes;
        double sum = 0;
        double[] beta = amounts.estimates();
        for (int i = 0; i < design.rows; i++) {
            sum += design.weights[i] * Math.exp(design.target[i] - design.linear(beta, i));
        }
        double smearing = sum / design.total;
        if (!Double.isFinite(smearing)) {
            throw new ModelException(name() + ": amounts differ by too many orders of magnitude for smearing");
        }
        FitReport report = Parts.report(
                name(),
                whether.report(),
                Parts.AMOUNTS,
                amounts.report(),
                Map.of("(smearing)", smearing),
                Double.NaN,
                List.of());
        return new Fitted(report, whether, amounts, smearing, true);
    }

    /** The fitted model of a state. */
    Fitted restored(ModelState state, FitReport report) {
        LogisticRegression.Fitted whether =
                LogisticRegression.Fitted.restored(SavedRegression.ofPart(state, Parts.WHETHER, report, Parts.WHETHER));
        SavedRegression amounts = SavedRegression.ofPart(state, Parts.SIZE, report, Parts.AMOUNTS);
        if (!logarithmic) {
            return new Fitted(report, whether, GeneralisedLinearModel.gamma().restored(amounts), 1, false);
        }
        double smearing = SavedRegression.number(state, "smearing", Double.MIN_VALUE, Double.MAX_VALUE);
        return new Fitted(report, whether, LinearRegression.Fitted.restored(amounts), smearing, true);
    }

    /** A fitted two-part model; it predicts the mean. Immutable and thread-safe. */
    public static final class Fitted extends FittedParts {

        private final FittedCoefficients amounts;
        private final double smearing;
        private final boolean logarithmic;

        private Fitted(
                FitReport report,
                LogisticRegression.Fitted whether,
                FittedCoefficients amounts,
                double smearing,
                boolean logarithmic) {
            super(report, whether, amounts);
            this.amounts = amounts;
            this.smearing = smearing;
            this.logarithmic = logarithmic;
        }

        /**
         * Returns the second part.
         *
         * @return the regression of the amounts above 0; of their logarithms for a model with smearing
         */
        public FittedCoefficients amounts() {
            return amounts;
        }

        /**
         * Returns by what exponentials of predicted logarithms are multiplied.
         *
         * @return the mean of exp(residual), above 0; 1 with gamma amounts
         */
        public double smearing() {
            return smearing;
        }

        @Override
        double mean(double p, double amount) {
            return logarithmic ? p * smearing * Math.exp(Math.min(Family.LARGEST_ETA, amount)) : p * amount;
        }

        @Override
        void describe(ModelState.Builder builder) {
            if (logarithmic) {
                builder.numbers("smearing", smearing);
            }
        }
    }
}
