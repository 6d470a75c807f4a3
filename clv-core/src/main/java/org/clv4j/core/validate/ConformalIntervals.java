// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.clv4j.core.learn.Interval;

/**
 * Intervals about predictions that hold what comes with a stated probability, whatever the predictor and the distribution: split-conformal
 * prediction, by segment.
 *
 * <p>Assumption: the rows of the calibration and those to come are exchangeable within their segment, and the predictor has seen none
 * of them. Rows of another year than those to come are not exchangeable with them, and then nothing is guaranteed.
 *
 * <p>The score of a row is |y − ŷ| / s(ŷ), with a scale s above 0 that does not fall with the prediction. With n rows of a segment, q is
 * the ⌈(n + 1) level⌉-th smallest of their scores, and the interval of a prediction
 *
 * <pre>
 * [max(floor, ŷ − q s(ŷ)), max(floor, ŷ + q s(ŷ))]
 * </pre>
 *
 * <p>widened by four units in the last place, so that rounding shuts out no row whose score is q. It holds y with a probability of at least the level, on average over calibrations and rows to come; of at most level + 1/(n + 1) if
 * scores have no ties and there is no floor. That is for each segment with a quantile of its own. Small segments share a pool: for them it
 * holds of the pool as a whole. Other segments use the quantile of all rows, and for them it holds only as far as they are like the rest.
 *
 * <p>This class is immutable and thread-safe, and keeps no row. {@link ConformalCalibrator} has the options, and says how s is learned.
 *
 * <p>Sources: Vovk, Gammerman and Shafer (2005), <i>Algorithmic learning in a random world</i>, doi:10.1007/b106715; Lei, G'Sell, Rinaldo,
 * Tibshirani and Wasserman (2018), <i>Distribution-free predictive inference for regression</i>, doi:10.1080/01621459.2017.1307116.
 */
public final class ConformalIntervals {

    /** So that a quantile over the scale cannot overflow. */
    static final double SMALLEST_SCALE = 1e-100;

    private final double level;
    private final IsotonicCalibration scale;
    private final double allQuantile;
    private final List<ConformalGroup> groups;
    private final OptionalDouble floor;
    private final Map<String, ConformalGroup> bySegment = new HashMap<>();

    private ConformalIntervals(
            double level,
            IsotonicCalibration scale,
            double allQuantile,
            List<ConformalGroup> groups,
            OptionalDouble floor) {
        this.level = level;
        this.scale = scale;
        this.allQuantile = allQuantile;
        this.groups = List.copyOf(groups);
        this.floor = floor;
        for (ConformalGroup group : groups) {
            for (String segment : group.segments()) {
                if (bySegment.put(segment, group) != null) {
                    throw new IllegalArgumentException(
                            "`groups` must have a segment once, but had '" + segment + "' again");
                }
            }
        }
    }

    /**
     * Fits intervals with the options of {@link ConformalCalibrator#withDefaults()}.
     *
     * @param level how probable it is to be that an interval holds what comes, as 0.95; in (0, 1)
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row, none that the predictor was fitted to
     * @param actual what came, from −1e100 to 1e100
     * @param segments the segment of each row
     * @return the intervals
     * @throws IllegalArgumentException if an argument is out of its range, lengths differ, or there are too few rows for the level
     */
    public static ConformalIntervals fit(double level, double[] predicted, double[] actual, List<String> segments) {
        return ConformalCalibrator.withDefaults().fit(level, predicted, actual, segments);
    }

    /**
     * Rebuilds intervals from their numbers, without a floor.
     *
     * @param level how probable it is to be that an interval holds what comes; in (0, 1)
     * @param scale s: values from 1e-100 to 1e100
     * @param allQuantile the quantile of segments that no group has; from 0 to 1e201
     * @param groups the segments with a quantile of their own, and the pool if there is one; none twice
     * @return the intervals
     * @throws IllegalArgumentException if a number is out of its range, or a segment is there twice
     */
    public static ConformalIntervals of(
            double level, IsotonicCalibration scale, double allQuantile, List<ConformalGroup> groups) {
        return new ConformalIntervals(
                Columns.between0And1(level, "level"),
                checkedScale(scale),
                ConformalGroup.checkedQuantile(allQuantile),
                groups,
                OptionalDouble.empty());
    }

    static IsotonicCalibration checkedScale(IsotonicCalibration scale) {
        double least = Objects.requireNonNull(scale, "scale").values()[0];
        if (!(least >= SMALLEST_SCALE)) {
            throw new IllegalArgumentException(
                    "`scale` must have values of at least " + SMALLEST_SCALE + ", but its least was " + least);
        }
        return scale;
    }

    /**
     * Returns a copy whose intervals do not reach below a floor.
     *
     * @param newFloor what no actual can be below, as 0; from −1e100 to 1e100
     * @return the copy
     * @throws IllegalArgumentException if the floor is out of its range
     */
    public ConformalIntervals withFloor(double newFloor) {
        Columns.inRange(newFloor, "floor");
        return new ConformalIntervals(level, scale, allQuantile, groups, OptionalDouble.of(newFloor));
    }

    /**
     * Returns the interval of a prediction.
     *
     * @param predicted the prediction, from −1e100 to 1e100
     * @param segment the segment; one that is not known uses the quantile of all rows
     * @return the interval, finite
     * @throws IllegalArgumentException if the prediction is out of its range
     */
    public Interval interval(double predicted, String segment) {
        Columns.inRange(predicted, "predicted");
        double halfWidth = quantile(segment) * scale.apply(predicted);
        if (halfWidth > 0) {
            // Where many rows have the score q, as those of one prediction that bought nothing, rounding must not shut
            // them out.
            halfWidth += 4 * Math.ulp(Math.max(Math.abs(predicted), halfWidth));
        }
        double least = floor.orElse(Double.NEGATIVE_INFINITY);
        return new Interval(Math.max(least, predicted - halfWidth), Math.max(least, predicted + halfWidth));
    }

    /**
     * Returns the intervals of a column.
     *
     * @param predicted the prediction of each row, from −1e100 to 1e100
     * @param segments the segment of each row
     * @return the intervals in the order of the rows, unmodifiable
     * @throws IllegalArgumentException if lengths differ, or a prediction is out of its range; the message names the row
     */
    public List<Interval> intervals(double[] predicted, List<String> segments) {
        Columns.checked(predicted, "predicted", predicted.length);
        List<String> labels = Columns.labels(segments, "segments", predicted.length);
        List<Interval> intervals = new ArrayList<>(predicted.length);
        for (int row = 0; row < predicted.length; row++) {
            intervals.add(interval(predicted[row], labels.get(row)));
        }
        return List.copyOf(intervals);
    }

    /**
     * Returns the quantile that a segment uses.
     *
     * @param segment the segment
     * @return q: its own, that of the pool it is in, or that of all rows
     */
    public double quantile(String segment) {
        ConformalGroup group = bySegment.get(Objects.requireNonNull(segment, "segment"));
        return group == null ? allQuantile : group.quantile();
    }

    /**
     * Returns the level.
     *
     * @return how probable it is to be that an interval holds what comes, in (0, 1)
     */
    public double level() {
        return level;
    }

    /**
     * Returns the scale.
     *
     * @return s, above 0
     */
    public IsotonicCalibration scale() {
        return scale;
    }

    /**
     * Returns the quantile of all rows.
     *
     * @return q of segments that no group has, at least 0
     */
    public double allQuantile() {
        return allQuantile;
    }

    /**
     * Returns who has a quantile of its own.
     *
     * @return the segments by name, then the pool if there is one; unmodifiable
     */
    public List<ConformalGroup> groups() {
        return groups;
    }

    /**
     * Returns what no interval reaches below.
     *
     * @return the floor, or empty if there is none
     */
    public OptionalDouble floor() {
        return floor;
    }

    @Override
    public String toString() {
        return "ConformalIntervals[level " + level + ", quantile of all " + allQuantile + ", groups " + groups
                + ", floor " + Metric.text(floor) + "]";
    }
}
