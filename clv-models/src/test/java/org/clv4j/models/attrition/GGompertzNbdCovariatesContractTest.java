// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Tag;

/** A study: the contract of the model without covariates runs by default, and takes most of half a minute. */
@Tag("study")
class GGompertzNbdCovariatesContractTest extends CovariateContract {

    GGompertzNbdCovariatesContractTest() {
        super("ggompertz-nbd");
    }

    @Override
    Map<String, Double> atZero() {
        return Map.of("r", 0.8, "alpha", 4.0, "b", 0.05, "s", 1.2, "beta", 0.9);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        scaled.merge("b", factor, (b, by) -> b / by);
        return Optional.of(scaled);
    }
}
