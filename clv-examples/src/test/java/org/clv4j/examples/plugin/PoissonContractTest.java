// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.plugin;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.TransactionModelContract;

// snippet:contract
class PoissonContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("poisson");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("lambda", 0.05);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        return Optional.of(Map.of("lambda", parameters.get("lambda") / factor));
    }
}
// end
