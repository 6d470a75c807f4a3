// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.testkit.TransactionModelContract;

class PeriodicDeathOpportunityContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return ModelCatalog.load().transactions("pdo");
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("tau", 3.0, "r", 0.5211, "alpha", 10.3149, "a", 0.4181, "b", 2.3221);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("tau", factor, (tau, by) -> tau * by);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }

    /** Expectations have a kink at every opportunity: the contract's quadrature is not for them. The table of truth is. */
    @Override
    protected boolean isContinuousTime() {
        return false;
    }

    @Override
    protected boolean isEstimated(String parameter) {
        return !parameter.equals("tau");
    }

    /** Intervals are tried in whole periods, so that the same one has to be stated. */
    @Example
    @Override
    public void fitsDoNotDependOnTheTimeUnit() {
        CustomerBase weeks = fittingBase(400, 8);
        List<CustomerSummary> inDays = new ArrayList<>();
        double purchases = 0;
        for (int row = 0; row < weeks.size(); row++) {
            inDays.add(CustomerSummary.of(
                    weeks.id(row), weeks.frequency(row), weeks.recency(row) * 7, weeks.age(row) * 7));
            purchases += weeks.frequency(row);
        }
        PeriodicDeathOpportunity.Fitted weekly =
                PeriodicDeathOpportunity.withInterval(3).fit(weeks);
        PeriodicDeathOpportunity.Fitted daily =
                PeriodicDeathOpportunity.withInterval(21).fit(CustomerBase.ofSummaries(inDays, TimeScale.DAYS));
        inTimeUnit(weekly.parameters(), 7).orElseThrow().forEach((name, value) -> assertThat(
                        daily.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(fitTolerance() * value)));
        double shifted = weekly.report().orElseThrow().logLikelihood().orElseThrow() - purchases * Math.log(7);
        assertThat(daily.report().orElseThrow().logLikelihood().orElseThrow())
                .isCloseTo(shifted, within(1e-9 * Math.abs(shifted)));
    }
}
