// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Arrays;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;

/**
 * How customers are scored by recency, frequency and monetary value, from 1 (lowest) to k (highest, and most recent).
 *
 * <p>Scores are quantiles by weight. Customers who are equal stand in the middle of the room that they take and have the same score: with a
 * weight B below and E equal, of W in all,
 *
 * <pre>
 * score = 1 + ⌊k (B + E/2) / W⌋
 * </pre>
 *
 * so that without ties the scores have equally many customers, and with ties some score may have none. This matters for frequency, of which
 * there are few distinct values. The table of an analysis therefore depends on its rule; a rule that breaks ties by the order of the rows
 * would give equal customers different scores.
 *
 * <p>Unless said otherwise, recency is the time since the last purchase (T − t<sub>x</sub>, less is better), frequency the number of repeat
 * occasions x, and monetary value the mean of the repeat occasions.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class RfmScoring {

    /** What recency goes by unless another figure is stated; constant, so that segmentations made apart can be equal. */
    private static final RowFigure TIME_SINCE_LAST_PURCHASE = (base, row) -> base.isGridded()
            ? (double) (base.recencySteps(row) - base.ageSteps(row)) / base.stepsPerPeriod()
            : base.recency(row) - base.age(row);

    private static final RowFigure FREQUENCY = CustomerBase::frequency;
    private static final RowFigure MONETARY_VALUE = CustomerBase::monetaryValue;
    private static final RfmScoring DEFAULTS =
            new RfmScoring(5, false, TIME_SINCE_LAST_PURCHASE, FREQUENCY, MONETARY_VALUE);

    private final int scores;
    private final boolean zeroClass;
    private final RowFigure recency;
    private final RowFigure frequency;
    private final RowFigure monetary;

    private RfmScoring(int scores, boolean zeroClass, RowFigure recency, RowFigure frequency, RowFigure monetary) {
        this.scores = scores;
        this.zeroClass = zeroClass;
        this.recency = Objects.requireNonNull(recency, "recency");
        this.frequency = Objects.requireNonNull(frequency, "frequency");
        this.monetary = Objects.requireNonNull(monetary, "monetary");
    }

    /**
     * Returns a scoring from 1 to 5 of all customers.
     *
     * @return the scoring
     */
    public static RfmScoring withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another number of scores.
     *
     * @param newScores the number of scores; in [2, 9]: 3 gives terciles
     * @return the copy
     * @throws IllegalArgumentException if the number is out of range
     */
    public RfmScoring withScores(int newScores) {
        requireScores(newScores);
        return new RfmScoring(newScores, zeroClass, recency, frequency, monetary);
    }

    static void requireScores(int scores) {
        if (scores < 2 || scores > 9) {
            throw new IllegalArgumentException("`scores` must be in [2, 9], but was " + scores);
        }
    }

    /**
     * Returns a copy that keeps customers without a repeat purchase as a class of their own, with the scores 0, 0, 0. The scores of the
     * others are then quantiles among repeat buyers only.
     *
     * @return the copy
     */
    public RfmScoring withZeroClass() {
        return new RfmScoring(scores, true, recency, frequency, monetary);
    }

    /**
     * Returns a copy that scores recency by another figure, as {@code CustomerBase::recency}: the time of the last purchase since the first.
     *
     * @param figure the number of a row, more being more recent; NaN is {@value Segmentation#UNKNOWN}
     * @return the copy
     */
    public RfmScoring withRecency(RowFigure figure) {
        return new RfmScoring(scores, zeroClass, figure, frequency, monetary);
    }

    /**
     * Returns a copy that scores frequency by another figure.
     *
     * @param figure the number of a row; NaN is {@value Segmentation#UNKNOWN}
     * @return the copy
     */
    public RfmScoring withFrequency(RowFigure figure) {
        return new RfmScoring(scores, zeroClass, recency, figure, monetary);
    }

    /**
     * Returns a copy that scores monetary value by another figure, as {@code CustomerBase::totalAmountAsDouble}.
     *
     * @param figure the number of a row; NaN is {@value Segmentation#UNKNOWN}
     * @return the copy
     */
    public RfmScoring withMonetaryValue(RowFigure figure) {
        return new RfmScoring(scores, zeroClass, recency, frequency, figure);
    }

    /**
     * Finds where the scores of a base begin.
     *
     * @param base the customers
     * @return the segments, by scores; they can be used with other bases too, whose customers are then measured by this one
     * @throws IllegalArgumentException if a figure is infinite
     */
    public RfmSegments of(CustomerBase base) {
        RowFigure[] figures = {recency, frequency, monetary};
        double[] weights = Columns.weights(base);
        double[][] cuts = new double[figures.length][];
        for (int i = 0; i < cuts.length; i++) {
            double[] column = Columns.of(figures[i], base);
            if (zeroClass) {
                for (int row = 0; row < column.length; row++) {
                    column[row] = base.frequency(row) == 0 ? Double.NaN : column[row];
                }
            }
            cuts[i] = Quantiles.cuts(column, weights, scores);
        }
        return new RfmSegments(scores, zeroClass, Arrays.asList(figures), cuts, false);
    }
}
