// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.List;

/** Checks of arguments. */
final class Numbers {

    private Numbers() {}

    /** One finite number a state. */
    static double[] finite(List<? extends Number> numbers, int size, String name) {
        if (numbers.size() != size) {
            throw new IllegalArgumentException(
                    "`" + name + "` must have " + size + " numbers, one a state, but had " + numbers.size());
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = finite(numbers.get(i).doubleValue(), name);
        }
        return values;
    }

    static double finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("`" + name + "` must be finite, but was " + value);
        }
        return value + 0.0;
    }

    static double nonNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and at least 0, but was " + value);
        }
        return value + 0.0;
    }

    static double probability(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, 1], but was " + value);
        }
        return value + 0.0;
    }

    static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "`" + name + "` must be in [" + least + ", " + most + "], but was " + value);
        }
        return value;
    }
}
