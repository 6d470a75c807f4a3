// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.internal.RowSort;
import org.clv4j.core.value.CustomerValues;
import org.jspecify.annotations.Nullable;

/**
 * How unequally value is spread over customers. With values v, weights w (how many customers a row stands for), W = Σ w and V = Σ w v:
 *
 * <table>
 * <caption>Figures</caption>
 * <tr><th>figure</th><th>formula</th></tr>
 * <tr><td>{@link #lorenzCurve}</td><td>L(p) = Σ w v over the part p of W that is worth least / V</td></tr>
 * <tr><td>{@link #gini}</td><td>Σ Σ w_i w_j |v_i − v_j| / (2 W V) = 1 − 2 ∫ L(p) dp</td></tr>
 * <tr><td>{@link #topShare}</td><td>1 − L(1 − q)</td></tr>
 * <tr><td>{@link #shareHolding}</td><td>the smallest q with topShare(q) = s: "q of the customers hold s of the value"</td></tr>
 * <tr><td>{@link #herfindahl}</td><td>Σ w (v / V)²</td></tr>
 * </table>
 *
 * <p>The Gini is that of the customers at hand, not corrected for the size of a sample: of n customers of whom one holds everything it is
 * 1 − 1/n. A row of weight 3 counts as three rows.
 *
 * <p><b>Ties and edges.</b> Customers of the same value are one block; a block, or a single customer, that lies across the edge of a share
 * is divided in proportion, so that the curve is a polygon and no figure depends on the order of the rows, to the last bit.
 *
 * <p><b>Negative values.</b> The formulas stay as they are. The Lorenz curve then falls before it rises, the best customers may hold more
 * than everything, and the Gini may be above 1: it is no longer a part of a largest inequality, but still the mean difference of two
 * customers over twice the mean. {@link #hasNegatives} tells of it.
 *
 * <p><b>No value to share.</b> Where V is not above 0 there is nothing to hold a part of, and the figures are empty. A sum of at most 1e-12
 * of Σ w |v| counts as 0: it is rounding.
 *
 * <p>Sums are rounded once. Cost: a sort; kept are 16 bytes for each distinct value.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class Concentration {

    private static final double LARGEST = 1e100;
    private static final double LEAST_WEIGHT = 1e-50;
    private static final double MOST_WEIGHT = 1e50;
    private static final double ROUNDING = 1e-12;
    private static final int MOST_STEPS = 1_000_000;

    private final @Nullable ValuationBasis basis;
    private final @Nullable ValuePart part;
    private final boolean hasNegatives;
    private final double solidTotal;
    private final OptionalDouble gini;
    private final OptionalDouble herfindahl;
    /** How many customers there are down to a block, the best first; begins with 0. */
    private final double[] customersTo;
    /** What they hold. */
    private final double[] valueTo;
    /** The last block before the curve falls. */
    private final int peak;

    private Concentration(double[] values, double[] weights, @Nullable ValuationBasis basis, @Nullable ValuePart part) {
        this.basis = basis;
        this.part = part;
        int rows = values.length;
        int[] order = RowSort.descending(values);
        double[] customers = new double[rows + 1];
        double[] held = new double[rows + 1];
        PreciseSum customersSoFar = new PreciseSum();
        PreciseSum heldSoFar = new PreciseSum();
        PreciseSum size = new PreciseSum();
        int blocks = 0;
        int best = 0;
        for (int i = 0; i < rows; i++) {
            double weight = weights[order[i]];
            double value = weight * values[order[i]];
            customersSoFar.add(weight);
            heldSoFar.add(value);
            size.add(Math.abs(value));
            if (i == rows - 1 || values[order[i]] != values[order[i + 1]]) {
                blocks++;
                customers[blocks] = customersSoFar.value();
                held[blocks] = heldSoFar.value();
                if (values[order[i]] > 0) {
                    best = blocks;
                }
            }
        }
        this.customersTo = Arrays.copyOf(customers, blocks + 1);
        this.valueTo = Arrays.copyOf(held, blocks + 1);
        this.peak = best;
        this.hasNegatives = values[order[rows - 1]] < 0;
        this.solidTotal = held[blocks] > ROUNDING * size.value() ? held[blocks] : 0;
        this.gini = solidTotal > 0 ? OptionalDouble.of(giniOfCurve()) : OptionalDouble.empty();
        this.herfindahl =
                solidTotal > 0 ? OptionalDouble.of(herfindahlOf(values, weights, solidTotal)) : OptionalDouble.empty();
    }

    /**
     * Returns the concentration of a column of numbers, each of one customer.
     *
     * @param values the numbers, from −1e100 to 1e100; at least one
     * @return the concentration
     * @throws IllegalArgumentException if there is none, or one is out of its range; the message names the row
     */
    public static Concentration of(double[] values) {
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        return of(values, weights);
    }

    /**
     * Returns the concentration of a column of numbers.
     *
     * @param values the numbers, from −1e100 to 1e100; at least one
     * @param weights how many customers each stands for, from 1e-50 to 1e50
     * @return the concentration
     * @throws IllegalArgumentException if there is no row, lengths differ, or a number is out of its range; the message names the row
     */
    public static Concentration of(double[] values, double[] weights) {
        Objects.requireNonNull(weights, "weights");
        return new Concentration(checked(values), checkedWeights(weights, values.length), null, null);
    }

    /**
     * Returns the concentration of what customers are worth.
     *
     * @param values what customers are worth, by their weights; at least one
     * @param part which of their values
     * @return the concentration, with its basis
     * @throws IllegalArgumentException if there is no customer, or one is worth more than 1e100
     */
    public static Concentration ofCustomers(CustomerValues values, ValuePart part) {
        double[] weights = new double[values.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = values.base().weight(row);
        }
        return new Concentration(
                checked(part.column(values)), checkedWeights(weights, weights.length), ValuationBasis.of(values), part);
    }

    private static double[] checked(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("`values` must have at least one row, but had none");
        }
        for (int row = 0; row < values.length; row++) {
            if (!(Math.abs(values[row]) <= LARGEST)) {
                throw new IllegalArgumentException("`values` must be from " + -LARGEST + " to " + LARGEST + ", but was "
                        + values[row] + " in row " + row);
            }
        }
        return values;
    }

    private static double[] checkedWeights(double[] weights, int rows) {
        if (weights.length != rows) {
            throw new IllegalArgumentException(
                    "`weights` must have a value for each of the " + rows + " rows, but had " + weights.length);
        }
        for (int row = 0; row < rows; row++) {
            if (!(weights[row] >= LEAST_WEIGHT && weights[row] <= MOST_WEIGHT)) {
                throw new IllegalArgumentException("`weights` must be from " + LEAST_WEIGHT + " to " + MOST_WEIGHT
                        + ", but was " + weights[row] + " in row " + row);
            }
        }
        return weights;
    }

    /** The mean difference by ranks: Σ w v (W below − W above) / (W V), a block counting half below itself and half above. */
    private double giniOfCurve() {
        double all = customers();
        PreciseSum sum = new PreciseSum();
        for (int i = 1; i < customersTo.length; i++) {
            double middle = (customersTo[i - 1] / 2 + customersTo[i] / 2) / all;
            sum.add((valueTo[i] - valueTo[i - 1]) / solidTotal * (1 - 2 * middle));
        }
        double value = sum.value();
        return hasNegatives ? Math.max(0, value) : Math.max(0, Math.min(1, value));
    }

    private static double herfindahlOf(double[] values, double[] weights, double total) {
        PreciseSum sum = new PreciseSum();
        for (int row = 0; row < values.length; row++) {
            double share = values[row] / total;
            sum.add(weights[row] * share * share);
        }
        return sum.value();
    }

    /**
     * Returns what the values were computed by.
     *
     * @return the basis; empty of a plain column
     */
    public Optional<ValuationBasis> basis() {
        return Optional.ofNullable(basis);
    }

    /**
     * Returns which of the customers' values this is about.
     *
     * @return the part; empty of a plain column
     */
    public Optional<ValuePart> part() {
        return Optional.ofNullable(part);
    }

    /**
     * Returns how many customers there are.
     *
     * @return W, the sum of their weights
     */
    public double customers() {
        return customersTo[customersTo.length - 1];
    }

    /**
     * Returns what they are worth together.
     *
     * @return V
     */
    public double total() {
        return valueTo[valueTo.length - 1];
    }

    /**
     * Tells whether some customer is worth less than nothing.
     *
     * @return true if the curve falls before it rises
     */
    public boolean hasNegatives() {
        return hasNegatives;
    }

    /**
     * Returns the Gini coefficient.
     *
     * @return 0 if all are worth the same, up to 1 − 1/W if a single one holds everything, and beyond with negative values; empty if the
     *     total is not above 0
     */
    public OptionalDouble gini() {
        return gini;
    }

    /**
     * Returns the Herfindahl index, the sum of the squared shares of the customers. Its inverse is the number of equal customers who would
     * be as concentrated.
     *
     * @return the index, at least 1/W; empty if the total is not above 0
     */
    public OptionalDouble herfindahl() {
        return herfindahl;
    }

    /**
     * Returns how much of the value the best customers hold.
     *
     * @param share q, which part of the customers, in [0, 1], as .1
     * @return the part of the value; empty if the total is not above 0
     * @throws IllegalArgumentException if the share is out of its range
     */
    public OptionalDouble topShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be in [0, 1], but was " + share);
        }
        if (solidTotal == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(along(customersTo, valueTo, customersTo.length - 1, share * customers()) / solidTotal);
    }

    /**
     * Returns the smallest part of the customers that holds a part of the value: the 20 of "80/20" for .8.
     *
     * @param valueShare s, which part of the value, in [0, 1]
     * @return the part of the customers; empty if the total is not above 0
     * @throws IllegalArgumentException if the share is out of its range
     */
    public OptionalDouble shareHolding(double valueShare) {
        if (!(valueShare >= 0 && valueShare <= 1)) {
            throw new IllegalArgumentException("`valueShare` must be in [0, 1], but was " + valueShare);
        }
        if (solidTotal == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(along(valueTo, customersTo, peak, valueShare * solidTotal) / customers());
    }

    /** Goes along a polygon that rises in x, to the first point at x. */
    private static double along(double[] x, double[] y, int last, double at) {
        int found = Arrays.binarySearch(x, 0, last + 1, at);
        if (found >= 0) {
            return y[found];
        }
        int after = Math.min(-found - 1, last);
        double part = (at - x[after - 1]) / (x[after] - x[after - 1]);
        return y[after - 1] + Math.min(1, part) * (y[after] - y[after - 1]);
    }

    /**
     * Returns points of the Lorenz curve at equal distances.
     *
     * @param steps how many pieces the customers are divided into, from 1 to 1,000,000
     * @return steps + 1 points, from (0, 0) to (1, 1); empty if the total is not above 0
     * @throws IllegalArgumentException if the number is out of its range
     */
    public List<LorenzPoint> lorenzCurve(int steps) {
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("`steps` must be from 1 to " + MOST_STEPS + ", but was " + steps);
        }
        if (solidTotal == 0) {
            return List.of();
        }
        List<LorenzPoint> points = new ArrayList<>(steps + 1);
        for (int i = 0; i <= steps; i++) {
            double best = topShare((steps - i) / (double) steps).orElseThrow();
            points.add(new LorenzPoint(i / (double) steps, 1 - best));
        }
        return List.copyOf(points);
    }

    /** Returns the figures in words. */
    @Override
    public String toString() {
        if (gini.isEmpty()) {
            return "Concentration[" + customers() + " customers, total " + total() + "]";
        }
        return "Concentration[" + customers() + " customers, total " + total() + ", Gini " + gini.getAsDouble()
                + ", best tenth " + topShare(0.1).orElseThrow() + "]";
    }
}
