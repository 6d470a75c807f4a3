// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.clv4j.core.learn.CovarianceType;
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
 * Quantile regression: a quantile of the target, as the median, is a sum over the features.
 *
 * <p><b>Assumptions.</b> The τ-quantile of the target given the features is β₀ + Σ β<sub>j</sub>x<sub>j</sub>; nothing else of its
 * distribution is taken for granted.
 *
 * <p><b>Loss.</b> Σ w ρ<sub>τ</sub>(y − offset − xβ) with ρ<sub>τ</sub>(r) = r(τ − [r &lt; 0]). There is no likelihood.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>τ</td><td>{@link Fitted#probability()}</td><td>which quantile</td></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>the quantile where all features are 0</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the quantile by unit of a feature</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Target and features in any. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Where several fits have the least loss, one of them is taken, the same for any order of the rows. Quantiles of different
 * probabilities are fitted one by one; where they cross they are put into order. Standard errors are asymptotic: of type {@code MODEL} for
 * residuals that are distributed alike in all rows (Koenker and Bassett), of type {@code HC0} for any (Hendricks and Koenker's sandwich); both
 * by differences of fits at τ ± h with Hall and Sheather's h. Types {@code HC1} to {@code HC3} mean nothing here.
 *
 * <p><b>Numerics.</b> The simplex method, to the exact optimum; that it is one is verified by the dual, and the report says so. <b>Cost.</b>
 * O(nk) a step, with some steps a coefficient; three such fits for the standard errors.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: R. Koenker, G. Bassett, Regression quantiles, Econometrica 46 (1978), <a
 * href="https://doi.org/10.2307/1913643">doi:10.2307/1913643</a>; W. Hendricks, R. Koenker, Hierarchical spline models for conditional
 * quantiles and the demand for electricity, Journal of the American Statistical Association 87 (1992), <a
 * href="https://doi.org/10.1080/01621459.1992.10475175">doi:10.1080/01621459.1992.10475175</a>; P. Hall, S. Sheather, On the distribution
 * of a studentized quantile, Journal of the Royal Statistical Society B 50 (1988).
 */
public final class QuantileRegression implements Learner {

    /** The name by which files and commands know the learner. */
    public static final String NAME = "quantile";

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double probability;
    private final double[] others;

    private QuantileRegression(double probability, double[] others) {
        this.probability = probability;
        this.others = others;
    }

    /**
     * Returns the learner of the median.
     *
     * @return the learner
     */
    public static QuantileRegression withDefaults() {
        return of(0.5);
    }

    /**
     * Returns the learner of a quantile.
     *
     * @param probability τ, in (0, 1); 0.5 for the median
     * @return the learner
     * @throws IllegalArgumentException if the probability is out of range
     */
    public static QuantileRegression of(double probability) {
        Arguments.checkInnerProbability(probability);
        return new QuantileRegression(probability, new double[0]);
    }

    /**
     * Returns a copy that fits other quantiles besides, for {@link Fitted#quantile(double[], double)}.
     *
     * @param probabilities which ones, each in (0, 1)
     * @return the copy
     * @throws IllegalArgumentException if one is out of range
     */
    public QuantileRegression withQuantiles(List<? extends Number> probabilities) {
        double[] copy = probabilities.stream().mapToDouble(Number::doubleValue).toArray();
        for (double other : copy) {
            Arguments.checkInnerProbability(other);
        }
        return new QuantileRegression(probability, copy);
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
        Design design = Design.of(NAME, data, true);
        LeastSquares decomposition = design.independent();
        QuantileSimplex simplex = new QuantileSimplex(design);
        QuantileSimplex.Vertex vertex = simplex.solve(probability, execution);
        List<FitWarning> warnings = new ArrayList<>();
        if (!vertex.optimal) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED, "the loss is up to " + (float) vertex.gap + " above its minimum"));
        }
        SortedMap<Double, double[]> ladder = new TreeMap<>();
        ladder.put(probability, vertex.beta);
        for (double other : others) {
            ladder.computeIfAbsent(other, at -> simplex.solve(at, execution).beta);
        }
        Collinearity.of(design, decomposition).warning().ifPresent(warnings::add);
        Inference inference = Inference.of(
                design.names,
                vertex.beta,
                covariances(design, decomposition, simplex, execution),
                design.total > vertex.beta.length ? design.total - vertex.beta.length : Double.POSITIVE_INFINITY);
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int j = 0; j < vertex.beta.length; j++) {
            parameters.put(design.names.get(j), vertex.beta[j]);
        }
        Map<String, Double> errors = new LinkedHashMap<>();
        inference.describe(errors);
        FitReport report = FitReport.builder(NAME, parameters)
                .standardErrors(errors)
                .customers(design.total)
                .converged(vertex.optimal)
                .evaluations(vertex.pivots + 1)
                .warnings(warnings)
                .provenance("probability", Double.toString(probability))
                .provenance("library", "clv4j " + Version.VERSION)
                .build();
        return new Fitted(
                report,
                design.features,
                inference,
                probability,
                vertex.loss,
                ladder.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                ladder.values().toArray(double[][]::new));
    }

    /** Hall and Sheather's bandwidth for intervals of 95 %. */
    static double bandwidth(double probability, double n) {
        double z = NORMAL.inverseCumulativeProbability(probability);
        double density = NORMAL.density(z);
        double confidence = NORMAL.inverseCumulativeProbability(0.975);
        double h = Math.cbrt(confidence * confidence * 1.5 * density * density / (2 * z * z + 1) / n);
        while (!(probability - h > 0 && probability + h < 1)) {
            h /= 2;
        }
        return h;
    }

    private Map<CovarianceType, double[][]> covariances(
            Design design, LeastSquares decomposition, QuantileSimplex simplex, Execution execution) {
        Map<CovarianceType, double[][]> result = new EnumMap<>(CovarianceType.class);
        int k = design.columns.length;
        if (!(design.total > k)) {
            return result;
        }
        double h = bandwidth(probability, design.total);
        double[] above = simplex.solve(probability + h, execution).beta;
        double[] below = simplex.solve(probability - h, execution).beta;
        double[] difference = new double[k];
        Arrays.setAll(difference, j -> above[j] - below[j]);
        double spread = 0;
        for (int j = 0; j < k; j++) {
            spread += difference[j] * design.weightedMean(design.columns[j]);
        }
        double[][] inverse = decomposition.inverseGram();
        double variance = probability * (1 - probability);
        if (spread > 0) {
            double sparsity = spread / (2 * h);
            result.put(CovarianceType.MODEL, Inference.scaled(inverse, variance * sparsity * sparsity));
        }
        double[] density = new double[design.rows];
        for (int i = 0; i < density.length; i++) {
            double width = design.linear(difference, i);
            // Where fits cross nothing is known of the density; the row is left out, as Koenker (2005, 3.4.2) has it.
            density[i] = width > 1e-12 * Math.abs(spread) ? design.weights[i] * (2 * h / width) : 0;
        }
        LeastSquares bread = new LeastSquares(design.weighted(density));
        if (bread.rank() == k) {
            double[] filling = new double[design.rows];
            Arrays.fill(filling, variance);
            result.put(CovarianceType.HC0, Inference.sandwich(design, bread.inverseGram(), filling));
        }
        return result;
    }

    /** A fitted quantile regression; it predicts the quantile. Immutable and thread-safe. */
    public static final class Fitted extends FittedCoefficients implements QuantilePrediction {

        private static final String PROBABILITIES = "probabilities";

        private final double probability;
        private final double loss;
        private final double[] probabilities;
        private final double[][] ladder;

        private Fitted(
                FitReport report,
                List<String> features,
                Inference inference,
                double probability,
                double loss,
                double[] probabilities,
                double[][] ladder) {
            super(report, features, inference);
            this.probability = probability;
            this.loss = Math.min(Double.MAX_VALUE, loss);
            this.probabilities = probabilities;
            this.ladder = ladder;
        }

        static Fitted restored(ModelState state, FitReport report) {
            SavedRegression saved = new SavedRegression(state, report).requireIntercept();
            double[] probabilities = state.numbers(PROBABILITIES);
            for (int i = 0; i < probabilities.length; i++) {
                Arguments.checkInnerProbability(probabilities[i]);
                if (i > 0 && !(probabilities[i] > probabilities[i - 1])) {
                    throw new IllegalArgumentException(
                            "`" + PROBABILITIES + "` must rise, but were " + Arrays.toString(probabilities));
                }
            }
            double probability = saved.number("probability", Double.MIN_VALUE, Math.nextDown(1.0));
            if (Arrays.binarySearch(probabilities, probability) < 0) {
                throw new IllegalArgumentException("`" + PROBABILITIES + "` must have `probability` = " + probability
                        + " among them, but were " + Arrays.toString(probabilities));
            }
            return new Fitted(
                    report,
                    saved.features,
                    saved.inference(Double.POSITIVE_INFINITY),
                    probability,
                    saved.atLeastZero("loss"),
                    probabilities,
                    saved.matrix("quantiles", probabilities.length, saved.beta.length));
        }

        @Override
        void describe(ModelState.Builder builder) {
            builder.numbers("probability", probability)
                    .numbers("loss", loss)
                    .numbers(PROBABILITIES, probabilities)
                    .numbers("quantiles", SavedRegression.flat(ladder));
        }

        /**
         * Returns which quantile is predicted.
         *
         * @return τ, in (0, 1)
         */
        public double probability() {
            return probability;
        }

        /**
         * Returns the loss of the fit.
         *
         * @return Σ w ρ(r), at least 0
         */
        public double loss() {
            return loss;
        }

        /**
         * {@inheritDoc} Known at the probabilities that were fitted, and between them by linear interpolation.
         *
         * @throws IllegalArgumentException if a value is out of range, or the probability outside of those that were fitted
         */
        @Override
        public double quantile(double[] features, double wanted) {
            double own = linearPredictor(features);
            int last = probabilities.length - 1;
            if (!(wanted >= probabilities[0] && wanted <= probabilities[last])) {
                throw Arguments.outOfRange(
                        "probability",
                        "in [" + probabilities[0] + ", " + probabilities[last] + "], which were fitted",
                        wanted);
            }
            if (last == 0) {
                return own;
            }
            double[] quantiles = new double[ladder.length];
            for (int i = 0; i <= last; i++) {
                quantiles[i] = at(ladder[i], features);
            }
            Arrays.sort(quantiles);
            int step = 0;
            while (step < last - 1 && wanted > probabilities[step + 1]) {
                step++;
            }
            double share = (wanted - probabilities[step]) / (probabilities[step + 1] - probabilities[step]);
            return share == 1 ? quantiles[step + 1] : quantiles[step] + share * (quantiles[step + 1] - quantiles[step]);
        }

        private double at(double[] beta, double[] features) {
            double sum = beta[0];
            for (int j = 0; j < features.length; j++) {
                sum += beta[j + 1] * features[j];
            }
            if (!Double.isFinite(sum)) {
                throw new ModelException(NAME + ": the linear predictor overflows; the features are too large");
            }
            return sum;
        }
    }
}
