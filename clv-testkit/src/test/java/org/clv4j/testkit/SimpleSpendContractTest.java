// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.ModelProvider;

/** A correct spend model passes the contract. */
class SimpleSpendContractTest extends SpendModelContract {

    /** Another test puts broken models here. */
    ModelProvider.OfSpend provider = new SimpleSpend(SimpleSpend.Fault.NONE);

    @Override
    protected ModelProvider.OfSpend provider() {
        return provider;
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("mean", 35.0, "strength", 2.0);
    }

    @Override
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("mean", factor, (mean, by) -> mean * by);
        return Optional.of(scaled);
    }
}
