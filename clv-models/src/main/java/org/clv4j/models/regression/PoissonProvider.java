// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link GeneralisedLinearModel#poisson()} known by its name. */
public final class PoissonProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public PoissonProvider() {
        super("Poisson regression", GeneralisedLinearModel.poisson(), GeneralisedLinearModel.poisson()::restored);
    }
}
