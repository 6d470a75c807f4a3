// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clv4j.core.data.RetentionData;
import org.jspecify.annotations.Nullable;

/**
 * Retention data as likelihoods read it: for each profile of covariates how many left at each opportunity, and how many were still there
 * when last seen. The columns of covariates are less their means and over their standard deviations. Immutable.
 */
public final class RetentionRows {

    /** The customers of one profile who have had the same number of opportunities. */
    record Cell(int opportunities, double lost, double censored) {}

    /** The customers of one profile. */
    record Profile(List<Double> columns, List<Cell> cells) {}

    private final List<Profile> profiles;
    private final double[] means;
    private final double[] deviations;
    private final double customers;

    private RetentionRows(List<Profile> profiles, double[] means, double[] deviations, double customers) {
        this.profiles = profiles;
        this.means = means;
        this.deviations = deviations;
        this.customers = customers;
    }

    /**
     * Counts and codes.
     *
     * @param data the data
     * @param coding how covariates become columns; null for a model without
     * @return the rows
     * @throws org.clv4j.core.data.DataException if an attribute is missing, or has no meaning for the coding
     */
    public static RetentionRows of(RetentionData data, @Nullable CovariateCoding coding) {
        int width = coding == null ? 0 : coding.names().size();
        double[][] coded = new double[data.size()][width];
        if (coding != null) {
            CovariateCoding.Source source = CovariateCoding.Source.of(data);
            for (int row = 0; row < data.size(); row++) {
                coding.code(source, row, coded[row]);
            }
        }
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int column = 0; column < width; column++) {
            standardise(data, coded, column, means, deviations);
        }
        // Sorted, so that a fit does not depend on the order of the rows.
        Map<double[], Map<Integer, double[]>> sorted = new TreeMap<>(Arrays::compare);
        for (int row = 0; row < data.size(); row++) {
            double[] counts = sorted.computeIfAbsent(coded[row], columns -> new TreeMap<>())
                    .computeIfAbsent(data.opportunities(row), n -> new double[2]);
            counts[data.left(row) ? 0 : 1] += data.weight(row);
        }
        List<Profile> profiles = new ArrayList<>();
        sorted.forEach((columns, byOpportunity) -> {
            List<Cell> cells = new ArrayList<>();
            byOpportunity.forEach((n, counts) -> cells.add(new Cell(n, counts[0], counts[1])));
            profiles.add(new Profile(Arrays.stream(columns).boxed().toList(), cells));
        });
        return new RetentionRows(profiles, means, deviations, data.customers());
    }

    private static void standardise(
            RetentionData data, double[][] coded, int column, double[] means, double[] deviations) {
        double mean = 0;
        for (int row = 0; row < coded.length; row++) {
            mean += data.weight(row) * coded[row][column] / data.customers();
        }
        double variance = 0;
        for (int row = 0; row < coded.length; row++) {
            double difference = coded[row][column] - mean;
            variance += data.weight(row) * difference * difference / data.customers();
        }
        means[column] = mean;
        deviations[column] = Math.sqrt(variance);
        for (double[] row : coded) {
            row[column] = (row[column] - mean) / deviations[column];
        }
    }

    /**
     * Returns the number of customers.
     *
     * @return the sum of the weights
     */
    public double customers() {
        return customers;
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
        double sum = 0;
        for (Profile profile : profiles) {
            double product = profile.columns.get(one) * profile.columns.get(other);
            for (Cell cell : profile.cells) {
                sum += (cell.lost + cell.censored) * product;
            }
        }
        return sum / customers;
    }

    /** The profiles, in the order of their columns. */
    List<Profile> profiles() {
        return profiles;
    }
}
