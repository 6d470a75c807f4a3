// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link QuantileRegression} known by its name. */
public final class QuantileProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public QuantileProvider() {
        super(
                "Quantile regression of the median",
                QuantileRegression.withDefaults(),
                QuantileRegression.Fitted::restored);
    }
}
