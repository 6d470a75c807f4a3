// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * Mean and variance of the present value of each customer's future margin, given the parameters of the model: how far a customer, or a
 * book of them, may come out from what is expected by luck alone. That parameters are estimates is not in it.
 *
 * <p>Customers leave independently of each other given the parameters, so that variances add up. A row that stands for several customers
 * has the moments of one of them, and counts so many times in the totals.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class PresentValueMoments {

    private final CustomerBase base;
    private final double[] mean;
    private final double[] variance;

    /** Takes the arrays over. */
    PresentValueMoments(CustomerBase base, double[] mean, double[] variance) {
        this.base = base;
        this.mean = mean;
        this.variance = variance;
    }

    /**
     * Returns the number of customers.
     *
     * @return the number of rows of the base
     */
    public int size() {
        return mean.length;
    }

    /**
     * Returns the mean of a customer's present value.
     *
     * @param row the row of the base, from 0
     * @return the customer's future value, as the model's values have it
     */
    public double mean(int row) {
        return mean[row];
    }

    /**
     * Returns the variance of a customer's present value.
     *
     * @param row the row of the base, from 0
     * @return the variance in squared money, at least 0
     */
    public double variance(int row) {
        return variance[row];
    }

    /**
     * Returns the mean of the present value of all customers together.
     *
     * @return Σ mean × weight
     */
    public double totalMean() {
        return total(mean);
    }

    /**
     * Returns the variance of the present value of all customers together.
     *
     * @return Σ variance × weight
     */
    public double totalVariance() {
        return total(variance);
    }

    private double total(double[] column) {
        double sum = 0;
        for (int row = 0; row < column.length; row++) {
            sum += column[row] * base.weight(row);
        }
        return sum;
    }

    @Override
    public String toString() {
        return "PresentValueMoments[" + size() + " customers, mean " + totalMean() + ", standard deviation "
                + Math.sqrt(totalVariance()) + "]";
    }
}
