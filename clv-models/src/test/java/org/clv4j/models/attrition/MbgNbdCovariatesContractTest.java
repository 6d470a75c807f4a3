// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

class MbgNbdCovariatesContractTest extends CovariateContract {

    MbgNbdCovariatesContractTest() {
        super("mbg-nbd");
    }

    @Override
    Map<String, Double> atZero() {
        return Map.of("r", 0.525, "alpha", 6.183, "a", 0.891, "b", 1.614);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }
}
