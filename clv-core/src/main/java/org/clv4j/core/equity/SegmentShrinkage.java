// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.internal.NormalQuantile;
import org.clv4j.core.segment.RowFigure;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.CustomerValues;

/**
 * Means of segments a customer, pulled towards the whole as far as chance may have made them: a small segment far out is more likely a lucky
 * draw than a large one.
 *
 * <p><b>Model.</b> The mean y<sub>j</sub> of segment j is its true mean θ<sub>j</sub> with an error of variance v<sub>j</sub>, and the true
 * means come from a distribution with mean μ and variance τ² (random effects):
 *
 * <pre>
 * y_j = θ_j + e_j,  Var e_j = v_j = s²/n_j,      θ_j = μ + u_j,  Var u_j = τ²
 * weight B_j = τ²/(τ² + v_j),      shrunk mean = B_j y_j + (1 − B_j) μ
 * </pre>
 *
 * <p>n<sub>j</sub> is the number of customers: a row of weight 3 counts as three equal ones. s² is the variance of customers within their
 * segments, Σ w (z − y<sub>j</sub>)² / Σ (n<sub>j</sub> − 1) over the segments of more than one customer, the same for all, because a
 * small segment cannot tell its own; {@link #withOwnVariances} takes each segment's own where it has more than one customer, which suits
 * large segments that differ in spread. μ is the mean of the y<sub>j</sub> with weights 1/(τ² + v<sub>j</sub>), and τ² ≥ 0 solves Paule and
 * Mandel's equation
 *
 * <pre>
 * Σ (y_j − μ)²/(τ² + v_j) = k − 1        for k segments; 0 if the left side is smaller at 0
 * </pre>
 *
 * <p><b>Interval.</b> Shrunk mean ± z √MSE, with the normal quantile z and the mean squared error that takes the estimation of μ and τ² into
 * account, MSE = g<sub>1</sub> + g<sub>2</sub> + 2 g<sub>3</sub>, but no more than v<sub>j</sub>, that of the mean as it is:
 *
 * <pre>
 * g_1 = B_j v_j      g_2 = (1 − B_j)²/S_1      g_3 = v_j²/(τ² + v_j)³ · 2 k/S_1²      S_1 = Σ 1/(τ² + v_j)
 * </pre>
 *
 * <p><b>Limits.</b> One segment stays as it is, and has weight 1. If no two customers differ within a segment, s² is 0, and all stay. If no
 * segment has more than one customer, what is within cannot be told from what is between: the variance of all customers is taken as s², and
 * a warning says so. Numbers must be finite. The order of the rows matters to rounding only.
 * With few customers in all, the normal quantile makes intervals somewhat short.
 *
 * <p>The interval is about the mean of the customers that a segment might have had, of which those it has are a sample; of the customers at hand
 * the sums are exact. It takes the values of the customers as given; {@link EquitySimulation} has their uncertainty.
 *
 * <ul>
 *   <li>R. C. Paule, J. Mandel (1982), Consensus values and weighting factors, Journal of Research of the National Bureau of Standards 87,
 *       377–385, <a href="https://doi.org/10.6028/jres.087.022">doi:10.6028/jres.087.022</a>
 *   <li>R. E. Fay, R. A. Herriot (1979), Estimates of income for small places, Journal of the American Statistical Association 74, 269–277,
 *       <a href="https://doi.org/10.1080/01621459.1979.10482505">doi:10.1080/01621459.1979.10482505</a>
 *   <li>G. S. Datta, J. N. K. Rao, D. D. Smith (2005), On measuring the variability of small area estimators under a basic area level model,
 *       Biometrika 92, 183–196, <a href="https://doi.org/10.1093/biomet/92.1.183">doi:10.1093/biomet/92.1.183</a>: the MSE above without its
 *       correction for the bias of τ², which would make it smaller
 * </ul>
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class SegmentShrinkage {

    /** Below this part of its largest possible value, τ² is 0; keeps a segment without error from dividing by 0. */
    private static final double SMALLEST = 1e-15;

    /** Of numbers up to 1; reached by rows of hardly any weight only, and its square is still finite. */
    private static final double LARGEST_VARIANCE = 1e150;

    private static final int HALVINGS = 200;

    private static final SegmentShrinkage DEFAULTS = new SegmentShrinkage(0.95, false);

    private final double level;
    private final boolean ownVariances;

    private SegmentShrinkage(double level, boolean ownVariances) {
        this.level = level;
        this.ownVariances = ownVariances;
    }

    /**
     * Returns a shrinkage with one variance within segments for all, and intervals of 95 %.
     *
     * @return the shrinkage
     */
    public static SegmentShrinkage withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with intervals of another level.
     *
     * @param newLevel the level; in (0, 1)
     * @return the copy
     * @throws IllegalArgumentException if the level is out of range
     */
    public SegmentShrinkage withLevel(double newLevel) {
        if (!(newLevel > 0 && newLevel < 1)) {
            throw new IllegalArgumentException("`level` must be in (0, 1) (0.95 for 95 %), but was " + newLevel);
        }
        return new SegmentShrinkage(newLevel, ownVariances);
    }

    /**
     * Returns a copy that takes each segment's own variance where it has more than one customer, and the pooled one elsewhere.
     *
     * @return the copy
     */
    public SegmentShrinkage withOwnVariances() {
        return new SegmentShrinkage(level, true);
    }

    /**
     * Shrinks the mean future value a customer.
     *
     * @param values what customers are worth
     * @param segmentations what makes the segments; at least one
     * @return the means by segment
     * @throws IllegalArgumentException if there is no segmentation
     */
    public ShrunkMeans ofFutureValue(CustomerValues values, List<? extends Segmentation> segmentations) {
        CustomerBase base = values.base();
        return shrink(
                new ShrunkMeans.Source(
                        SegmentFigure.FUTURE_VALUE.toString(),
                        values.model(),
                        values.terms(),
                        base.currency(),
                        base.observation().map(Observation::end).orElse(null)),
                base,
                (same, row) -> values.futureValue(row),
                segmentations,
                values.warnings());
    }

    /**
     * Shrinks the mean of any figure.
     *
     * @param name the name of the figure
     * @param base the customers
     * @param figure the number of a row; finite
     * @param segmentations what makes the segments; at least one
     * @return the means by segment
     * @throws IllegalArgumentException if there is no segmentation, or a number is not finite
     */
    public ShrunkMeans of(
            String name, CustomerBase base, RowFigure figure, List<? extends Segmentation> segmentations) {
        return shrink(
                new ShrunkMeans.Source(
                        Objects.requireNonNull(name, "name"),
                        null,
                        null,
                        base.currency(),
                        base.observation().map(Observation::end).orElse(null)),
                base,
                figure,
                segmentations,
                List.of());
    }

    private ShrunkMeans shrink(
            ShrunkMeans.Source source,
            CustomerBase base,
            RowFigure figure,
            List<? extends Segmentation> segmentations,
            List<String> warnings) {
        if (segmentations.isEmpty()) {
            throw new IllegalArgumentException("`segmentations` must hold at least one, but was empty");
        }
        double[] column = new double[base.size()];
        double unit = 0;
        for (int row = 0; row < column.length; row++) {
            column[row] = figure.of(base, row);
            if (!Double.isFinite(column[row])) {
                throw new IllegalArgumentException(
                        "`figure` must be finite, but was " + column[row] + " (customer " + base.id(row) + ")");
            }
            unit = Math.max(unit, Math.abs(column[row]));
        }
        // Squares of numbers up to 1 cannot overflow.
        unit = unit == 0 ? 1 : unit;
        SegmentIndex index = SegmentIndex.of(base, List.copyOf(segmentations));
        Moments[] moments = new Moments[index.segments.size()];
        for (int j = 0; j < moments.length; j++) {
            moments[j] = new Moments();
        }
        Moments all = new Moments();
        for (int row = 0; row < column.length; row++) {
            moments[index.segmentOf[row]].add(column[row] / unit, base.weight(row));
            all.add(column[row] / unit, base.weight(row));
        }
        List<String> notes = new ArrayList<>(warnings);
        Moments pooled = pooled(moments);
        if (pooled.freedom() == 0 && moments.length > 1) {
            pooled = all;
            notes.add(
                    "no segment has more than one customer: the variance of all customers was taken for that within segments");
        }
        double[] variances = new double[moments.length];
        for (int j = 0; j < variances.length; j++) {
            Moments own = ownVariances && moments[j].freedom() > 0 ? moments[j] : pooled;
            variances[j] = Math.min(LARGEST_VARIANCE, own.variance() / moments[j].customers);
        }
        Effects effects = Effects.of(moments, variances);
        double deviations = NormalQuantile.twoSided(level);
        List<ShrunkMean> segments = new ArrayList<>();
        for (int j = 0; j < moments.length; j++) {
            segments.add(effects.shrink(index.segments.get(j), moments[j], variances[j], deviations, unit));
        }
        return new ShrunkMeans(
                source,
                index.dimensions,
                level,
                new ShrunkMeans.Spread(
                        all.mean * unit,
                        effects.centre * unit,
                        finite(Math.sqrt(effects.between) * unit),
                        finite(Math.sqrt(pooled.variance()) * unit)),
                segments,
                notes);
    }

    /** The squares of all segments that have a degree of freedom, with their degrees together. */
    private static Moments pooled(Moments[] moments) {
        Moments pooled = new Moments();
        pooled.customers = 1;
        for (Moments segment : moments) {
            if (segment.freedom() > 0) {
                pooled.customers += segment.freedom();
                pooled.squares += segment.squares;
            }
        }
        return pooled;
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** Mean and squares about it, updated value by value (West 1979). */
    private static final class Moments {
        double customers;
        double mean;
        double squares;

        void add(double value, double weight) {
            customers += weight;
            double distance = value - mean;
            mean += distance * (weight / customers);
            squares += weight * distance * (value - mean);
        }

        double freedom() {
            return Math.max(0, customers - 1);
        }

        double variance() {
            return freedom() == 0 ? 0 : Math.max(0, squares) / freedom();
        }
    }

    /** The distribution of the true means. */
    private static final class Effects {
        final int segments;
        final double between;
        final double centre;
        /** Σ 1/(τ² + v). */
        final double precision;

        private Effects(int segments, double between, double centre, double precision) {
            this.segments = segments;
            this.between = between;
            this.centre = centre;
            this.precision = precision;
        }

        static Effects of(Moments[] moments, double[] variances) {
            int k = moments.length;
            double mean = 0;
            for (Moments segment : moments) {
                mean += segment.mean / k;
            }
            double squares = 0;
            for (Moments segment : moments) {
                squares += (segment.mean - mean) * (segment.mean - mean);
            }
            // About the plain mean the left side is at least as large, and at most squares/τ²: the root is no larger
            // than this.
            double largest = k < 2 ? 0 : squares / (k - 1);
            double floor = Math.max(largest * SMALLEST, Double.MIN_NORMAL);
            double between = root(moments, variances, floor, largest);
            double precision = 0;
            double centre = 0;
            double used = Math.max(between, floor);
            for (int j = 0; j < k; j++) {
                double own = 1 / (used + variances[j]);
                precision += own;
                centre += (moments[j].mean - centre) * (own / precision);
            }
            return new Effects(k, between, centre, precision);
        }

        private static double root(Moments[] moments, double[] variances, double floor, double largest) {
            if (!(largest > floor) || excess(moments, variances, floor) <= 0) {
                return 0;
            }
            double low = floor;
            double high = largest;
            for (int i = 0; i < HALVINGS && low < high; i++) {
                // By ratio while they are far apart: the root may be many orders below.
                double middle = high > 2 * low ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2;
                if (middle <= low || middle >= high) {
                    break;
                }
                if (excess(moments, variances, middle) > 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }

        private static double excess(Moments[] moments, double[] variances, double between) {
            double precision = 0;
            double centre = 0;
            for (int j = 0; j < moments.length; j++) {
                double own = 1 / (between + variances[j]);
                precision += own;
                centre += (moments[j].mean - centre) * (own / precision);
            }
            double sum = 1 - moments.length;
            for (int j = 0; j < moments.length; j++) {
                double distance = moments[j].mean - centre;
                sum += distance * distance / (between + variances[j]);
            }
            return sum;
        }

        ShrunkMean shrink(List<String> labels, Moments segment, double variance, double deviations, double unit) {
            double weight = segments == 1 || variance == 0 ? 1 : between / (between + variance);
            double shrunk = weight * segment.mean + (1 - weight) * centre;
            double error = variance;
            if (weight < 1) {
                double ofCentre = (1 - weight) * (1 - weight) / precision;
                double whole = between + variance;
                double ofBetween = (1 - weight) * (1 - weight) / whole * 2 * segments / (precision * precision);
                error = Math.min(variance, weight * variance + ofCentre + 2 * ofBetween);
            }
            double half = deviations * Math.sqrt(error);
            return new ShrunkMean(
                    labels,
                    segment.customers,
                    segment.mean * unit,
                    finite(Math.sqrt(variance) * unit),
                    weight,
                    shrunk * unit,
                    finite(Math.sqrt(error) * unit),
                    finite((shrunk - half) * unit),
                    finite((shrunk + half) * unit));
        }
    }
}
