// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.clv4j.core.model.ParameterDomain;

/** The Hessian of a mean negative log-likelihood at a point, by its eigenvalues. */
final class Curvature {

    /** Below this, relative to the largest, an eigenvalue is rounding of the differences, not curvature. */
    private static final double ROUNDING = 1e-11;

    private final double[] eigenvalues;
    private final RealMatrix vectors;
    private final int smallestIndex;
    private final double smallest;

    Curvature(double[][] hessian) {
        // What is not finite somewhere tells nothing anywhere: no curvature, and so no maximum.
        EigenDecomposition eigen = new EigenDecomposition(
                isFinite(hessian)
                        ? new Array2DRowRealMatrix(hessian, false)
                        : new Array2DRowRealMatrix(hessian.length, hessian.length));
        eigenvalues = eigen.getRealEigenvalues();
        vectors = eigen.getV();
        int index = 0;
        for (int i = 0; i < eigenvalues.length; i++) {
            if (eigenvalues[i] < eigenvalues[index]) {
                index = i;
            }
        }
        smallestIndex = index;
        smallest = eigenvalues[index] > ROUNDING * largest() ? eigenvalues[index] : 0;
    }

    private static boolean isFinite(double[][] matrix) {
        for (double[] row : matrix) {
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private double largest() {
        double largest = 0;
        for (double eigenvalue : eigenvalues) {
            largest = Math.max(largest, Math.abs(eigenvalue));
        }
        return largest;
    }

    /** The smallest eigenvalue; 0 if it is not told from 0, or below. */
    double smallest() {
        return smallest;
    }

    /** An entry of the inverse; only where {@link #smallest()} is above 0. */
    double inverse(int row, int column) {
        double sum = 0;
        for (int k = 0; k < eigenvalues.length; k++) {
            sum += vectors.getEntry(row, k) * vectors.getEntry(column, k) / eigenvalues[k];
        }
        return sum;
    }

    /**
     * What Newton's method takes from the point: H⁻¹g; where the function bends down or not at all, the slope still tells the
     * direction, so that the step always leads down.
     */
    double[] newtonStep(double[] gradient) {
        int n = gradient.length;
        double floor = Math.max(1e-9 * largest(), 1e-300);
        double[] step = new double[n];
        for (int k = 0; k < n; k++) {
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += vectors.getEntry(i, k) * gradient[i];
            }
            double length = along / Math.max(Math.abs(eigenvalues[k]), floor);
            for (int i = 0; i < n; i++) {
                step[i] += length * vectors.getEntry(i, k);
            }
        }
        return step;
    }

    /** How much the function is above its minimum, if it is the parabola that it looks like: gᵀH⁻¹g/2. */
    double gain(double[] gradient) {
        double[] step = newtonStep(gradient);
        double gain = 0;
        for (int i = 0; i < step.length; i++) {
            gain += step[i] * gradient[i] / 2;
        }
        return gain;
    }

    /** The parameter that the flattest direction changes most. */
    String flattest(List<ParameterDomain> parameters) {
        int flattest = 0;
        for (int i = 1; i < parameters.size(); i++) {
            if (Math.abs(vectors.getEntry(i, smallestIndex)) > Math.abs(vectors.getEntry(flattest, smallestIndex))) {
                flattest = i;
            }
        }
        return "`" + parameters.get(flattest).name() + "`";
    }
}
