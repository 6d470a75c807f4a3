// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Tag;

/** A study: the other models with covariates keep the contract in every run. */
@Tag("study")
class ParetoNbdCovariatesContractTest extends CovariateContract {

    ParetoNbdCovariatesContractTest() {
        super("pareto-nbd");
    }

    @Override
    Map<String, Double> atZero() {
        return Map.of("r", 0.553, "alpha", 10.58, "s", 0.606, "beta", 11.67);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        scaled.merge("beta", factor, (beta, by) -> beta * by);
        return Optional.of(scaled);
    }
}
