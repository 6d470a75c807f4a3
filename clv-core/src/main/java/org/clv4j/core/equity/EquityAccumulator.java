// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;

/**
 * The sums of a part of the customers, made by {@link EquityAggregator#accumulate}. Accumulators merge in any order and grouping
 * to the same bits. Not thread-safe; each thread fills its own.
 */
public final class EquityAccumulator {

    static final Comparator<List<String>> BY_LABELS = (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private final String model;
    private final ValuationTerms terms;
    private final Currency currency;
    private final List<List<String>> dimensions;
    private final Sums total = new Sums();
    private final List<Map<List<String>, Sums>> segments = new ArrayList<>();
    private final Set<String> warnings = new TreeSet<>();

    EquityAccumulator(List<List<String>> dimensions, CustomerValues values, int from, int to) {
        CustomerBase base = values.base();
        Objects.checkFromToIndex(from, to, base.size());
        this.model = values.model();
        this.terms = values.terms();
        this.currency = base.currency();
        this.dimensions = dimensions;
        dimensions.forEach(unused -> segments.add(new TreeMap<>(BY_LABELS)));
        warnings.addAll(values.warnings());
        if (!base.hasRealisedTotals()) {
            warnings.add(
                    "current value counts repeat purchases only: the customers came as summaries, which leave out the"
                            + " first purchase");
        }
        for (int row = from; row < to; row++) {
            total.add(values, row);
            for (int b = 0; b < dimensions.size(); b++) {
                segments.get(b)
                        .computeIfAbsent(labels(base, dimensions.get(b), row), unused -> new Sums())
                        .add(values, row);
            }
        }
    }

    static List<String> labels(CustomerBase base, List<String> dimensions, int row) {
        List<String> labels = new ArrayList<>(dimensions.size());
        for (String dimension : dimensions) {
            labels.add(base.attribute(dimension, row).orElse(EquityBreakdown.UNKNOWN));
        }
        return labels;
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
            Map<List<String>, Sums> mine = segments.get(b);
            other.segments.get(b).forEach((labels, sums) -> mine.computeIfAbsent(labels, unused -> new Sums())
                    .add(sums));
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
            breakdowns.add(new EquityBreakdown(dimensions.get(b), entries));
        }
        return new CustomerEquity(
                model, terms, currency, total.toSegment(List.of(), lifetime), breakdowns, List.copyOf(warnings));
    }

    /** The exact sums of one segment. */
    private static final class Sums {
        private final ExactSum customers = new ExactSum();
        private final ExactSum revenue = new ExactSum();
        private final ExactSum currentValue = new ExactSum();
        private final ExactSum futureValue = new ExactSum();
        private final ExactSum customersWithCost = new ExactSum();
        private final ExactSum acquisitionCost = new ExactSum();

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
                    totalLifetime.signum() == 0
                            ? 0
                            : lifetimeValue()
                                    .divide(totalLifetime, MathContext.DECIMAL128)
                                    .doubleValue());
        }
    }
}
