// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;

/** The table against the sum it stands for: that the n-th purchase is made in time is a probability of a beta distribution. */
class MixedRenewalsTest {

    @Test
    void smallAndLargeExpectationsAreExact() {
        double[][] cases = {{0.06, 0.3}, {0.5, 4}, {1, 0.6}, {3.9, 0.306}, {7, 60}, {20, 1.5}, {60, 900}, {380, 20_000}
        };
        for (double[] of : cases) {
            double k = of[0];
            double shape = of[1];
            MixedRenewals renewals = new MixedRenewals(k, shape);
            double mean = k / shape;
            for (double part : new double[] {1e-7, 1e-3, 0.1, 0.3, 0.5, 0.8, 0.97, 1, 1.4, 3.3, 8}) {
                double y = mean * part;
                double sum = sum(k, shape, y);
                if (sum > 1e-200) {
                    assertThat(renewals.at(y))
                            .as("k %s, shape %s, mean gap × %s", k, shape, part)
                            .isCloseTo(sum, within(1e-7 * sum));
                    double step = 1e-5;
                    double log = Math.log(y);
                    double slope = (renewals.atLog(log + step) - renewals.atLog(log - step)) / (2 * step);
                    assertThat(renewals.slopeAtLog(log))
                            .as("slope for k %s, shape %s, mean gap × %s", k, shape, part)
                            .isCloseTo(slope, within(1e-4 * slope + 1e-8 * sum));
                }
            }
        }
    }

    private static double sum(double k, double shape, double y) {
        double sum = 0;
        for (int n = 1; n < 200_000; n++) {
            double term = RegularizedBeta.value(y / (1 + y), n * k, shape);
            sum += term;
            if (term < 1e-13 * sum) {
                break;
            }
        }
        return sum;
    }
}
