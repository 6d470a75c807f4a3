// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.Map;

/**
 * What one try of a property asks a transaction model.
 *
 * @param parameters the model's parameters
 * @param history the customer
 * @param horizon the time from now; at least 0
 * @param rate the continuous discount rate δ per period; above 0
 */
public record TransactionCase(Map<String, Double> parameters, History history, double horizon, double rate) {

    /**
     * Creates a case.
     *
     * @param parameters the model's parameters; copied
     * @param history the customer
     * @param horizon the time from now; at least 0
     * @param rate the continuous discount rate δ per period; above 0
     */
    public TransactionCase {
        parameters = Draws.copy(parameters);
    }
}
