// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

/** Checks of what a statement is asked for. NaN fails each. */
final class StatementChecks {

    private StatementChecks() {}

    static void nonNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and at least 0, but was " + value);
        }
    }

    static void positive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and above 0, but was " + value);
        }
    }

    static void share(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, 1], but was " + value);
        }
    }
}
