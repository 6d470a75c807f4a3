// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Map;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.RetentionModelContract;

class WeibullGammaContractTest extends RetentionModelContract {

    @Override
    protected ModelProvider.OfRetention provider() {
        return ModelCatalog.load().retention("weibull-gamma");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("r", 0.8, "alpha", 2.5, "c", 1.2);
    }
}
