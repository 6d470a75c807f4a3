// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.kernel.Sampling;
import org.junit.jupiter.api.Test;

/** Chains have the distribution that they are asked for, also where what they begin with is wrong. */
class IndependenceChainTest {

    /** A bent density: x standard normal, y given x normal about (x² − 1)/2. */
    private static double bent(double[] at) {
        double rest = at[1] - (at[0] * at[0] - 1) / 2;
        return -0.5 * (at[0] * at[0] + rest * rest);
    }

    @Test
    void drawsAreOfTheDensity() {
        MarkovChains settings = new MarkovChains(4, 500, 5000, 1);
        double[][] covariance = {{1, 0}, {0, 1}};
        double[][][] draws = settings.run(
                "test",
                2,
                1,
                Execution.sequential(),
                chain -> new IndependenceChain(
                        IndependenceChainTest::bent, new double[] {0.5, -0.5}, covariance, Sampling.ofSeed(3, chain)));
        assertThat(settings.sweeps()).isEqualTo(22_000);
        assertThat(Diagnostics.rHat(draws[0])).isLessThan(1.02);
        assertThat(mean(draws[0], 1)).isCloseTo(0, within(0.06));
        assertThat(mean(draws[0], 2)).isCloseTo(1, within(0.08));
        assertThat(mean(draws[1], 1)).isCloseTo(0, within(0.1));
        // Var y = Var x²/4 + 1.
        assertThat(mean(draws[1], 2)).isCloseTo(1.5, within(0.15));
    }

    @Test
    void modesAndCurvaturesAreFound() {
        Laplace laplace = Laplace.of(IndependenceChainTest::bent, new double[] {1.5, 3});
        assertThat(laplace.mode()[0]).isCloseTo(0, within(0.1));
        assertThat(laplace.mode()[1]).isCloseTo(-0.5, within(0.15));
        assertThat(laplace.covariance()[0][0]).isCloseTo(1, within(0.3));
        assertThat(laplace.covariance()[1][1]).isCloseTo(1, within(0.2));
    }

    private static double mean(double[][] chains, int power) {
        return Arrays.stream(chains)
                .flatMapToDouble(Arrays::stream)
                .map(draw -> Math.pow(draw, power))
                .average()
                .orElseThrow();
    }
}
