// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** Provides a {@link ClvModel} whose fitted model is a {@link StatefulModel}. */
public interface RestoringProvider extends ModelProvider.OfClv {

    /**
     * Makes a fitted model again.
     *
     * @param state what {@link StatefulModel#state()} said
     * @param report the report of the fit
     * @return a model that gives the same values, bit for bit
     * @throws IllegalArgumentException if the state is not that of such a model
     */
    FittedClvModel ofState(ModelState state, FitReport report);
}
