// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import java.util.Objects;
import java.util.OptionalDouble;
import org.clv4j.core.data.TimeScale;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a valuation: how far it reaches, how later money is discounted, what part of revenue is margin, and when
 * purchases pay. All four are always given; results carry them.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ValuationTerms {

    private final Horizon horizon;
    private final DiscountRate discountRate;
    private final Margin margin;
    private final CashFlowTiming timing;
    private final double periodsPerYear;

    private ValuationTerms(
            Horizon horizon, DiscountRate discountRate, Margin margin, CashFlowTiming timing, double periodsPerYear) {
        this.horizon = Objects.requireNonNull(horizon, "horizon");
        this.discountRate = Objects.requireNonNull(discountRate, "discountRate");
        this.margin = Objects.requireNonNull(margin, "margin");
        this.timing = Objects.requireNonNull(timing, "timing");
        this.periodsPerYear = periodsPerYear;
        if (horizon.isInfinite() && discountRate.equals(DiscountRate.none())) {
            throw new IllegalArgumentException("`discountRate` must be above 0 for an infinite horizon, but was 0");
        }
        if (horizon.isInfinite() && timing != CashFlowTiming.AT_PURCHASE) {
            throw new IllegalArgumentException(
                    "`timing` must be at-purchase for an infinite horizon, but was " + timing);
        }
    }

    /**
     * Returns terms.
     *
     * @param horizon how far the valuation reaches, in periods of the base's time scale
     * @param discountRate the discount rate; above 0 for an infinite horizon
     * @param margin the margin on future revenue
     * @param timing when purchases pay; {@link CashFlowTiming#AT_PURCHASE} for an infinite horizon
     * @return the terms
     * @throws IllegalArgumentException if an infinite horizon is combined with a rate of 0 or a timing by period
     */
    public static ValuationTerms of(Horizon horizon, DiscountRate discountRate, Margin margin, CashFlowTiming timing) {
        return new ValuationTerms(horizon, discountRate, margin, timing, Double.NaN);
    }

    /**
     * Returns a copy that counts another number of periods in a year than the time scale's own, as 52 weeks.
     *
     * @param newPeriodsPerYear the number of periods in a year; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if the number is out of range
     */
    public ValuationTerms withPeriodsPerYear(double newPeriodsPerYear) {
        if (!(newPeriodsPerYear > 0 && newPeriodsPerYear < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`periodsPerYear` must be finite and above 0, but was " + newPeriodsPerYear);
        }
        return new ValuationTerms(horizon, discountRate, margin, timing, newPeriodsPerYear);
    }

    /**
     * Returns how far the valuation reaches.
     *
     * @return the horizon
     */
    public Horizon horizon() {
        return horizon;
    }

    /**
     * Returns the discount rate.
     *
     * @return the rate
     */
    public DiscountRate discountRate() {
        return discountRate;
    }

    /**
     * Returns the margin on future revenue.
     *
     * @return the margin
     */
    public Margin margin() {
        return margin;
    }

    /**
     * Returns when purchases pay.
     *
     * @return the timing
     */
    public CashFlowTiming timing() {
        return timing;
    }

    /**
     * Returns the stated number of periods in a year.
     *
     * @return the number, or empty if the time scale's own counts
     */
    public OptionalDouble periodsPerYear() {
        return Double.isNaN(periodsPerYear) ? OptionalDouble.empty() : OptionalDouble.of(periodsPerYear);
    }

    /**
     * Returns the continuous discount rate δ per period of a time scale.
     *
     * @param timeScale the time scale of the base that is valued
     * @return δ, at least 0
     */
    public double continuousRate(TimeScale timeScale) {
        return discountRate.continuousPerPeriod(periodsPerYear().orElse(timeScale.periodsPerYear()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValuationTerms that
                && horizon.equals(that.horizon)
                && discountRate.equals(that.discountRate)
                && margin.equals(that.margin)
                && timing == that.timing
                && Double.compare(periodsPerYear, that.periodsPerYear) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(horizon, discountRate, margin, timing, periodsPerYear);
    }

    /** Returns the terms in words. */
    @Override
    public String toString() {
        return "horizon " + horizon + ", " + discountRate + ", margin " + margin + ", paid " + timing
                + (Double.isNaN(periodsPerYear) ? "" : ", " + periodsPerYear + " periods a year");
    }
}
