// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link GeneralisedLinearModel#tweedie()} known by its name. */
public final class TweedieProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TweedieProvider() {
        super("Tweedie regression", GeneralisedLinearModel.tweedie(), GeneralisedLinearModel.tweedie()::restored);
    }
}
