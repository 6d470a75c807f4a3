// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import org.clv4j.models.internal.kernel.Sampling;

/**
 * A multivariate t distribution with 6 degrees of freedom: tails that are heavier than those of a posterior, so that no place
 * holds a chain that is proposed to from here. Immutable.
 */
final class Approximation {

    private static final double DEGREES = 6;

    private final double[] centre;
    private final double[][] factor;

    private Approximation(double[] centre, double[][] factor) {
        this.centre = centre;
        this.factor = factor;
    }

    static Approximation of(double[] centre, double[][] covariance) {
        return new Approximation(centre.clone(), Cholesky.of(covariance));
    }

    int size() {
        return centre.length;
    }

    double[] centre() {
        return centre.clone();
    }

    /** A draw, so many times as far from the centre. */
    double[] draw(double times, Sampling random) {
        double scale = times / Math.sqrt(random.gamma(DEGREES / 2, DEGREES / 2));
        return step(centre, scale, random);
    }

    /** A normal step of the same shape. */
    double[] step(double[] from, double size, Sampling random) {
        double[] to = from.clone();
        for (int j = 0; j < to.length; j++) {
            double normal = size * random.gaussian();
            for (int i = j; i < to.length; i++) {
                to[i] += factor[i][j] * normal;
            }
        }
        return to;
    }

    /** The logarithm of the density, up to a constant that all approximations share. */
    double log(double[] at) {
        double square = 0;
        double logDeterminant = 0;
        double[] z = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double sum = at[i] - centre[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * z[k];
            }
            z[i] = sum / factor[i][i];
            square += z[i] * z[i];
            logDeterminant += Math.log(factor[i][i]);
        }
        return -0.5 * (DEGREES + at.length) * Math.log1p(square / DEGREES) - logDeterminant;
    }
}
