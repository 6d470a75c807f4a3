// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link LinearRegression} known by its name. */
public final class OlsProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public OlsProvider() {
        super("Ordinary least squares", LinearRegression.withDefaults(), LinearRegression.Fitted::restored);
    }
}
