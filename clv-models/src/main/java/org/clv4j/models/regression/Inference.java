// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.clv4j.core.learn.Coefficient;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.kernel.Arguments;

/** Covariances of coefficients, and what is told from them. Immutable. */
final class Inference {

    final List<String> names;
    final double[] beta;
    private final Map<CovarianceType, double[][]> covariances;
    /** What the statistics are compared with. */
    final ContinuousDistribution reference;

    private final boolean restored;

    private Inference(
            List<String> names,
            double[] beta,
            Map<CovarianceType, double[][]> covariances,
            ContinuousDistribution reference,
            boolean restored) {
        this.names = List.copyOf(names);
        this.beta = beta;
        this.covariances = covariances;
        this.reference = reference;
        this.restored = restored;
    }

    /** Without a covariance: the fit ran to a boundary, or is as flexible as the data. */
    static Inference none(List<String> names, double[] beta) {
        return of(names, beta, Map.of(), Double.POSITIVE_INFINITY);
    }

    static Inference of(
            List<String> names, double[] beta, Map<CovarianceType, double[][]> covariances, double degreesOfFreedom) {
        Map<CovarianceType, double[][]> usable = new EnumMap<>(CovarianceType.class);
        covariances.forEach((type, matrix) -> {
            if (isCovariance(matrix)) {
                usable.put(type, matrix);
            }
        });
        return new Inference(names, beta, usable, reference(degreesOfFreedom), false);
    }

    /** Of a saved fit, without a covariance. */
    static Inference restored(List<String> names, double[] beta, double degreesOfFreedom) {
        return new Inference(names, beta, Map.of(), reference(degreesOfFreedom), true);
    }

    private static ContinuousDistribution reference(double degreesOfFreedom) {
        return degreesOfFreedom < Double.POSITIVE_INFINITY
                ? TDistribution.of(degreesOfFreedom)
                : NormalDistribution.of(0, 1);
    }

    private static boolean isCovariance(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (double value : matrix[i]) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
            if (!(matrix[i][i] >= 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The covariances of a regression that solves Σ wᵢ sᵢ xᵢ = 0.
     *
     * @param design the data
     * @param bread the inverse of what the derivative of the sum is expected to be
     * @param dispersion by which the bread is the covariance that the model says
     * @param scores sᵢ, of one repetition
     * @param leverages of one repetition
     */
    static Map<CovarianceType, double[][]> covariances(
            Design design, double[][] bread, double dispersion, double[] scores, double[] leverages) {
        Map<CovarianceType, double[][]> result = new EnumMap<>(CovarianceType.class);
        result.put(CovarianceType.MODEL, scaled(bread, dispersion));
        double n = design.total;
        int k = bread.length;
        double[] squares = new double[scores.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = scores[i] * scores[i];
        }
        double[][] hc0 = sandwich(design, bread, squares);
        result.put(CovarianceType.HC0, hc0);
        result.put(CovarianceType.HC1, scaled(hc0, n / (n - k)));
        double[] divided = squares.clone();
        for (int power = 1; power <= 2; power++) {
            for (int i = 0; i < divided.length; i++) {
                // A row that alone tells a coefficient is met exactly, and says nothing of the variance.
                divided[i] = leverages[i] > 1 - 1e-10 ? 0 : divided[i] / (1 - leverages[i]);
            }
            result.put(power == 1 ? CovarianceType.HC2 : CovarianceType.HC3, sandwich(design, bread, divided));
        }
        return result;
    }

    /** B (Σ wᵢ mᵢ xᵢxᵢ') B. */
    static double[][] sandwich(Design design, double[][] bread, double[] filling) {
        int k = bread.length;
        double[][] meat = new double[k][k];
        double[] turned = new double[k];
        for (int row = 0; row < design.rows; row++) {
            double factor = design.weights[row] * filling[row];
            for (int i = 0; i < k; i++) {
                turned[i] = 0;
                for (int j = 0; j < k; j++) {
                    turned[i] += bread[i][j] * design.columns[j][row];
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    meat[i][j] += factor * turned[i] * turned[j];
                }
            }
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                meat[j][i] = meat[i][j];
            }
        }
        return meat;
    }

    static double[][] scaled(double[][] matrix, double factor) {
        double[][] result = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            result[i] = matrix[i].clone();
            for (int j = 0; j < result[i].length; j++) {
                result[i][j] *= factor;
            }
        }
        return result;
    }

    Set<CovarianceType> types() {
        return Set.copyOf(covariances.keySet());
    }

    double[][] covariance(String model, CovarianceType type) {
        double[][] matrix = covariances.get(type);
        if (matrix == null && restored) {
            throw new ModelException(
                    model
                            + " was restored from its state, which does not keep the covariance of the coefficients; fit again to have it");
        }
        if (matrix == null) {
            throw new ModelException(model + " has no covariance of type " + type
                    + (covariances.isEmpty()
                            ? ": the fit ran to a boundary or has no degrees of freedom left; its warnings say more"
                            : "; it has " + covariances.keySet()));
        }
        return scaled(matrix, 1);
    }

    List<Coefficient> coefficients(String model, CovarianceType type, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw Arguments.outOfRange("confidence", "above 0 and below 1", confidence);
        }
        double[][] matrix = covariance(model, type);
        double reach = quantile(confidence);
        List<Coefficient> coefficients = new ArrayList<>();
        for (int j = 0; j < beta.length; j++) {
            double error = Math.sqrt(matrix[j][j]);
            double statistic = beta[j] == 0 ? 0 : beta[j] / error;
            // An error of 0 beside an estimate is an exact fit: no statistic is large enough.
            statistic = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, statistic));
            double p = Math.min(1, 2 * reference.survivalProbability(Math.abs(statistic)));
            coefficients.add(new Coefficient(
                    names.get(j),
                    beta[j],
                    error,
                    statistic,
                    p,
                    new Interval(beta[j] - reach * error, beta[j] + reach * error)));
        }
        return List.copyOf(coefficients);
    }

    /** How many standard errors an interval reaches to each side. */
    double quantile(double confidence) {
        return reference.inverseSurvivalProbability((1 - confidence) / 2);
    }

    /** The standard errors that the report shows. */
    void describe(Map<String, Double> errors) {
        double[][] matrix = covariances.get(CovarianceType.MODEL);
        if (matrix != null) {
            for (int j = 0; j < beta.length; j++) {
                errors.put(names.get(j), Math.sqrt(matrix[j][j]));
            }
        }
    }
}
