// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link LogisticRegression} known by its name. */
public final class LogisticProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public LogisticProvider() {
        super("Logistic regression", LogisticRegression.withDefaults(), LogisticRegression.Fitted::restored);
    }
}
