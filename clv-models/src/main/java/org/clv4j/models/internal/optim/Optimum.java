// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

/** Where a minimiser stopped: the point, and value and gradient there. */
final class Optimum {

    final double[] point;
    final double value;
    final double[] gradient;

    Optimum(double[] point, double value, double[] gradient) {
        this.point = point;
        this.value = value;
        this.gradient = gradient;
    }

    /** The largest component of the gradient. */
    double gradientNorm() {
        double norm = 0;
        for (double component : gradient) {
            norm = Math.max(norm, Math.abs(component));
        }
        return norm;
    }
}
