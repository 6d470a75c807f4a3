// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Map;
import java.util.Optional;

/**
 * A model with its parameters: an immutable, thread-safe value that holds none of the data it was fitted to.
 *
 * <p>What a fitted model can do beyond its kind is told by further interfaces that it implements: {@link
 * ResidualTransactions}, {@link TransactionDistribution}, {@link TransactionSimulator}, {@link SpendSimulator}.
 */
public interface FittedModel {

    /**
     * Returns the model's name.
     *
     * @return the name by which {@link ModelCatalog} finds it, as {@code bg-nbd}
     */
    String name();

    /**
     * Returns the parameters.
     *
     * @return an unmodifiable map from name to value, in the model's order
     */
    Map<String, Double> parameters();

    /**
     * Returns how the model was fitted.
     *
     * @return the report, or empty if the parameters were stated, not estimated
     */
    Optional<FitReport> report();
}
