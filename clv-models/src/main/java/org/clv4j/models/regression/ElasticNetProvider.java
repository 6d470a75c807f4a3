// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

/** Makes {@link ElasticNet} known by its name. */
public final class ElasticNetProvider extends LibraryLearnerProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ElasticNetProvider() {
        super("Elastic net", ElasticNet.withDefaults(), ElasticNet.Fitted::restored);
    }
}
