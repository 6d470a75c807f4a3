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
}
