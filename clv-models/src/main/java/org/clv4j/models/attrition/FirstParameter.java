// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.model.FitReport;

/** Puts before the estimates of a report a parameter that the search did not move: stated, or the best of a few that were tried. */
final class FirstParameter {

    private FirstParameter() {}

    /** The report with the parameter, which has no error; one that was stated does not count in information criteria. */
    static FitReport of(String name, double value, boolean isStated, FitReport report) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put(name, value);
        parameters.putAll(report.parameters());
        FitReport.Builder builder = report.withParameters(parameters);
        report.covariance().ifPresent(matrix -> {
            double[][] all = new double[matrix.length + 1][matrix.length + 1];
            for (int i = 0; i < matrix.length; i++) {
                System.arraycopy(matrix[i], 0, all[i + 1], 1, matrix.length);
            }
            builder.covariance(all);
        });
        builder.standardErrors(report.standardErrors());
        return (isStated ? builder.fixed(name) : builder).build();
    }
}
