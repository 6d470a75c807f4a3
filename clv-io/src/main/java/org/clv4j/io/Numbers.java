// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, the same on every JDK and in every locale. */
final class Numbers {

    private static final MathContext SEVENTEEN = new MathContext(17, RoundingMode.HALF_EVEN);
    private static final double LARGEST_EXACT = 1L << 53;

    private Numbers() {}

    /** The shortest text that reads back as the same double. {@link Double#toString} is that only from JDK 19 on. */
    static String shortest(double value) {
        return NumberOutput.toString(value, true);
    }

    /** Seventeen significant digits, which read back as the same double. */
    static String seventeenDigits(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number in a file must be finite, but was " + value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0";
        }
        return new BigDecimal(value).round(SEVENTEEN).toString();
    }

    /** A count that is mostly whole. */
    static String count(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT
                ? Long.toString((long) value)
                : shortest(value);
    }

    /** Money as a plain decimal with at least two places, and no zeros after them. */
    static String money(BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
    }
}
