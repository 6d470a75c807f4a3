// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.linear.LeastSquares;

/** Training data as a regression sees them: columns with the intercept first, target, weights and offsets. */
final class Design {

    static final String INTERCEPT = "(intercept)";

    final String model;
    final boolean intercept;
    final List<String> features;
    /** One a coefficient. */
    final List<String> names;

    final double[][] columns;
    final double[] target;
    final double[] weights;
    final double[] offsets;
    final int rows;
    /** The number of rows with repetitions. */
    final double total;

    private Design(
            String model,
            boolean intercept,
            List<String> features,
            double[][] columns,
            double[] target,
            double[] weights,
            double[] offsets) {
        this.model = model;
        this.intercept = intercept;
        this.features = features;
        this.columns = columns;
        this.target = target;
        this.weights = weights;
        this.offsets = offsets;
        rows = target.length;
        names = new ArrayList<>();
        if (intercept) {
            names.add(INTERCEPT);
        }
        names.addAll(features);
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        total = sum;
    }

    static Design of(String model, TrainingData data, boolean intercept) {
        FeatureTable table = data.features();
        int rows = data.rows();
        int first = intercept ? 1 : 0;
        double[][] columns = new double[table.names().size() + first][];
        if (intercept) {
            columns[0] = new double[rows];
            Arrays.fill(columns[0], 1);
        }
        for (int j = first; j < columns.length; j++) {
            String name = table.names().get(j - first);
            columns[j] = table.column(name);
            for (int i = 0; i < rows; i++) {
                if (Double.isNaN(columns[j][i])) {
                    throw new IllegalArgumentException("feature '" + name + "' must be finite, but is missing in row "
                            + i + "; " + model + " needs missing values made explicit first");
                }
            }
        }
        double[] target = new double[rows];
        double[] weights = new double[rows];
        double[] offsets = new double[rows];
        for (int i = 0; i < rows; i++) {
            target[i] = data.target(i);
            weights[i] = data.weight(i);
            offsets[i] = data.offset(i);
        }
        return new Design(model, intercept, table.names(), columns, target, weights, offsets);
    }

    /** The intercept alone. */
    Design withoutFeatures() {
        return new Design(model, true, List.of(), new double[][] {columns[0]}, target, weights, offsets);
    }

    /** Some of the rows, with another target. */
    Design ofRows(String newModel, int[] chosen, double[] newTarget) {
        double[][] part = new double[columns.length][chosen.length];
        double[] partWeights = new double[chosen.length];
        double[] partOffsets = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part[j][i] = columns[j][chosen[i]];
            }
            partWeights[i] = weights[chosen[i]];
            partOffsets[i] = offsets[chosen[i]];
        }
        return new Design(newModel, intercept, features, part, newTarget, partWeights, partOffsets);
    }

    void requireTargets(Family family) {
        for (int i = 0; i < rows; i++) {
            if (!family.allows(target[i])) {
                throw new IllegalArgumentException("`target` of " + model + " must be " + family.range() + ", but was "
                        + target[i] + " in row " + i);
            }
        }
    }

    /** The columns, each row times the square root of a weight. */
    double[][] weighted(double[] rowWeights) {
        double[][] result = new double[columns.length][rows];
        for (int i = 0; i < rows; i++) {
            double root = Math.sqrt(rowWeights[i]);
            for (int j = 0; j < columns.length; j++) {
                result[j][i] = columns[j][i] * root;
            }
        }
        return result;
    }

    /** The decomposition of the weighted columns, which are then known to be independent. */
    LeastSquares independent() {
        if (rows < columns.length) {
            throw new ModelException(model + " needs at least as many rows as coefficients, which are " + columns.length
                    + ", but there are " + rows);
        }
        LeastSquares decomposition = new LeastSquares(weighted(weights));
        if (decomposition.rank() < columns.length) {
            throw new ModelException(model + ": column '" + names.get(decomposition.dependentColumn())
                    + "' is a linear combination of the others" + (intercept ? " and the intercept" : "")
                    + "; leave it out, or use ridge or elastic-net");
        }
        return decomposition;
    }

    double linear(double[] beta, int row) {
        double sum = 0;
        for (int j = 0; j < beta.length; j++) {
            sum += beta[j] * columns[j][row];
        }
        return sum;
    }

    double weightedMean(double[] values) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += weights[i] * values[i];
        }
        return sum / total;
    }

    /** The standard deviation without a correction of degrees of freedom. */
    double deviation(double[] values, double mean) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += weights[i] * (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(sum / total);
    }
}
