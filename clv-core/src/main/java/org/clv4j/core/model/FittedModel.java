// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;

/**
 * A model with its parameters: an immutable, thread-safe value that holds none of the data it was fitted to.
 *
 * <p>What a fitted model can do beyond its kind is told by further interfaces that it implements: {@link
 * ResidualTransactions}, {@link TransactionDistribution}, {@link FutureDistribution}, {@link FutureSurvival}, {@link
 * NextPurchase}, {@link ChangeableRates}, {@link PosteriorRates}, {@link PosteriorSampler}, {@link PurchaseSampler}, {@link
 * TransactionSimulator}, {@link SpendDistribution}, {@link AmountSampler}, {@link SpendSimulator}.
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

    /**
     * Checks that a base counts time in the unit of the fit. Stated parameters carry no unit, so that they pass.
     *
     * @param base the customers
     * @throws ModelException if the units differ
     */
    default void requireTimeScale(CustomerBase base) {
        report().flatMap(FitReport::timeScale).ifPresent(fitted -> {
            if (fitted != base.timeScale()) {
                throw new ModelException("the model " + name() + " was fitted in " + fitted
                        + ", but the customer base counts " + base.timeScale() + "; use one time unit for both");
            }
        });
    }
}
