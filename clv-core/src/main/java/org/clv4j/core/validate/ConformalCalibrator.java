// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.clv4j.core.internal.PreciseSum;
import org.jspecify.annotations.Nullable;

/**
 * How {@link ConformalIntervals} are fitted. Unfitted: it holds options only.
 *
 * <p>The scale s is learned unless one is stated. The rows of each segment are then divided into two halves at random. One half, of all
 * segments together, teaches s: in the order of the predictions √m of its m rows at a time are taken together, rows of one prediction
 * never apart, and their mean |y − ŷ| is fitted by their mean ŷ with {@link IsotonicCalibration}; where s would be below a hundredth of
 * the mean |y − ŷ| it is that, and 1 if all predictions of the half were right. The other half, the larger one where rows are odd, gives
 * the quantiles. With a stated scale all rows give them.
 *
 * <p>A segment is small if the calibration has fewer rows of it than a minimum, or fewer than its quantile takes at the level: n with
 * ⌈(n + 1) level⌉ ≤ n, which is 19 for 95 %. Small segments share a pool. If even the pool is small, they use the quantile of all rows.
 *
 * <p>This class is immutable and thread-safe. The halves depend on the seed and on the number of the row within its segment, on nothing
 * else. Cost: a sort.
 */
public final class ConformalCalibrator {

    private static final ConformalCalibrator DEFAULTS =
            new ConformalCalibrator(null, OptionalDouble.empty(), 100, "(small segments)", 1);

    private final @Nullable IsotonicCalibration scale;
    private final OptionalDouble floor;
    private final int minimumRows;
    private final String poolLabel;
    private final long seed;

    private ConformalCalibrator(
            @Nullable IsotonicCalibration scale, OptionalDouble floor, int minimumRows, String poolLabel, long seed) {
        this.scale = scale;
        this.floor = floor;
        this.minimumRows = minimumRows;
        this.poolLabel = poolLabel;
        this.seed = seed;
    }

    /**
     * Returns the calibrator that learns the scale, has no floor, gives a segment of at least 100 rows a quantile of its own, calls the
     * pool {@code (small segments)} and has the seed 1.
     *
     * @return the calibrator
     */
    public static ConformalCalibrator withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with a stated scale.
     *
     * @param newScale s: values from 1e-100 to 1e100, learned from other rows than those of the calibration
     * @return the copy
     * @throws IllegalArgumentException if a value of the scale is out of its range
     */
    public ConformalCalibrator withScale(IsotonicCalibration newScale) {
        return new ConformalCalibrator(ConformalIntervals.checkedScale(newScale), floor, minimumRows, poolLabel, seed);
    }

    /**
     * Returns a copy with a scale of 1, whose intervals are as wide for each prediction of a segment.
     *
     * @return the copy
     */
    public ConformalCalibrator withConstantScale() {
        return withScale(IsotonicCalibration.of(new double[] {0}, new double[] {1}));
    }

    /**
     * Returns a copy whose intervals do not reach below a floor.
     *
     * @param newFloor what no actual can be below, as 0; from −1e100 to 1e100
     * @return the copy
     * @throws IllegalArgumentException if the floor is out of its range
     */
    public ConformalCalibrator withFloor(double newFloor) {
        Columns.inRange(newFloor, "floor");
        return new ConformalCalibrator(scale, OptionalDouble.of(newFloor), minimumRows, poolLabel, seed);
    }

    /**
     * Returns a copy with another minimum.
     *
     * @param rows how many rows of the calibration a segment must have for a quantile of its own, at least 1
     * @return the copy
     * @throws IllegalArgumentException if the number is out of its range
     */
    public ConformalCalibrator withMinimumRows(int rows) {
        return new ConformalCalibrator(scale, floor, Columns.atLeast(rows, 1, "rows"), poolLabel, seed);
    }

    /**
     * Returns a copy that calls the pool of small segments something else.
     *
     * @param label the label; not that of a segment
     * @return the copy
     */
    public ConformalCalibrator withPoolLabel(String label) {
        return new ConformalCalibrator(scale, floor, minimumRows, Objects.requireNonNull(label, "label"), seed);
    }

    /**
     * Returns a copy that divides rows into other halves.
     *
     * @param newSeed any number
     * @return the copy
     */
    public ConformalCalibrator withSeed(long newSeed) {
        return new ConformalCalibrator(scale, floor, minimumRows, poolLabel, newSeed);
    }

    /**
     * Fits intervals without segments: {@link ConformalIntervals#allQuantile()} is that of every row.
     *
     * @param level how probable it is to be that an interval holds what comes, as 0.95; in (0, 1)
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row, none that the predictor was fitted to
     * @param actual what came, from −1e100 to 1e100, not below the floor
     * @return the intervals
     * @throws IllegalArgumentException if an argument is out of its range, lengths differ, or there are too few rows for the level
     */
    public ConformalIntervals fit(double level, double[] predicted, double[] actual) {
        return fit(level, predicted, actual, Collections.nCopies(predicted.length, "all"));
    }

    /**
     * Fits intervals by segment.
     *
     * @param level how probable it is to be that an interval holds what comes, as 0.95; in (0, 1)
     * @param predicted the prediction of each row, from −1e100 to 1e100; at least one row, none that the predictor was fitted to
     * @param actual what came, from −1e100 to 1e100, not below the floor
     * @param segments the segment of each row; none has the pool's label
     * @return the intervals
     * @throws IllegalArgumentException if an argument is out of its range, lengths differ, or there are too few rows for the level
     */
    public ConformalIntervals fit(double level, double[] predicted, double[] actual, List<String> segments) {
        Columns.between0And1(level, "level");
        int rows = Columns.first(predicted, "predicted").length;
        Columns.checked(actual, "actual", rows);
        requireAboveFloor(actual);
        Map<String, int[]> rowsOf = rowsBySegment(Columns.labels(segments, "segments", rows));
        if (rowsOf.containsKey(poolLabel)) {
            throw new IllegalArgumentException(
                    "`segments` must not have the label of the pool, but had '" + poolLabel + "'");
        }
        // What the quantiles are of: all rows of a segment, or a random half.
        Map<String, int[]> scored = rowsOf;
        IsotonicCalibration used = scale;
        if (used == null) {
            List<int[]> teaching = new ArrayList<>();
            scored = halves(rowsOf, teaching);
            used = learnedScale(predicted, actual, joined(teaching));
        }
        double[] scores = new double[rows];
        for (int i = 0; i < rows; i++) {
            scores[i] = Math.abs(actual[i] - predicted[i]) / used.apply(predicted[i]);
        }
        int[] all = joined(new ArrayList<>(scored.values()));
        if (rank(level, all.length) > all.length) {
            throw new IllegalArgumentException("`level` " + level + " takes at least " + leastRows(level)
                    + " rows to find the quantile, but there were " + all.length + " of " + rows
                    + (scale == null ? "; the others teach the scale" : ""));
        }
        ConformalIntervals intervals =
                ConformalIntervals.of(level, used, quantile(level, scores, all), groups(level, rowsOf, scored, scores));
        return floor.isPresent() ? intervals.withFloor(floor.getAsDouble()) : intervals;
    }

    private void requireAboveFloor(double[] actual) {
        double least = floor.orElse(Double.NEGATIVE_INFINITY);
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] < least) {
                throw new IllegalArgumentException(
                        "`actual` must not be below the floor " + least + ", but was " + actual[i] + " in row " + i);
            }
        }
    }

    /** Sorted by segment, so that nothing depends on the order in which segments come. */
    private static Map<String, int[]> rowsBySegment(List<String> segments) {
        Map<String, List<Integer>> lists = new TreeMap<>();
        for (int i = 0; i < segments.size(); i++) {
            lists.computeIfAbsent(segments.get(i), segment -> new ArrayList<>()).add(i);
        }
        Map<String, int[]> rows = new TreeMap<>();
        lists.forEach((segment, list) ->
                rows.put(segment, list.stream().mapToInt(Integer::intValue).toArray()));
        return rows;
    }

    /** Divides each segment and returns the halves that are scored; the others are added to those that teach the scale. */
    private Map<String, int[]> halves(Map<String, int[]> rowsOf, List<int[]> teaching) {
        Map<String, int[]> scored = new TreeMap<>();
        rowsOf.forEach((segment, rows) -> {
            int[] shuffled = rows.clone();
            new Mix(Mix.hash(seed, segment)).shuffle(shuffled);
            int half = shuffled.length / 2;
            teaching.add(Arrays.copyOfRange(shuffled, 0, half));
            scored.put(segment, Arrays.copyOfRange(shuffled, half, shuffled.length));
        });
        return scored;
    }

    private static int[] joined(List<int[]> parts) {
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static IsotonicCalibration learnedScale(double[] predicted, double[] actual, int[] rows) {
        double[] predictions = new double[rows.length];
        double[] errors = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            predictions[i] = predicted[rows[i]];
            // Half of the largest value, so that no mean of them is rounded beyond it.
            errors[i] = Math.min(Columns.LARGEST / 2, Math.abs(actual[rows[i]] - predictions[i]));
        }
        double mean = rows.length == 0 ? 0 : PreciseSum.of(errors) / rows.length;
        if (mean == 0) {
            return IsotonicCalibration.of(new double[] {0}, new double[] {1});
        }
        IsotonicCalibration fitted = fittedToBins(predictions, errors);
        double least = Math.max(ConformalIntervals.SMALLEST_SCALE, mean / 100);
        double[] values = fitted.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(least, values[i]);
        }
        return IsotonicCalibration.of(fitted.knots(), values);
    }

    /** Single rows at the ends would make knots of their own; bins of about √m rows do not let them. */
    private static IsotonicCalibration fittedToBins(double[] predictions, double[] errors) {
        Ranking ranking = Ranking.of(predictions);
        int size = (int) Math.sqrt(predictions.length);
        List<double[]> bins = new ArrayList<>();
        PreciseSum prediction = new PreciseSum();
        PreciseSum error = new PreciseSum();
        int count = 0;
        for (int block = 0; block < ranking.blocks(); block++) {
            for (int i = ranking.start(block); i < ranking.start(block + 1); i++) {
                prediction.add(predictions[ranking.order()[i]]);
                error.add(errors[ranking.order()[i]]);
                count++;
            }
            if (count >= size || block == ranking.blocks() - 1) {
                bins.add(new double[] {prediction.value() / count, error.value() / count, count});
                prediction = new PreciseSum();
                error = new PreciseSum();
                count = 0;
            }
        }
        return IsotonicCalibration.fit(column(bins, 0), column(bins, 1), column(bins, 2));
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private List<ConformalGroup> groups(
            double level, Map<String, int[]> rowsOf, Map<String, int[]> scored, double[] scores) {
        List<ConformalGroup> groups = new ArrayList<>();
        List<String> small = new ArrayList<>();
        List<int[]> pool = new ArrayList<>();
        int poolRows = 0;
        for (Map.Entry<String, int[]> segment : scored.entrySet()) {
            String label = segment.getKey();
            int[] own = segment.getValue();
            int rows = Objects.requireNonNull(rowsOf.get(label)).length;
            if (rows >= minimumRows && rank(level, own.length) <= own.length) {
                groups.add(new ConformalGroup(label, List.of(label), own.length, quantile(level, scores, own)));
            } else {
                small.add(label);
                pool.add(own);
                poolRows += rows;
            }
        }
        int[] pooled = joined(pool);
        if (poolRows >= minimumRows && rank(level, pooled.length) <= pooled.length) {
            groups.add(new ConformalGroup(poolLabel, small, pooled.length, quantile(level, scores, pooled)));
        }
        return groups;
    }

    /** The rank of the quantile among n scores, from 1; by decimals, as 20 · 0.95 in doubles might be a little above 19. */
    private static long rank(double level, long n) {
        return BigDecimal.valueOf(level)
                .multiply(BigDecimal.valueOf(n + 1))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** The least n with ⌈(n + 1) level⌉ ≤ n, that is (n + 1)(1 − level) ≥ 1. */
    private static String leastRows(double level) {
        return BigDecimal.ONE
                .divide(BigDecimal.ONE.subtract(BigDecimal.valueOf(level)), 0, RoundingMode.CEILING)
                .subtract(BigDecimal.ONE)
                .toPlainString();
    }

    private static double quantile(double level, double[] scores, int[] rows) {
        double[] sorted =
                Arrays.stream(rows).mapToDouble(row -> scores[row]).sorted().toArray();
        return sorted[(int) rank(level, rows.length) - 1];
    }

    @Override
    public String toString() {
        return "ConformalCalibrator[" + (scale == null ? "scale learned" : "scale " + scale) + ", floor "
                + Metric.text(floor) + ", minimum of rows " + minimumRows + ", pool '" + poolLabel + "', seed " + seed
                + "]";
    }
}
