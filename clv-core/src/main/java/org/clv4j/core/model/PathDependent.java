// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CovariatePaths;

/**
 * A fitted transaction model that looks covariates of a customer up in their history. Without it, as a saved model is, it has nothing to say
 * of the rows of a base.
 */
public interface PathDependent {

    /**
     * Returns a copy that looks customers' covariates up in other paths, as those that are known further.
     *
     * @param paths the histories of the covariates; with all covariates that have an effect
     * @return the copy
     * @throws IllegalArgumentException if a covariate is missing
     */
    FittedTransactionModel withPaths(CovariatePaths paths);
}
