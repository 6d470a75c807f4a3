// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IndependentColumnsTest {

    private static final double[] A = {1, 2, 3, 4, 5};
    private static final double[] B = {1, 0, 2, 0, 7};

    private static double[] combined(double constant, double a, double b) {
        double[] column = new double[A.length];
        Arrays.setAll(column, i -> constant + a * A[i] + b * B[i]);
        return column;
    }

    private static double[] times(double[] column, double factor) {
        return Arrays.stream(column).map(v -> v * factor).toArray();
    }

    @Test
    void constantsAndCombinationsAreLeftOut() {
        double[] seven = {7, 7, 7, 7, 7};
        double[][] columns = {seven, A, new double[5], combined(3, -2, 0), B, combined(1e3, 0.1, 1e4), {0, 0, 0, 0, 1}};
        assertThat(IndependentColumns.of(columns)).containsExactly(1, 4, 6);
        assertThat(IndependentColumns.of(new double[][] {seven})).isEmpty();
        assertThat(IndependentColumns.of(new double[0][])).isEmpty();
        // The first of two is the one that is kept.
        assertThat(IndependentColumns.of(new double[][] {B, combined(0, 1, 1), A}))
                .containsExactly(0, 1);
        // No more than rows less one.
        assertThat(IndependentColumns.of(new double[][] {{1, 2}, {2, 3}, {5, 1}}))
                .containsExactly(0);
        assertThat(IndependentColumns.of(new double[][] {{1}, {2}})).isEmpty();
    }

    /** 0.1 added up many times is constant but for rounding; so is a constant that no double holds. */
    @Test
    void roundingIsNoDifference() {
        double[] constant = {0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3};
        assertThat(IndependentColumns.of(new double[][] {constant, A})).containsExactly(1);
        double[] thirds = times(A, 1 / 3.0);
        assertThat(IndependentColumns.of(new double[][] {A, thirds})).containsExactly(0);
    }

    @Test
    void sizesDoNotMatter() {
        for (double factor : new double[] {1e-300, 1e-150, 1e-9, 1, 1e9, 1e150, 1e300}) {
            assertThat(IndependentColumns.of(new double[][] {times(A, factor), B, times(combined(1, 2, 0), factor)}))
                    .as("times %s", factor)
                    .containsExactly(0, 1);
        }
    }

    @Test
    void argumentsStayAsTheyAre() {
        double[][] columns = {A.clone(), times(B, 1e200)};
        IndependentColumns.of(columns);
        assertThat(columns[0]).containsExactly(A);
        assertThat(columns[1]).containsExactly(times(B, 1e200));
    }

    /** Of dummies of all levels of a category, one too many is left out; so many random columns are all independent. */
    @Test
    void manyColumns() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] columns = new double[30][200];
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 20; j++) {
                columns[j][i] = random.nextGaussian();
            }
            columns[20 + random.nextInt(10)][i] = 1;
        }
        assertThat(IndependentColumns.of(columns)).hasSize(29).doesNotContain(29);
    }
}
