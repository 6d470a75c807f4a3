// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.segment.SegmentCodes;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;

/**
 * The sums of a part of the customers, made by {@link EquityAggregator#accumulate}. Accumulators merge in any order and grouping
 * to the same bits. Not thread-safe; each thread fills its own.
 */
public final class EquityAccumulator {

    private final String model;
    private final ValuationTerms terms;
    private final Currency currency;
    private final List<List<Segmentation>> dimensions;
    private final Sums total = new Sums();
    private final List<Map<List<String>, Sums>> segments = new ArrayList<>();
    private final Set<String> warnings = new TreeSet<>();

    EquityAccumulator(List<List<Segmentation>> dimensions, CustomerValues values, int from, int to) {
        CustomerBase base = values.base();
        Objects.checkFromToIndex(from, to, base.size());
        this.model = values.model();
        this.terms = values.terms();
        this.currency = base.currency();
        this.dimensions = dimensions;
        warnings.addAll(values.warnings());
        if (!base.hasRealisedTotals()) {
            warnings.add(
                    "current value counts repeat purchases only: the customers came as summaries, which leave out the"
                            + " first purchase");
        }
        Map<Segmentation, SegmentCodes> codes = new HashMap<>();
        List<SegmentIndex> indexes = new ArrayList<>();
        for (List<Segmentation> breakdown : dimensions) {
            indexes.add(SegmentIndex.of(base, breakdown, from, to, codes));
        }
        add(values, from, to, indexes);
    }

    private void add(CustomerValues values, int from, int to, List<SegmentIndex> indexes) {
        Sums[][] sums = new Sums[indexes.size()][];
        for (int b = 0; b < sums.length; b++) {
            sums[b] = Stream.generate(Sums::new)
                    .limit(indexes.get(b).segments.size())
                    .toArray(Sums[]::new);
        }
        RowUnits units = new RowUnits();
        for (int row = from; row < to; row++) {
            boolean small = units.read(values, row);
            for (int b = -1; b < sums.length; b++) {
                Sums segment = b < 0 ? total : sums[b][indexes.get(b).segmentOf[row - from]];
                if (small) {
                    segment.add(units);
                } else {
                    segment.add(values, row);
                }
            }
        }
        for (int b = 0; b < sums.length; b++) {
            // In the order of the index, which is that of the segments.
            Map<List<String>, Sums> byLabels = new LinkedHashMap<>();
            for (int i = 0; i < sums[b].length; i++) {
                byLabels.put(indexes.get(b).segments.get(i), sums[b][i]);
            }
            segments.add(byLabels);
        }
    }

    /**
     * Adds the sums of another part to this one.
     *
     * @param other the other part, of other customers, with the same model, terms, currency and breakdowns; unchanged
     * @return this accumulator
     * @throws IllegalArgumentException if model, terms, currency or breakdowns differ
     */
    public EquityAccumulator merge(EquityAccumulator other) {
        requireSame("model", model, other.model);
        requireSame("terms", terms, other.terms);
        requireSame("currency", currency, other.currency);
        requireSame("breakdowns", dimensions, other.dimensions);
        total.add(other.total);
        for (int b = 0; b < segments.size(); b++) {
            Map<List<String>, Sums> mine = new TreeMap<>(SegmentIndex.order(dimensions.get(b)));
            mine.putAll(segments.get(b));
            other.segments.get(b).forEach((labels, sums) -> mine.computeIfAbsent(labels, unused -> new Sums())
                    .add(sums));
            segments.set(b, mine);
        }
        warnings.addAll(other.warnings);
        return this;
    }

    private static void requireSame(String what, Object mine, Object others) {
        if (!mine.equals(others)) {
            throw new IllegalArgumentException(
                    "`" + what + "` of merged parts must be the same, but was " + mine + " and " + others);
        }
    }

    /**
     * Returns the equity of all customers seen so far.
     *
     * @return the equity
     */
    public CustomerEquity toEquity() {
        BigDecimal lifetime = total.lifetimeValue();
        List<EquityBreakdown> breakdowns = new ArrayList<>();
        for (int b = 0; b < dimensions.size(); b++) {
            List<SegmentEquity> entries = new ArrayList<>();
            segments.get(b).forEach((labels, sums) -> entries.add(sums.toSegment(labels, lifetime)));
            breakdowns.add(new EquityBreakdown(
                    SegmentIndex.names(dimensions.get(b)), labelsInOrder(dimensions.get(b), entries), entries));
        }
        return new CustomerEquity(
                model, terms, currency, total.toSegment(List.of(), lifetime), breakdowns, List.copyOf(warnings));
    }

    private static List<List<String>> labelsInOrder(List<Segmentation> dimensions, List<SegmentEquity> segments) {
        List<List<String>> labels = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            Set<String> present = new HashSet<>();
            for (SegmentEquity segment : segments) {
                present.add(segment.labels().get(d));
            }
            labels.add(present.stream().sorted(dimensions.get(d).order()).toList());
        }
        return labels;
    }

    /** The figures of a row in millionths, rounded once for all the sums that they are added to. */
    private static final class RowUnits {
        long customers;
        long revenue;
        long currentValue;
        long futureValue;
        boolean hasCost;
        long acquisitionCost;

        /** Tells whether all of them fit; else the row has to be added the long way. */
        boolean read(CustomerValues values, int row) {
            CustomerBase base = values.base();
            double weight = base.weight(row);
            customers = ExactSum.units(weight);
            revenue = weight == 1
                    ? ExactSum.units(base.totalAmount(row))
                    : ExactSum.units(base.totalAmountAsDouble(row) * weight);
            currentValue = ExactSum.units(values.currentValue(row) * weight);
            futureValue = ExactSum.units(values.futureValue(row) * weight);
            BigDecimal cost = base.acquisitionCost(row).orElse(null);
            hasCost = cost != null;
            acquisitionCost =
                    cost == null ? 0 : ExactSum.units(weight == 1 ? cost : cost.multiply(new BigDecimal(weight)));
            return customers != ExactSum.TOO_LARGE
                    && revenue != ExactSum.TOO_LARGE
                    && currentValue != ExactSum.TOO_LARGE
                    && futureValue != ExactSum.TOO_LARGE
                    && acquisitionCost != ExactSum.TOO_LARGE;
        }
    }

    /** The exact sums of one segment. */
    private static final class Sums {
        private final ExactSum customers = new ExactSum();
        private final ExactSum revenue = new ExactSum();
        private final ExactSum currentValue = new ExactSum();
        private final ExactSum futureValue = new ExactSum();
        private final ExactSum customersWithCost = new ExactSum();
        private final ExactSum acquisitionCost = new ExactSum();

        void add(RowUnits units) {
            customers.addUnits(units.customers);
            revenue.addUnits(units.revenue);
            currentValue.addUnits(units.currentValue);
            futureValue.addUnits(units.futureValue);
            if (units.hasCost) {
                customersWithCost.addUnits(units.customers);
                acquisitionCost.addUnits(units.acquisitionCost);
            }
        }

        void add(CustomerValues values, int row) {
            CustomerBase base = values.base();
            double weight = base.weight(row);
            customers.add(weight);
            if (weight == 1) {
                revenue.add(base.totalAmount(row));
            } else {
                revenue.add(base.totalAmountAsDouble(row), weight);
            }
            currentValue.add(values.currentValue(row), weight);
            futureValue.add(values.futureValue(row), weight);
            base.acquisitionCost(row).ifPresent(cost -> {
                customersWithCost.add(weight);
                acquisitionCost.add(weight == 1 ? cost : cost.multiply(new BigDecimal(weight)));
            });
        }

        void add(Sums other) {
            customers.add(other.customers);
            revenue.add(other.revenue);
            currentValue.add(other.currentValue);
            futureValue.add(other.futureValue);
            customersWithCost.add(other.customersWithCost);
            acquisitionCost.add(other.acquisitionCost);
        }

        BigDecimal lifetimeValue() {
            return currentValue.value().add(futureValue.value());
        }

        SegmentEquity toSegment(List<String> labels, BigDecimal totalLifetime) {
            return new SegmentEquity(
                    labels,
                    customers.value().doubleValue(),
                    revenue.value(),
                    currentValue.value(),
                    futureValue.value(),
                    customersWithCost.value().doubleValue(),
                    acquisitionCost.value(),
                    EquityBreakdown.share(lifetimeValue(), totalLifetime));
        }
    }
}
