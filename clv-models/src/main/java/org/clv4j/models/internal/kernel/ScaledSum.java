// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

/**
 * A sum of positive terms, each given by its ratio to the one before, that neither overflows nor loses terms below the smallest double:
 * term and sum have an exponent of their own. Not thread-safe.
 */
final class ScaledSum {

    private static final int BITS = 500;
    private static final double BIG = Math.scalb(1.0, BITS);
    private static final double SMALL = Math.scalb(1.0, -BITS);

    private double term = 1;
    private int termScale;
    private double sum;
    private int sumScale;

    /** Adds the present term times a weight, both of an ordinary size. */
    void add(double weight) {
        if (termScale == sumScale) {
            sum += weight * term;
        } else if (termScale == sumScale + 1) {
            sum = sum * SMALL + weight * term;
            sumScale = termScale;
        } else if (termScale > sumScale) {
            sum = weight * term;
            sumScale = termScale;
        } else if (termScale == sumScale - 1) {
            sum += weight * term * SMALL;
        }
    }

    /** Goes to the next term. */
    void times(double ratio) {
        term *= ratio;
        if (term > BIG) {
            term *= SMALL;
            termScale++;
        } else if (term < SMALL) {
            term *= BIG;
            termScale--;
        }
    }

    /** Whether the present term times a weight is nothing beside the sum. */
    boolean isNegligible(double weight) {
        return termScale < sumScale - 1
                || (termScale == sumScale && weight * term <= 1e-18 * sum)
                || (termScale == sumScale - 1 && weight * term * SMALL <= 1e-18 * sum);
    }

    /** The logarithm of the sum, in units of the first term. */
    double log() {
        return Math.log(sum) + sumScale * (BITS * Math.log(2));
    }
}
