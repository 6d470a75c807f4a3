// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Set;
import org.clv4j.core.learn.Coefficient;
import org.clv4j.core.learn.CoefficientInference;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.model.FitReport;

/** A fitted regression of whose coefficients something can be inferred. Immutable and thread-safe. */
public abstract class FittedCoefficients extends FittedLinear implements CoefficientInference {

    final Inference inference;

    FittedCoefficients(FitReport report, List<String> features, Inference inference) {
        super(report, features, inference.beta);
        this.inference = inference;
    }

    @Override
    public final List<String> coefficientNames() {
        return inference.names;
    }

    @Override
    public final double[] estimates() {
        return inference.beta.clone();
    }

    @Override
    public final Set<CovarianceType> covarianceTypes() {
        return inference.types();
    }

    @Override
    public final double[][] covariance(CovarianceType type) {
        return inference.covariance(report().model(), type);
    }

    @Override
    public final List<Coefficient> coefficients(CovarianceType type, double confidence) {
        return inference.coefficients(report().model(), type, confidence);
    }

    /** x'Ax of a row of features with its intercept. */
    static double form(double[][] matrix, double[] features) {
        int first = matrix.length - features.length;
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            double one = i < first ? 1 : features[i - first];
            for (int j = 0; j < matrix.length; j++) {
                sum += one * matrix[i][j] * (j < first ? 1 : features[j - first]);
            }
        }
        return Math.max(0, sum);
    }
}
