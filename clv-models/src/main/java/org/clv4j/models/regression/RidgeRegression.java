// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.linear.LeastSquares;

/**
 * Ridge regression: least squares with coefficients that are drawn towards 0, for features that say much the same.
 *
 * <p><b>Assumptions.</b> As {@link LinearRegression}; the estimates are biased, so that they have no standard errors here.
 *
 * <p><b>Loss.</b> Σ w(y − offset − xβ)²/(2Σw) + λ/2 Σ (s<sub>j</sub>β<sub>j</sub>)², where s<sub>j</sub> is the standard deviation of the
 * feature: the penalty is the same whatever the units. The intercept is not penalised. It is the elastic net of mixing 0.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>intercept</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the target by unit of a feature</td></tr>
 * <tr><td>λ</td><td>{@link Fitted#penalty()}</td><td>penalty</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target and features in any. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Features may depend on each other. A constant feature gets the coefficient 0.
 *
 * <p><b>Numerics.</b> QR of the features with √λ below them. <b>Cost.</b> O(nk²).
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Reference: A. E. Hoerl, R. W. Kennard, Ridge regression, Technometrics 12 (1970), <a
 * href="https://doi.org/10.1080/00401706.1970.10488634">doi:10.1080/00401706.1970.10488634</a>.
 */
public final class RidgeRegression implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "ridge";

    private static final RidgeRegression DEFAULTS = new RidgeRegression(0.1);

    private final double penalty;

    private RidgeRegression(double penalty) {
        this.penalty = penalty;
    }

    /**
     * Returns the learner with a penalty of 0.1, which shrinks a coefficient of one standardised feature alone by an eleventh.
     *
     * @return the learner
     */
    public static RidgeRegression withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns the learner.
     *
     * @param penalty λ; finite, above 0
     * @return the learner
     * @throws IllegalArgumentException if the penalty is out of range
     */
    public static RidgeRegression of(double penalty) {
        if (!(penalty > 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("penalty", "finite and above 0", penalty);
        }
        return new RidgeRegression(penalty);
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
     * @throws ModelException if the penalty is so small that features which depend on each other cannot be told apart
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        execution.step("fitting " + NAME, 0, 0);
        Design design = Design.of(NAME, data, true);
        Standardised standardised = new Standardised(design);
        int k = standardised.columns.length;
        double[][] columns = new double[k][design.rows + k];
        double[] target = new double[design.rows + k];
        for (int i = 0; i < design.rows; i++) {
            double root = Math.sqrt(design.weights[i] / design.total);
            target[i] = root * standardised.target[i];
            for (int j = 0; j < k; j++) {
                columns[j][i] = root * standardised.columns[j][i];
            }
        }
        for (int j = 0; j < k; j++) {
            columns[j][design.rows + j] = Math.sqrt(penalty);
        }
        LeastSquares decomposition = new LeastSquares(columns);
        if (decomposition.rank() < k) {
            throw new ModelException(NAME + ": the penalty is too small for column '"
                    + design.features.get(decomposition.dependentColumn())
                    + "', which is a linear combination of the others");
        }
        double[] beta = standardised.raw(decomposition.solve(target));
        return new Fitted(standardised.report(beta, penalty, true, 1, List.of()), design.features, beta, penalty);
    }

    /** A fitted ridge regression. Immutable and thread-safe. */
    public static final class Fitted extends FittedLinear {

        private final double penalty;

        private Fitted(FitReport report, List<String> features, double[] beta, double penalty) {
            super(report, features, beta);
            this.penalty = penalty;
        }

        static Fitted restored(ModelState state, FitReport report) {
            SavedRegression saved = new SavedRegression(state, report).requireIntercept();
            return new Fitted(report, saved.features, saved.beta, saved.aboveZero("penalty"));
        }

        @Override
        void describe(ModelState.Builder builder) {
            builder.numbers("penalty", penalty);
        }

        /**
         * Returns the penalty.
         *
         * @return λ, above 0
         */
        public double penalty() {
            return penalty;
        }
    }
}
