// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.clv4j.core.model.ModelException;

/** Solves ((1 + d) I − P) x = b, which is what the present values of an endless migration obey. */
final class Resolvent {

    private final DecompositionSolver solver;

    /**
     * Decomposes the matrix.
     *
     * @param moves the probabilities of moves to other states and of staying; rows that sum to 1, or to less where a state is left out
     * @param excess by how much the diagonal exceeds the probability of moving elsewhere: the discount rate, and what the row lacks
     */
    private Resolvent(double[][] moves, double[] excess) {
        int size = moves.length;
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            // 1 − P_ii from the other moves: a small discount rate would be lost in 1 + d − P_ii.
            double diagonal = excess[i];
            for (int j = 0; j < size; j++) {
                if (j != i) {
                    diagonal += moves[i][j];
                    matrix[i][j] = -moves[i][j];
                }
            }
            matrix[i][i] = diagonal;
        }
        // The matrix dominates by its diagonal, so that no pivot is 0, however small the rate.
        solver = new LUDecomposition(new Array2DRowRealMatrix(matrix, false), 0).getSolver();
    }

    static Resolvent of(double[][] moves, double discount) {
        double[] excess = new double[moves.length];
        Arrays.fill(excess, discount);
        return new Resolvent(moves, excess);
    }

    static Resolvent ofPart(double[][] moves, double[] leaving) {
        return new Resolvent(moves, leaving);
    }

    static double[] requireFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new ModelException(
                        "the values are beyond what a double holds: the rewards are too large, or the discount rate too small");
            }
        }
        return values;
    }

    double[] solve(double[] right) {
        return requireFinite(solver.solve(new ArrayRealVector(right, false)).toArray());
    }
}
