// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link RidgeRegression} known by its name. */
public final class RidgeProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public RidgeProvider() {
        super("Ridge regression", RidgeRegression.withDefaults(), RidgeRegression.Fitted::restored);
    }
}
