// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/** A model of how much customers spend a purchase, before it has seen data. Implementations are immutable and thread-safe. */
public interface SpendModel {

    /**
     * Fits the model to a customer base.
     *
     * @param base the customers
     * @return the fitted model, with its report
     * @throws ModelException if the base cannot identify the model
     */
    FittedSpendModel fit(CustomerBase base);

    /**
     * Fits the model to a customer base, on threads and with progress as told.
     *
     * @param base the customers
     * @param execution how the work is run; the result does not depend on it. A model that has no use for it passes it over
     * @return the fitted model
     * @throws ModelException if the base cannot identify the model
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    default FittedSpendModel fit(CustomerBase base, Execution execution) {
        return fit(base);
    }
}
