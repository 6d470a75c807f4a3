// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.CustomerValues;

/**
 * Adds up customer values to customer equity, in total and by any number of breakdowns.
 *
 * <p>Each customer's values are rounded to six decimals once; from there everything is integer arithmetic. So the segments of a
 * breakdown add up to the total exactly, and parts that were accumulated apart combine to the same bits in any order.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class EquityAggregator {

    private final List<List<Segmentation>> breakdowns;

    private EquityAggregator(List<List<Segmentation>> breakdowns) {
        this.breakdowns = breakdowns;
    }

    /**
     * Returns an aggregator that gives totals only.
     *
     * @return the aggregator
     */
    public static EquityAggregator withDefaults() {
        return new EquityAggregator(List.of());
    }

    /**
     * Returns a copy with one more breakdown. Several dimensions make one segment of each combination of their values.
     *
     * @param dimensions the names of customer attributes, as {@code ["region", "size"]}; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is no dimension
     */
    public EquityAggregator withBreakdown(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("`dimensions` must name at least one attribute, but was empty");
        }
        return withSegmentations(
                dimensions.stream().map(Segmentations::attribute).toList());
    }

    /**
     * Returns a copy with one more breakdown, by a segmentation of any kind.
     *
     * @param segmentation what makes the segments
     * @return the copy
     */
    public EquityAggregator withSegmentation(Segmentation segmentation) {
        return withSegmentations(List.of(segmentation));
    }

    /**
     * Returns a copy with one more breakdown, with a segment of each combination of labels of several segmentations.
     *
     * @param segmentations what makes the segments; at least one. {@link Segmentations#attribute} crosses attributes with others
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public EquityAggregator withSegmentations(List<? extends Segmentation> segmentations) {
        if (segmentations.isEmpty()) {
            throw new IllegalArgumentException("`segmentations` must hold at least one, but was empty");
        }
        List<List<Segmentation>> extended = new ArrayList<>(breakdowns);
        extended.add(List.copyOf(segmentations));
        return new EquityAggregator(List.copyOf(extended));
    }

    /**
     * Returns the breakdowns.
     *
     * @return the names of the dimensions of each; unmodifiable
     */
    public List<List<String>> breakdowns() {
        return breakdowns.stream().map(SegmentIndex::names).toList();
    }

    /**
     * Adds up all customers.
     *
     * @param values the values of the customers
     * @return the equity
     * @throws IllegalArgumentException if no customer has a dimension that a breakdown names
     */
    public CustomerEquity aggregate(CustomerValues values) {
        return accumulate(values, 0, values.size()).toEquity();
    }

    /**
     * Adds up a part of the customers, to be {@linkplain EquityAccumulator#merge merged} with others: of the same base in
     * several threads, or of several bases.
     *
     * @param values the values of the customers
     * @param from the first row
     * @param to the row after the last
     * @return the sums so far
     * @throws IllegalArgumentException if no customer of the base has a dimension that a breakdown names
     */
    public EquityAccumulator accumulate(CustomerValues values, int from, int to) {
        return new EquityAccumulator(breakdowns, values, from, to);
    }
}
