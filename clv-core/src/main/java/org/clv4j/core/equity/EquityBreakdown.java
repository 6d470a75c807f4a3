// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.clv4j.core.segment.Segmentation;

/**
 * Customer equity by one or several dimensions. {@link #rollUp} leaves dimensions out, {@link #drill(String, String)} goes into one
 * segment; both are exact: the figures are those that aggregating the customers anew would give.
 *
 * @param dimensions the names of the attributes or segmentations that make the segments
 * @param labels the labels of each dimension that some customer has, in their order
 * @param segments one entry a combination of labels that some customer has, in the order of the labels
 */
public record EquityBreakdown(List<String> dimensions, List<List<String>> labels, List<SegmentEquity> segments) {

    /** The label of customers without a value for a dimension. */
    public static final String UNKNOWN = Segmentation.UNKNOWN;

    /**
     * Creates a breakdown.
     *
     * @param dimensions the names of what makes the segments; copied
     * @param labels the labels of each dimension, in their order; copied
     * @param segments the segments in the order of the labels; copied
     */
    public EquityBreakdown {
        dimensions = List.copyOf(dimensions);
        labels = labels.stream().map(List::copyOf).toList();
        segments = List.copyOf(segments);
    }

    /**
     * Creates a breakdown whose labels stand in the order in which the segments have them.
     *
     * @param dimensions the names of what makes the segments; copied
     * @param segments the segments in the order of the labels; copied
     */
    public EquityBreakdown(List<String> dimensions, List<SegmentEquity> segments) {
        this(dimensions, labelsOf(dimensions.size(), segments), segments);
    }

    private static List<List<String>> labelsOf(int dimensions, List<SegmentEquity> segments) {
        List<Set<String>> labels = new ArrayList<>();
        for (int d = 0; d < dimensions; d++) {
            labels.add(new LinkedHashSet<>());
            for (SegmentEquity segment : segments) {
                labels.get(d).add(segment.labels().get(d));
            }
        }
        return labels.stream().map(List::copyOf).toList();
    }

    /**
     * Finds a segment.
     *
     * @param segmentLabels its label of each dimension
     * @return the segment
     * @throws IllegalArgumentException if no customer has these labels
     */
    public SegmentEquity segment(List<String> segmentLabels) {
        return segments.stream()
                .filter(segment -> segment.labels().equals(segmentLabels))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "`labels` must be those of a segment of " + dimensions + ", but were " + segmentLabels));
    }

    /**
     * Adds up to fewer dimensions.
     *
     * @param kept the dimensions that stay, in the order in which they are to come; at least one, each once
     * @return the breakdown by these
     * @throws IllegalArgumentException if they are not as said, or not among the dimensions
     */
    public EquityBreakdown rollUp(List<String> kept) {
        List<Integer> places = new ArrayList<>();
        for (String dimension : kept) {
            places.add(place(dimension));
        }
        if (places.isEmpty() || places.stream().distinct().count() < places.size()) {
            throw new IllegalArgumentException(
                    "`dimensions` must be at least one of " + dimensions + ", each once, but were " + kept);
        }
        Map<List<String>, List<SegmentEquity>> parts = new LinkedHashMap<>();
        for (SegmentEquity segment : segments) {
            parts.computeIfAbsent(pick(segment.labels(), places), unused -> new ArrayList<>())
                    .add(segment);
        }
        return of(kept, places.stream().map(labels::get).toList(), parts);
    }

    /**
     * Goes into the segments that have a label of the first dimension.
     *
     * @param label the label
     * @return their breakdown by the other dimensions; shares are parts of what is gone into
     * @throws IllegalArgumentException if there is one dimension only, or no segment has the label
     */
    public EquityBreakdown drill(String label) {
        return drill(dimensions.get(0), label);
    }

    /**
     * Goes into the segments that have a label of a dimension.
     *
     * @param dimension the dimension
     * @param label its label
     * @return their breakdown by the other dimensions; shares are parts of what is gone into
     * @throws IllegalArgumentException if there is no such dimension, or no other, or no segment has the label
     */
    public EquityBreakdown drill(String dimension, String label) {
        int place = place(dimension);
        if (dimensions.size() == 1) {
            throw new IllegalArgumentException(
                    "`dimension` must leave another one to go into, but was " + dimension + ", the only one");
        }
        List<Integer> places = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            if (d != place) {
                places.add(d);
            }
        }
        Map<List<String>, List<SegmentEquity>> parts = new LinkedHashMap<>();
        for (SegmentEquity segment : segments) {
            if (segment.labels().get(place).equals(label)) {
                parts.put(pick(segment.labels(), places), List.of(segment));
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "`label` must be one of " + labels.get(place) + " of " + dimension + ", but was '" + label + "'");
        }
        List<List<String>> left = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            int part = i;
            List<String> order = labels.get(places.get(i));
            left.add(order.stream()
                    .filter(one -> parts.keySet().stream()
                            .anyMatch(had -> had.get(part).equals(one)))
                    .toList());
        }
        return of(pick(dimensions, places), left, parts);
    }

    private int place(String dimension) {
        int place = dimensions.indexOf(dimension);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "`dimension` must be one of " + dimensions + ", but was '" + dimension + "'");
        }
        return place;
    }

    private static List<String> pick(List<String> texts, List<Integer> places) {
        return places.stream().map(texts::get).toList();
    }

    private static EquityBreakdown of(
            List<String> dimensions, List<List<String>> labels, Map<List<String>, List<SegmentEquity>> parts) {
        BigDecimal lifetime = BigDecimal.ZERO;
        for (List<SegmentEquity> part : parts.values()) {
            for (SegmentEquity segment : part) {
                lifetime = lifetime.add(segment.lifetimeValue());
            }
        }
        Map<List<String>, SegmentEquity> sums = new TreeMap<>(order(labels));
        for (Map.Entry<List<String>, List<SegmentEquity>> part : parts.entrySet()) {
            sums.put(part.getKey(), sum(part.getKey(), part.getValue(), lifetime));
        }
        return new EquityBreakdown(dimensions, labels, List.copyOf(sums.values()));
    }

    private static Comparator<List<String>> order(List<List<String>> labels) {
        return (one, other) -> {
            for (int d = 0; d < labels.size(); d++) {
                int order = Integer.compare(
                        labels.get(d).indexOf(one.get(d)), labels.get(d).indexOf(other.get(d)));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static SegmentEquity sum(List<String> labels, List<SegmentEquity> parts, BigDecimal totalLifetime) {
        BigDecimal customers = BigDecimal.ZERO;
        BigDecimal revenue = BigDecimal.ZERO;
        BigDecimal currentValue = BigDecimal.ZERO;
        BigDecimal futureValue = BigDecimal.ZERO;
        BigDecimal customersWithCost = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        for (SegmentEquity part : parts) {
            customers = customers.add(count(part.customers()));
            revenue = revenue.add(part.revenue());
            currentValue = currentValue.add(part.currentValue());
            futureValue = futureValue.add(part.futureValue());
            customersWithCost = customersWithCost.add(count(part.customersWithAcquisitionCost()));
            cost = cost.add(part.acquisitionCost());
        }
        return new SegmentEquity(
                labels,
                customers.doubleValue(),
                revenue,
                currentValue,
                futureValue,
                customersWithCost.doubleValue(),
                cost,
                share(currentValue.add(futureValue), totalLifetime));
    }

    /** A count is the double next to a number of millionths, which it gives back as long as it is below some billions. */
    private static BigDecimal count(double customers) {
        return new BigDecimal(customers).setScale(ExactSum.SCALE, RoundingMode.HALF_EVEN);
    }

    static double share(BigDecimal lifetime, BigDecimal totalLifetime) {
        if (totalLifetime.signum() == 0) {
            return 0;
        }
        double part = lifetime.doubleValue();
        double whole = totalLifetime.doubleValue();
        return Double.isInfinite(part) || Double.isInfinite(whole)
                ? lifetime.divide(totalLifetime, MathContext.DECIMAL128).doubleValue()
                : part / whole;
    }
}
