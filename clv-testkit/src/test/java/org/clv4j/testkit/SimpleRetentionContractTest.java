// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.Map;
import org.clv4j.core.model.ModelProvider;

/** The contract holds for a simple model. */
class SimpleRetentionContractTest extends RetentionModelContract {

    SimpleRetention provider = new SimpleRetention(SimpleRetention.Fault.NONE);

    @Override
    protected ModelProvider.OfRetention provider() {
        return provider;
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("mu", 0.3);
    }
}
