// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;

/**
 * Takes a fit by covariates of mean 0 and standard deviation 1 to the units of the data: an effect of a standard deviation becomes one of a
 * unit, and a parameter of the average customer that of one whose covariates are 0. The covariance follows by the delta method.
 */
public final class RawUnits {

    private final FitReport scaled;
    private final List<String> names;
    /** How many parameters come before the effects. */
    private final int parameters;

    private final double[] values;
    /** Of the reported parameters by the fitted ones. */
    private final double[][] jacobian;

    private final double[] logShift;
    private int effects;

    /**
     * Starts with a report whose first parameters are positive and are followed by the effects.
     *
     * @param scaled the report
     * @param parameters how many parameters come before the effects
     */
    public RawUnits(FitReport scaled, int parameters) {
        this.scaled = scaled;
        this.names = new ArrayList<>(scaled.parameters().keySet());
        this.parameters = parameters;
        this.values = scaled.parameters().values().stream()
                .mapToDouble(value -> value)
                .toArray();
        this.jacobian = new double[values.length][values.length];
        this.logShift = new double[parameters];
    }

    /**
     * Tells of the next effect.
     *
     * @param targets what it changes
     * @param mean the mean of its covariate in the data
     * @param deviation its standard deviation, above 0
     * @return this
     */
    public RawUnits effect(List<Target> targets, double mean, double deviation) {
        int k = parameters + effects;
        effects++;
        values[k] /= deviation;
        jacobian[k][k] = 1 / deviation;
        for (Target target : targets) {
            logShift[target.parameter()] -= target.sign() * values[k] * mean;
            jacobian[target.parameter()][k] -= target.sign() * mean / deviation;
        }
        return this;
    }

    /**
     * Returns the report in the units of the data.
     *
     * @return the report, to be completed
     * @throws ModelException if a parameter is beyond what a number holds
     */
    public FitReport.Builder report() {
        for (int i = 0; i < parameters; i++) {
            double factor = Math.exp(logShift[i]);
            values[i] *= factor;
            if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
                throw new ModelException(
                        "`" + names.get(i) + "` of a customer whose covariates are 0 is beyond what a number"
                                + " holds, because they are far from 0; subtract a typical value from them");
            }
            jacobian[i][i] = factor;
            for (int j = parameters; j < values.length; j++) {
                jacobian[i][j] *= values[i];
            }
        }
        Map<String, Double> estimates = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            estimates.put(names.get(i), values[i]);
        }
        FitReport.Builder report = scaled.withParameters(estimates);
        scaled.covariance().ifPresent(covariance -> {
            RealMatrix changes = new Array2DRowRealMatrix(jacobian);
            double[][] transformed = changes.multiply(new Array2DRowRealMatrix(covariance))
                    .multiply(changes.transpose())
                    .getData();
            if (Arrays.stream(transformed).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
                report.covariance(transformed);
            }
        });
        return report;
    }
}
