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

    private long low;
    private BigInteger high = BigInteger.ZERO;

    void add(double value) {
        if (Math.abs(value) < LARGEST_FAST) {
            addUnits((long) Math.rint(value * UNITS));
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

    private void addUnits(long units) {
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
