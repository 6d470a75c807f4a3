// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

/**
 * A tenth of the rows by their prediction.
 *
 * @param number 1 for the tenth that is predicted best, to 10
 * @param weight how many rows it has: a tenth of the total weight, so not always a whole number
 * @param meanPredicted the mean prediction
 * @param meanActual the mean of what came
 */
public record Decile(int number, double weight, double meanPredicted, double meanActual) {

    /**
     * Creates a decile.
     *
     * @param number 1 for the tenth that is predicted best, to 10
     * @param weight how many rows it has; above 0, finite
     * @param meanPredicted the mean prediction; finite
     * @param meanActual the mean of what came; finite
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Decile {
        if (!(number >= 1 && number <= 10)) {
            throw new IllegalArgumentException("`number` must be from 1 to 10, but was " + number);
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`weight` must be finite and above 0, but was " + weight);
        }
        if (!Double.isFinite(meanPredicted)) {
            throw new IllegalArgumentException("`meanPredicted` must be finite, but was " + meanPredicted);
        }
        if (!Double.isFinite(meanActual)) {
            throw new IllegalArgumentException("`meanActual` must be finite, but was " + meanActual);
        }
    }
}
