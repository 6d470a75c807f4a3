// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.SpendModelContract;

class NormalSpendContractTest extends SpendModelContract {

    @Override
    protected ModelProvider.OfSpend provider() {
        return ModelCatalog.load().spend("normal");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("mu", 36.0, "tau", 22.0, "sigma", 19.0);
    }

    @Override
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.replaceAll((name, value) -> value * factor);
        return Optional.of(scaled);
    }

    @Override
    protected boolean mayBeNegative() {
        return true;
    }
}
