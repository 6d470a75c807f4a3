// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The expected number of purchases within a time of one, where gaps are gamma-distributed with mean 1: M(y) = Σ P(nk, ky), n from 1.
 *
 * <p>Tabulated, and interpolated by cubics that have the right slopes; relative error below 1e-4 (most at a k below 1). Where the renewals
 * have forgotten the first purchase it is y + (1/k − 1)/2. Immutable.
 */
final class RenewalFunction {

    private static final double LOWEST_LOG = -8;
    private static final double LOG_STEP = 0.08;
    private static final double TINY = 1e-13;

    private final double k;
    /** From here on the table is linear. */
    private final double joint;

    private final double step;
    private final double end;
    private final double[] logValues;
    private final double[] logSlopes;
    private final double[] values;
    private final double[] slopes;

    RenewalFunction(double k) {
        this.k = k;
        this.end = Math.min(200, 10 / Math.min(1, k) + 0.7 * k + 4);
        // Renewals of regular gaps come in waves, those of irregular ones level out on the logarithmic scale.
        int logNodes = (int) Math.ceil(
                        ((k > 1.5 ? -0.5 : Math.log(end)) - LOWEST_LOG) / (LOG_STEP / Math.sqrt(Math.max(1, k))))
                + 1;
        double logStep = ((k > 1.5 ? -0.5 : Math.log(end)) - LOWEST_LOG) / (logNodes - 1);
        this.logValues = new double[logNodes];
        this.logSlopes = new double[logNodes];
        for (int i = 0; i < logNodes; i++) {
            double y = Math.exp(LOWEST_LOG + i * logStep);
            logValues[i] = sum(y);
            logSlopes[i] = y * slope(y) * logStep;
        }
        this.joint = k > 1.5 ? Math.exp(-0.5) : end;
        this.step = Math.min(0.1, 0.2 / Math.sqrt(k));
        int nodes = k > 1.5 ? (int) Math.ceil((end - joint) / step) + 2 : 0;
        this.values = new double[nodes];
        this.slopes = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            double y = joint + i * step;
            values[i] = sum(y);
            slopes[i] = slope(y) * step;
        }
    }

    private double sum(double y) {
        double z = k * y;
        double sure = Math.max(0, Math.floor((z - 9 * Math.sqrt(z) - 30) / k));
        double sum = sure;
        for (double n = sure + 1; ; n++) {
            double p = RegularizedGamma.P.value(n * k, z);
            sum += p;
            if (p < TINY && n * k > z) {
                return sum;
            }
        }
    }

    private double slope(double y) {
        double z = k * y;
        double log = Math.log(z);
        double sum = 0;
        for (double n = Math.max(1, Math.floor((z - 9 * Math.sqrt(z) - 30) / k)); ; n++) {
            double density = Math.exp(n * k * log - z - LogGamma.value(n * k));
            sum += density;
            if (density < TINY && n * k > z) {
                return sum / y;
            }
        }
    }

    double at(double y) {
        if (!(y > 0)) {
            return 0;
        }
        if (y >= end) {
            return y + (1 / k - 1) / 2;
        }
        double log = y < joint ? Math.log(y) : 0;
        if (y < joint) {
            if (log <= LOWEST_LOG) {
                return sum(y);
            }
            double position = (log - LOWEST_LOG) / (Math.log(joint) - LOWEST_LOG) * (logValues.length - 1);
            return cubic(logValues, logSlopes, position);
        }
        return cubic(values, slopes, (y - joint) / step);
    }

    private static double cubic(double[] values, double[] slopes, double position) {
        int i = (int) Math.min(values.length - 2, position);
        double f = position - i;
        double g = 1 - f;
        return g * g * ((1 + 2 * f) * values[i] + f * slopes[i])
                + f * f * ((1 + 2 * g) * values[i + 1] - g * slopes[i + 1]);
    }
}
