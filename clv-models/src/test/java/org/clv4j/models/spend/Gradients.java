// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.clv4j.models.internal.optim.Objective;

/** Compares analytic gradients with differences. */
final class Gradients {

    private Gradients() {}

    static void check(Objective objective, double[] point, double tolerance) {
        double[] gradient = new double[point.length];
        double[] unused = new double[point.length];
        objective.evaluate(point, gradient);
        for (int i = 0; i < point.length; i++) {
            double step = 1e-5 * Math.max(1, Math.abs(point[i]));
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (objective.evaluate(up, unused) - objective.evaluate(down, unused)) / (2 * step);
            assertThat(gradient[i]).as("component %s", i).isCloseTo(difference, within(tolerance));
        }
    }
}
