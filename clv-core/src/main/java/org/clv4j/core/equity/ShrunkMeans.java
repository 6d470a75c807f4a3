// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;

/**
 * The means of the segments of a breakdown after {@link SegmentShrinkage}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ShrunkMeans {

    private final Source source;
    private final List<String> dimensions;
    private final double level;
    private final Spread spread;
    private final List<ShrunkMean> segments;
    private final List<String> warnings;

    /** What the means are of. */
    record Source(
            String figure,
            @Nullable String model,
            @Nullable ValuationTerms terms,
            Currency currency,
            @Nullable LocalDate date) {}

    /** What all segments have in common. */
    record Spread(double mean, double centre, double between, double within) {}

    ShrunkMeans(
            Source source,
            List<String> dimensions,
            double level,
            Spread spread,
            List<ShrunkMean> segments,
            List<String> warnings) {
        this.source = source;
        this.dimensions = List.copyOf(dimensions);
        this.level = level;
        this.spread = spread;
        this.segments = List.copyOf(segments);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Returns what the means are of.
     *
     * @return the name of the figure, as {@code future value}
     */
    public String figure() {
        return source.figure;
    }

    /**
     * Returns the model behind the figure.
     *
     * @return the name; empty of a figure that is not of a valuation
     */
    public Optional<String> model() {
        return Optional.ofNullable(source.model);
    }

    /**
     * Returns the terms of the valuation.
     *
     * @return the terms; empty of a figure that is not of a valuation
     */
    public Optional<ValuationTerms> terms() {
        return Optional.ofNullable(source.terms);
    }

    /**
     * Returns the currency of the base.
     *
     * @return the currency; XXX if none was stated
     */
    public Currency currency() {
        return source.currency;
    }

    /**
     * Returns the day as of which the customers are looked at.
     *
     * @return the end of the calibration; empty if it is not known
     */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(source.date);
    }

    /**
     * Returns the names of what makes the segments.
     *
     * @return the names, unmodifiable
     */
    public List<String> dimensions() {
        return dimensions;
    }

    /**
     * Returns the level of the intervals.
     *
     * @return the level, in (0, 1)
     */
    public double level() {
        return level;
    }

    /**
     * Returns the mean over all customers.
     *
     * @return the mean, by weight
     */
    public double mean() {
        return spread.mean;
    }

    /**
     * Returns what the segments are shrunk to: the mean of the distribution that their true means are taken to come from. Large segments have
     * less weight in it than in {@link #mean()}.
     *
     * @return the centre
     */
    public double centre() {
        return spread.centre;
    }

    /**
     * Returns how far the true means of the segments are apart.
     *
     * @return their standard deviation τ, at least 0
     */
    public double betweenDeviation() {
        return spread.between;
    }

    /**
     * Returns how far customers of one segment are apart.
     *
     * @return the pooled standard deviation, at least 0
     */
    public double withinDeviation() {
        return spread.within;
    }

    /**
     * Returns the segments.
     *
     * @return the segments in the order of their labels, unmodifiable
     */
    public List<ShrunkMean> segments() {
        return segments;
    }

    /**
     * Returns what a reader must know.
     *
     * @return one line each, unmodifiable
     */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the figure, the dimensions, and both deviations. */
    @Override
    public String toString() {
        return "ShrunkMeans[" + source.figure + " by " + String.join(" / ", dimensions) + ", " + segments.size()
                + " segments, between " + spread.between + ", within " + spread.within + "]";
    }
}
