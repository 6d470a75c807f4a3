// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.random.RandomGenerator;

/** Draws from the gamma distribution, by the method of G. Marsaglia and W. W. Tsang (2000), doi:10.1145/358407.358414. */
final class Gamma {

    private Gamma() {}

    /** Returns a draw with a shape above 0 and a scale of 1; at least the smallest normal double. */
    static double draw(double shape, RandomGenerator random) {
        if (shape < 1) {
            double root = Math.pow(1 - random.nextDouble(), 1 / shape);
            return Math.max(draw(shape + 1, random) * root, Double.MIN_NORMAL);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double v = 1 + c * normal;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            if (Math.log(1 - random.nextDouble()) < normal * normal / 2 + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }
}
