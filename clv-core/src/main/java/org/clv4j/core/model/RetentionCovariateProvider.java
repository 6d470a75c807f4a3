// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import java.util.Map;

/** A provider of retention models whose parameters can depend on covariates. */
public interface RetentionCovariateProvider {

    /**
     * Returns the model with covariates.
     *
     * @param covariates the covariates; all of them act on leaving
     * @return the model
     * @throws IllegalArgumentException if there are none, or one is said to act on purchases alone
     */
    RetentionModel model(Covariates covariates);

    /**
     * Returns the model with stated parameters and effects.
     *
     * @param values the parameters and effects by name
     * @param covariates the covariates as in {@link RetentionCovariates#covariates()}
     * @return the fitted model, without a report
     * @throws IllegalArgumentException if parameters, effects and covariates do not fit together
     */
    FittedRetentionModel ofParameters(Map<String, Double> values, Map<String, List<String>> covariates);
}
