// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The mode of a smooth density and the inverse of its curvature there, by Newton's method with differences; where chains begin, so that a
 * few digits are enough.
 */
public final class Laplace {

    private static final double STEP = 0.02;
    private static final int MAX_ITERATIONS = 30;
    /** A Newton step promises to gain less than this: the chains will do the rest. */
    private static final double SMALL_GAIN = 0.01;
    /** No curvature is taken for smaller than that of a standard deviation of 2. */
    private static final double LEAST_CURVATURE = 0.25;

    private static final double LONGEST_STEP = 1;

    private final LogDensity density;
    private double[] point;
    private double value;
    private final double[] gradient;
    private final double[][] covariance;

    private Laplace(LogDensity density, double[] start) {
        this.density = density;
        this.point = start.clone();
        this.value = density.at(start);
        this.gradient = new double[start.length];
        this.covariance = new double[start.length][start.length];
        for (int i = 0; i < start.length; i++) {
            covariance[i][i] = 1 / LEAST_CURVATURE;
        }
    }

    /**
     * Searches the mode.
     *
     * @param density the density
     * @param start where to start; the density is not 0 there, nor beside it
     * @return the approximation
     */
    public static Laplace of(LogDensity density, double[] start) {
        Laplace laplace = new Laplace(density, start);
        laplace.climb();
        return laplace;
    }

    /**
     * Returns the mode.
     *
     * @return the point
     */
    public double[] mode() {
        return point.clone();
    }

    /**
     * Returns the inverse of the curvature at the mode.
     *
     * @return the covariance of the normal density that the density is like
     */
    public double[][] covariance() {
        double[][] copy = new double[covariance.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = covariance[i].clone();
        }
        return copy;
    }

    private void climb() {
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            if (!bend()) {
                return;
            }
            double[] step = new double[point.length];
            double gain = 0;
            double longest = 0;
            for (int j = 0; j < step.length; j++) {
                for (int k = 0; k < step.length; k++) {
                    step[j] += covariance[j][k] * gradient[k];
                }
                gain += step[j] * gradient[j] / 2;
                longest = Math.max(longest, Math.abs(step[j]));
            }
            if (!(gain > SMALL_GAIN)) {
                return;
            }
            if (!move(step, Math.min(1, LONGEST_STEP / longest))) {
                return;
            }
        }
    }

    private boolean move(double[] step, double longest) {
        double part = longest;
        for (int tries = 0; tries < 12; tries++) {
            double[] to = point.clone();
            for (int j = 0; j < to.length; j++) {
                to[j] += part * step[j];
            }
            double there = density.at(to);
            if (there > value) {
                point = to;
                value = there;
                return true;
            }
            part /= 2;
        }
        return false;
    }

    /**
     * Gradient by central differences, curvature by second ones.
     *
     * @return false beside the end of the density, where there are none; what was found before stays then
     */
    private boolean bend() {
        int n = point.length;
        double[] up = new double[n];
        double[][] bend = new double[n][n];
        for (int i = 0; i < n; i++) {
            up[i] = at(i, STEP, i, 0);
            double down = at(i, -STEP, i, 0);
            gradient[i] = (up[i] - down) / (2 * STEP);
            bend[i][i] = -(up[i] - 2 * value + down) / (STEP * STEP);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                bend[i][j] = -(at(i, STEP, j, STEP) - up[i] - up[j] + value) / (STEP * STEP);
                bend[j][i] = bend[i][j];
            }
        }
        if (Arrays.stream(bend).flatMapToDouble(Arrays::stream).anyMatch(number -> !Double.isFinite(number))) {
            return false;
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(bend, false));
        for (double[] row : covariance) {
            Arrays.fill(row, 0);
        }
        for (int k = 0; k < n; k++) {
            // The way up is up whichever way the density bends.
            double curvature = Math.max(LEAST_CURVATURE, Math.abs(eigen.getRealEigenvalue(k)));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    covariance[i][j] +=
                            eigen.getV().getEntry(i, k) * eigen.getV().getEntry(j, k) / curvature;
                }
            }
        }
        return true;
    }

    private double at(int i, double stepI, int j, double stepJ) {
        double[] to = point.clone();
        to[i] += stepI;
        to[j] += stepJ;
        return density.at(to);
    }
}
