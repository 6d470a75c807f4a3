// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Quadrature for sums: 16 places and weights that give Σ f(k) for k = 0 … N − 1 exactly if f is a polynomial of degree 31, where N is
 * a power of 2. What Gauss–Legendre is to an integral, from the polynomials that are orthogonal on whole numbers (Gram's); the weights
 * are positive.
 */
public final class LatticeRule {

    /** The number of places. */
    public static final int POINTS = 16;

    private static final int SMALLEST_EXPONENT = 5;
    private static final int LARGEST_EXPONENT = 40;
    /** Fewer terms than this are added one by one. */
    public static final long SMALLEST = 1L << SMALLEST_EXPONENT;

    private static final double[][] NODES = new double[LARGEST_EXPONENT + 1][];
    private static final double[][] WEIGHTS = new double[LARGEST_EXPONENT + 1][];

    static {
        for (int exponent = SMALLEST_EXPONENT; exponent <= LARGEST_EXPONENT; exponent++) {
            make(exponent);
        }
    }

    private LatticeRule() {}

    /** Nodes and weights from the recurrence of the polynomials, as eigenvalues and eigenvectors. */
    private static void make(int exponent) {
        double n = Math.scalb(1.0, exponent);
        double[] offDiagonal = new double[POINTS - 1];
        for (int k = 1; k < POINTS; k++) {
            offDiagonal[k - 1] = k * Math.sqrt((1 - k / n * (k / n)) / (4 * (4.0 * k * k - 1)));
        }
        EigenDecomposition rule = new EigenDecomposition(new double[POINTS], offDiagonal);
        NODES[exponent] = new double[POINTS];
        WEIGHTS[exponent] = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double first = rule.getEigenvector(i).getEntry(0);
            NODES[exponent][i] = (n - 1) / 2 + n * rule.getRealEigenvalue(i);
            WEIGHTS[exponent][i] = n * first * first;
        }
    }

    /**
     * Returns the largest N of a rule that is not more than so many terms.
     *
     * @param terms the number of terms; NaN counts as none
     * @return N, a power of 2; 1 if there are so few that no rule is worth its while
     */
    public static long size(double terms) {
        return terms >= SMALLEST ? 1L << Math.min(LARGEST_EXPONENT, Math.getExponent(terms)) : 1;
    }

    /**
     * Returns the places of a rule.
     *
     * @param size N, as {@link #size} gives it, above 1
     * @return the places, in (0, N − 1), in no order; not to be changed
     */
    static double[] nodes(long size) {
        return NODES[Long.numberOfTrailingZeros(size)];
    }

    /**
     * Returns the weights of a rule.
     *
     * @param size N, as {@link #size} gives it, above 1
     * @return the weights, which add up to N; not to be changed
     */
    static double[] weights(long size) {
        return WEIGHTS[Long.numberOfTrailingZeros(size)];
    }
}
