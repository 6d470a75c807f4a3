// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.inference.Posterior;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fit: simulate and recover, what it tells of regularity, and how chains are run. */
class ParetoGggFitTest {

    @Test
    @Tag("study")
    void simulatedRegularCustomersGiveTheirParametersBack() {
        double[] truth = {6, 2, 2, 10, 0.8, 20};
        ParetoGgg.Fitted model = shortly().fit(simulated(truth, 250), Execution.ofThreads(2));
        Posterior posterior = model.posterior().orElseThrow();
        assertThat(posterior.largestRHat()).as(posterior.toString()).isLessThan(1.1);
        double[][] covariance = posterior.covariance();
        for (int i = 0; i < truth.length; i++) {
            String name = posterior.parameters().get(i);
            assertThat(Math.abs(posterior.median(name) - truth[i]))
                    .as("%s in %s", name, posterior)
                    .isLessThan(3 * Math.sqrt(covariance[i][i]));
        }
        // Regular: a k of 1 is far away.
        assertThat(model.t() / model.gamma()).as(posterior.toString()).isBetween(2.0, 4.5);
    }

    /** Purchases without memory have a mean k of 1. */
    @Test
    @Tag("study")
    void poissonBuyersAreNotRegular() {
        ParetoGgg.Fitted model =
                shortly().fit(simulated(new double[] {900_000, 900_000, 2, 16, 0.8, 20}, 250), Execution.ofThreads(2));
        assertThat(model.t() / model.gamma()).isBetween(0.85, 1.2);
    }

    @Test
    void threadsDoNotMatter() {
        CustomerBase base = simulated(new double[] {6, 2, 2, 10, 0.8, 20}, 12);
        ParetoGgg few = ParetoGgg.withDefaults().withChains(2).withDraws(10, 10);
        ParetoGgg.Fitted one = few.fit(base);
        ParetoGgg.Fitted two = few.fit(base, Execution.ofThreads(2));
        assertThat(two.parameters()).isEqualTo(one.parameters());
        for (int chain = 0; chain < 2; chain++) {
            assertThat(two.posterior().orElseThrow().draws("t", chain))
                    .isEqualTo(one.posterior().orElseThrow().draws("t", chain));
        }
        assertThat(few.withSeed(5).fit(base).parameters()).isNotEqualTo(one.parameters());
        assertThat(one.report().orElseThrow().provenance())
                .containsKeys("seed", "draws", "r_hat_max", "ess_min", "prior");
    }

    @Test
    void summariesAreRefused() {
        CustomerBase base = CustomerBase.ofSummaries(List.of(CustomerSummary.of("C1", 2, 5, 10)), TimeScale.WEEKS);
        assertThatThrownBy(() -> ParetoGgg.withDefaults().fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gaps between purchases");
    }

    private static ParetoGgg shortly() {
        return ParetoGgg.withDefaults().withDraws(80, 160);
    }

    private static CustomerBase simulated(double[] truth, int customers) {
        ParetoGgg.Fitted model = ParetoGgg.Fitted.of(truth[0], truth[1], truth[2], truth[3], truth[4], truth[5]);
        LocalDate first = LocalDate.parse("2023-01-01");
        TransactionLog.Builder log = TransactionLog.builder();
        for (int i = 0; i < customers; i++) {
            log.add("C" + i, first, BigDecimal.ONE);
            for (double time : model.simulateTransactionTimes(78, 1_000_000 + i)) {
                log.add("C" + i, first.plusDays(Math.round(7 * time)), BigDecimal.ONE);
            }
        }
        return CustomerBase.of(
                log.build(), Observation.untilIso(first.plusWeeks(78).toString()), TimeScale.WEEKS);
    }
}
