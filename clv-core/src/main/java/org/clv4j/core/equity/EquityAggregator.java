// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
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

    private final List<List<String>> breakdowns;

    private EquityAggregator(List<List<String>> breakdowns) {
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
        List<List<String>> extended = new ArrayList<>(breakdowns);
        extended.add(List.copyOf(dimensions));
        return new EquityAggregator(List.copyOf(extended));
    }

    /**
     * Returns the breakdowns.
     *
     * @return the dimensions of each; unmodifiable
     */
    public List<List<String>> breakdowns() {
        return breakdowns;
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
        breakdowns.forEach(dimensions -> requireDimensions(dimensions, values.base()));
        return new EquityAccumulator(breakdowns, values, from, to);
    }

    static void requireDimensions(List<String> dimensions, CustomerBase base) {
        for (String dimension : dimensions) {
            if (!base.attributeNames().contains(dimension)) {
                throw new IllegalArgumentException("`dimension` must be an attribute of some customer, but was '"
                        + dimension + "'; known: "
                        + (base.attributeNames().isEmpty() ? "none" : String.join(", ", base.attributeNames())));
            }
        }
    }
}
