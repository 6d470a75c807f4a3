// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Tag;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.TransactionModelContract;

/** A study: every expectation is an integral. */
@Tag("study")
class GGompertzNbdContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("ggompertz-nbd");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("r", 0.8, "alpha", 4.0, "b", 0.05, "s", 1.2, "beta", 0.9);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        scaled.merge("b", factor, (b, by) -> b / by);
        return Optional.of(scaled);
    }
}
