// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Checks of columns and numbers. Written so that NaN fails every range; bounds keep squares and products from overflowing. */
final class Columns {

    static final double LARGEST = 1e100;

    private Columns() {}

    /** Checks the first of several columns, which says how many rows there are. */
    static double[] first(double[] values, String name) {
        if (Objects.requireNonNull(values, name).length == 0) {
            throw new IllegalArgumentException("`" + name + "` must have at least one row, but had none");
        }
        return checked(values, name, values.length);
    }

    static double[] checked(double[] values, String name, int rows) {
        return inRange(values, name, rows, -LARGEST, LARGEST);
    }

    static double[] weights(double[] values, int rows) {
        return inRange(values, "weights", rows, 1e-50, 1e50);
    }

    static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] inRange(double[] values, String name, int rows, double least, double most) {
        requireRows(Objects.requireNonNull(values, name).length, name, rows);
        for (int i = 0; i < rows; i++) {
            if (!(values[i] >= least && values[i] <= most)) {
                throw new IllegalArgumentException("`" + name + "` must be from " + least + " to " + most + ", but was "
                        + values[i] + " in row " + i);
            }
        }
        return values;
    }

    static List<String> labels(List<String> labels, String name, int rows) {
        requireRows(Objects.requireNonNull(labels, name).size(), name, rows);
        return List.copyOf(labels);
    }

    static void requireRows(int length, String name, int rows) {
        if (length != rows) {
            throw new IllegalArgumentException(
                    "`" + name + "` must have a value for each of the " + rows + " rows, but had " + length);
        }
    }

    static double inRange(double value, String name) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw new IllegalArgumentException(
                    "`" + name + "` must be from " + -LARGEST + " to " + LARGEST + ", but was " + value);
        }
        return value;
    }

    static double inRange(double value, String name, int row) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw new IllegalArgumentException("`" + name + "` must be from " + -LARGEST + " to " + LARGEST
                    + ", but was " + value + " in row " + row);
        }
        return value;
    }

    /** Checks a probability that is neither 0 nor 1. */
    static double between0And1(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("`" + name + "` must be in (0, 1), but was " + value);
        }
        return value;
    }

    static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException("`" + name + "` must be at least " + least + ", but was " + value);
        }
        return value;
    }
}
