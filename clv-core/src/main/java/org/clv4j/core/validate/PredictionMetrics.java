// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.internal.PreciseSum;

/**
 * How well predictions order customers, and how well they hit: ŷ against what came, y.
 *
 * <p>With weights w of total W, and r(v) the centred rank of a row in the column v, (weight below + half the weight of its ties)/W − 1/2:
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><th>metric</th><th>formula</th></tr>
 * <tr><td>{@link #normalisedGini()}</td><td>Σ w (y − ȳ) r(ŷ) / Σ w (y − ȳ) r(y)</td></tr>
 * <tr><td>{@link #spearman()}</td><td>Σ w r(ŷ) r(y) / √(Σ w r(ŷ)² · Σ w r(y)²)</td></tr>
 * <tr><td>{@link #topCapture(double)}</td><td>Σ w y over the best-predicted share of W / Σ w y</td></tr>
 * <tr><td>{@link #meanAbsoluteError()}</td><td>Σ w |ŷ − y| / W</td></tr>
 * <tr><td>{@link #rootMeanSquaredError()}</td><td>√(Σ w (ŷ − y)² / W)</td></tr>
 * <tr><td>{@link #totalError()}</td><td>(Σ w ŷ − Σ w y) / |Σ w y|</td></tr>
 * <tr><td>{@link #decileMape()}</td><td>the mean of |mean ŷ − mean y| / |mean y| over the deciles by ŷ</td></tr>
 * </table>
 *
 * <p>Ties. Rows of the same prediction are one block: ranks are averages, and a block that lies across the edge of a decile or of a
 * share is divided in proportion, each part with the block's mean of y. So no metric depends on the order of the rows, to the last bit.
 *
 * <p>Refunds. y may be 0 or negative. Gini and Spearman ask for the order of y only, and for differences, and mean the same whatever its
 * sign; a capture means a part of something, and is there only if the total of y is above 0. With negative y in it, it may be beyond
 * [0, 1].
 *
 * <p>Where a formula is 0/0 or the like the metric is empty, never NaN; each accessor says when. A total or a decile's sum of y that is at
 * most 1e-12 of Σ w |y| counts as 0 there: refunds took away all but the rounding. Sums are rounded once. Cost: two sorts.
 *
 * <p>This class is immutable and thread-safe, and keeps no column; of the predictions it keeps the curve of captured value.
 *
 * <p>Sources: the ratio of Ginis as a measure of ranking in Frees, Meyers and Cummings (2011), <i>Summarizing insurance scores using a
 * Gini index</i>, doi:10.1198/jasa.2011.tm10506; normalised, and with the error by decile, for customer lifetime value in Wang, Liu and
 * Miao (2019), <i>A deep probabilistic model for customer lifetime value prediction</i>, arXiv:1912.07753.
 */
public final class PredictionMetrics {

    private static final int DECILES = 10;

    /** Sums that are this part of what they are summed from, or less, are 0 but for rounding: refunds took away what was bought. */
    private static final double ROUNDING = 1e-12;

    private final int rows;
    private final double totalWeight;
    private final double totalPredicted;
    private final double totalActual;
    private final double solidTotal;
    private final double meanAbsoluteError;
    private final double rootMeanSquaredError;
    private final OptionalDouble normalisedGini;
    private final OptionalDouble spearman;
    private final List<Decile> deciles;
    private final double[] curveWeights;
    private final double[] curveActuals;

    private PredictionMetrics(double[] predicted, double[] actual, double[] weights) {
        rows = predicted.length;
        totalWeight = PreciseSum.of(weights);
        double[] weightedActual = new double[rows];
        double[] size = new double[rows];
        PreciseSum absolute = new PreciseSum();
        PreciseSum squared = new PreciseSum();
        for (int i = 0; i < rows; i++) {
            weightedActual[i] = weights[i] * actual[i];
            size[i] = Math.abs(weightedActual[i]);
            double error = Math.abs(predicted[i] - actual[i]);
            absolute.add(weights[i] * error);
            squared.add(weights[i] * error * error);
        }
        totalPredicted = PreciseSum.ofProducts(weights, predicted);
        totalActual = PreciseSum.of(weightedActual);
        solidTotal = solid(totalActual, PreciseSum.of(size));
        meanAbsoluteError = absolute.value() / totalWeight;
        rootMeanSquaredError = Math.sqrt(squared.value() / totalWeight);

        Ranking ranking = Ranking.of(predicted);
        double[] predictedRanks = ranking.centredRanks(weights);
        double[] actualRanks = Ranking.of(actual).centredRanks(weights);
        normalisedGini = gini(actual, weights, totalActual / totalWeight, predictedRanks, actualRanks);
        spearman = spearman(weights, predictedRanks, actualRanks);

        int blocks = ranking.blocks();
        curveWeights = new double[blocks + 1];
        curveActuals = new double[blocks + 1];
        PreciseSum weightSoFar = new PreciseSum();
        PreciseSum actualSoFar = new PreciseSum();
        DecileBuilder builder = new DecileBuilder(totalWeight);
        for (int best = 0; best < blocks; best++) {
            int block = blocks - 1 - best;
            for (int i = ranking.start(block); i < ranking.start(block + 1); i++) {
                weightSoFar.add(weights[ranking.order()[i]]);
                actualSoFar.add(weightedActual[ranking.order()[i]]);
            }
            curveWeights[best + 1] = weightSoFar.value();
            curveActuals[best + 1] = actualSoFar.value();
            double weight = ranking.sum(weights, block);
            builder.add(
                    curveWeights[best],
                    curveWeights[best + 1],
                    predicted[ranking.row(block)],
                    ranking.sum(weightedActual, block) / weight,
                    ranking.sum(size, block) / weight);
        }
        deciles = builder.build();
    }

    private static double solid(double sum, double size) {
        return Math.abs(sum) > ROUNDING * size ? sum : 0;
    }

    /**
     * Judges predictions, all rows alike.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row
     * @param actual what came, from −1e100 to 1e100
     * @return the metrics
     * @throws IllegalArgumentException if there is no row, lengths differ, or a value is out of its range; the message names the row
     */
    public static PredictionMetrics of(double[] predicted, double[] actual) {
        return of(predicted, actual, Columns.ones(predicted.length));
    }

    /**
     * Judges predictions of rows that stand for several.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row
     * @param actual what came, from −1e100 to 1e100
     * @param weights how many rows each row stands for, from 1e-50 to 1e50
     * @return the metrics
     * @throws IllegalArgumentException if there is no row, lengths differ, or a value is out of its range; the message names the row
     */
    public static PredictionMetrics of(double[] predicted, double[] actual, double[] weights) {
        Columns.first(predicted, "predicted");
        Columns.checked(actual, "actual", predicted.length);
        Columns.weights(weights, predicted.length);
        return new PredictionMetrics(predicted, actual, weights);
    }

    /** The normalised Gini alone, for losses that are asked often; columns are taken as checked. */
    static OptionalDouble gini(double[] predicted, double[] actual, double[] weights) {
        double mean = PreciseSum.ofProducts(weights, actual) / PreciseSum.of(weights);
        double[] predictedRanks = Ranking.of(predicted).centredRanks(weights);
        double[] actualRanks = Ranking.of(actual).centredRanks(weights);
        return gini(actual, weights, mean, predictedRanks, actualRanks);
    }

    /** Ranks have a mean of 0, so that the mean of y drops out of the formula; it is taken off for the sake of rounding. */
    private static OptionalDouble gini(
            double[] actual, double[] weights, double mean, double[] predictedRanks, double[] actualRanks) {
        PreciseSum byPrediction = new PreciseSum();
        PreciseSum byActual = new PreciseSum();
        for (int i = 0; i < actual.length; i++) {
            double gain = weights[i] * (actual[i] - mean);
            byPrediction.add(gain * predictedRanks[i]);
            byActual.add(gain * actualRanks[i]);
        }
        return part(byPrediction.value(), byActual.value());
    }

    private static OptionalDouble spearman(double[] weights, double[] predictedRanks, double[] actualRanks) {
        PreciseSum product = new PreciseSum();
        PreciseSum predictedSquare = new PreciseSum();
        PreciseSum actualSquare = new PreciseSum();
        for (int i = 0; i < weights.length; i++) {
            product.add(weights[i] * predictedRanks[i] * actualRanks[i]);
            predictedSquare.add(weights[i] * predictedRanks[i] * predictedRanks[i]);
            actualSquare.add(weights[i] * actualRanks[i] * actualRanks[i]);
        }
        return part(product.value(), Math.sqrt(predictedSquare.value() * actualSquare.value()));
    }

    /** Divides by what is the largest the numerator can be. */
    private static OptionalDouble part(double value, double largest) {
        return largest > 0 ? OptionalDouble.of(Math.max(-1, Math.min(1, value / largest))) : OptionalDouble.empty();
    }

    /** Collects deciles from blocks of rows, the best first. */
    private static final class DecileBuilder {
        private final double total;
        private final PreciseSum[] weights = sums();
        private final PreciseSum[] predicted = sums();
        private final PreciseSum[] actual = sums();
        private final PreciseSum[] size = sums();
        private int decile;

        DecileBuilder(double total) {
            this.total = total;
        }

        private static PreciseSum[] sums() {
            PreciseSum[] sums = new PreciseSum[DECILES];
            for (int i = 0; i < DECILES; i++) {
                sums[i] = new PreciseSum();
            }
            return sums;
        }

        /** Divides the rows from one cumulated weight to another, all of one prediction, among the deciles they lie in. */
        void add(double from, double to, double prediction, double meanActual, double meanSize) {
            double start = from;
            while (start < to) {
                double edge = decile == DECILES - 1 ? to : total * (decile + 1) / DECILES;
                double end = Math.min(edge, to);
                if (end > start) {
                    weights[decile].add(end - start);
                    predicted[decile].add((end - start) * prediction);
                    actual[decile].add((end - start) * meanActual);
                    size[decile].add((end - start) * meanSize);
                }
                start = end;
                if (end == edge && decile < DECILES - 1) {
                    decile++;
                }
            }
        }

        List<Decile> build() {
            List<Decile> deciles = new ArrayList<>(DECILES);
            for (int i = 0; i < DECILES; i++) {
                double weight = weights[i].value();
                double meanActual = solid(actual[i].value(), size[i].value()) / weight;
                deciles.add(new Decile(i + 1, weight, predicted[i].value() / weight, meanActual));
            }
            return List.copyOf(deciles);
        }
    }

    /**
     * Returns the number of rows.
     *
     * @return the number, at least 1
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns how many rows all rows stand for.
     *
     * @return the sum of the weights
     */
    public double totalWeight() {
        return totalWeight;
    }

    /**
     * Returns the Gini of the ranking by prediction over that of the ranking by what came: 1 for any prediction that orders as the
     * actuals do, about 0 for one that knows nothing, exactly 0 for a constant one, and −1 at the least.
     *
     * @return the ratio, in [−1, 1]; empty if all actuals are equal
     */
    public OptionalDouble normalisedGini() {
        return normalisedGini;
    }

    /**
     * Returns Spearman's rank correlation, with average ranks for ties.
     *
     * @return the correlation, in [−1, 1]; empty if all predictions or all actuals are equal
     */
    public OptionalDouble spearman() {
        return spearman;
    }

    /**
     * Returns how much of the value the tenth that was predicted best holds.
     *
     * @return {@code topCapture(0.1)}; empty if the total of the actuals is not above 0
     */
    public OptionalDouble topDecileCapture() {
        return topCapture(1.0 / DECILES);
    }

    /**
     * Returns how much of the value the rows hold that were predicted best.
     *
     * @param share which part of the rows, in (0, 1]
     * @return their part of the total; in [0, 1] if no actual is negative; empty if the total of the actuals is not above 0
     * @throws IllegalArgumentException if the share is out of its range
     */
    public OptionalDouble topCapture(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be in (0, 1], but was " + share);
        }
        if (!(solidTotal > 0)) {
            return OptionalDouble.empty();
        }
        double wanted = share * totalWeight;
        int block = 1;
        while (block < curveWeights.length - 1 && curveWeights[block] < wanted) {
            block++;
        }
        double before = curveActuals[block - 1];
        double after = curveActuals[block];
        double part = (wanted - curveWeights[block - 1]) / (curveWeights[block] - curveWeights[block - 1]);
        double captured = part < 1 ? before + part * (after - before) : after;
        // Rounding must not carry it beyond the end of the block.
        captured = Math.max(Math.min(before, after), Math.min(Math.max(before, after), captured));
        return ratio(captured, solidTotal);
    }

    /** Divides, unless the result has no meaning. */
    private static OptionalDouble ratio(double numerator, double denominator) {
        double ratio = numerator / denominator;
        return Math.abs(ratio) <= Columns.LARGEST ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    /**
     * Returns the mean absolute error.
     *
     * @return the error in the unit of the target, at least 0
     */
    public double meanAbsoluteError() {
        return meanAbsoluteError;
    }

    /**
     * Returns the root of the mean squared error.
     *
     * @return the error in the unit of the target, at least 0
     */
    public double rootMeanSquaredError() {
        return rootMeanSquaredError;
    }

    /**
     * Returns the total of the predictions.
     *
     * @return Σ w ŷ
     */
    public double totalPredicted() {
        return totalPredicted;
    }

    /**
     * Returns the total of what came.
     *
     * @return Σ w y
     */
    public double totalActual() {
        return totalActual;
    }

    /**
     * Returns by how much the total was missed, as a part of what came.
     *
     * @return above 0 if too much was predicted; empty if the total of the actuals is 0, or the part beyond 1e100
     */
    public OptionalDouble totalError() {
        return ratio(totalPredicted - totalActual, Math.abs(solidTotal));
    }

    /**
     * Returns what was predicted and what came by tenths of the rows. Each tenth has the same weight: fewer than ten rows are divided
     * too.
     *
     * @return ten deciles, that of the highest predictions first; unmodifiable
     */
    public List<Decile> deciles() {
        return deciles;
    }

    /**
     * Returns the mean absolute percentage error of the deciles, as a part. It tells whether predictions are right on average at each
     * level, not whether they tell customers apart: a constant that is the mean of what came has an error of 0. Deciles whose
     * mean actual is 0, or whose error is beyond 1e100, have no such error and are left out; {@link #deciles()} tells how many.
     *
     * @return the error, at least 0; empty if every decile was left out
     */
    public OptionalDouble decileMape() {
        return deciles.stream()
                .map(decile ->
                        ratio(Math.abs(decile.meanPredicted() - decile.meanActual()), Math.abs(decile.meanActual())))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    @Override
    public String toString() {
        return "PredictionMetrics[" + rows + " rows, MAE " + meanAbsoluteError + ", RMSE " + rootMeanSquaredError
                + ", Gini " + Metric.text(normalisedGini) + ", Spearman " + Metric.text(spearman) + "]";
    }
}
