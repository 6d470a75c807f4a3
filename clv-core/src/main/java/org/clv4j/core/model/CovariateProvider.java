// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import java.util.Map;

/** A provider of transaction models whose parameters can depend on covariates. */
public interface CovariateProvider {

    /**
     * Returns the model with covariates.
     *
     * @param covariates the covariates
     * @return the model
     */
    TransactionModel model(Covariates covariates);

    /**
     * Returns the model with stated parameters and effects.
     *
     * @param values the parameters and effects by name; {@link ModelCatalog} has checked names and domains
     * @param covariates the covariates as in {@link CovariateDependent#covariates()}
     * @return the fitted model, without a report
     * @throws IllegalArgumentException if effects and covariates do not fit together
     */
    FittedTransactionModel ofParameters(Map<String, Double> values, Map<String, List<String>> covariates);
}
