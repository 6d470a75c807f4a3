// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Shares of factors in a change, after Shapley: the mean, over all orders, of what a factor changes when it is switched after those
 * before it. Whole numbers in, whole numbers out, so that no order of the arithmetic shows.
 */
final class ShapleyShares {

    private ShapleyShares() {}

    /**
     * Returns each factor's share.
     *
     * @param values the value of each coalition, 2^n of them: bit f of the index tells whether factor f has changed
     * @return n shares that add up to the last value less the first. A factor that changes nothing has 0. Each is rounded, half to even;
     *     what is then missing goes to the factor of the largest share, of equal ones the first
     */
    static BigInteger[] of(BigInteger[] values) {
        int factors = Integer.numberOfTrailingZeros(values.length);
        if (factors == 0) {
            return new BigInteger[0];
        }
        BigInteger orders = factorial(factors);
        BigInteger[] weights = new BigInteger[factors];
        for (int before = 0; before < factors; before++) {
            weights[before] = factorial(before).multiply(factorial(factors - before - 1));
        }
        BigInteger[] shares = new BigInteger[factors];
        BigInteger missing = values[values.length - 1].subtract(values[0]);
        BigInteger most = BigInteger.ZERO;
        int largest = 0;
        for (int factor = 0; factor < factors; factor++) {
            BigInteger sum = BigInteger.ZERO;
            int bit = 1 << factor;
            for (int without = 0; without < values.length; without++) {
                if ((without & bit) == 0) {
                    BigInteger change = values[without | bit].subtract(values[without]);
                    if (change.signum() != 0) {
                        sum = sum.add(change.multiply(weights[Integer.bitCount(without)]));
                    }
                }
            }
            shares[factor] = dividedHalfEven(sum, orders);
            missing = missing.subtract(shares[factor]);
            if (sum.abs().compareTo(most) > 0) {
                most = sum.abs();
                largest = factor;
            }
        }
        shares[largest] = shares[largest].add(missing);
        return shares;
    }

    private static BigInteger factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return product;
    }

    private static BigInteger dividedHalfEven(BigInteger sum, BigInteger divisor) {
        return new BigDecimal(sum)
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN)
                .unscaledValue();
    }
}
