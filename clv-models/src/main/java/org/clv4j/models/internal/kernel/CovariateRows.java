// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;

/**
 * The customers of a base in the order of their frequency, with the columns of their covariates less their means and over their standard
 * deviations. Made once a fit.
 */
public final class CovariateRows {

    private final int[] frequency;
    private final double[] recency;
    private final double[] age;
    private final double[] weights;
    private final double totalWeight;
    /** By column, then row. */
    private final double[][] columns;

    private final double[] means;
    private final double[] deviations;

    private CovariateRows(
            int[] frequency,
            double[] recency,
            double[] age,
            double[] weights,
            double[][] columns,
            double[] means,
            double[] deviations) {
        this.frequency = frequency;
        this.recency = recency;
        this.age = age;
        this.weights = weights;
        this.totalWeight = sum(weights, weights.length, i -> 1);
        this.columns = columns;
        this.means = means;
        this.deviations = deviations;
    }

    private interface Term {
        double of(int row);
    }

    private static double sum(double[] weights, int size, Term term) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i] * term.of(i);
        }
        return sum;
    }

    /**
     * Sorts and codes the customers of a base.
     *
     * @param base the customers
     * @param coding how their covariates become columns
     * @return the rows
     * @throws org.clv4j.core.data.DataException if an attribute is missing, or has no meaning for the coding
     */
    public static CovariateRows of(CustomerBase base, CovariateCoding coding) {
        int size = base.size();
        int[] order = RowsByFrequency.order(base);
        int[] frequency = new int[size];
        double[] recency = new double[size];
        double[] age = new double[size];
        double[] weights = new double[size];
        int width = coding.names().size();
        double[][] columns = new double[width][size];
        double[] coded = new double[width];
        CovariateCoding.Source source = CovariateCoding.Source.of(base);
        for (int i = 0; i < size; i++) {
            frequency[i] = base.frequency(order[i]);
            recency[i] = base.recency(order[i]);
            age[i] = base.age(order[i]);
            weights[i] = base.weight(order[i]);
            coding.code(source, order[i], coded);
            for (int column = 0; column < width; column++) {
                columns[column][i] = coded[column];
            }
        }
        double[] means = new double[width];
        double[] deviations = new double[width];
        double total = sum(weights, size, i -> 1);
        for (int column = 0; column < width; column++) {
            double[] values = columns[column];
            double mean = sum(weights, size, i -> values[i]) / total;
            double deviation = Math.sqrt(sum(weights, size, i -> (values[i] - mean) * (values[i] - mean)) / total);
            for (int i = 0; i < size; i++) {
                values[i] = (values[i] - mean) / deviation;
            }
            means[column] = mean;
            deviations[column] = deviation;
        }
        return new CovariateRows(frequency, recency, age, weights, columns, means, deviations);
    }

    /**
     * Takes every n-th row, a systematic sample that has each frequency in its proportion.
     *
     * @param stride n, at least 1
     * @return the sample, with the means and deviations of the whole
     */
    public CovariateRows every(int stride) {
        int[] taken = IntStream.range(0, (size() + stride - 1) / stride)
                .map(i -> i * stride)
                .toArray();
        double[][] ofColumns = new double[columns.length][];
        for (int column = 0; column < columns.length; column++) {
            ofColumns[column] = pick(columns[column], taken);
        }
        return new CovariateRows(
                IntStream.of(taken).map(row -> frequency[row]).toArray(),
                pick(recency, taken),
                pick(age, taken),
                pick(weights, taken),
                ofColumns,
                means,
                deviations);
    }

    private static double[] pick(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }

    /**
     * Returns the number of rows.
     *
     * @return one a customer of the base
     */
    public int size() {
        return frequency.length;
    }

    /**
     * Returns the sum of the weights.
     *
     * @return the number of customers that the rows stand for
     */
    public double totalWeight() {
        return totalWeight;
    }

    /**
     * Returns the mean of a column before it was centred.
     *
     * @param column the column
     * @return the mean
     */
    public double mean(int column) {
        return means[column];
    }

    /**
     * Returns the standard deviation of a column before it was scaled.
     *
     * @param column the column
     * @return the deviation, above 0
     */
    public double deviation(int column) {
        return deviations[column];
    }

    /**
     * Returns the correlation of two columns.
     *
     * @param one a column
     * @param other a column
     * @return the correlation, 1 of a column with itself
     */
    public double correlation(int one, int other) {
        return sum(weights, size(), i -> columns[one][i] * columns[other][i]) / totalWeight;
    }

    /** x of the rows, ascending. */
    int[] frequency() {
        return frequency;
    }

    /** t_x of the rows. */
    double[] recency() {
        return recency;
    }

    /** T of the rows. */
    double[] age() {
        return age;
    }

    /** The weights of the rows. */
    double[] weights() {
        return weights;
    }

    /** A column of the rows. */
    double[] column(int column) {
        return columns[column];
    }
}
