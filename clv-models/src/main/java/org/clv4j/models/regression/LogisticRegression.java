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
 * Logistic regression: the probability of what either happens or does not.
 *
 * <p><b>Assumptions.</b> The target is 1 with probability p, where ln p/(1 − p) = β₀ + Σ β<sub>j</sub>x<sub>j</sub>, and 0 otherwise.
 *
 * <p><b>Likelihood.</b> Π p<sup>y</sup>(1 − p)<sup>1−y</sup>, each row to the power of its weight.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>log-odds where all features are 0</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the log-odds by unit of a feature</td></tr>
 * </table>
 *
 * <p><b>Units.</b> The target is 0 or 1; weights count as repetitions, offsets are log-odds.
 *
 * <p><b>Limits.</b> Where features tell zeros and ones apart without exception (separation) there is no finite maximum: the fit stops when
 * probabilities are within rounding of 0 and 1, warns, and has no standard errors. Predictions are kept inside of (0, 1): log-odds beyond ±30 count as ±30.
 *
 * <p><b>Numerics.</b> Iteratively reweighted least squares to eleven digits of the linear predictor. <b>Cost.</b> O(nk²) an iteration, of
 * which there are about six.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Reference: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. (1989), <a
 * href="https://doi.org/10.1007/978-1-4899-3242-6">doi:10.1007/978-1-4899-3242-6</a>.
 */
public final class LogisticRegression implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "logistic";

    private static final LogisticRegression DEFAULTS = new LogisticRegression();

    private LogisticRegression() {}

    /**
     * Returns the learner.
     *
     * @return the learner
     */
    public static LogisticRegression withDefaults() {
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
     * Fits the regression by maximum likelihood.
     *
     * @param data features, targets that are 0 or 1, weights and offsets; no feature missing
     * @param execution who hears of the progress
     * @return the fitted regression
     * @throws IllegalArgumentException if a target is neither 0 nor 1 or a feature is missing; the message names the row
     * @throws ModelException if a feature depends on the others, or there are fewer rows than coefficients
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        return fit(Design.of(NAME, data, true), execution);
    }

    static Fitted fit(Design design, Execution execution) {
        Family family = new Family.Bernoulli();
        design.requireTargets(family);
        Collinearity collinearity = Collinearity.of(design, design.independent());
        ReweightedLeastSquares fit = ReweightedLeastSquares.fit(family, design, null, execution);
        Inference inference = Inference.of(design.names, fit.beta, fit.covariances(1), Double.POSITIVE_INFINITY);
        FitReport report = FittedGlm.report(design, fit, inference, Map.of(), Map.of(), List.of(), collinearity)
                .logLikelihood(-fit.deviance / 2)
                .build();
        return new Fitted(
                report,
                design.features,
                inference,
                new FittedGlm.Summary(
                        family,
                        fit.deviance,
                        ReweightedLeastSquares.nullDeviance(family, design, execution),
                        1,
                        collinearity));
    }

    /** A fitted logistic regression; it predicts the probability of 1. Immutable and thread-safe. */
    public static final class Fitted extends FittedGlm {
        private Fitted(FitReport report, List<String> features, Inference inference, Summary summary) {
            super(report, features, inference, summary);
        }

        static Fitted restored(ModelState state, FitReport report) {
            return restored(new SavedRegression(state, report));
        }

        static Fitted restored(SavedRegression saved) {
            return new Fitted(
                    saved.report,
                    saved.requireIntercept().features,
                    saved.inference(Double.POSITIVE_INFINITY),
                    summary(new Family.Bernoulli(), saved));
        }
    }
}
