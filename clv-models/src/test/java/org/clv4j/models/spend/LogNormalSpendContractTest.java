// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.SpendModelContract;

class LogNormalSpendContractTest extends SpendModelContract {

    @Override
    protected ModelProvider.OfSpend provider() {
        return ModelCatalog.load().spend("lognormal");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("mu", 3.3, "tau", 0.6, "sigma", 0.45);
    }

    @Override
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("mu", Math.log(factor), Double::sum);
        return Optional.of(scaled);
    }
}
