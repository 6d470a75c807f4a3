// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Weighted means and products of columns and target: all that a penalised least-squares fit needs to know. */
final class Moments {

    final double total;
    final double[] means;
    final double targetMean;
    /** Standard deviations. */
    final double[] deviations;
    /** Correlations of the columns; 0 for one that is constant. */
    final double[][] gram;
    /** Covariance of each standardised column with the target. */
    final double[] cross;

    final double targetVariance;

    private Moments(double[][] sums) {
        int k = sums.length - 2;
        total = sums[k + 1][k + 1];
        means = new double[k];
        deviations = new double[k];
        gram = new double[k][k];
        cross = new double[k];
        targetMean = sums[k][k + 1] / total;
        targetVariance = Math.max(0, sums[k][k] / total - targetMean * targetMean);
        for (int j = 0; j < k; j++) {
            means[j] = sums[j][k + 1] / total;
            double variance = sums[j][j] / total - means[j] * means[j];
            // The sums stand about the means of all rows in units of deviations: what is left here is rounding.
            deviations[j] = variance > 1e-12 ? Math.sqrt(variance) : 0;
        }
        for (int j = 0; j < k; j++) {
            if (deviations[j] == 0) {
                continue;
            }
            cross[j] = (sums[j][k] / total - means[j] * targetMean) / deviations[j];
            for (int l = 0; l < k; l++) {
                gram[j][l] = deviations[l] == 0
                        ? 0
                        : (sums[j][l] / total - means[j] * means[l]) / deviations[j] / deviations[l];
            }
        }
    }

    static Moments of(double[][] sums) {
        return new Moments(sums);
    }

    /** Sums of products of columns, target and 1 over some rows. */
    static double[][] sums(double[][] columns, double[] target, double[] weights, int[] rows) {
        int k = columns.length;
        double[][] sums = new double[k + 2][k + 2];
        double[] row = new double[k + 2];
        for (int i : rows) {
            for (int j = 0; j < k; j++) {
                row[j] = columns[j][i];
            }
            row[k] = target[i];
            row[k + 1] = 1;
            for (int j = 0; j < row.length; j++) {
                for (int l = j; l < row.length; l++) {
                    sums[j][l] += weights[i] * row[j] * row[l];
                }
            }
        }
        for (int j = 0; j < row.length; j++) {
            for (int l = 0; l < j; l++) {
                sums[j][l] = sums[l][j];
            }
        }
        return sums;
    }

    static double[][] difference(double[][] all, double[][] some) {
        double[][] rest = new double[all.length][all.length];
        for (int j = 0; j < all.length; j++) {
            for (int l = 0; l < all.length; l++) {
                rest[j][l] = all[j][l] - some[j][l];
            }
        }
        return rest;
    }
}
