// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.models.internal.optim.Version;

/** A design whose features have mean 0 and deviation 1, for penalties that are the same for every unit. */
final class Standardised {

    final Design design;
    final double[][] columns;
    final double[] target;
    private final double[] means;
    final double[] deviations;
    private final double targetMean;
    final double targetDeviation;

    Standardised(Design design) {
        this.design = design;
        int k = design.features.size();
        columns = new double[k][design.rows];
        means = new double[k];
        deviations = new double[k];
        for (int j = 0; j < k; j++) {
            double[] column = design.columns[j + 1];
            means[j] = design.weightedMean(column);
            double deviation = design.deviation(column, means[j]);
            // What is left of a constant column is rounding of its mean.
            deviations[j] = deviation > 1e-13 * Math.abs(means[j]) ? deviation : 0;
            for (int i = 0; i < design.rows; i++) {
                columns[j][i] = deviations[j] == 0 ? 0 : (column[i] - means[j]) / deviations[j];
            }
        }
        double[] shifted = new double[design.rows];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = design.target[i] - design.offsets[i];
        }
        targetMean = design.weightedMean(shifted);
        double deviation = design.deviation(shifted, targetMean);
        targetDeviation = deviation > 1e-13 * Math.abs(targetMean) ? deviation : 0;
        target = new double[design.rows];
        for (int i = 0; i < shifted.length; i++) {
            target[i] = targetDeviation == 0 ? 0 : (shifted[i] - targetMean) / targetDeviation;
        }
    }

    /** From coefficients of standardised columns and target to those of the units that came, intercept first. */
    double[] raw(double[] standardised) {
        double[] beta = new double[standardised.length + 1];
        beta[0] = targetMean;
        for (int j = 0; j < standardised.length; j++) {
            beta[j + 1] = deviations[j] == 0 ? 0 : standardised[j] * targetDeviation / deviations[j];
            beta[0] -= beta[j + 1] * means[j];
        }
        return beta;
    }

    FitReport report(double[] beta, double penalty, boolean converged, int evaluations, List<FitWarning> warnings) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int j = 0; j < beta.length; j++) {
            parameters.put(design.names.get(j), beta[j]);
        }
        parameters.put("(penalty)", penalty);
        return FitReport.builder(design.model, parameters)
                .fixed("(penalty)")
                .customers(design.total)
                .converged(converged)
                .evaluations(evaluations)
                .warnings(warnings)
                .provenance("library", "clv4j " + Version.VERSION)
                .build();
    }
}
