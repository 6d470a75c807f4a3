// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Map;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.RetentionModelContract;

class BetaDiscreteWeibullContractTest extends RetentionModelContract {

    @Override
    protected ModelProvider.OfRetention provider() {
        return ModelCatalog.load().retention("bdw");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("alpha", 0.45, "beta", 0.8, "c", 1.3);
    }
}
