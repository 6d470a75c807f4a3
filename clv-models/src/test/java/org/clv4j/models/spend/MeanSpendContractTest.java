// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.SpendModelContract;

class MeanSpendContractTest extends SpendModelContract {

    @Override
    protected ModelProvider.OfSpend provider() {
        return ModelCatalog.load().spend("mean");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("mean", 36.0);
    }

    @Override
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        return Optional.of(Map.of("mean", factor * parameters.getOrDefault("mean", Double.NaN)));
    }

    @Override
    protected boolean mayBeNegative() {
        return true;
    }
}
