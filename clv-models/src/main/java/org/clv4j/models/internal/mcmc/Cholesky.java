// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

/** Lower triangular factors of small positive definite matrices. */
final class Cholesky {

    private Cholesky() {}

    /** The lower triangular L of a matrix LL'. What rounding leaves of a pivot that is 0 counts as next to nothing. */
    static double[][] of(double[][] matrix) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-14 * matrix[i][i])) : sum / factor[j][j];
            }
        }
        return factor;
    }

    /** The x of LL'x = b. */
    static double[] solve(double[][] factor, double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return solveUpper(factor, x);
    }

    /** The x of L'x = b. */
    static double[] solveUpper(double[][] factor, double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
