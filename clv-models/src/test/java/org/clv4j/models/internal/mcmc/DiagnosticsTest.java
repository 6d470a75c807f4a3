// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.clv4j.models.internal.kernel.Sampling;
import org.junit.jupiter.api.Test;

/** R̂ and effective sizes of series whose properties are known. */
class DiagnosticsTest {

    @Test
    void independentDrawsAreWorthTheirNumber() {
        double[][] chains = chains(4, 1000, 0);
        assertThat(Diagnostics.rHat(chains)).isBetween(0.999, 1.01);
        assertThat(Diagnostics.effectiveSize(chains)).isBetween(3000.0, 5000.0);
    }

    /** An autoregressive series of correlation ρ is worth (1 − ρ)/(1 + ρ) of its length, for its mean. */
    @Test
    void correlatedDrawsAreWorthLess() {
        for (double rho : new double[] {0.3, 0.6, 0.9, -0.4}) {
            double[][] chains = chains(4, 20_000, rho);
            double worth = 80_000 * (1 - rho) / (1 + rho);
            assertThat(Diagnostics.effectiveSize(chains)).as("ρ %s", rho).isCloseTo(worth, within(0.12 * worth));
            assertThat(Diagnostics.rHat(chains)).isLessThan(1.01);
        }
    }

    @Test
    void chainsInDifferentPlacesHaveNotMixed() {
        double[][] chains = chains(4, 1000, 0);
        chains[2] = Arrays.stream(chains[2]).map(draw -> draw + 1).toArray();
        assertThat(Diagnostics.rHat(chains)).isBetween(1.05, 1.3);
        chains[2] = Arrays.stream(chains[2]).map(draw -> draw + 2).toArray();
        assertThat(Diagnostics.rHat(chains)).isGreaterThan(1.3);
        assertThat(Diagnostics.effectiveSize(chains)).isLessThan(20);
    }

    @Test
    void chainsOfDifferentWidthHaveNotMixed() {
        double[][] chains = chains(4, 1000, 0);
        chains[1] = Arrays.stream(chains[1]).map(draw -> 4 * draw).toArray();
        assertThat(Diagnostics.rHat(chains)).isGreaterThan(1.1);
    }

    /** One chain that goes on falling is two halves in different places. */
    @Test
    void aTrendIsSeenInOneChain() {
        double[][] chains = chains(1, 1000, 0);
        for (int i = 0; i < 1000; i++) {
            chains[0][i] -= 0.003 * i;
        }
        assertThat(Diagnostics.rHat(chains)).isGreaterThan(1.1);
    }

    /** Ranks do not care how a quantity is measured, nor that it has no mean. */
    @Test
    void whatIsMonotoneDoesNotMatterToEffectiveSizes() {
        double[][] chains = chains(2, 500, 0.5);
        double size = Diagnostics.effectiveSize(chains);
        double[][] other = Arrays.stream(chains)
                .map(chain -> Arrays.stream(chain).map(Math::exp).toArray())
                .toArray(double[][]::new);
        assertThat(Diagnostics.effectiveSize(other)).isCloseTo(size, within(1e-9 * size));
    }

    @Test
    void constantsAndShortChainsAreAnswered() {
        double[][] constant = {{2, 2, 2, 2}, {2, 2, 2, 2}};
        assertThat(Diagnostics.rHat(constant)).isEqualTo(1);
        assertThat(Diagnostics.effectiveSize(constant)).isEqualTo(8);
        double[][] constants = {{2, 2, 2, 2}, {3, 3, 3, 3}};
        assertThat(Diagnostics.rHat(constants)).isEqualTo(Double.MAX_VALUE);
        double[][] shorts = {{1, 2, 3}};
        assertThat(Diagnostics.rHat(shorts)).isEqualTo(Double.MAX_VALUE);
        assertThat(Diagnostics.effectiveSize(shorts)).isZero();
    }

    private static double[][] chains(int number, int length, double rho) {
        double[][] chains = new double[number][length];
        for (int i = 0; i < number; i++) {
            Sampling random = Sampling.ofSeed(7, i);
            double at = random.gaussian();
            for (int j = 0; j < length; j++) {
                chains[i][j] = at;
                at = rho * at + Math.sqrt(1 - rho * rho) * random.gaussian();
            }
        }
        return chains;
    }
}
