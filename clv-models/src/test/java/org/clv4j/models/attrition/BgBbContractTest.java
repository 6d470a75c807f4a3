// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.Draws;
import org.clv4j.testkit.History;
import org.clv4j.testkit.TransactionModelContract;

class BgBbContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("bg-bb");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("alpha", 1.204, "beta", 0.75, "gamma", 0.657, "delta", 2.783);
    }

    /** Opportunities are counted, not measured. */
    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        return Optional.empty();
    }

    @Override
    protected boolean isContinuousTime() {
        return false;
    }

    @Override
    protected double horizonNear(double time) {
        return Math.ceil(time);
    }

    @Override
    protected Arbitrary<History> ordinaryHistories() {
        return histories(200, 60);
    }

    @Override
    protected Arbitrary<History> hardHistories() {
        return histories(100_000, 10_000);
    }

    @Override
    protected Arbitrary<Double> ordinaryHorizons() {
        return Draws.logCounts(99).map(count -> count + 1.0);
    }

    @Override
    protected Arbitrary<Double> hardHorizons() {
        return Arbitraries.oneOf(Draws.logCounts(100_000), Arbitraries.of(0, 1, 4096, 4097, 100_000))
                .map(Integer::doubleValue);
    }

    /** Customers of another model: they buy with a probability that fades with time, and some never again. */
    @Override
    protected CustomerBase fittingBase(int customers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            int age = 8 + random.nextInt(8);
            double chance = Math.sqrt(random.nextDouble());
            double fading = random.nextInt(3) == 0 ? 0.5 : 0.97;
            int frequency = 0;
            int recency = 0;
            for (int t = 1; t <= age; t++) {
                chance *= fading;
                if (random.nextDouble() < chance) {
                    frequency++;
                    recency = t;
                }
            }
            summaries.add(CustomerSummary.of("c" + (i + 1), frequency, recency, age));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static Arbitrary<History> histories(int oldest, int mostPurchases) {
        Arbitrary<Double> parts = Arbitraries.oneOf(Draws.uniform(0, 1), Arbitraries.of(0.0, 1.0));
        return Combinators.combine(Draws.logCounts(oldest), parts, parts).as((age, recent, active) -> {
            int recency = (int) Math.rint(recent * age);
            int frequency = (int) Math.rint(active * Math.min(recency, mostPurchases));
            return new History(frequency, frequency == 0 ? 0 : recency, age);
        });
    }
}
