// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

/** Checks of arguments, written so that NaN fails. */
final class Ranges {

    private Ranges() {}

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

    static double share(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, 1], but was " + value);
        }
        return value + 0.0;
    }
}
