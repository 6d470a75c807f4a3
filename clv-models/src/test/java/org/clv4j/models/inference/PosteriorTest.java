// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PosteriorTest {

    private static final double[][][] DRAWS = {{{1, 3, 2, 5}, {4, 6, 8, 7}}, {{2, 6, 4, 10}, {8, 12, 16, 14}}};

    @Test
    void summariesAreOfAllChains() {
        Posterior posterior = Posterior.of(List.of("a", "b"), DRAWS);
        assertThat(posterior.parameters()).containsExactly("a", "b");
        assertThat(posterior.chains()).isEqualTo(2);
        assertThat(posterior.drawsPerChain()).isEqualTo(4);
        assertThat(posterior.draws("a", 1)).containsExactly(4, 6, 8, 7);
        assertThat(posterior.median("a")).isEqualTo(4.5);
        assertThat(posterior.mean("b")).isEqualTo(9);
        assertThat(posterior.quantile("a", 0)).isEqualTo(1);
        assertThat(posterior.quantile("a", 1)).isEqualTo(8);
        assertThat(posterior.quantile("a", 0.25)).isCloseTo(2.75, within(1e-12));
        assertThat(posterior.covariance()[0][0]).isCloseTo(6, within(1e-12));
        assertThat(posterior.covariance()[1][0]).isCloseTo(12, within(1e-12));
        assertThat(posterior.covariance()[0][1]).isEqualTo(posterior.covariance()[1][0]);
        assertThat(posterior.rHat("a")).isEqualTo(posterior.rHat("b")).isEqualTo(posterior.largestRHat());
        assertThat(posterior.rHat("a")).isGreaterThan(1.1);
        assertThat(posterior.effectiveSize("a")).isEqualTo(posterior.smallestEffectiveSize());
        assertThat(posterior.toString()).startsWith("posterior: 2 chains of 4 draws\n  a ");
    }

    @Test
    void drawsCannotBeChangedFromOutside() {
        double[][][] draws = {{{1, 2, 3}}};
        Posterior posterior = Posterior.of(List.of("a"), draws);
        draws[0][0][0] = 100;
        posterior.draws("a", 0)[1] = 100;
        assertThat(posterior.draws("a", 0)).containsExactly(1, 2, 3);
        assertThat(posterior.mean("a")).isEqualTo(2);
    }

    @Test
    void badArgumentsAreNamed() {
        Posterior posterior = Posterior.of(List.of("a", "b"), DRAWS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> posterior.median("c"))
                .withMessageContaining("[a, b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> posterior.quantile("a", Double.NaN))
                .withMessageContaining("`probability`");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> posterior.draws("a", 2));
        refuses(List.of("a"), DRAWS);
        refuses(List.of("a"), new double[][][] {{}});
        refuses(List.of("a"), new double[][][] {{{}}});
        refuses(List.of("a"), new double[][][] {{{1, 2}, {1}}});
        refuses(List.of("a"), new double[][][] {{{1, Double.NaN}}});
        refuses(List.of("a", "b"), new double[][][] {{{1}}, {{1}, {2}}});
        refuses(List.of(), new double[][][] {});
    }

    private static void refuses(List<String> parameters, double[][][] draws) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Posterior.of(parameters, draws))
                .withMessageContaining("`draws`");
    }
}
