// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link ZeroInflatedLogNormal} known by its name. */
public final class ZilnProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ZilnProvider() {
        super(
                "Zero-inflated log-normal regression",
                ZeroInflatedLogNormal.withDefaults(),
                ZeroInflatedLogNormal.Fitted::restored);
    }
}
