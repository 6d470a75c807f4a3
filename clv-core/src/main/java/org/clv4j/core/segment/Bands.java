// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.jspecify.annotations.Nullable;

/**
 * Segments by the size of a number: total amount, orders, monetary value, or any other. A number that equals a cut point is in the band
 * above it. Bands are labelled {@code below 10}, {@code 10 to below 50}, {@code 50 and above}, and come in this order; a customer whose
 * number is NaN is {@value Segmentation#UNKNOWN}.
 *
 * <p>Bands by quantiles hold about equally many customers by weight. Where many are equal, they stand in the middle of the room they
 * take, and all in one band: with a weight B below and E equal, of W in all, in band 1 + ⌊k (B + E/2) / W⌋ of k. Bands may therefore differ in size, and some may be empty; those get no label.
 *
 * <p>This class is immutable and thread-safe. Two are equal if their names, figures and cut points are.
 */
public final class Bands implements Segmentation {

    private final String name;
    private final RowFigure figure;
    private final double[] cuts;
    private final List<String> labels;

    private Bands(String name, RowFigure figure, double[] cuts) {
        this.name = Objects.requireNonNull(name, "name");
        this.figure = Objects.requireNonNull(figure, "figure");
        this.cuts = cuts;
        this.labels = labels(cuts);
    }

    /**
     * Returns bands between stated numbers.
     *
     * @param name the name of the segmentation, as {@code orders}
     * @param figure the number of a row
     * @param cuts where the second and later bands begin; at least one, finite, rising; copied
     * @return the bands
     * @throws IllegalArgumentException if the cuts are not as said
     */
    public static Bands of(String name, RowFigure figure, List<? extends Number> cuts) {
        double[] copied = cuts.stream().mapToDouble(Number::doubleValue).toArray();
        if (copied.length == 0) {
            throw new IllegalArgumentException("`cuts` must hold at least one number, but was empty");
        }
        for (int i = 0; i < copied.length; i++) {
            // A zero is a zero: the sign would be seen in the label.
            copied[i] += 0.0;
            if (!Double.isFinite(copied[i]) || (i > 0 && !(copied[i] > copied[i - 1]))) {
                throw new IllegalArgumentException("`cuts` must be finite and rising, but were " + cuts);
            }
        }
        return new Bands(name, figure, copied);
    }

    /**
     * Returns bands that hold about equally many customers of a base. Of another base they have the same cut points.
     *
     * @param name the name of the segmentation
     * @param figure the number of a row
     * @param base the customers
     * @param bands how many; at least 2
     * @return the bands: fewer than asked for if too many customers are equal
     * @throws IllegalArgumentException if there are fewer, or a number is infinite
     */
    public static Bands ofQuantiles(String name, RowFigure figure, CustomerBase base, int bands) {
        if (bands < 2) {
            throw new IllegalArgumentException("`bands` must be at least 2, but was " + bands);
        }
        double[] column = Columns.of(figure, base);
        double smallest =
                Arrays.stream(column).filter(x -> !Double.isNaN(x)).min().orElse(0);
        double[] cuts = Arrays.stream(Quantiles.cuts(column, Columns.weights(base), bands))
                .distinct()
                .filter(cut -> cut > smallest && cut < Double.POSITIVE_INFINITY)
                .toArray();
        return new Bands(name, figure, cuts);
    }

    private static List<String> labels(double[] cuts) {
        if (cuts.length == 0) {
            return List.of("all");
        }
        List<String> labels = new ArrayList<>();
        labels.add("below " + text(cuts[0]));
        for (int i = 1; i < cuts.length; i++) {
            labels.add(text(cuts[i - 1]) + " to below " + text(cuts[i]));
        }
        labels.add(text(cuts[cuts.length - 1]) + " and above");
        return List.copyOf(labels);
    }

    private static String text(double number) {
        return number == 0
                ? "0"
                : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Returns where the second and later bands begin.
     *
     * @return the cut points, rising, unmodifiable; empty if all customers are in one band
     */
    public List<Double> cuts() {
        return Arrays.stream(cuts).boxed().toList();
    }

    /**
     * Returns the labels of the bands.
     *
     * @return the labels, from the lowest band to the highest, unmodifiable
     */
    public List<String> labels() {
        return labels;
    }

    @Override
    public SegmentCodes codes(CustomerBase base, int from, int to) {
        Objects.checkFromToIndex(from, to, base.size());
        int[] codes = new int[to - from];
        for (int row = from; row < to; row++) {
            double value = figure.of(base, row);
            codes[row - from] = Double.isNaN(value) ? SegmentCodes.NONE : Quantiles.classOf(value, cuts);
        }
        return SegmentCodes.of(labels, codes);
    }

    @Override
    public Comparator<String> order() {
        return LabelOrder.of(labels);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bands that
                && name.equals(that.name)
                && figure.equals(that.figure)
                && Arrays.equals(cuts, that.cuts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, figure, Arrays.hashCode(cuts));
    }

    /** Returns the name and the bands. */
    @Override
    public String toString() {
        return name + ": " + String.join(", ", labels);
    }
}
