// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/**
 * A model of what customers are worth, before it has seen data: a historical average, a transaction model with a spend model,
 * a regression. Implementations are immutable and thread-safe.
 */
public interface ClvModel {

    /**
     * Fits the model to a customer base.
     *
     * @param base the customers
     * @return the fitted model
     * @throws ModelException if the base cannot identify the model
     */
    FittedClvModel fit(CustomerBase base);

    /**
     * Fits the model to a customer base, on threads and with progress as told.
     *
     * @param base the customers
     * @param execution how the work is run; the result does not depend on it. A model that has no use for it passes it over
     * @return the fitted model
     * @throws ModelException if the base cannot identify the model
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    default FittedClvModel fit(CustomerBase base, Execution execution) {
        return fit(base);
    }
}
