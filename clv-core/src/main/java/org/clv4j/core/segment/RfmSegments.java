// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.jspecify.annotations.Nullable;

/**
 * Segments by the scores of recency, frequency and monetary value that a {@link RfmScoring} found. Labels are the scores, as
 * {@code R3F2M1}, with {@code R0F0M0} for the class of those who never came back; or, {@linkplain #named() by name}, the
 * {@link RfmGroup groups} from the best to the lost. A customer of whom a figure is NaN is {@value Segmentation#UNKNOWN}.
 *
 * <p>This class is immutable and thread-safe. Two are equal if scores, figures and the numbers at which scores begin are.
 */
public final class RfmSegments implements Segmentation {

    private static final List<String> GROUPS =
            Arrays.stream(RfmGroup.values()).map(RfmGroup::toString).toList();
    private static final int MISSING = -1;

    private final int scores;
    private final boolean zeroClass;
    /** Of recency, frequency, monetary value, in this order; so are the cuts. */
    private final List<RowFigure> figures;

    private final double[][] cuts;
    private final boolean named;
    private final List<String> labels;
    /** By combination of scores, as they are numbered in the list of their labels. */
    private final int[] groupOf;

    RfmSegments(int scores, boolean zeroClass, List<RowFigure> figures, double[][] cuts, boolean named) {
        this.scores = scores;
        this.zeroClass = zeroClass;
        this.figures = List.copyOf(figures);
        this.cuts = cuts;
        this.named = named;
        this.labels = named ? GROUPS : scoreLabels(scores);
        this.groupOf = new int[1 + scores * scores * scores];
        groupOf[0] = GROUPS.indexOf(RfmGroup.ONE_TIME.toString());
        for (int i = 0; i < groupOf.length - 1; i++) {
            RfmGroup group = RfmGroup.of(1 + i / scores / scores, 1 + i / scores % scores, 1 + i % scores, scores);
            groupOf[i + 1] = GROUPS.indexOf(group.toString());
        }
    }

    private static List<String> scoreLabels(int scores) {
        return IntStream.range(0, 1 + scores * scores * scores)
                .mapToObj(code -> code == 0
                        ? "R0F0M0"
                        : "R" + (1 + (code - 1) / scores / scores) + "F" + (1 + (code - 1) / scores % scores) + "M"
                                + (1 + (code - 1) % scores))
                .toList();
    }

    /**
     * Returns a copy whose segments are the named groups.
     *
     * @return the copy
     */
    public RfmSegments named() {
        return new RfmSegments(scores, zeroClass, figures, cuts, true);
    }

    /** Returns {@code RFM}; {@code RFM group} of the named ones. */
    @Override
    public String name() {
        return named ? "RFM group" : "RFM";
    }

    /**
     * Returns how many scores there are.
     *
     * @return the highest score
     */
    public int scores() {
        return scores;
    }

    /**
     * Returns the score of recency.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return the score, from 1; 0 in the class of those who never came back; −1 if the figure is NaN
     */
    public int recencyScore(CustomerBase base, int row) {
        return score(0, base, row);
    }

    /**
     * Returns the score of frequency.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return the score, from 1; 0 in the class of those who never came back; −1 if the figure is NaN
     */
    public int frequencyScore(CustomerBase base, int row) {
        return score(1, base, row);
    }

    /**
     * Returns the score of monetary value.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return the score, from 1; 0 in the class of those who never came back; −1 if the figure is NaN
     */
    public int monetaryScore(CustomerBase base, int row) {
        return score(2, base, row);
    }

    private int score(int figure, CustomerBase base, int row) {
        if (zeroClass && base.frequency(row) == 0) {
            return 0;
        }
        double value = figures.get(figure).of(base, row);
        return Double.isNaN(value) ? MISSING : 1 + Quantiles.classOf(value, cuts[figure]);
    }

    /**
     * Returns the numbers at which the scores of recency begin.
     *
     * @return the smallest number of the scores 2, 3, …; empty places at the end are left out
     */
    public List<Double> recencyCuts() {
        return cuts(0);
    }

    /**
     * Returns the numbers at which the scores of frequency begin.
     *
     * @return the smallest number of the scores 2, 3, …; empty places at the end are left out
     */
    public List<Double> frequencyCuts() {
        return cuts(1);
    }

    /**
     * Returns the numbers at which the scores of monetary value begin.
     *
     * @return the smallest number of the scores 2, 3, …; empty places at the end are left out
     */
    public List<Double> monetaryCuts() {
        return cuts(2);
    }

    private List<Double> cuts(int figure) {
        return Arrays.stream(cuts[figure])
                .filter(cut -> cut < Double.POSITIVE_INFINITY)
                .boxed()
                .toList();
    }

    @Override
    public SegmentCodes codes(CustomerBase base, int from, int to) {
        Objects.checkFromToIndex(from, to, base.size());
        int[] codes = new int[to - from];
        for (int row = from; row < to; row++) {
            codes[row - from] = code(base, row);
        }
        return SegmentCodes.of(labels, codes);
    }

    private int code(CustomerBase base, int row) {
        int r = score(0, base, row);
        int f = score(1, base, row);
        int m = score(2, base, row);
        if (r == MISSING || f == MISSING || m == MISSING) {
            return SegmentCodes.NONE;
        }
        int combination = r == 0 ? 0 : 1 + ((r - 1) * scores + f - 1) * scores + m - 1;
        return named ? groupOf[combination] : combination;
    }

    @Override
    public Comparator<String> order() {
        return LabelOrder.of(labels);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RfmSegments that
                && scores == that.scores
                && zeroClass == that.zeroClass
                && named == that.named
                && figures.equals(that.figures)
                && Arrays.deepEquals(cuts, that.cuts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scores, zeroClass, named, figures, Arrays.deepHashCode(cuts));
    }

    /** Returns the name and the number of scores. */
    @Override
    public String toString() {
        return name() + " with " + scores + " scores" + (zeroClass ? " and a zero class" : "");
    }
}
