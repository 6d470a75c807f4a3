// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Map;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.RetentionModelContract;

class WeibullAftContractTest extends RetentionModelContract {

    @Override
    protected ModelProvider.OfRetention provider() {
        return ModelCatalog.load().retention("weibull-aft");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("scale", 4.0, "shape", 0.8);
    }
}
