// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Arrays;
import java.util.Objects;

/**
 * A calibration of predictions that keeps their order: the function that never falls and is nearest to what came, by least squares.
 *
 * <p>Rows of the same prediction are one block with their weighted mean. Blocks in ascending order are pooled with the one before as long
 * as that one's mean is not lower (pool adjacent violators). The map is constant on the range of predictions of each pooled block,
 * linear from the end of one to the beginning of the next, and constant before the first and after the last.
 *
 * <p>On the rows of the fit the weighted mean of the calibrated predictions is that of what came, and calibrating once more changes
 * nothing, both up to rounding. The order of the rows does not matter, to the last bit. A calibration may join predictions, never turn
 * them round, so ranks get coarser at most; fit it to other rows than the predictor, or it will hide how that overfits.
 *
 * <p>Cost: a sort to fit, a binary search to apply. This class is immutable and thread-safe.
 *
 * <p>Source: Best and Chakravarti (1990), <i>Active set algorithms for isotonic regression; a unifying framework</i>,
 * doi:10.1007/BF01580873.
 */
public final class IsotonicCalibration {

    private final double[] knots;
    private final double[] values;

    /** Takes the arrays without a copy. */
    private IsotonicCalibration(double[] knots, double[] values) {
        this.knots = knots;
        this.values = values;
    }

    /**
     * Fits a calibration, all rows alike.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row
     * @param actual what came, from −1e100 to 1e100
     * @return the calibration
     * @throws IllegalArgumentException if there is no row, lengths differ, or a value is out of its range; the message names the row
     */
    public static IsotonicCalibration fit(double[] predicted, double[] actual) {
        return fit(predicted, actual, Columns.ones(predicted.length));
    }

    /**
     * Fits a calibration to rows that stand for several.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row
     * @param actual what came, from −1e100 to 1e100
     * @param weights how many rows each row stands for, from 1e-50 to 1e50
     * @return the calibration
     * @throws IllegalArgumentException if there is no row, lengths differ, or a value is out of its range; the message names the row
     */
    public static IsotonicCalibration fit(double[] predicted, double[] actual, double[] weights) {
        int rows = Columns.first(predicted, "predicted").length;
        Columns.checked(actual, "actual", rows);
        Columns.weights(weights, rows);
        double[] weighted = new double[rows];
        for (int i = 0; i < rows; i++) {
            weighted[i] = weights[i] * actual[i];
        }
        Ranking ranking = Ranking.of(predicted);
        int blocks = ranking.blocks();
        int[] firsts = new int[blocks];
        double[] weightOf = new double[blocks];
        double[] sumOf = new double[blocks];
        int pools = 0;
        for (int block = 0; block < blocks; block++) {
            firsts[pools] = block;
            weightOf[pools] = ranking.sum(weights, block);
            sumOf[pools] = ranking.sum(weighted, block);
            while (pools > 0 && sumOf[pools - 1] / weightOf[pools - 1] >= sumOf[pools] / weightOf[pools]) {
                weightOf[pools - 1] += weightOf[pools];
                sumOf[pools - 1] += sumOf[pools];
                pools--;
            }
            pools++;
        }
        return of(predicted, ranking, pools, firsts, sumOf, weightOf);
    }

    private static IsotonicCalibration of(
            double[] predicted, Ranking ranking, int pools, int[] firsts, double[] sumOf, double[] weightOf) {
        double[] knots = new double[2 * pools];
        double[] values = new double[2 * pools];
        int count = 0;
        for (int pool = 0; pool < pools; pool++) {
            int last = pool + 1 < pools ? firsts[pool + 1] - 1 : ranking.blocks() - 1;
            double mean = sumOf[pool] / weightOf[pool];
            // Rounding must not carry a mean of the largest values beyond them.
            double value = Math.max(-Columns.LARGEST, Math.min(Columns.LARGEST, mean));
            knots[count] = predicted[ranking.row(firsts[pool])];
            values[count++] = value;
            if (last > firsts[pool]) {
                knots[count] = predicted[ranking.row(last)];
                values[count++] = value;
            }
        }
        return new IsotonicCalibration(Arrays.copyOf(knots, count), Arrays.copyOf(values, count));
    }

    /**
     * Rebuilds a calibration from its numbers.
     *
     * @param knots where the map has corners: strictly ascending, from −1e100 to 1e100; at least one
     * @param values what it gives there: never falling, from −1e100 to 1e100; as many
     * @return the calibration
     * @throws IllegalArgumentException if there is no knot, lengths differ, or a number is out of its range or order
     */
    public static IsotonicCalibration of(double[] knots, double[] values) {
        Columns.first(knots, "knots");
        Columns.checked(values, "values", knots.length);
        for (int i = 1; i < knots.length; i++) {
            if (!(knots[i] > knots[i - 1])) {
                throw new IllegalArgumentException("`knots` must be strictly ascending, but " + knots[i - 1]
                        + " was followed by " + knots[i] + " in row " + i);
            }
            if (!(values[i] >= values[i - 1])) {
                throw new IllegalArgumentException("`values` must never fall, but " + values[i - 1]
                        + " was followed by " + values[i] + " in row " + i);
            }
        }
        return new IsotonicCalibration(knots.clone(), values.clone());
    }

    /**
     * Returns where the map has corners.
     *
     * @return the predictions, strictly ascending, in a fresh array
     */
    public double[] knots() {
        return knots.clone();
    }

    /**
     * Returns what the map gives at its corners.
     *
     * @return the calibrated predictions, never falling, in a fresh array
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * Calibrates a prediction.
     *
     * @param predicted the prediction, from −1e100 to 1e100
     * @return the calibrated prediction; finite, never falling with the prediction
     * @throws IllegalArgumentException if the prediction is out of its range
     */
    public double apply(double predicted) {
        return at(Columns.inRange(predicted, "predicted"));
    }

    /**
     * Calibrates a range of predictions.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100
     * @param from the first row
     * @param to the row after the last
     * @param out receives the calibrated predictions in its first {@code to − from} cells
     * @throws IllegalArgumentException if a prediction is out of its range; the message names the row
     * @throws IndexOutOfBoundsException if the range is not in the column or does not fit
     */
    public void applyInto(double[] predicted, int from, int to, double[] out) {
        Objects.checkFromToIndex(from, to, predicted.length);
        Objects.checkFromToIndex(0, to - from, out.length);
        for (int row = from; row < to; row++) {
            Columns.inRange(predicted[row], "predicted", row);
            out[row - from] = at(predicted[row]);
        }
    }

    /**
     * Calibrates a column.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100
     * @return the calibrated predictions in a fresh array
     * @throws IllegalArgumentException if a prediction is out of its range; the message names the row
     */
    public double[] applyColumn(double[] predicted) {
        double[] out = new double[predicted.length];
        applyInto(predicted, 0, predicted.length, out);
        return out;
    }

    private double at(double predicted) {
        int found = Arrays.binarySearch(knots, predicted);
        if (found >= 0) {
            return values[found];
        }
        int next = -found - 1;
        if (next == 0) {
            return values[0];
        }
        if (next == knots.length) {
            return values[next - 1];
        }
        double part = (predicted - knots[next - 1]) / (knots[next] - knots[next - 1]);
        return Math.min(values[next], values[next - 1] + part * (values[next] - values[next - 1]));
    }

    @Override
    public String toString() {
        return "IsotonicCalibration[" + knots.length + " knots from " + knots[0] + " to " + knots[knots.length - 1]
                + ", values from " + values[0] + " to " + values[values.length - 1] + "]";
    }
}
