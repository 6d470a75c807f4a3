// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.linear;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Linear least squares by QR with column pivoting. Columns are first scaled to length 1, so that neither rank nor condition
 * number depends on units. A solution is improved by residuals in twice the precision (Björck 1967, of the augmented system), which makes
 * it good to the last digits unless the columns are as good as dependent.
 */
public final class LeastSquares {

    /** What is left of a column of length 1 when less of it is independent of the others is rounding. */
    private static final double DEPENDENT = 1e-12;

    private static final int REFINEMENTS = 4;

    private final int rows;
    private final int k;
    private final double[][] columns;
    private final double[] scale;
    private final int[] pivot;
    private final double[][] q;
    private final double[][] r;
    private final int rank;

    /**
     * Decomposes a matrix.
     *
     * @param columns its columns, all of the same length; kept, not changed
     */
    public LeastSquares(double[][] columns) {
        this.columns = columns;
        k = columns.length;
        rows = columns[0].length;
        scale = new double[k];
        pivot = new int[k];
        q = new double[k][];
        r = new double[k][k];
        for (int j = 0; j < k; j++) {
            scale[j] = length(columns[j]);
            pivot[j] = j;
            q[j] = columns[j].clone();
            for (int i = 0; i < rows && scale[j] > 0; i++) {
                q[j][i] /= scale[j];
            }
        }
        rank = decompose();
    }

    /** The length of a vector, without overflow. */
    private static double length(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (double value : vector) {
            sum += value / largest * (value / largest);
        }
        return largest * Math.sqrt(sum);
    }

    /** Gram–Schmidt with each column orthogonalised twice, which is as orthogonal as Householder and keeps Q at hand. */
    private int decompose() {
        for (int step = 0; step < k; step++) {
            int longest = step;
            double most = -1;
            for (int j = step; j < k; j++) {
                double left = length(q[j]);
                // A later column must win clearly, so that rounding does not decide the order.
                if (left > most * (1 + 1e-10)) {
                    most = left;
                    longest = j;
                }
            }
            swap(step, longest);
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < step; i++) {
                    subtract(step, i);
                }
            }
            double left = length(q[step]);
            if (!(left > DEPENDENT)) {
                return step;
            }
            r[step][step] = left;
            for (int i = 0; i < rows; i++) {
                q[step][i] /= left;
            }
            for (int j = step + 1; j < k; j++) {
                subtract(j, step);
            }
        }
        return k;
    }

    /** Takes from a column what it has along a finished one. */
    private void subtract(int column, int finished) {
        double along = dot(q[finished], q[column]);
        r[finished][column] += along;
        for (int i = 0; i < rows; i++) {
            q[column][i] -= along * q[finished][i];
        }
    }

    private void swap(int one, int other) {
        double[] column = q[one];
        q[one] = q[other];
        q[other] = column;
        int index = pivot[one];
        pivot[one] = pivot[other];
        pivot[other] = index;
        for (int i = 0; i < one; i++) {
            double entry = r[i][one];
            r[i][one] = r[i][other];
            r[i][other] = entry;
        }
    }

    /**
     * Returns the rank.
     *
     * @return how many columns are independent
     */
    public int rank() {
        return rank;
    }

    /**
     * Returns a column that depends on the others.
     *
     * @return its index; the last one where several would do
     */
    public int dependentColumn() {
        int last = -1;
        for (int j = rank; j < k; j++) {
            last = Math.max(last, pivot[j]);
        }
        return last;
    }

    /**
     * Returns the condition number of the columns scaled to length 1.
     *
     * @return the largest singular value over the smallest, at least 1
     */
    public double conditionNumber() {
        return new SingularValueDecomposition(new Array2DRowRealMatrix(r, false)).getConditionNumber();
    }

    /**
     * Solves the least-squares problem; only with full rank.
     *
     * @param target the right-hand side
     * @return the coefficients in the order of the columns
     */
    public double[] solve(double[] target) {
        return solve(target, new double[rows]);
    }

    /**
     * Solves the least-squares problem and tells what it leaves; only with full rank.
     *
     * @param target the right-hand side
     * @param residual receives the target less the fit, without the cancellation of a subtraction
     * @return the coefficients in the order of the columns
     */
    public double[] solve(double[] target, double[] residual) {
        Arrays.fill(residual, 0);
        double[] beta = new double[k];
        double[] first = target.clone();
        double[] second = new double[k];
        double before = Double.POSITIVE_INFINITY;
        for (int pass = 0; pass <= REFINEMENTS; pass++) {
            double[] step = augmented(first, second, residual);
            double size = 0;
            double all = 0;
            for (int j = 0; j < k; j++) {
                size = Math.max(size, Math.abs(step[j]));
                beta[pivot[j]] += step[j];
                all = Math.max(all, Math.abs(beta[pivot[j]]));
            }
            if (pass == REFINEMENTS || size <= 1e-16 * all || (pass > 0 && size > before / 2)) {
                break;
            }
            before = size;
            defects(target, beta, residual, first, second);
        }
        for (int j = 0; j < k; j++) {
            beta[j] /= scale[j];
        }
        return beta;
    }

    /**
     * Solves the least-squares problem without refinement, for steps of an iteration that corrects itself; only with full rank.
     *
     * @param target the right-hand side
     * @return the coefficients in the order of the columns
     */
    public double[] solveOnce(double[] target) {
        double[] step = augmented(target, new double[k], new double[rows]);
        double[] beta = new double[k];
        for (int j = 0; j < k; j++) {
            beta[pivot[j]] = step[j] / scale[pivot[j]];
        }
        return beta;
    }

    /** Solves r + Xβ = f, X'r = g for the correction of β (pivoted, returned) and of r (added to it). */
    private double[] augmented(double[] f, double[] g, double[] residual) {
        double[] h = solveTransposed(g);
        double[] along = new double[k];
        double[] rest = f.clone();
        for (int j = 0; j < k; j++) {
            along[j] = dot(q[j], rest);
            for (int i = 0; i < rows; i++) {
                rest[i] -= along[j] * q[j][i];
            }
        }
        double[] d = new double[k];
        for (int j = 0; j < k; j++) {
            d[j] = along[j] - h[j];
            for (int i = 0; i < rows; i++) {
                rest[i] += h[j] * q[j][i];
            }
        }
        for (int i = 0; i < rows; i++) {
            residual[i] += rest[i];
        }
        return solveUpper(d);
    }

    /** What the equations r + Xβ = y and X'r = 0 still lack, summed in twice the precision. */
    private void defects(double[] target, double[] beta, double[] residual, double[] f, double[] g) {
        TwofoldSum sum = new TwofoldSum();
        for (int i = 0; i < rows; i++) {
            sum.reset(target[i]);
            sum.add(-residual[i]);
            for (int j = 0; j < k; j++) {
                // The scaled column is what the coefficients stand on; its rounding must not count.
                sum.addProduct(-columns[j][i], beta[j] / scale[j]);
            }
            f[i] = sum.value();
        }
        for (int j = 0; j < k; j++) {
            int column = pivot[j];
            sum.reset(0);
            for (int i = 0; i < rows; i++) {
                sum.addProduct(-columns[column][i], residual[i]);
            }
            g[j] = sum.value() / scale[column];
        }
    }

    /** The d of R'd = g. */
    private double[] solveTransposed(double[] g) {
        double[] d = g.clone();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                d[i] -= r[j][i] * d[j];
            }
            d[i] /= r[i][i];
        }
        return d;
    }

    /** The b of Rb = d. */
    private double[] solveUpper(double[] d) {
        double[] b = d.clone();
        for (int i = k - 1; i >= 0; i--) {
            for (int j = i + 1; j < k; j++) {
                b[i] -= r[i][j] * b[j];
            }
            b[i] /= r[i][i];
        }
        return b;
    }

    /**
     * Returns (X'X)⁻¹; only with full rank.
     *
     * @return the matrix in the order of the columns
     */
    public double[][] inverseGram() {
        double[][] inverse = new double[k][k];
        double[][] upper = new double[k][];
        for (int j = 0; j < k; j++) {
            double[] unit = new double[k];
            unit[j] = 1;
            upper[j] = solveUpper(unit);
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int l = i; l < k; l++) {
                    sum += upper[l][i] * upper[l][j];
                }
                int one = pivot[i];
                int other = pivot[j];
                inverse[one][other] = sum / scale[one] / scale[other];
                inverse[other][one] = inverse[one][other];
            }
        }
        return inverse;
    }

    /**
     * Returns the leverage of each row; only with full rank.
     *
     * @return the diagonal of X(X'X)⁻¹X', each in [0, 1]
     */
    public double[] leverages() {
        double[] leverages = new double[rows];
        for (double[] column : q) {
            for (int i = 0; i < rows; i++) {
                leverages[i] += column[i] * column[i];
            }
        }
        Arrays.setAll(leverages, i -> Math.min(1, leverages[i]));
        return leverages;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
