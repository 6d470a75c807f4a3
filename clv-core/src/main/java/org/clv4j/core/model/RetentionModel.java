// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.RetentionData;

/** A model of how long customers under contract stay, before it has seen data. Implementations are immutable and thread-safe. */
public interface RetentionModel {

    /**
     * Fits the model.
     *
     * @param data how long customers stayed
     * @return the fitted model, with its report
     * @throws ModelException if the data cannot identify the model
     */
    FittedRetentionModel fit(RetentionData data);

    /**
     * Fits the model, on threads and with progress as told.
     *
     * @param data how long customers stayed
     * @param execution how the work is run; the result does not depend on it. A model that has no use for it passes it over
     * @return the fitted model
     * @throws ModelException if the data cannot identify the model
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    default FittedRetentionModel fit(RetentionData data, Execution execution) {
        return fit(data);
    }
}
