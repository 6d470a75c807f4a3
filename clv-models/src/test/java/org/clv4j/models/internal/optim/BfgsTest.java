// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BfgsTest {

    @Test
    void rosenbrock() {
        Objective rosenbrock = (point, gradient) -> {
            double u = point[1] - point[0] * point[0];
            gradient[0] = -400 * point[0] * u - 2 * (1 - point[0]);
            gradient[1] = 200 * u;
            return 100 * u * u + (1 - point[0]) * (1 - point[0]);
        };
        Optimum optimum = Bfgs.minimise(rosenbrock, new double[] {-1.2, 1}, 1e-10, 200, point -> false);
        assertThat(optimum.point[0]).isCloseTo(1, within(1e-8));
        assertThat(optimum.point[1]).isCloseTo(1, within(1e-8));
        assertThat(optimum.gradientNorm()).isLessThan(1e-10);
    }

    @Test
    void stepsBackFromWhereTheFunctionIsNotDefined() {
        // x − ln x has its minimum at 1 and no value for x ≤ 0.
        Objective barrier = (point, gradient) -> {
            gradient[0] = 1 - 1 / point[0];
            return point[0] > 0 ? point[0] - Math.log(point[0]) : Double.POSITIVE_INFINITY;
        };
        Optimum optimum = Bfgs.minimise(barrier, new double[] {2.9}, 1e-12, 100, point -> false);
        assertThat(optimum.point[0]).isCloseTo(1, within(1e-9));
    }

    @Test
    void illConditionedQuadratic() {
        double[] curvature = {1e-4, 1, 1e4};
        Objective quadratic = (point, gradient) -> {
            double value = 0;
            for (int i = 0; i < 3; i++) {
                gradient[i] = curvature[i] * (point[i] - i);
                value += curvature[i] * (point[i] - i) * (point[i] - i) / 2;
            }
            return value;
        };
        Optimum optimum = Bfgs.minimise(quadratic, new double[] {5, 5, 5}, 1e-10, 500, point -> false);
        for (int i = 0; i < 3; i++) {
            assertThat(optimum.point[i]).isCloseTo(i, within(1e-5));
        }
    }
}
