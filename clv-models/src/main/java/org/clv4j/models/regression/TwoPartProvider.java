// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link TwoPart#gamma()} known by its name. */
public final class TwoPartProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TwoPartProvider() {
        super("Two-part model with gamma amounts", TwoPart.gamma(), TwoPart.gamma()::restored);
    }
}
