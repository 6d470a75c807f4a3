// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import org.clv4j.core.data.TimeScale;
import org.jspecify.annotations.Nullable;

/**
 * How much a later unit of money is worth less than an earlier one. Every conversion between years, periods and continuous
 * rates is written here and nowhere else.
 *
 * <p>With an effective annual rate d and k periods a year, the rate per period is (1 + d)^(1/k) − 1 and the continuous rate
 * per period ln(1 + d)/k; never d/k. The default number of periods a year is {@link TimeScale#periodsPerYear()}; tables of
 * the literature use 52 weeks.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class DiscountRate {

    /** ln(1 + d). */
    private final double continuousAnnual;

    private DiscountRate(double continuousAnnual) {
        this.continuousAnnual = continuousAnnual;
    }

    /**
     * Returns a rate from its effective annual value.
     *
     * @param effective the effective annual rate, as 0.10 for 10 %; finite, at least 0
     * @return the rate
     * @throws IllegalArgumentException if the rate is out of range
     */
    public static DiscountRate annual(double effective) {
        return new DiscountRate(Math.log1p(requireRate(effective, "annual")));
    }

    /**
     * Returns a rate from a continuous rate per period: a payment after t periods counts e<sup>−δt</sup>.
     *
     * @param delta the continuous rate δ per period; finite, at least 0
     * @param periodsPerYear the number of periods in a year; finite, above 0
     * @return the rate
     * @throws IllegalArgumentException if a value is out of range
     */
    public static DiscountRate continuous(double delta, double periodsPerYear) {
        return new DiscountRate(requireRate(requireRate(delta, "delta") * requirePeriods(periodsPerYear), "delta"));
    }

    /**
     * Returns the rate of not discounting at all.
     *
     * @return a rate of 0
     */
    public static DiscountRate none() {
        return new DiscountRate(0);
    }

    /**
     * Returns the effective annual rate d.
     *
     * @return the rate, at least 0
     */
    public double effectiveAnnual() {
        return Math.expm1(continuousAnnual);
    }

    /**
     * Returns the effective rate per period, (1 + d)^(1/k) − 1.
     *
     * @param periodsPerYear the number k of periods in a year; finite, above 0
     * @return the rate, at least 0
     */
    public double effectivePerPeriod(double periodsPerYear) {
        return Math.expm1(continuousPerPeriod(periodsPerYear));
    }

    /**
     * Returns the continuous rate per period, δ = ln(1 + d)/k.
     *
     * @param periodsPerYear the number k of periods in a year; finite, above 0
     * @return the rate, at least 0
     */
    public double continuousPerPeriod(double periodsPerYear) {
        return continuousAnnual / requirePeriods(periodsPerYear);
    }

    private static double requireRate(double rate, String name) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`" + name + "` must be a finite rate of at least 0 (0.10 for 10 %), but was " + rate);
        }
        // −0.0 is no rate of its own.
        return rate + 0.0;
    }

    private static double requirePeriods(double periodsPerYear) {
        if (!(periodsPerYear > 0 && periodsPerYear < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`periodsPerYear` must be finite and above 0, but was " + periodsPerYear);
        }
        return periodsPerYear;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiscountRate that && Double.compare(continuousAnnual, that.continuousAnnual) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(continuousAnnual);
    }

    /** Returns the effective annual rate in words, as {@code 10.0 % a year}. */
    @Override
    public String toString() {
        return Math.rint(effectiveAnnual() * 1e6) / 1e4 + " % a year";
    }
}
