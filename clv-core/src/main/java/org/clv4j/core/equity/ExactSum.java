// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A sum of values rounded to millionths: integer arithmetic, so that order and grouping do not matter and parts add up to the
 * whole exactly.
 */
final class ExactSum {

    /** Decimal places that a value keeps. */
    static final int SCALE = 6;

    private static final double UNITS = 1e6;
    private static final double LARGEST_FAST = 9e12;
    /** Whole numbers of so many digits have millionths that a long holds. */
    private static final int WHOLE_DIGITS = 12;

    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

    private long low;
    private BigInteger high = BigInteger.ZERO;

    /** What {@link #units} gives of a value that has too many millionths; sums of others need no more than {@link #addUnits}. */
    static final long TOO_LARGE = Long.MIN_VALUE;

    /** The millionths of a value, to be added to several sums. */
    static long units(double value) {
        return Math.abs(value) < LARGEST_FAST ? (long) Math.rint(value * UNITS) : TOO_LARGE;
    }

    /** The millionths of a decimal, if it has no finer digits. */
    static long units(BigDecimal value) {
        int scale = value.scale();
        if (scale < 0 || scale > SCALE || value.precision() - scale > WHOLE_DIGITS) {
            return TOO_LARGE;
        }
        return value.scaleByPowerOfTen(scale).longValueExact() * POWERS[SCALE - scale];
    }

    void add(double value) {
        long units = units(value);
        if (units != TOO_LARGE) {
            addUnits(units);
        } else {
            add(new BigDecimal(value));
        }
    }

    /** Adds value × weight, also where that is beyond the largest double. */
    void add(double value, double weight) {
        double product = value * weight;
        if (Double.isFinite(product)) {
            add(product);
        } else {
            add(new BigDecimal(value).multiply(new BigDecimal(weight)));
        }
    }

    /** Adds a decimal, rounded to millionths; money with up to six decimals stays exact. */
    void add(BigDecimal value) {
        BigInteger units = value.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue();
        if (units.bitLength() < Long.SIZE) {
            addUnits(units.longValue());
        } else {
            high = high.add(units);
        }
    }

    void addUnits(long units) {
        long sum = low + units;
        if (((low ^ sum) & (units ^ sum)) < 0) {
            high = high.add(BigInteger.valueOf(low)).add(BigInteger.valueOf(units));
            low = 0;
        } else {
            low = sum;
        }
    }

    void add(ExactSum other) {
        high = high.add(other.high);
        addUnits(other.low);
    }

    BigDecimal value() {
        return new BigDecimal(high.add(BigInteger.valueOf(low)), SCALE);
    }
}
