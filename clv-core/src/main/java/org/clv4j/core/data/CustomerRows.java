// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.Arrays;

/** The rows of a log customer after customer, each customer's in the order of days; those of a day in the order of the log. */
final class CustomerRows {

    /** Where the rows of each customer begin, and after the last one's. */
    final int[] starts;

    final int[] rows;

    private CustomerRows(int[] starts, int[] rows) {
        this.starts = starts;
        this.rows = rows;
    }

    static CustomerRows of(TransactionLog log) {
        int customers = log.customerCount();
        int[] starts = new int[customers + 1];
        for (int row = 0; row < log.size(); row++) {
            starts[log.customerIndex(row) + 1]++;
        }
        for (int c = 0; c < customers; c++) {
            starts[c + 1] += starts[c];
        }
        int[] next = Arrays.copyOf(starts, customers);
        int[] rows = new int[log.size()];
        for (int row = 0; row < log.size(); row++) {
            rows[next[log.customerIndex(row)]++] = row;
        }
        for (int c = 0; c < customers; c++) {
            sortByDay(log, rows, starts[c], starts[c + 1]);
        }
        return new CustomerRows(starts, rows);
    }

    /** Rows mostly come in the order of days already; then this is one pass. */
    private static void sortByDay(TransactionLog log, int[] rowsOfCustomer, int from, int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = log.epochDay(rowsOfCustomer[i - 1]) <= log.epochDay(rowsOfCustomer[i]);
        }
        if (sorted) {
            return;
        }
        long[] dayAndRow = new long[to - from];
        for (int i = from; i < to; i++) {
            dayAndRow[i - from] = (long) log.epochDay(rowsOfCustomer[i]) << 32 | rowsOfCustomer[i];
        }
        Arrays.sort(dayAndRow);
        for (int i = from; i < to; i++) {
            rowsOfCustomer[i] = (int) dayAndRow[i - from];
        }
    }
}
