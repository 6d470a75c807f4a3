// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link Hurdle} known by its name. */
public final class HurdleProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public HurdleProvider() {
        super("Hurdle model of counts", Hurdle.withDefaults(), Hurdle.Fitted::restored);
    }
}
