// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.migration.DirichletPrior;
import org.clv4j.models.migration.MarkovChain;
import org.clv4j.models.migration.MarkovModel;
import org.clv4j.models.migration.MigrationDecision;
import org.clv4j.models.migration.MigrationModel;
import org.clv4j.models.migration.MigrationPosterior;
import org.clv4j.models.migration.MigrationStates;
import org.clv4j.models.migration.RecencyMigration;
import org.clv4j.models.migration.TransitionCounts;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/markov.md. */
class MarkovExamplesTest {

    private static final TransactionLog LOG = Shop.log(1000);
    private static final Observation OBSERVATION = Observation.untilIso("2024-12-31");

    @Test
    void fit() {
        Console.assertPrints("markov-fit.txt", MarkovExamplesTest::fitAndValue);
    }

    private static void fitAndValue() {
        CustomerBase base = CustomerBase.of(LOG, OBSERVATION, TimeScale.WEEKS);
        // snippet:markov-fit
        MarkovModel.Fitted model =
                MarkovModel.withDefaults().withPeriod(4).withLastRecency(4).fit(base);
        System.out.println(model.report().orElseThrow().summary());

        CustomerValues values = model.value(
                base,
                ValuationTerms.of(
                        Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE));
        for (int row = 0; row < 3; row++) {
            System.out.printf(
                    "%s: P(active) %.4f, purchases %.4f, CLV %.2f%n",
                    base.id(row),
                    values.get(ValueColumn.PROBABILITY_ACTIVE, row),
                    values.get(ValueColumn.EXPECTED_TRANSACTIONS, row),
                    values.futureValue(row));
        }
        // end
        assertThat(model.lastRecency()).isEqualTo(4);
    }

    @Test
    void pfeiferCarraway() {
        Console.assertPrints("markov-pfeifer-carraway.txt", MarkovExamplesTest::printPfeiferCarraway);
    }

    private static void printPfeiferCarraway() {
        // snippet:markov-pfeifer-carraway
        RecencyMigration catalog = RecencyMigration.of(List.of(0.3, 0.2, 0.15, 0.05), 40, 4, 0.2);
        MigrationModel model = catalog.model();
        System.out.println("recency            1       2       3       4    gone");
        print("without end", model.value());
        print("T = 4", model.value(4));
        print("std. deviation", root(model.variance()));
        for (RecencyMigration.StoppingPolicy policy : catalog.policies()) {
            print(
                    "stop from " + policy.stopFrom(),
                    policy.values().stream().mapToDouble(v -> v).toArray());
        }
        System.out.println("best: stop from " + catalog.bestPolicy().stopFrom());
        System.out.printf(
                "periods until gone, from recency 1: %.3f%n",
                model.chain().expectedPeriodsUntil(0, 4).orElseThrow());
        // end
        assertThat(catalog.bestPolicy().stopFrom()).isEqualTo(4);
    }

    private static double[] root(double[] squares) {
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static void print(String what, double[] values) {
        System.out.printf("%-14s", what);
        for (double value : values) {
            System.out.printf(" %7.3f", value);
        }
        System.out.println();
    }

    @Test
    void states() {
        Console.assertPrints("markov-states.txt", MarkovExamplesTest::printStates);
    }

    private static void printStates() {
        TransactionLog log = LOG;
        Observation observation = OBSERVATION;
        // snippet:markov-states
        TransitionCounts counts =
                TransitionCounts.of(log, observation, MigrationStates.byRecencyAndFrequency(3, 2), TimeScale.MONTHS, 1);
        MigrationPosterior posterior = counts.posterior(DirichletPrior.symmetric(0.5));
        MarkovChain chain = posterior.mean();
        // 10 a month with a purchase, 0.25 of marketing for everybody who is not gone.
        MigrationModel model = MigrationModel.of(chain, List.of(10, 10, 0, 0, 0, 0, 0, 0), 0.01)
                .withMarketing(List.of(0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0, 0));
        for (MigrationPosterior.StateValue value : posterior.values(model, 0.95, 2000, 7)) {
            int state = chain.indexOf(value.state());
            System.out.printf(
                    "%-8s value %7.2f, s.e. %5.2f, 95 %% %7.2f to %7.2f%n",
                    value.state(), model.value()[state], value.standardError(), value.lower(), value.upper());
        }
        System.out.println("C1 is in " + counts.currentState("C1").orElseThrow());
        // end
    }

    @Test
    void decision() {
        Console.assertPrints("markov-decision.txt", MarkovExamplesTest::printDecision);
    }

    private static void printDecision() {
        // snippet:markov-decision
        MigrationDecision decision = MigrationDecision.of(
                List.of("active", "lapsing", "gone"),
                List.of(
                        List.of(
                                new MigrationDecision.Action("nothing", 20, List.of(0.5, 0.5, 0.0)),
                                new MigrationDecision.Action("mail", 18, List.of(0.6, 0.4, 0.0))),
                        List.of(
                                new MigrationDecision.Action("nothing", 0, List.of(0.1, 0.0, 0.9)),
                                new MigrationDecision.Action("mail", -2, List.of(0.2, 0.0, 0.8)),
                                new MigrationDecision.Action("call", -12, List.of(0.4, 0.0, 0.6))),
                        List.of(new MigrationDecision.Action("nothing", 0, List.of(0.0, 0.0, 1.0)))),
                0.10);
        System.out.println(decision.best());
        // end
        assertThat(decision.best().actions()).hasSize(3);
    }
}
