// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GammaRaceGradientTest {

    private static double logUniform(SplittableRandom random, double from, double to) {
        return Math.exp(random.nextDouble(Math.log(from), Math.log(to)));
    }

    /** The value has another implementation, tested against high precision; derivatives are checked by its differences. */
    @Test
    void valueAndDerivativesAreThoseOfTheRace() {
        SplittableRandom random = new SplittableRandom(3);
        GammaRaceGradient.Columns out = new GammaRaceGradient.Columns(1);
        for (int i = 0; i < 4000; i++) {
            double rho = logUniform(random, 0.02, 3000);
            double s = logUniform(random, 0.02, 20_000);
            double a = logUniform(random, 1e-3, 3000);
            double b = logUniform(random, 1e-3, 1e5);
            String at = "rho " + rho + " s " + s + " a " + a + " b " + b;
            new GammaRaceGradient(rho, s).evaluate(a, b, out, 0);
            double value = GammaRace.secondFirst(rho, a, s, b);
            assertThat(out.value[0]).as(at).isCloseTo(value, within(1e-12 * value));
            double h = 1e-5;
            double byRho =
                    GammaRace.secondFirst(rho * (1 + h), a, s, b) - GammaRace.secondFirst(rho * (1 - h), a, s, b);
            double byS = GammaRace.secondFirst(rho, a, s * (1 + h), b) - GammaRace.secondFirst(rho, a, s * (1 - h), b);
            double byA = GammaRace.secondFirst(rho, a * (1 + h), s, b) - GammaRace.secondFirst(rho, a * (1 - h), s, b);
            assertThat(out.byRho[0] * rho).as(at).isCloseTo(byRho / (2 * h), within(1e-7 * value));
            assertThat(out.byS[0] * s).as(at).isCloseTo(byS / (2 * h), within(1e-7 * value));
            assertThat(out.byA[0] * a).as(at).isCloseTo(byA / (2 * h), within(1e-7 * value));
        }
    }

    @Test
    void manyAreAsOne() {
        SplittableRandom random = new SplittableRandom(4);
        int size = 50;
        double[] a = new double[size];
        double[] b = new double[size];
        GammaRaceGradient.Columns one = new GammaRaceGradient.Columns(1);
        GammaRaceGradient.Columns all = new GammaRaceGradient.Columns(size);
        int interpolated = 0;
        for (int i = 0; i < 400; i++) {
            double rho = logUniform(random, 0.02, 3000);
            double s = logUniform(random, 0.02, 20_000);
            double alpha = logUniform(random, 1e-2, 3000);
            double beta = logUniform(random, 1e-2, 1e5);
            double longest = logUniform(random, 1, 300);
            GammaRaceGradient race = new GammaRaceGradient(rho, s);
            boolean prepared = i % 2 == 0 && race.interpolate(alpha, beta, longest);
            interpolated += prepared ? 1 : 0;
            for (int row = 0; row < size; row++) {
                double time = longest * row / (size - 1);
                a[row] = alpha + time;
                b[row] = beta + time;
            }
            race.evaluateAll(a, b, size, all);
            for (int row = 0; row < size; row++) {
                race.evaluate(a[row], b[row], one, 0);
                String at = "rho " + rho + " s " + s + " a " + a[row] + " b " + b[row] + " prepared " + prepared;
                double value = one.value[0];
                assertThat(all.value[row]).as(at).isCloseTo(value, within(2e-13 * value));
                assertThat(all.byRho[row] * rho)
                        .as(at)
                        .isCloseTo(one.byRho[0] * rho, within(1e-12 * value * (1 + rho)));
                assertThat(all.byS[row] * s).as(at).isCloseTo(one.byS[0] * s, within(1e-12 * value * (1 + s)));
                assertThat(all.byA[row] * a[row])
                        .as(at)
                        .isCloseTo(one.byA[0] * a[row], within(1e-12 * value * (1 + rho)));
            }
        }
        assertThat(interpolated).isBetween(60, 199);
    }
}
