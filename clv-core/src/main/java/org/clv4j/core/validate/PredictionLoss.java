// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

/** How bad predictions are; lower is better. {@link StandardLoss} has the usual ones. */
@FunctionalInterface
public interface PredictionLoss {

    /**
     * Returns the loss.
     *
     * @param predicted the prediction of each row; not to be written to
     * @param actual what came; not to be written to
     * @param weights how many rows each row stands for, above 0; not to be written to
     * @return the loss, finite
     */
    double loss(double[] predicted, double[] actual, double[] weights);
}
