// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.RetentionRate;

/**
 * By what a customer's margin of a period is multiplied to give its lifetime value, under a constant retention rate (Gupta and
 * Lehmann).
 *
 * <p>With the retention rate r, the discount rate d of a period and margins that grow at the rate g, from m for the first payment that
 * counts,
 *
 * <pre>
 * M = Σ_{k = 0}^{n − 1} r^t (1 + g)^k (1 + d)^−(t + delay)     t = firstPeriod + k, as {@link PaymentTiming} says
 *   = r/(1 + d − r (1 + g))                                     without end, {@link PaymentTiming#RESIDUAL}
 *   = (1 + d)/(1 + d − r (1 + g))                               without end, {@link PaymentTiming#BEGIN}
 * </pre>
 *
 * <p><b>Domain.</b> Without end, r (1 + g) must be below 1 + d; else the value has no bound, and is refused. Retention is that of a contract:
 * a customer without one who skips a period has not left.
 *
 * <p><b>Elasticities</b> say by how many per cent the multiple changes if one of its parts does by one per cent. With K, the mean of k over
 * the terms of the sum, that of retention is firstPeriod + K, which for a residual value without growth and end is (1 + d)/(1 + d − r).
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>S. Gupta, D. R. Lehmann, Customers as assets, Journal of Interactive Marketing 17(1), 9–24 (2003), doi:10.1002/dir.10045.
 */
public final class MarginMultiple {

    private static final int LONGEST = 100_000;

    private final RetentionRate retentionRate;
    private final double discount;
    private final PaymentTiming timing;
    private final double growth;
    private final int payments;
    private final double value;
    private final double meanTerm;

    private MarginMultiple(
            RetentionRate retentionRate, double discount, PaymentTiming timing, double growth, int payments) {
        this.retentionRate = retentionRate;
        this.discount = discount;
        this.timing = timing;
        this.growth = growth;
        this.payments = payments;
        double sum;
        double ratio = retentionRate.value() * (1 + growth) / (1 + discount);
        if (payments == 0) {
            double gap = (1 + discount - retentionRate.value() * (1 + growth)) / (1 + discount);
            if (!(gap > 0)) {
                throw new IllegalArgumentException("`growth` must leave r (1 + g) below 1 + d = " + (1 + discount)
                        + ", but was " + growth + " with r = " + retentionRate + "; state a number of payments");
            }
            sum = 1 / gap;
            meanTerm = ratio / gap;
        } else {
            sum = 0;
            double weighted = 0;
            double term = 1;
            for (int k = 0; k < payments; k++) {
                sum += term;
                weighted += k * term;
                term *= ratio;
            }
            meanTerm = weighted / sum;
        }
        double first = Math.pow(retentionRate.value(), timing.firstPeriod())
                * Math.pow(1 + discount, -(timing.firstPeriod() + timing.delay()));
        value = first * sum;
        if (!Double.isFinite(value) || !Double.isFinite(meanTerm)) {
            throw new IllegalArgumentException(
                    "`growth` must leave a finite value, but was " + growth + " over " + payments + " payments");
        }
    }

    /**
     * Returns the multiple of a margin that does not grow, without end.
     *
     * @param retentionRate the probability of each renewal
     * @param discountPerPeriod the effective discount rate of a period, as {@link
     *     org.clv4j.core.value.DiscountRate#effectivePerPeriod(double)} gives; finite, at least 0
     * @param timing which payments count, and when they fall
     * @return the multiple
     * @throws IllegalArgumentException if the rate is out of range
     */
    public static MarginMultiple of(RetentionRate retentionRate, double discountPerPeriod, PaymentTiming timing) {
        return new MarginMultiple(
                retentionRate, Ranges.nonNegative(discountPerPeriod, "discountPerPeriod"), timing, 0, 0);
    }

    /**
     * Returns a copy whose margin grows.
     *
     * @param rate the growth rate g of a period, as 0.02; finite, above −1
     * @return the copy
     * @throws IllegalArgumentException if the rate is out of range, or the value has no bound
     */
    public MarginMultiple withGrowth(double rate) {
        if (!(rate > -1 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`growth` must be finite and above -1, but was " + rate);
        }
        return new MarginMultiple(retentionRate, discount, timing, rate, payments);
    }

    /**
     * Returns a copy that counts a number of payments. State it before a growth rate that exceeds what an endless value bears.
     *
     * @param number the number n of payments that count; in [1, 100000]
     * @return the copy
     * @throws IllegalArgumentException if the number is out of range
     */
    public MarginMultiple withPayments(int number) {
        if (number < 1 || number > LONGEST) {
            throw new IllegalArgumentException("`payments` must be in [1, " + LONGEST + "], but was " + number);
        }
        return new MarginMultiple(retentionRate, discount, timing, growth, number);
    }

    /**
     * Returns the multiple.
     *
     * @return M, at least 0
     */
    public double value() {
        return value;
    }

    /**
     * Returns the lifetime value of a margin.
     *
     * @param margin the margin of the first payment that counts; finite
     * @return M × margin
     * @throws IllegalArgumentException if the margin is not finite
     */
    public double value(double margin) {
        return Ranges.finite(value * Ranges.finite(margin, "margin"), "value");
    }

    /**
     * Returns by how many per cent the value grows with one per cent more retention (80 % to 80.8 %).
     *
     * @return the elasticity, at least 0
     */
    public double retentionElasticity() {
        return timing.firstPeriod() + meanTerm;
    }

    /**
     * Returns by how many per cent the value grows with a discount rate that is one per cent higher (12 % to 12.12 %).
     *
     * @return the elasticity, at most 0
     */
    public double discountElasticity() {
        // 0.0 for −0.0, of a rate of 0.
        return 0.0 - discount / (1 + discount) * (timing.firstPeriod() + timing.delay() + meanTerm);
    }

    /**
     * Returns by how many per cent the value grows with one per cent more margin.
     *
     * @return 1: the value is in proportion to the margin
     */
    public double marginElasticity() {
        return 1;
    }

    /**
     * Returns the multiple of the shortcut that takes every customer to stay for the expected lifetime, 1/(1 − r) periods, and to pay
     * at the end of each: an annuity. It overstates, as customers leave all the time; for comparison only.
     *
     * @return the naive multiple, [1 − (1 + d)^−1/(1−r)]/d, without growth
     */
    public double naiveLifetimeMultiple() {
        double lifetime = 1 / retentionRate.churn();
        return discount == 0 ? lifetime : -Math.expm1(-lifetime * Math.log1p(discount)) / discount;
    }
}
