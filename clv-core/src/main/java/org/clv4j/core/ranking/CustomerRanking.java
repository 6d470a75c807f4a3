// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.Arrays;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.internal.RowSort;
import org.clv4j.core.value.CustomerValues;

/**
 * Customers in the order of what they are worth, the best first. Customers of the same value stand in the order of their ids, so that the
 * order is the same whatever the order of the rows.
 *
 * <p>The order is by expected value. How likely one is to turn out among the best, draws of the future tell:
 * {@code EquitySimulation.withTopShare}.
 *
 * <p>Cost: a sort of row numbers; kept are 28 bytes a customer. This class is immutable and thread-safe.
 */
public final class CustomerRanking {

    /** So much a share may be off by rounding, in parts of all customers. */
    private static final double ROUNDING = 1e-12;

    private final CustomerValues values;
    private final ValuePart part;
    private final double[] column;
    /** The rows, the best first. */
    private final int[] order;
    /** By row, from 0. */
    private final int[] place;
    /** How many customers stand before a place, by place; one more than there are rows. */
    private final double[] before;

    private CustomerRanking(CustomerValues values, ValuePart part) {
        this.values = values;
        this.part = part;
        this.column = part.column(values);
        CustomerBase base = values.base();
        this.order = RowSort.descending(column);
        sortTies(base);
        this.place = new int[order.length];
        this.before = new double[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
            before[i + 1] = before[i] + base.weight(order[i]);
        }
    }

    private void sortTies(CustomerBase base) {
        int start = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i < order.length && column[order[i]] == column[order[start]]) {
                continue;
            }
            if (i - start > 1) {
                int[] tied = Arrays.copyOfRange(order, start, i);
                int[] byId = RowSort.sorted(
                        tied.length, (left, right) -> base.id(tied[left]).compareTo(base.id(tied[right])) <= 0);
                for (int k = 0; k < byId.length; k++) {
                    order[start + k] = tied[byId[k]];
                }
            }
            start = i;
        }
    }

    /**
     * Ranks customers.
     *
     * @param values what customers are worth
     * @param part by which of their values
     * @return the ranking
     */
    public static CustomerRanking of(CustomerValues values, ValuePart part) {
        return new CustomerRanking(values, Objects.requireNonNull(part, "part"));
    }

    /**
     * Returns what the values were computed by.
     *
     * @return the basis
     */
    public ValuationBasis basis() {
        return ValuationBasis.of(values);
    }

    /**
     * Returns by which of the customers' values they are ranked.
     *
     * @return the part
     */
    public ValuePart part() {
        return part;
    }

    /**
     * Returns how many rows are ranked.
     *
     * @return the number of rows of the base
     */
    public int size() {
        return order.length;
    }

    /**
     * Returns who has a rank.
     *
     * @param rank the rank, from 1, the best
     * @return the row of the base
     * @throws IllegalArgumentException if there is no such rank
     */
    public int rowOfRank(int rank) {
        if (rank < 1 || rank > order.length) {
            throw new IllegalArgumentException("`rank` must be from 1 to " + order.length + ", but was " + rank);
        }
        return order[rank - 1];
    }

    /**
     * Returns a customer's rank.
     *
     * @param row the row of the base, from 0
     * @return the rank among the rows, from 1, the best; no two have the same
     */
    public int rank(int row) {
        return place[Objects.checkIndex(row, place.length)] + 1;
    }

    /**
     * Returns a customer's value.
     *
     * @param row the row of the base, from 0
     * @return what it is ranked by
     */
    public double value(int row) {
        return column[Objects.checkIndex(row, column.length)];
    }

    /**
     * Returns how many of the customers are worth less, and half of those who are worth the same, the customer included.
     *
     * @param row the row of the base, from 0
     * @return the part of the customers by weight, in (0, 1)
     */
    public double percentile(int row) {
        double value = value(row);
        int first = firstPlaceOf(value, false);
        int after = firstPlaceOf(value, true);
        double all = before[order.length];
        return Math.max(0, Math.min(1, 1 - (before[first] / 2 + before[after] / 2) / all));
    }

    /** The first place whose value is at most the given one, or below it. */
    private int firstPlaceOf(double value, boolean below) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double there = column[order[middle]];
            if (there > value || (below && there == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Returns the best rows.
     *
     * @param count how many, at least 0; more than there are counts as all
     * @return the rows, the best first
     * @throws IllegalArgumentException if the number is negative
     */
    public int[] best(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("`count` must be at least 0, but was " + count);
        }
        return Arrays.copyOf(order, Math.min(count, order.length));
    }

    /**
     * Returns the best customers, so many rows as are needed for a part of all customers by weight: of 2,357 the best tenth are 236.
     *
     * @param share which part, in [0, 1]; .1 for the top decile
     * @return the rows, the best first
     * @throws IllegalArgumentException if the share is out of its range
     */
    public int[] bestShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be in [0, 1], but was " + share);
        }
        double wanted = (share - ROUNDING) * before[order.length];
        int count = Arrays.binarySearch(before, wanted);
        return best(count >= 0 ? count : -count - 1);
    }

    /** Returns how many are ranked by what. */
    @Override
    public String toString() {
        return "CustomerRanking[" + order.length + " customers by " + part + " value]";
    }
}
