// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

class BgNbdCovariatesContractTest extends CovariateContract {

    BgNbdCovariatesContractTest() {
        super("bg-nbd");
    }

    @Override
    Map<String, Double> atZero() {
        return Map.of("r", 0.243, "alpha", 4.414, "a", 0.793, "b", 2.426);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }
}
