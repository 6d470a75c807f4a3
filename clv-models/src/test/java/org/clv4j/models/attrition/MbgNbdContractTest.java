// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.TransactionModelContract;

class MbgNbdContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("mbg-nbd");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("r", 0.525, "alpha", 6.183, "a", 0.891, "b", 1.614);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }
}
