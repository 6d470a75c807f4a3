// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What customers did in a time of fixed length after the day as of which they are known: what predictions are learned from and judged by.
 *
 * <p>The time begins on the day after {@link CustomerHistories#asOf(int)} and must be over at the end of the base's observation. The rules
 * for refunds and zero amounts are those of the base; a refund in this time lowers its value, also one of an earlier purchase.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class Outcomes {

    private final int[] orders;
    private final long[] totals;
    private final BigDecimal[] costs;
    private final boolean costsKnown;
    private final double[] profile;
    private final int scale;

    private Outcomes(CustomerHistories histories, double horizon) {
        BaseColumns columns = histories.columns;
        TransactionLog log = histories.log;
        TimeScale timeScale = columns.timeScale;
        int size = histories.size();
        orders = new int[size];
        totals = new long[size];
        costs = new BigDecimal[log.hasCosts() ? size : 0];
        profile = new double[(int) Math.ceil(horizon)];
        scale = log.amountScale();
        long end = Objects.requireNonNull(columns.observation).end().toEpochDay();
        IdIndex index = new IdIndex(log.customerCount());
        for (String id : log.customerIds()) {
            index.add(id);
        }
        CustomerRows rows = CustomerRows.of(log);
        Occasions occasions = new Occasions(log, timeScale, columns.policy, histories.origin());
        boolean allCosts = log.hasCosts();
        for (int row = 0; row < size; row++) {
            LocalDate asOf = histories.asOf(row);
            long last = timeScale.plus(asOf, horizon).toEpochDay();
            if (last > end) {
                throw new IllegalArgumentException("`horizon` must be over at the end of the observation, "
                        + LocalDate.ofEpochDay(end) + ", but is " + horizon + " " + timeScale + " after " + asOf
                        + " (customer " + histories.id(row) + ")");
            }
            int customer = index.find(histories.id(row));
            int to = rows.starts[customer + 1];
            int from = rows.starts[customer];
            while (from < to && log.epochDay(rows.rows[from]) <= histories.days[row]) {
                from++;
            }
            int after = from;
            while (after < to && log.epochDay(rows.rows[after]) <= last) {
                after++;
            }
            occasions.form(rows.rows, from, after);
            orders[row] = occasions.count;
            totals[row] = occasions.total;
            if (log.hasCosts()) {
                costs[row] = occasions.cost;
                allCosts &= occasions.rowsWithCost == occasions.rows;
            }
            for (int i = from; i < after; i++) {
                if (occasions.counts(rows.rows[i])) {
                    double time = timeScale.between(asOf, LocalDate.ofEpochDay(log.epochDay(rows.rows[i])));
                    int period = Math.min(profile.length, (int) Math.ceil(time)) - 1;
                    profile[period] +=
                            histories.weight(row) * MoneyColumn.toDouble(log.unscaledAmount(rows.rows[i]), scale);
                }
            }
        }
        costsKnown = allCosts;
    }

    /**
     * Looks at what customers did.
     *
     * @param histories the customers and the days as of which they are known
     * @param horizon how long to look, in periods of the time scale; above 0, below 1,000,000
     * @return the outcomes, row for row
     * @throws IllegalArgumentException if the horizon is out of range, or not over at the end of the observation for a customer
     */
    public static Outcomes of(CustomerHistories histories, double horizon) {
        if (!(horizon > 0 && horizon < 1e6)) {
            throw new IllegalArgumentException("`horizon` must be above 0 and below 1000000, but was " + horizon);
        }
        return new Outcomes(histories, horizon);
    }

    /**
     * Returns the number of customers.
     *
     * @return the number of rows
     */
    public int size() {
        return orders.length;
    }

    /**
     * Returns the number of purchase occasions.
     *
     * @param row the row, from 0
     * @return the number of occasions that were not refunded within the time
     */
    public int orders(int row) {
        return orders[row];
    }

    /**
     * Returns the net value: what was paid, less what was refunded.
     *
     * @param row the row, from 0
     * @return the exact sum; below 0 if more was refunded than paid within the time
     */
    public BigDecimal netValue(int row) {
        return BigDecimal.valueOf(totals[row], scale);
    }

    /**
     * Returns the net value less the direct costs.
     *
     * @param row the row, from 0
     * @return the exact margin
     * @throws DataException if a transaction has no cost
     */
    public BigDecimal margin(int row) {
        if (!costsKnown) {
            throw new DataException("a margin needs the cost of every transaction; there are transactions without");
        }
        return netValue(row).subtract(costs[row]);
    }

    /**
     * Returns when the value came: the net value of all customers by whole period after their days, weights included.
     *
     * @return one sum a period, in a fresh array as long as the horizon, rounded up
     */
    public double[] profile() {
        return profile.clone();
    }

    @Override
    public String toString() {
        return "Outcomes[" + size() + " customers]";
    }
}
