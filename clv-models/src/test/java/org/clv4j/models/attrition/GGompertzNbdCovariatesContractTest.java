// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Tag;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;

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

    /**
     * Customers who leave as time goes by, after log-logistic lifetimes, and not at purchases as those of the shop: for them the fit is at
     * its border, where the estimates are no maximum.
     */
    @Override
    protected CustomerBase fittingBase(int customers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 1; i <= customers; i++) {
            Map<String, String> profile = profile("c" + i);
            boolean isNorth = "north".equals(profile.get("region"));
            double size = Double.parseDouble(profile.get("size"));
            int age = 7 * (30 + random.nextInt(60));
            double odds = 1 / random.nextDouble() - 1;
            double lifetime = 7 * (isNorth ? 15 : 25) * Math.exp(0.4 * size) * Math.pow(odds, 0.3);
            double rate = -Math.log(random.nextDouble()) * (isNorth ? 0.05 : 0.03) * Math.exp(0.2 * size);
            int frequency = 0;
            int recency = 0;
            for (int day = 1; day <= Math.min(age, lifetime); day++) {
                if (random.nextDouble() < rate) {
                    frequency++;
                    recency = day;
                }
            }
            summaries.add(CustomerSummary.of("c" + i, frequency, recency / 7.0, age / 7.0));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
