// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link TwoPart#smearing()} known by its name. */
public final class TwoPartSmearingProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TwoPartSmearingProvider() {
        super("Two-part model with smearing", TwoPart.smearing(), TwoPart.smearing()::restored);
    }
}
