// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.kernel.Arguments;

/**
 * The elastic net: least squares that draws coefficients towards 0 and leaves out features that say little; the lasso where the mixing is 1.
 *
 * <p><b>Assumptions.</b> As {@link LinearRegression}; the estimates are biased, so that they have no standard errors here.
 *
 * <p><b>Loss.</b> Σ w(y − offset − xβ)²/(2Σw) + λσ<sub>y</sub>α Σ|s<sub>j</sub>β<sub>j</sub>| + λ(1 − α)/2 Σ (s<sub>j</sub>β<sub>j</sub>)²,
 * where s<sub>j</sub> is the standard deviation of the feature and σ<sub>y</sub> that of the target: λ means the same whatever the units, and
 * from λα = 1 on no feature is left. The intercept is not penalised.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>intercept</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the target by unit of a feature; 0 for one left out</td></tr>
 * <tr><td>λ</td><td>{@link Fitted#penalty()}</td><td>penalty</td></tr>
 * <tr><td>α</td><td>the argument {@code mixing}</td><td>1 for the lasso, 0 for ridge regression</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target and features in any. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Features may depend on each other. A constant feature gets the coefficient 0. By cross-validation λ is the one of 100,
 * from that which leaves no feature down to its thousandth, of least squared error in the folds that the fit has not seen; the folds depend on the seed and the order of the rows.
 *
 * <p><b>Numerics.</b> Coordinate descent on products of the columns until no standardised coefficient changes by more than
 * 10<sup>−13</sup>. <b>Cost.</b> O(nk²) once, with cross-validation as well, and O(k²) a round.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: H. Zou, T. Hastie, Regularization and variable selection via the elastic net, Journal of the Royal Statistical Society B
 * 67 (2005), <a href="https://doi.org/10.1111/j.1467-9868.2005.00503.x">doi:10.1111/j.1467-9868.2005.00503.x</a>; J. Friedman, T. Hastie, R.
 * Tibshirani, Regularization paths for generalized linear models via coordinate descent, Journal of Statistical Software 33 (2010), <a
 * href="https://doi.org/10.18637/jss.v033.i01">doi:10.18637/jss.v033.i01</a>.
 */
public final class ElasticNet implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "elastic-net";

    private static final int PATH = 100;
    private static final double SHORTEST = 1e-3;
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MAX_ROUNDS = 100_000;

    private static final ElasticNet DEFAULTS = new ElasticNet(Double.NaN, 0.5, 10, 1);

    /** NaN if it is to be sought. */
    private final double penalty;

    private final double mixing;
    private final int folds;
    private final long seed;

    private ElasticNet(double penalty, double mixing, int folds, long seed) {
        this.penalty = penalty;
        this.mixing = mixing;
        this.folds = folds;
        this.seed = seed;
    }

    /**
     * Returns the learner with mixing 0.5 whose penalty is found by cross-validation in 10 parts, with seed 1.
     *
     * @return the learner
     */
    public static ElasticNet withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns the learner with a stated penalty.
     *
     * @param penalty λ; finite, above 0
     * @param mixing α, in [0, 1]
     * @return the learner
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ElasticNet of(double penalty, double mixing) {
        if (!(penalty > 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("penalty", "finite and above 0", penalty);
        }
        return new ElasticNet(penalty, checkMixing(mixing), 0, 0);
    }

    /**
     * Returns the learner whose penalty is found by cross-validation.
     *
     * @param mixing α, in [0, 1]
     * @param folds into how many parts the rows are put, at least 2; 10 is usual
     * @param seed of the random parts
     * @return the learner
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ElasticNet crossValidated(double mixing, int folds, long seed) {
        if (folds < 2) {
            throw Arguments.outOfRange("folds", "at least 2", folds);
        }
        return new ElasticNet(Double.NaN, checkMixing(mixing), folds, seed);
    }

    private static double checkMixing(double mixing) {
        if (!(mixing >= 0 && mixing <= 1)) {
            throw Arguments.outOfRange("mixing", "in [0, 1]", mixing);
        }
        return mixing;
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
     * @param data features, target, weights and offsets; no feature missing; as many rows as folds if there are any
     * @param execution who hears of the progress
     * @return the fitted regression
     * @throws IllegalArgumentException if a feature is missing or there are fewer rows than folds
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        execution.step("fitting " + NAME, 0, 0);
        if (data.rows() < folds) {
            throw Arguments.outOfRange("folds", "at most the number of rows, " + data.rows(), folds);
        }
        Design design = Design.of(NAME, data, true);
        Standardised standardised = new Standardised(design);
        int[] all = IntStream.range(0, design.rows).toArray();
        double[][] sums = Moments.sums(standardised.columns, standardised.target, design.weights, all);
        Moments moments = Moments.of(sums);
        double chosen = Double.isNaN(penalty) ? search(standardised, sums, moments, execution) : penalty;
        Descent descent = new Descent(moments, mixing);
        descent.run(chosen);
        double[] beta = standardised.raw(descent.raw());
        List<FitWarning> warnings = new ArrayList<>();
        if (!descent.converged) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED, "the coefficients still changed after " + MAX_ROUNDS + " rounds"));
        }
        FitReport report = standardised.report(beta, chosen, descent.converged, descent.rounds, warnings);
        return new Fitted(report, design.features, beta, chosen);
    }

    private double search(Standardised standardised, double[][] sums, Moments moments, Execution execution) {
        Design design = standardised.design;
        double largest = 1e-6;
        for (double cross : moments.cross) {
            largest = Math.max(largest, Math.abs(cross));
        }
        // Ridge regression alone never leaves a feature out; by convention its path begins as if α were 0.001.
        largest /= Math.max(mixing, 1e-3);
        double[] path = new double[PATH];
        for (int i = 0; i < PATH; i++) {
            path[i] = largest * Math.pow(SHORTEST, i / (PATH - 1.0));
        }
        double[] loss = new double[PATH];
        int[] order = shuffled(design.rows);
        for (int fold = 0; fold < folds; fold++) {
            execution.step("fitting " + NAME, fold, folds);
            int part = fold;
            int[] held = IntStream.range(0, design.rows)
                    .filter(i -> i % folds == part)
                    .map(i -> order[i])
                    .toArray();
            double[][] heldSums = Moments.sums(standardised.columns, standardised.target, design.weights, held);
            Moments rest = Moments.of(Moments.difference(sums, heldSums));
            Descent descent = new Descent(rest, mixing);
            for (int i = 0; i < PATH; i++) {
                descent.run(path[i]);
                loss[i] += squaredError(heldSums, descent.raw(), rest);
            }
        }
        int best = 0;
        for (int i = 1; i < PATH; i++) {
            best = loss[i] < loss[best] ? i : best;
        }
        return path[best];
    }

    private int[] shuffled(int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[other];
            order[other] = row;
        }
        return order;
    }

    /** The squared errors of a fit over rows of which only sums of products are known. */
    private static double squaredError(double[][] sums, double[] slopes, Moments fit) {
        int k = slopes.length;
        double[] all = Arrays.copyOf(slopes, k + 2);
        double intercept = fit.targetMean;
        for (int j = 0; j < k; j++) {
            all[j] = -slopes[j];
            intercept -= slopes[j] * fit.means[j];
        }
        all[k] = 1;
        all[k + 1] = -intercept;
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all.length; j++) {
                sum += all[i] * sums[i][j] * all[j];
            }
        }
        return sum;
    }

    /** Coordinate descent; begins where the last run ended. */
    private static final class Descent {
        private final Moments moments;
        private final double mixing;
        private final double[] b;
        /** Covariance of each column with what the fit leaves. */
        private final double[] left;

        private boolean converged;
        private int rounds;

        Descent(Moments moments, double mixing) {
            this.moments = moments;
            this.mixing = mixing;
            b = new double[moments.cross.length];
            left = moments.cross.clone();
        }

        void run(double penalty) {
            converged = false;
            for (rounds = 0; rounds < MAX_ROUNDS && !converged; rounds++) {
                double most = 0;
                for (int j = 0; j < b.length; j++) {
                    if (moments.deviations[j] == 0) {
                        continue;
                    }
                    double along = left[j] + b[j];
                    double shrunk = Math.max(0, Math.abs(along) - penalty * mixing);
                    double next = Math.copySign(shrunk, along) / (1 + penalty * (1 - mixing));
                    double step = next - b[j];
                    if (step != 0) {
                        b[j] = next;
                        for (int l = 0; l < b.length; l++) {
                            left[l] -= step * moments.gram[j][l];
                        }
                        most = Math.max(most, Math.abs(step));
                    }
                }
                converged = most <= NEGLIGIBLE;
            }
        }

        /** The coefficients in the units of the columns that the moments are of. */
        double[] raw() {
            double[] raw = new double[b.length];
            for (int j = 0; j < raw.length; j++) {
                raw[j] = moments.deviations[j] == 0 ? 0 : b[j] / moments.deviations[j];
            }
            return raw;
        }
    }

    /** A fitted elastic net. Immutable and thread-safe. */
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
