// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TopPlacesTest {

    private static double[] shares(double places, double... values) {
        TopPlaces top = new TopPlaces(new double[] {places}, values.length, values.length);
        draw(top, values);
        return probabilities(top, values.length, 1);
    }

    private static void draw(TopPlaces top, double... values) {
        for (int row = 0; row < values.length; row++) {
            if (values[row] != 0) {
                top.add(row, values[row]);
            }
        }
        top.endDraw();
    }

    private static double[] probabilities(TopPlaces top, int rows, int draws) {
        double[] shares = new double[rows];
        for (int row = 0; row < rows; row++) {
            shares[row] = top.probability(0, row, draws, 1);
        }
        return shares;
    }

    @Test
    void placesOfOneDraw() {
        assertThat(shares(1, 5, 7, 3, 0)).containsExactly(0, 1, 0, 0);
        assertThat(shares(1.5, 5, 7, 3, 0)).containsExactly(0.5, 1, 0, 0);
        assertThat(shares(0.5, 5, 7, 3, 0)).containsExactly(0, 0.5, 0, 0);
        assertThat(shares(2, 5, 7, 5, 0)).containsExactly(0.5, 1, 0.5, 0);
        assertThat(shares(2, 5, 0, 0, 0, 0)).containsExactly(1, 0.25, 0.25, 0.25, 0.25);
        assertThat(shares(1, 0, 0)).containsExactly(0.5, 0.5);
        assertThat(shares(2.5, -1, 0, 4, -3)).containsExactly(0.5, 1, 1, 0);
        assertThat(shares(3.5, -1, 0, 4, -3)).containsExactly(1, 1, 1, 0.5);
        assertThat(shares(2, -1, 0, 4, -3)).containsExactly(0, 1, 1, 0);
    }

    @Provide
    Arbitrary<List<List<Double>>> draws() {
        return Arbitraries.of(0.0, 0.0, 1.0, 2.0, 2.0, 5.0, 8.0, -1.0, -1.0, -4.0)
                .list()
                .ofSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    /** As by sorting everyone; split over two counters to the same bits. */
    @Property(tries = 200)
    void agreesWithSorting(
            @ForAll("draws") List<List<Double>> draws, @ForAll @DoubleRange(min = 0.01, max = 11.99) double places) {
        double[] expected = new double[12];
        TopPlaces one = new TopPlaces(new double[] {places}, 12, 12);
        TopPlaces left = new TopPlaces(new double[] {places}, 12, 12);
        TopPlaces right = new TopPlaces(new double[] {places}, 12, 12);
        for (int d = 0; d < draws.size(); d++) {
            double[] values = draws.get(d).stream().mapToDouble(v -> v).toArray();
            draw(one, values);
            draw(d % 3 == 0 ? left : right, values);
            for (int row = 0; row < 12; row++) {
                double value = values[row];
                long better = Arrays.stream(values).filter(v -> v > value).count();
                long equal = Arrays.stream(values).filter(v -> v == value).count();
                expected[row] += Math.max(0, Math.min(1, (places - better) / equal)) / draws.size();
            }
        }
        double[] found = probabilities(one, 12, draws.size());
        assertThat(found).containsExactly(expected, within(1e-8));
        assertThat(Arrays.stream(found).sum()).isCloseTo(places, within(1e-7));
        right.add(left);
        assertThat(probabilities(right, 12, draws.size())).containsExactly(found);
    }
}
