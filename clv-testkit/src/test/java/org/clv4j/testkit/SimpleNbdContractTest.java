// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelProvider;

/** A correct model passes the contract. */
class SimpleNbdContractTest extends TransactionModelContract {

    /** Another test puts broken models here. */
    ModelProvider.OfTransactions provider = new SimpleNbd(SimpleNbd.Fault.NONE);

    @Override
    protected ModelProvider.OfTransactions provider() {
        return provider;
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("r", 0.385, "alpha", 12.07);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }
}
