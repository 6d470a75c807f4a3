// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Rising;

/** The mean negative log-likelihood of the NBD model with its gradient by (r, α). */
public final class GammaPoissonLikelihood implements Objective {

    private final RowsByFrequency rows;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     */
    public GammaPoissonLikelihood(RowsByFrequency rows) {
        this.rows = rows;
    }

    @Override
    public double evaluate(double[] parameters, double[] gradient) {
        double r = parameters[0];
        double alpha = parameters[1];
        double logAlpha = Math.log(alpha);
        double[] ages = rows.age();
        double[] weights = rows.weights();
        double logRising = 0;
        double dLogRising = 0;
        int x = 0;
        double total = 0;
        Arrays.fill(gradient, 0);
        for (int group = 0; group < rows.groups(); group++) {
            int nextX = rows.frequency(group);
            logRising += Rising.log(r, x, nextX);
            dLogRising += Rising.reciprocals(r, x, nextX);
            x = nextX;
            double weight = rows.weight(rows.start(group), rows.end(group));
            double logs = 0;
            double reciprocals = 0;
            for (int i = rows.start(group); i < rows.end(group); i++) {
                double weightOfRow = weights == null ? 1 : weights[i];
                logs += weightOfRow * Math.log(alpha + ages[i]);
                reciprocals += weightOfRow / (alpha + ages[i]);
            }
            total += weight * (logRising + r * logAlpha) - (r + x) * logs;
            gradient[0] += weight * (dLogRising + logAlpha) - logs;
            gradient[1] += weight * r / alpha - (r + x) * reciprocals;
        }
        double scale = -1 / rows.totalWeight();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= scale;
        }
        return total * scale;
    }
}
