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
import org.clv4j.core.value.CustomerValues;
import org.jspecify.annotations.Nullable;

/**
 * Segments by rank of value: the top 1 % of the customers, the next 4 %, and so on, or those who make the first half of the value.
 *
 * <p>Customers are ranked from the highest value down, by weight. A customer is in the first tier whose cumulated share is above
 *
 * <pre>
 * (A + E/2) / W
 * </pre>
 *
 * with A customers above, E equal and W in all; or A, E and W of their value for tiers by value. Equal values are always in one tier,
 * which therefore may be larger or smaller than its share. Of value the positive one counts only; who has none is in the last tier.
 *
 * <p>Tiers hold for the customers they were made of, whom they know by their ids; others are {@value Segmentation#UNKNOWN}. So they can
 * be used with any part of the base, and with other terms. Segments come from the top down.
 *
 * <p>This class is immutable and thread-safe. Two are equal if they are the same object.
 */
public final class ValueTiers implements Segmentation {

    private final String name;
    private final CustomerBase base;
    private final byte[] tiers;
    private final List<String> labels;

    private ValueTiers(String name, CustomerBase base, byte[] tiers, List<String> labels) {
        this.name = name;
        this.base = base;
        this.tiers = tiers;
        this.labels = labels;
    }

    /**
     * Returns tiers of the future value by shares of the customers, as {@code top 1 %}, {@code 1 to 5 %}, {@code 5 to 20 %},
     * {@code rest}. The segmentation is named {@code value tier}.
     *
     * @param values what customers are worth
     * @param shares the shares from the top, as 0.01, 0.04, 0.15; each above 0, below 1 in all, at most 100; the rest is a tier of its own
     * @return the tiers
     * @throws IllegalArgumentException if the shares are not as said
     */
    public static ValueTiers byCustomers(CustomerValues values, List<? extends Number> shares) {
        return byCustomers("value tier", values.base(), (base, row) -> values.futureValue(row), shares);
    }

    /**
     * Returns tiers of any figure by shares of the customers.
     *
     * @param name the name of the segmentation
     * @param base the customers
     * @param figure the number of a row that customers are ranked by; NaN is {@value Segmentation#UNKNOWN}
     * @param shares the shares from the top; each above 0, below 1 in all, at most 100
     * @return the tiers
     * @throws IllegalArgumentException if the shares are not as said, or a number is infinite
     */
    public static ValueTiers byCustomers(
            String name, CustomerBase base, RowFigure figure, List<? extends Number> shares) {
        List<BigDecimal> parts = parts(shares);
        return of(name, base, figure, parts, labels("top ", parts, " %"), false);
    }

    /**
     * Returns tiers of the future value by shares of it, as {@code first 50 % of value}, {@code 50 to 80 % of value}, {@code rest}. The
     * segmentation is named {@code value share}.
     *
     * @param values what customers are worth
     * @param shares the shares from the top, as 0.5, 0.3; each above 0, below 1 in all, at most 100; the rest is a tier of its own
     * @return the tiers
     * @throws IllegalArgumentException if the shares are not as said
     */
    public static ValueTiers byValue(CustomerValues values, List<? extends Number> shares) {
        return byValue("value share", values.base(), (base, row) -> values.futureValue(row), shares);
    }

    /**
     * Returns tiers of any figure by shares of it.
     *
     * @param name the name of the segmentation
     * @param base the customers
     * @param figure the number of a row that customers are ranked by; NaN is {@value Segmentation#UNKNOWN}
     * @param shares the shares from the top; each above 0, below 1 in all, at most 100
     * @return the tiers
     * @throws IllegalArgumentException if the shares are not as said, or a number is infinite
     */
    public static ValueTiers byValue(String name, CustomerBase base, RowFigure figure, List<? extends Number> shares) {
        List<BigDecimal> parts = parts(shares);
        return of(name, base, figure, parts, labels("first ", parts, " % of value"), true);
    }

    private static List<BigDecimal> parts(List<? extends Number> shares) {
        List<BigDecimal> parts = new ArrayList<>();
        BigDecimal all = BigDecimal.ZERO;
        for (Number share : shares) {
            double part = share.doubleValue();
            if (!(part > 0 && part < 1)) {
                throw new IllegalArgumentException("`share` must be in (0, 1), but was " + share);
            }
            parts.add(BigDecimal.valueOf(part));
            all = all.add(BigDecimal.valueOf(part));
        }
        if (parts.isEmpty() || parts.size() > 100 || all.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "`shares` must be 1 to 100 numbers with a sum below 1, but were " + shares);
        }
        return parts;
    }

    private static List<String> labels(String first, List<BigDecimal> parts, String last) {
        List<String> labels = new ArrayList<>();
        BigDecimal from = BigDecimal.ZERO;
        for (BigDecimal part : parts) {
            BigDecimal to = from.add(part);
            labels.add((labels.isEmpty() ? first : percent(from) + " to ") + percent(to) + last);
            from = to;
        }
        labels.add("rest");
        return labels;
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static ValueTiers of(
            String name,
            CustomerBase base,
            RowFigure figure,
            List<BigDecimal> parts,
            List<String> labels,
            boolean ofValue) {
        Objects.requireNonNull(name, "name");
        double[] column = Columns.of(figure, base);
        int[] rows = Quantiles.ascending(column);
        double[] room = room(column, base, ofValue);
        double all = 0;
        for (int row : rows) {
            all += room[row];
        }
        double[] ends = new double[parts.size()];
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < ends.length; i++) {
            sum = sum.add(parts.get(i));
            ends[i] = sum.doubleValue() - Quantiles.ON_BORDER;
        }
        byte[] tiers = new byte[column.length];
        Arrays.fill(tiers, (byte) SegmentCodes.NONE);
        double above = 0;
        for (int from = rows.length - 1; from >= 0; ) {
            double value = column[rows[from]];
            double equal = 0;
            int to = from;
            while (to >= 0 && column[rows[to]] == value) {
                equal += room[rows[to--]];
            }
            boolean none = ofValue && !(value > 0);
            byte tier = (byte) (none ? ends.length : Quantiles.classOf((above + equal / 2) / all, ends));
            for (; from > to; from--) {
                tiers[rows[from]] = tier;
            }
            above += equal;
        }
        return new ValueTiers(name, base, tiers, List.copyOf(labels));
    }

    /** What a row takes of the whole: its customers, or their value, as a part of the largest so that no sum overflows. */
    private static double[] room(double[] column, CustomerBase base, boolean ofValue) {
        double[] room = Columns.weights(base);
        if (ofValue) {
            double largest = 0;
            for (double value : column) {
                largest = value > largest ? value : largest;
            }
            for (int row = 0; row < room.length; row++) {
                room[row] *= column[row] > 0 ? column[row] / largest : 0;
            }
        }
        return room;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Returns the labels of the tiers.
     *
     * @return the labels from the top down, unmodifiable
     */
    public List<String> labels() {
        return labels;
    }

    @Override
    public SegmentCodes codes(CustomerBase other, int from, int to) {
        Objects.checkFromToIndex(from, to, other.size());
        int[] codes = new int[to - from];
        for (int row = from; row < to; row++) {
            boolean aligned = row < base.size() && other.id(row).equals(base.id(row));
            int own = other == base || aligned ? row : base.indexOf(other.id(row));
            codes[row - from] = own < 0 ? SegmentCodes.NONE : tiers[own];
        }
        return SegmentCodes.of(labels, codes);
    }

    @Override
    public Comparator<String> order() {
        return LabelOrder.of(labels);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Returns the name and the tiers. */
    @Override
    public String toString() {
        return name + ": " + String.join(", ", labels);
    }
}
