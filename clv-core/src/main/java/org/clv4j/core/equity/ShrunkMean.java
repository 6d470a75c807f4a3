// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.List;

/**
 * The mean of a segment, and what is left of its distance from the others when its uncertainty is taken into account.
 *
 * @param labels the segment's label of each dimension
 * @param customers how many customers the segment has (the sum of their weights)
 * @param mean the mean a customer as it is
 * @param standardError the standard error of that mean, at least 0
 * @param weight what part of the distance from the centre is kept; in [0, 1]
 * @param shrunkMean {@code weight × mean + (1 − weight) × centre}
 * @param rootMeanSquaredError how far the shrunk mean may be off, at least 0
 * @param lower the lower end of its interval
 * @param upper the upper end of its interval
 */
public record ShrunkMean(
        List<String> labels,
        double customers,
        double mean,
        double standardError,
        double weight,
        double shrunkMean,
        double rootMeanSquaredError,
        double lower,
        double upper) {

    /**
     * Creates a mean.
     *
     * @param labels the segment's label of each dimension; copied
     * @param customers how many customers the segment has
     * @param mean the mean a customer as it is
     * @param standardError the standard error of that mean
     * @param weight what part of the distance from the centre is kept
     * @param shrunkMean the mean after shrinkage
     * @param rootMeanSquaredError how far the shrunk mean may be off
     * @param lower the lower end of its interval
     * @param upper the upper end of its interval
     */
    public ShrunkMean {
        labels = List.copyOf(labels);
    }

    /**
     * Returns the segment's name.
     *
     * @return the labels joined by " / "
     */
    public String name() {
        return String.join(" / ", labels);
    }
}
