// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link GeneralisedLinearModel#gamma()} known by its name. */
public final class GammaProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public GammaProvider() {
        super("Gamma regression", GeneralisedLinearModel.gamma(), GeneralisedLinearModel.gamma()::restored);
    }
}
