// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.models.internal.kernel.Sarmanov;
import org.clv4j.testkit.Draws;
import org.clv4j.testkit.TransactionModelContract;

class CorrelatedParetoNbdContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("pareto-nbd-sarmanov");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("r", 0.553, "alpha", 10.58, "s", 0.606, "beta", 11.67, "omega", 12.0, "c", 1.0);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        scaled.merge("beta", factor, (beta, by) -> beta * by);
        scaled.merge("c", factor, (c, by) -> c * by);
        return Optional.of(scaled);
    }

    @Override
    protected boolean isEstimated(String parameter) {
        return !parameter.equals("c");
    }

    @Override
    protected boolean isModel(Map<String, Double> parameters) {
        double omega = parameters.get("omega");
        return omega >= bound(parameters, false) && omega <= bound(parameters, true);
    }

    @Override
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return inBounds(3);
    }

    @Override
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return inBounds(1e4);
    }

    /** ω as a part of its bound on either side, both bounds and 0 among them. */
    private Arbitrary<Map<String, Double>> inBounds(double factor) {
        Arbitrary<Double> parts = Arbitraries.oneOf(
                Draws.uniform(-1, 1), Arbitraries.of(-1.0, -1 + 1e-9, -1e-9, 0.0, 1e-9, 1 - 1e-9, 1.0));
        return Combinators.combine(Draws.around(provider(), typicalParameters(), factor), parts)
                .as((drawn, part) -> {
                    Map<String, Double> parameters = new LinkedHashMap<>(drawn);
                    parameters.put("omega", Math.abs(part) * bound(drawn, part > 0));
                    return parameters;
                });
    }

    private static double bound(Map<String, Double> p, boolean upper) {
        return upper
                ? Sarmanov.highest(p.get("r"), p.get("alpha"), p.get("s"), p.get("beta"), p.get("c"))
                : Sarmanov.lowest(p.get("r"), p.get("alpha"), p.get("s"), p.get("beta"), p.get("c"));
    }

    /** c is stated: a fit in days is a fit in weeks with 7 times the c. */
    @Override
    @Example
    public void fitsDoNotDependOnTheTimeUnit() {
        CustomerBase weeks = fittingBase(400, 8);
        List<CustomerSummary> inDays = new ArrayList<>();
        double purchases = 0;
        for (int row = 0; row < weeks.size(); row++) {
            inDays.add(CustomerSummary.of(
                    "c" + row, weeks.frequency(row), Math.rint(7 * weeks.recency(row)), Math.rint(7 * weeks.age(row))));
            purchases += weeks.frequency(row);
        }
        CorrelatedParetoNbd.Fitted weekly = CorrelatedParetoNbd.withDefaults().fit(weeks);
        CorrelatedParetoNbd.Fitted daily =
                CorrelatedParetoNbd.withDefaults().withC(7).fit(CustomerBase.ofSummaries(inDays, TimeScale.DAYS));
        inTimeUnit(weekly.parameters(), 7).orElseThrow().forEach((name, value) -> assertThat(
                        daily.parameters().get(name))
                .as("%s of %s, in weeks %s", name, daily, weekly)
                .isCloseTo(value, within(fitTolerance() * Math.abs(value))));
        double inWeeks = weekly.report().orElseThrow().logLikelihood().orElseThrow();
        assertThat(daily.report().orElseThrow().logLikelihood().orElseThrow())
                .isCloseTo(inWeeks - purchases * Math.log(7), within(1e-9 * Math.abs(inWeeks)));
    }
}
