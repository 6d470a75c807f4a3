// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.RetentionRate;

/**
 * The price at which a customer is worth most, where a higher price earns more a period and drives more customers away:
 *
 * <pre>
 * CLV(p) = m(p) M(r(p))        margin × {@link MarginMultiple} of the retention rate
 * </pre>
 *
 * <p>At a best price inside the bracket the elasticities of margin and multiple cancel, p m′/m + p M′/M = 0: one per cent more price earns
 * as much by margin as it loses by retention.
 *
 * <p><b>Numerics.</b> The bracket is searched at 201 prices, then by golden section beside the best of them, so that several local maxima do no
 * harm if they are wider than a two-hundredth of the bracket. A price is found to about 1e-7 of the bracket, as a maximum is flat; the
 * elasticities are central differences, good for some five digits.
 *
 * <p>This class is immutable; it is thread-safe if the functions are.
 */
public final class Pricing {

    private static final int STEPS = 200;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Of the bracket: where a maximum of doubles is flat. */
    private static final double NARROW = 1e-9;

    private final DoubleUnaryOperator margin;
    private final DoubleUnaryOperator retention;
    private final double discount;
    private final PaymentTiming timing;

    private Pricing(DoubleUnaryOperator margin, DoubleUnaryOperator retention, double discount, PaymentTiming timing) {
        this.margin = Objects.requireNonNull(margin, "margin");
        this.retention = Objects.requireNonNull(retention, "retention");
        this.discount = discount;
        this.timing = Objects.requireNonNull(timing, "timing");
    }

    /**
     * A best price.
     *
     * @param price the price
     * @param value what a customer is worth at it
     * @param margin the margin of a period at it
     * @param retentionRate the retention rate at it
     * @param marginElasticity by how many per cent the margin changes with one per cent more price; 0 for a margin or price of 0
     * @param multipleElasticity by how many per cent the multiple of the margin changes with one per cent more price; 0 for a multiple or
     *     price of 0
     * @param atBoundary true if the best price is an end of the bracket: elasticities then need not cancel, and a wider bracket may hold a
     *     better price
     */
    public record Optimum(
            double price,
            double value,
            double margin,
            RetentionRate retentionRate,
            double marginElasticity,
            double multipleElasticity,
            boolean atBoundary) {

        /**
         * Creates an optimum.
         *
         * @param price the price
         * @param value what a customer is worth at it
         * @param margin the margin of a period at it
         * @param retentionRate the retention rate at it
         * @param marginElasticity by how many per cent the margin changes with one per cent more price
         * @param multipleElasticity by how many per cent the multiple of the margin changes with one per cent more price
         * @param atBoundary true if the best price is an end of the bracket
         */
        public Optimum {}
    }

    /**
     * Returns the pricing problem of a customer.
     *
     * @param margin from a price to the margin of a period; finite
     * @param retention from a price to the retention rate; in [0, 1)
     * @param discountPerPeriod the effective discount rate of a period; finite, at least 0
     * @param timing which payments count, and when they fall
     * @return the problem
     * @throws IllegalArgumentException if the discount rate is out of range
     */
    public static Pricing of(
            DoubleUnaryOperator margin, DoubleUnaryOperator retention, double discountPerPeriod, PaymentTiming timing) {
        return new Pricing(margin, retention, Ranges.nonNegative(discountPerPeriod, "discountPerPeriod"), timing);
    }

    /**
     * Returns what a customer is worth at a price.
     *
     * @param price the price; finite, at least 0
     * @return CLV(p)
     * @throws IllegalArgumentException if the price is out of range, or a function answers out of its range
     */
    public double value(double price) {
        Ranges.nonNegative(price, "price");
        return Ranges.finite(marginAt(price) * multipleAt(price), "value");
    }

    private double marginAt(double price) {
        double value = margin.applyAsDouble(price);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("`margin` must be finite, but was " + value + " at the price " + price);
        }
        return value;
    }

    private double multipleAt(double price) {
        return MarginMultiple.of(rateAt(price), discount, timing).value();
    }

    private RetentionRate rateAt(double price) {
        double value = retention.applyAsDouble(price);
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "`retention` must be in [0, 1), but was " + value + " at the price " + price);
        }
        return RetentionRate.of(value);
    }

    /**
     * Finds the best price between two.
     *
     * @param lowest the lowest price; finite, at least 0
     * @param highest the highest price; finite, above the lowest
     * @return the best price
     * @throws IllegalArgumentException if the prices are out of range, or a function answers out of its range
     */
    public Optimum best(double lowest, double highest) {
        Ranges.nonNegative(lowest, "lowest");
        if (!(highest > lowest && highest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`highest` must be finite and above `lowest` " + lowest + ", but was " + highest);
        }
        double width = highest - lowest;
        int best = 0;
        for (int step = 1; step <= STEPS; step++) {
            if (value(at(lowest, highest, step)) > value(at(lowest, highest, best))) {
                best = step;
            }
        }
        double from = at(lowest, highest, Math.max(0, best - 1));
        double to = at(lowest, highest, Math.min(STEPS, best + 1));
        double inside = goldenSection(from, to, NARROW * width);
        double price = at(lowest, highest, best);
        // An end of the bracket is the better of the two only if values fall from it.
        if (value(inside) > value(price)) {
            price = inside;
        }
        return optimum(price, lowest, highest, price == lowest || price == highest);
    }

    private static double at(double lowest, double highest, int step) {
        return step == STEPS ? highest : lowest + (highest - lowest) * step / STEPS;
    }

    private double goldenSection(double from, double to, double narrow) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftValue = value(left);
        double rightValue = value(right);
        while (high - low > narrow && low < left && left < right && right < high) {
            if (leftValue > rightValue) {
                high = right;
                right = left;
                rightValue = leftValue;
                left = high - GOLDEN * (high - low);
                leftValue = value(left);
            } else {
                low = left;
                left = right;
                leftValue = rightValue;
                right = low + GOLDEN * (high - low);
                rightValue = value(right);
            }
        }
        return leftValue > rightValue ? left : right;
    }

    private Optimum optimum(double price, double lowest, double highest, boolean atBoundary) {
        return new Optimum(
                price,
                value(price),
                marginAt(price),
                rateAt(price),
                elasticity(this::marginAt, price, lowest, highest),
                elasticity(this::multipleAt, price, lowest, highest),
                atBoundary);
    }

    /** By a difference within the bracket, which the functions are defined on. */
    private static double elasticity(DoubleUnaryOperator function, double price, double lowest, double highest) {
        // A narrow bracket of high prices may be no wider than a few doubles.
        double step = Math.max(1e-5 * (highest - lowest), 8 * Math.ulp(price));
        double below = Math.max(lowest, price - step);
        double above = Math.min(highest, price + step);
        double value = function.applyAsDouble(price);
        double slope = (function.applyAsDouble(above) - function.applyAsDouble(below)) / (above - below);
        return value == 0 || price == 0 ? 0 : Ranges.finite(slope * price / value, "elasticity");
    }
}
