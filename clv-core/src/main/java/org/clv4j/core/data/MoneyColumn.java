// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A growable column of exact decimals: 64-bit integers of at most 18 digits at one scale. A finer value rescales the column,
 * exactly; what does not fit is refused, never rounded.
 */
final class MoneyColumn {

    /** Powers of ten that a long holds. */
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private long[] unscaled;
    private int size;
    private int scale;

    MoneyColumn(int capacity) {
        unscaled = new long[capacity];
    }

    int size() {
        return size;
    }

    int scale() {
        return scale;
    }

    long unscaled(int row) {
        return unscaled[row];
    }

    BigDecimal get(int row) {
        return BigDecimal.valueOf(unscaled[row], scale);
    }

    /**
     * Appends a value.
     *
     * @throws ArithmeticException if the column cannot hold the value exactly
     */
    void add(BigDecimal value) {
        // Precision and scale are looked at before any rescaling: 1e1000000000 must not allocate a gigabyte.
        if (value.precision() - (long) value.scale() > 18 || value.scale() > 18) {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            if (value.precision() - (long) value.scale() > 18 || value.scale() > 18) {
                throw new ArithmeticException("more digits than an exact amount can hold");
            }
        }
        int newScale = scale;
        if (value.scale() > scale) {
            newScale = Math.max(scale, value.stripTrailingZeros().scale());
        }
        // The value first, then the column: what is refused leaves the column as it was.
        // Moving the point first avoids a BigInteger a value.
        long added = requireDigits(
                value.setScale(newScale).scaleByPowerOfTen(newScale).longValueExact());
        if (newScale > scale) {
            rescale(newScale);
        }
        if (size == unscaled.length) {
            unscaled = Arrays.copyOf(unscaled, Math.max(16, size + (size >> 1)));
        }
        unscaled[size] = added;
        size++;
    }

    private static long requireDigits(long value) {
        if (value >= POWERS[18] || value <= -POWERS[18]) {
            throw new ArithmeticException("more than 18 digits");
        }
        return value;
    }

    private void rescale(int newScale) {
        long factor = POWERS[newScale - scale];
        long[] rescaled = new long[unscaled.length];
        for (int i = 0; i < size; i++) {
            rescaled[i] = requireDigits(Math.multiplyExact(unscaled[i], factor));
        }
        unscaled = rescaled;
        scale = newScale;
    }

    /** Converts an unscaled value to the nearest double (one correctly rounded division for up to 15 digits). */
    static double toDouble(long unscaledValue, int valueScale) {
        return valueScale == 0 ? unscaledValue : unscaledValue / (double) POWERS[valueScale];
    }
}
