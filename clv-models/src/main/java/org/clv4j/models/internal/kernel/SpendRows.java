// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.optim.MaximumLikelihood;

/**
 * The customers that a spend model is fitted to, in the order of their frequency: x, the mean amount and the weight of each. Made
 * once a fit; the base itself is not kept.
 */
public final class SpendRows {

    private final Occasions occasions;
    private final int[] frequencies;
    private final int[] starts;
    private final double[] means;
    private final double[] weights;
    private final int leftOut;
    private final double totalWeight;
    private final double average;

    private SpendRows(
            Occasions occasions,
            int[] frequencies,
            int[] starts,
            double[] means,
            double[] weights,
            int leftOut,
            double totalWeight,
            double average) {
        this.occasions = occasions;
        this.frequencies = frequencies;
        this.starts = starts;
        this.means = means;
        this.weights = weights;
        this.leftOut = leftOut;
        this.totalWeight = totalWeight;
        this.average = average;
    }

    /**
     * Takes the customers with purchases whose mean is above 0; counts the others with purchases as left out.
     *
     * @param base the customers
     * @param occasions the purchases that count
     * @return the rows
     */
    public static SpendRows ofPositive(CustomerBase base, Occasions occasions) {
        return of(base, occasions, true);
    }

    /**
     * Takes all customers with repeat purchases.
     *
     * @param base the customers
     * @return the rows
     */
    public static SpendRows ofAny(CustomerBase base) {
        return of(base, Occasions.REPEAT, false);
    }

    private static SpendRows of(CustomerBase base, Occasions occasions, boolean positiveOnly) {
        long[] keys = new long[base.size()];
        int used = 0;
        int leftOut = 0;
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < base.size(); row++) {
            int count = occasions.count(base, row);
            double mean = occasions.mean(base, row);
            if (count > 0 && (!positiveOnly || mean > 0)) {
                keys[used++] = (long) count << 32 | row;
                sum += base.weight(row) * mean;
                weight += base.weight(row);
            } else if (count > 0) {
                leftOut++;
            }
        }
        Arrays.sort(keys, 0, used);
        int[] frequencies = new int[used];
        int[] starts = new int[used + 1];
        double[] means = new double[used];
        double[] weights = new double[used];
        int groups = 0;
        for (int i = 0; i < used; i++) {
            int row = (int) keys[i];
            int count = (int) (keys[i] >>> 32);
            if (groups == 0 || frequencies[groups - 1] != count) {
                frequencies[groups] = count;
                starts[groups] = i;
                groups++;
            }
            means[i] = occasions.mean(base, row);
            weights[i] = base.weight(row);
        }
        starts[groups] = used;
        return new SpendRows(
                occasions,
                Arrays.copyOf(frequencies, groups),
                Arrays.copyOf(starts, groups + 1),
                means,
                weights,
                leftOut,
                weight,
                used == 0 ? 0 : sum / weight);
    }

    /**
     * Returns a copy with other values in place of the means.
     *
     * @param change makes a value of a mean
     * @return the copy
     */
    public SpendRows with(DoubleUnaryOperator change) {
        double[] values = Arrays.stream(means).map(change).toArray();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return new SpendRows(
                occasions,
                frequencies,
                starts,
                values,
                weights,
                leftOut,
                totalWeight,
                values.length == 0 ? 0 : sum / totalWeight);
    }

    /**
     * Checks that there is something to tell customers apart by.
     *
     * @param model the model's name
     * @param least how many customers the model needs
     * @param ofWhat what the means of the purchases are, in words; may be empty
     * @throws ModelException if there are fewer, or all have the same mean
     */
    public void requireVariety(String model, int least, String ofWhat) {
        String which = occasions.words() + ofWhat;
        if (means.length < least) {
            throw new ModelException(model + " needs at least " + least + " customers with " + which
                    + ", but the base has " + means.length + "; observe longer, or use average-order");
        }
        if (Arrays.stream(means).allMatch(mean -> mean == means[0])) {
            throw new ModelException(model + " needs amounts that differ, but all " + means.length + " customers with "
                    + which + " have the mean " + means[0] + "; the spend is that amount");
        }
    }

    /**
     * Checks that frequencies differ, without which the spread of a customer's amounts and that of customers are one.
     *
     * @param model the model's name
     * @throws ModelException if all customers have the same frequency
     */
    public void requireFrequencies(String model) {
        if (groups() == 1) {
            throw new ModelException(
                    model + " needs customers with different numbers of purchases to tell how much amounts vary"
                            + " within and between customers, but all " + means.length + " have " + frequencies[0]
                            + "; observe longer, or use gamma-gamma or mean");
        }
    }

    /**
     * Adds the warning that customers were left out, if any were.
     *
     * @param fit the fit
     */
    public void warnOfLeftOut(MaximumLikelihood fit) {
        if (leftOut > 0) {
            fit.warning(new FitWarning(
                    Condition.CUSTOMERS_LEFT_OUT,
                    leftOut + " customers whose " + occasions.words()
                            + " have a mean of 0 or less were left out of the fit"));
        }
    }

    /**
     * Returns the number of rows.
     *
     * @return the number
     */
    public int size() {
        return means.length;
    }

    /**
     * Returns the number of distinct frequencies.
     *
     * @return the number
     */
    public int groups() {
        return frequencies.length;
    }

    /**
     * Returns the frequency of a group.
     *
     * @param group the group
     * @return x, ascending with the group
     */
    public int frequency(int group) {
        return frequencies[group];
    }

    /**
     * Returns the first row of a group; of the group after the last, the number of rows.
     *
     * @param group the group
     * @return the row
     */
    public int start(int group) {
        return starts[group];
    }

    /**
     * Returns the mean amount of a row, or what was put in its place.
     *
     * @param row the row
     * @return z̄
     */
    public double mean(int row) {
        return means[row];
    }

    /**
     * Returns the weight of a row.
     *
     * @param row the row
     * @return the weight, above 0
     */
    public double weight(int row) {
        return weights[row];
    }

    /**
     * Returns the sum of the weights.
     *
     * @return the sum
     */
    public double totalWeight() {
        return totalWeight;
    }

    /**
     * Returns the average of the rows' means.
     *
     * @return the average by weight; 0 without rows
     */
    public double average() {
        return average;
    }

    /**
     * Returns the variance of the rows' means.
     *
     * @return the sum of weighted squares over the sum of weights; 0 without rows
     */
    public double variance() {
        double squares = 0;
        for (int i = 0; i < means.length; i++) {
            squares += weights[i] * (means[i] - average) * (means[i] - average);
        }
        return means.length == 0 ? 0 : squares / totalWeight;
    }
}
