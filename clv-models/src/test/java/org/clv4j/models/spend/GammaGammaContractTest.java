// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.SpendModelContract;

class GammaGammaContractTest extends SpendModelContract {

    @Override
    protected ModelProvider.OfSpend provider() {
        return ModelCatalog.load().spend("gamma-gamma");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("p", 6.25, "q", 3.74, "gamma", 15.44);
    }

    @Override
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("gamma", factor, (gamma, by) -> gamma * by);
        return Optional.of(scaled);
    }
}
