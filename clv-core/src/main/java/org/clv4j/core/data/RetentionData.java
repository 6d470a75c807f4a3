// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long customers under contract have stayed: what models of retention fit to. Each row stands for a number of customers who left
 * at a renewal, or who were still there when last seen (censored).
 *
 * <p>Time is counted in periods, of which each ends with an opportunity to renew or to leave. A customer who left at opportunity n ≥ 1
 * has had n opportunities; so has one who renewed n times and is still there.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class RetentionData {

    private final int[] opportunities;
    private final boolean[] left;
    private final double[] weight;
    private final int periodMonths;
    private final List<Map<String, String>> attributes;
    private final double total;

    private RetentionData(List<Row> rows, int periodMonths) {
        int size = rows.size();
        opportunities = new int[size];
        left = new boolean[size];
        weight = new double[size];
        List<Map<String, String>> known = new ArrayList<>(size);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            Row row = rows.get(i);
            opportunities[i] = row.opportunities;
            left[i] = row.left;
            weight[i] = row.weight;
            known.add(row.attributes);
            sum += row.weight;
        }
        this.attributes = known;
        this.periodMonths = periodMonths;
        this.total = sum;
    }

    private record Row(int opportunities, boolean left, double weight, Map<String, String> attributes) {
        Row times(double factor) {
            return new Row(opportunities, left, weight * factor, attributes);
        }
    }

    /**
     * Takes the survivors of cohorts: of each the customers at its beginning, after the first opportunity to renew, after the second …
     * Cohorts may be of different length.
     *
     * @param cohorts the survivors of each cohort; every cohort at least one number, finite, at least 0, not increasing
     * @param periodMonths the months from one opportunity to the next, as 12; at least 1
     * @return the data
     * @throws DataException if a cohort is empty or grows; the message names cohort and period
     * @throws IllegalArgumentException if the months are fewer than 1
     */
    public static RetentionData ofCohorts(Collection<? extends List<? extends Number>> cohorts, int periodMonths) {
        List<Row> rows = new ArrayList<>();
        int cohort = 0;
        for (List<? extends Number> survivors : cohorts) {
            cohort++;
            if (survivors.isEmpty()) {
                throw new DataException(
                        "cohort " + cohort + " must have at least the number of customers at its beginning");
            }
            double before = Double.POSITIVE_INFINITY;
            for (int period = 0; period < survivors.size(); period++) {
                double now = survivors.get(period).doubleValue();
                if (!(now >= 0 && now < Double.POSITIVE_INFINITY && now <= before)) {
                    throw new DataException("survivors of cohort " + cohort + " after " + period
                            + " periods must be finite, at least 0 and no more than the " + before
                            + " before, but were " + now);
                }
                if (period > 0 && now < before) {
                    rows.add(new Row(period, true, before - now, Map.of()));
                }
                before = now;
            }
            if (before > 0) {
                rows.add(new Row(survivors.size() - 1, false, before, Map.of()));
            }
        }
        return new RetentionData(rows, requireMonths(periodMonths));
    }

    /**
     * Takes the contracts of a base; customers without one are passed over.
     *
     * @param base the customers
     * @return the data, one row a contract in the order of the base
     * @throws DataException if no customer has a contract, or terms are of different length
     */
    public static RetentionData ofContracts(CustomerBase base) {
        List<Row> rows = new ArrayList<>();
        int months = 0;
        Set<String> names = base.attributeNames();
        for (int row = 0; row < base.size(); row++) {
            Optional<ContractState> contract = base.contract(row);
            if (contract.isEmpty()) {
                continue;
            }
            ContractState state = contract.get();
            if (months != 0 && months != state.termMonths()) {
                throw new DataException("contracts must have terms of one length, but customer " + base.id(row)
                        + " has " + state.termMonths() + " months and others have " + months
                        + "; take each length by itself");
            }
            months = state.termMonths();
            rows.add(new Row(state.opportunities(), state.left(), base.weight(row), attributes(base, names, row)));
        }
        if (rows.isEmpty()) {
            throw new DataException("no customer of the base has a contract");
        }
        return new RetentionData(rows, months);
    }

    private static Map<String, String> attributes(CustomerBase base, Set<String> names, int row) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new TreeMap<>();
        for (String name : names) {
            base.attribute(name, row).ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    private static int requireMonths(int periodMonths) {
        if (periodMonths < 1) {
            throw new IllegalArgumentException("`periodMonths` must be at least 1, but was " + periodMonths);
        }
        return periodMonths;
    }

    /**
     * Returns the number of rows.
     *
     * @return the number
     */
    public int size() {
        return opportunities.length;
    }

    /**
     * Returns how many opportunities to renew the customers of a row have had.
     *
     * @param row the row, from 0
     * @return the opportunity at which they left, at least 1; or how often they renewed, at least 0
     */
    public int opportunities(int row) {
        return opportunities[row];
    }

    /**
     * Tells whether the customers of a row left.
     *
     * @param row the row, from 0
     * @return true if they left, false if they were still there
     */
    public boolean left(int row) {
        return left[row];
    }

    /**
     * Returns how many customers a row stands for.
     *
     * @param row the row, from 0
     * @return the number, above 0
     */
    public double weight(int row) {
        return weight[row];
    }

    /**
     * Returns an attribute of the customers of a row.
     *
     * @param name the attribute
     * @param row the row, from 0
     * @return the value, or empty if it is not known
     */
    public Optional<String> attribute(String name, int row) {
        return Optional.ofNullable(attributes.get(row).get(name));
    }

    /**
     * Returns the names of all attributes.
     *
     * @return the names in their order
     */
    public Set<String> attributeNames() {
        Set<String> names = new TreeSet<>();
        attributes.forEach(row -> names.addAll(row.keySet()));
        return names;
    }

    /**
     * Returns the months from one opportunity to the next.
     *
     * @return the months, at least 1
     */
    public int periodMonths() {
        return periodMonths;
    }

    /**
     * Returns the unit of the periods where there is one.
     *
     * @return months or years, or empty for other lengths
     */
    public Optional<TimeScale> timeScale() {
        return switch (periodMonths) {
            case 1 -> Optional.of(TimeScale.MONTHS);
            case 12 -> Optional.of(TimeScale.YEARS);
            default -> Optional.empty();
        };
    }

    /**
     * Returns the number of customers.
     *
     * @return the sum of the weights
     */
    public double customers() {
        return total;
    }

    /**
     * Returns the data up to a number of opportunities: who left later or was seen longer was still there then.
     *
     * @param periods the number of opportunities; at least 0
     * @return the data
     * @throws IllegalArgumentException if the number is negative
     */
    public RetentionData until(int periods) {
        if (periods < 0) {
            throw new IllegalArgumentException("`periods` must be at least 0, but was " + periods);
        }
        List<Row> rows = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            boolean gone = left[i] && opportunities[i] <= periods;
            rows.add(new Row(Math.min(opportunities[i], periods), gone, weight[i], attributes.get(i)));
        }
        return new RetentionData(rows, periodMonths);
    }

    /**
     * Returns the customers of one value of an attribute.
     *
     * @param name the attribute
     * @param value the value; null for those of whom it is not known
     * @return the data
     */
    public RetentionData where(String name, @Nullable String value) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            String own = attributes.get(i).get(name);
            if (own == null ? value == null : own.equals(value)) {
                rows.add(new Row(opportunities[i], left[i], weight[i], attributes.get(i)));
            }
        }
        return new RetentionData(rows, periodMonths);
    }

    /**
     * Returns the data with some of the attributes, and all rows that are then alike put together.
     *
     * @param names the names of the attributes to keep; may be none
     * @return the data
     */
    public RetentionData keepingAttributes(Collection<String> names) {
        Map<Row, Double> alike = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            Map<String, String> kept = new TreeMap<>(attributes.get(i));
            kept.keySet().retainAll(names);
            alike.merge(new Row(opportunities[i], left[i], 1, kept), weight[i], Double::sum);
        }
        List<Row> rows = new ArrayList<>(alike.size());
        alike.forEach((row, sum) -> rows.add(row.times(sum)));
        return new RetentionData(rows, periodMonths);
    }

    /**
     * Returns the data with other weights, as if customers had been drawn anew (Bayesian bootstrap): each row gets a weight from the gamma
     * distribution whose mean and variance are its number of customers, and all are scaled to the number of customers that there are.
     *
     * @param random the source of randomness; the same one, in the same state, gives the same weights
     * @return the data
     */
    public RetentionData reweighted(RandomGenerator random) {
        List<Row> rows = new ArrayList<>(size());
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            double drawn = Gamma.draw(weight[i], random);
            sum += drawn;
            rows.add(new Row(opportunities[i], left[i], drawn, attributes.get(i)));
        }
        double factor = total / sum;
        rows.replaceAll(row -> row.times(factor));
        return new RetentionData(rows, periodMonths);
    }

    /**
     * Returns how many left at each opportunity, as discrete models count.
     *
     * @return for n = 0, 1, … the customers who left at opportunity n; the first is 0
     */
    public double[] lost() {
        return counts(true);
    }

    /**
     * Returns how many were still there when last seen, by the opportunities they had survived.
     *
     * @return for n = 0, 1, … the customers who renewed n times and were not seen after; as long as {@link #lost}
     */
    public double[] censored() {
        return counts(false);
    }

    private double[] counts(boolean gone) {
        double[] counts = new double[Arrays.stream(opportunities).max().orElse(0) + 1];
        for (int i = 0; i < size(); i++) {
            if (left[i] == gone) {
                counts[opportunities[i]] += weight[i];
            }
        }
        return counts;
    }

    @Override
    public String toString() {
        return "RetentionData[" + total + " customers, periods of " + periodMonths + " months]";
    }
}
