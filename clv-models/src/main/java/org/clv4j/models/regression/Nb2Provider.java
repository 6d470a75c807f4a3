// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link GeneralisedLinearModel#negativeBinomial()} known by its name. */
public final class Nb2Provider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public Nb2Provider() {
        super(
                "Negative binomial regression (NB2)",
                GeneralisedLinearModel.negativeBinomial(),
                GeneralisedLinearModel.negativeBinomial()::restored);
    }
}
