// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.internal;

/** A stable merge sort of row numbers, because the JDK sorts boxed ones only. */
public final class RowSort {

    /** Says which of two rows stands first. */
    @FunctionalInterface
    public interface Order {
        /**
         * Compares two rows.
         *
         * @param left a row
         * @param right another, which stands after it now
         * @return whether they may stay as they stand; true of equal ones
         */
        boolean inOrder(int left, int right);
    }

    private RowSort() {}

    /**
     * Sorts rows.
     *
     * @param rows how many there are
     * @param order the order
     * @return the numbers from 0 to {@code rows} − 1 in that order, equal ones ascending
     */
    public static int[] sorted(int rows, Order order) {
        int[] from = new int[rows];
        for (int i = 0; i < rows; i++) {
            from[i] = i;
        }
        int[] to = new int[rows];
        for (long width = 1; width < rows; width *= 2) {
            for (long start = 0; start < rows; start += 2 * width) {
                int middle = (int) Math.min(rows, start + width);
                merge(order, from, to, (int) start, middle, (int) Math.min(rows, start + 2 * width));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /**
     * Sorts rows by a column. It carries the keys along, so that memory is read in order: several times as fast as by comparing.
     *
     * @param keys the column; no NaN
     * @return the numbers of the rows by ascending keys, rows of equal keys ascending; 0 and −0 are equal
     */
    public static int[] ascending(double[] keys) {
        int rows = keys.length;
        int[] from = new int[rows];
        for (int i = 0; i < rows; i++) {
            from[i] = i;
        }
        double[] fromKeys = keys.clone();
        int[] to = new int[rows];
        double[] toKeys = new double[rows];
        for (long width = 1; width < rows; width *= 2) {
            for (long start = 0; start < rows; start += 2 * width) {
                int left = (int) start;
                int middle = (int) Math.min(rows, start + width);
                int right = middle;
                int end = (int) Math.min(rows, start + 2 * width);
                for (int i = left; i < end; i++) {
                    boolean takesLeft = right == end || (left < middle && fromKeys[left] <= fromKeys[right]);
                    int taken = takesLeft ? left++ : right++;
                    to[i] = from[taken];
                    toKeys[i] = fromKeys[taken];
                }
            }
            int[] swap = from;
            from = to;
            to = swap;
            double[] swapKeys = fromKeys;
            fromKeys = toKeys;
            toKeys = swapKeys;
        }
        return from;
    }

    /**
     * Sorts rows by a column, the largest first.
     *
     * @param keys the column; no NaN
     * @return the numbers of the rows by descending keys, rows of equal keys ascending; 0 and −0 are equal
     */
    public static int[] descending(double[] keys) {
        double[] negated = new double[keys.length];
        for (int i = 0; i < keys.length; i++) {
            negated[i] = -keys[i];
        }
        return ascending(negated);
    }

    private static void merge(Order order, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right == end || (left < middle && order.inOrder(from[left], from[right]));
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }
}
