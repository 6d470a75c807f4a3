// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a learner is fitted to: features, the target, weights, and where the target is a sum over a time, that time.
 *
 * <p>Weights count as repetitions: a row of weight 3 says as much as three rows. The offset stands on the scale of the linear predictor;
 * an exposure of T adds ln T to it, so that a learner with a logarithmic link learns the rate per unit of exposure.
 *
 * <p>This class is immutable and thread-safe; no array of a caller is kept, and none of its own is given away.
 */
public final class TrainingData {

    private final FeatureTable features;
    private final double[] targets;
    private final double[] weights;
    private final double[] offsets;
    private final boolean shifted;
    private final double totalWeight;

    private TrainingData(FeatureTable features, double[] targets, double[] weights, double[] offsets, boolean shifted) {
        this.features = features;
        this.targets = targets;
        this.weights = weights;
        this.offsets = offsets;
        this.shifted = shifted;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        totalWeight = sum;
    }

    /**
     * Puts features and target together; all weights are 1, all offsets 0.
     *
     * @param features the features, at least one row
     * @param targets the target of each row; finite
     * @return the data
     * @throws IllegalArgumentException if there is no row, there are not as many targets, or one is not finite; the message names the row
     */
    public static TrainingData of(FeatureTable features, double[] targets) {
        int rows = features.rows();
        if (rows == 0) {
            throw new IllegalArgumentException("`features` must have at least one row, but had none");
        }
        double[] copy = checked("target", "finite", targets, rows, Double::isFinite);
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return new TrainingData(features, copy, ones, new double[rows], false);
    }

    /** Tells whether a value may stand in a column. */
    @FunctionalInterface
    private interface Rule {
        boolean allows(double value);
    }

    private static double[] checked(String column, String rule, double[] values, int rows, Rule allowed) {
        Objects.requireNonNull(values, column);
        if (values.length != rows) {
            throw new IllegalArgumentException("`" + column + "` must have a value for each of the " + rows
                    + " rows of the features, but had " + values.length);
        }
        for (int i = 0; i < rows; i++) {
            if (!allowed.allows(values[i])) {
                throw new IllegalArgumentException(
                        "`" + column + "` must be " + rule + ", but was " + values[i] + " in row " + i);
            }
        }
        return values.clone();
    }

    /**
     * Returns a copy with weights.
     *
     * @param newWeights how many rows each row stands for; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if there are not as many weights as rows, or one is out of range; the message names the row
     */
    public TrainingData withWeights(double[] newWeights) {
        double[] copy = checked("weight", "finite and above 0", newWeights, rows(), w -> w > 0 && Double.isFinite(w));
        return new TrainingData(features, targets, copy, offsets, shifted);
    }

    /**
     * Returns a copy whose offset is the logarithm of an exposure, in place of the offset before.
     *
     * @param exposure how long, or over how many, the target of each row was summed; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if there are not as many values as rows, or one is out of range; the message names the row
     */
    public TrainingData withExposure(double[] exposure) {
        double[] copy = checked("exposure", "finite and above 0", exposure, rows(), e -> e > 0 && Double.isFinite(e));
        for (int i = 0; i < copy.length; i++) {
            copy[i] = Math.log(copy[i]);
        }
        return new TrainingData(features, targets, weights, copy, true);
    }

    /**
     * Returns a copy with offsets, in place of those before.
     *
     * @param newOffsets what is added to the linear predictor of each row; finite
     * @return the copy
     * @throws IllegalArgumentException if there are not as many values as rows, or one is not finite; the message names the row
     */
    public TrainingData withOffsets(double[] newOffsets) {
        double[] copy = checked("offset", "finite", newOffsets, rows(), Double::isFinite);
        return new TrainingData(features, targets, weights, copy, true);
    }

    /**
     * Returns a copy with another target.
     *
     * @param newTargets the target of each row; finite
     * @return the copy
     * @throws IllegalArgumentException if there are not as many targets as rows, or one is not finite; the message names the row
     */
    public TrainingData withTargets(double[] newTargets) {
        double[] copy = checked("target", "finite", newTargets, rows(), Double::isFinite);
        return new TrainingData(features, copy, weights, offsets, shifted);
    }

    /**
     * Returns the data of some rows.
     *
     * @param chosen the rows, in the order wanted, at least one; one may be wanted again
     * @return the data
     * @throws IllegalArgumentException if no row is wanted
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public TrainingData selectRows(int[] chosen) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("`chosen` must have at least one row, but had none");
        }
        return new TrainingData(
                features.selectRows(chosen),
                picked(targets, chosen),
                picked(weights, chosen),
                picked(offsets, chosen),
                shifted);
    }

    private static double[] picked(double[] values, int[] chosen) {
        double[] part = new double[chosen.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = values[chosen[i]];
        }
        return part;
    }

    /**
     * Returns the features.
     *
     * @return the features
     */
    public FeatureTable features() {
        return features;
    }

    /**
     * Returns the number of rows.
     *
     * @return the number, at least 1
     */
    public int rows() {
        return targets.length;
    }

    /**
     * Returns the target of a row.
     *
     * @param row the row, from 0
     * @return the target, finite
     */
    public double target(int row) {
        return targets[row];
    }

    /**
     * Returns the weight of a row.
     *
     * @param row the row, from 0
     * @return the weight, above 0
     */
    public double weight(int row) {
        return weights[row];
    }

    /**
     * Returns the offset of a row.
     *
     * @param row the row, from 0
     * @return the offset on the scale of the linear predictor; 0 if none was stated
     */
    public double offset(int row) {
        return offsets[row];
    }

    /**
     * Tells whether offsets or an exposure were stated.
     *
     * @return whether they were
     */
    public boolean hasOffsets() {
        return shifted;
    }

    /**
     * Returns how many rows all rows stand for.
     *
     * @return the sum of the weights
     */
    public double totalWeight() {
        return totalWeight;
    }

    @Override
    public String toString() {
        return "TrainingData[" + rows() + " rows, weight " + totalWeight + ", features " + features.names() + "]";
    }
}
