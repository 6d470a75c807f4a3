// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Map;
import org.clv4j.core.data.CovariatePaths;

/** A provider of transaction models whose covariates can change over time. */
public interface PathProvider {

    /**
     * Returns the model with covariates, all of which act on purchases and on dropout.
     *
     * @param paths the histories of the covariates
     * @return the model, whose fits are {@link PathDependent}
     */
    TransactionModel model(CovariatePaths paths);

    /**
     * Returns the model with stated parameters and effects.
     *
     * @param values the parameters and effects by name; {@link ModelCatalog} has checked names and domains
     * @param paths the histories of the covariates
     * @return the fitted model, without a report
     * @throws IllegalArgumentException if there is no effect, or one of a covariate that the paths do not have
     */
    FittedTransactionModel ofParameters(Map<String, Double> values, CovariatePaths paths);
}
