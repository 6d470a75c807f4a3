// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.migration.MigrationPosterior.StateValue;
import org.junit.jupiter.api.Test;

class TransitionCountsTest {

    private static final Observation HALF_YEAR = Observation.untilIso("2024-06-30");

    private static TransactionLog log() {
        return TransactionLog.of(List.of(
                Transaction.parse("A", "2024-01-31", "10"),
                Transaction.parse("A", "2024-02-01", "20"),
                Transaction.parse("A", "2024-04-30", "60"),
                Transaction.parse("B", "2024-05-01", "100"),
                Transaction.parse("B", "2024-05-20", "-80"),
                Transaction.parse("B", "2024-07-01", "5"),
                Transaction.parse("C", "2024-06-01", "-5")));
    }

    private static double[][] counts(TransitionCounts transitions) {
        int size = transitions.states().size();
        double[][] counts = new double[size][size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                counts[from][to] = transitions.count(from, to);
            }
        }
        return counts;
    }

    @Test
    void recencies() {
        MigrationStates states = MigrationStates.byRecency(2);
        TransitionCounts counts = TransitionCounts.of(log(), HALF_YEAR, states, TimeScale.MONTHS, 1);
        assertThat(states.names()).containsExactly("1", "2", "gone");
        // A: January 1, February 1, March 2, April 1, May 2, June gone. B: May 1, June 2. C never bought.
        assertThat(counts(counts)).isDeepEqualTo(new double[][] {{1, 3, 0}, {1, 0, 1}, {0, 0, 0}});
        assertThat(counts.total()).isEqualTo(6);
        assertThat(counts.currentState("A")).hasValue("gone");
        assertThat(counts.currentState("B")).hasValue("2");
        assertThat(counts.currentState("C")).isEmpty();
        assertThat(counts(TransitionCounts.of(
                        log(), HALF_YEAR, states, TimeScale.MONTHS, 1, id -> id.equals("A") ? 1 : 2.5)))
                .isDeepEqualTo(new double[][] {{1, 4.5, 0}, {1, 0, 1}, {0, 0, 0}});
        // Two months: A Jan–Feb, Mar–Apr, not in May–June; B in May–June.
        assertThat(counts(TransitionCounts.of(log(), HALF_YEAR, states, TimeScale.MONTHS, 2)))
                .isDeepEqualTo(new double[][] {{1, 1, 0}, {0, 0, 0}, {0, 0, 0}});
        // From February on.
        assertThat(counts(TransitionCounts.of(
                        log(),
                        Observation.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 6, 30)),
                        states,
                        TimeScale.MONTHS,
                        1)))
                .isDeepEqualTo(new double[][] {{0, 3, 0}, {1, 0, 1}, {0, 0, 0}});
    }

    @Test
    void recenciesAndFrequencies() {
        MigrationStates states = MigrationStates.byRecencyAndFrequency(1, 2);
        TransitionCounts counts = TransitionCounts.of(log(), HALF_YEAR, states, TimeScale.MONTHS, 1);
        assertThat(states.names()).containsExactly("1 f1", "1 f2+", "gone f1", "gone f2+");
        // A: 1f1, 1f2, gone f2, 1f2, gone f2, gone f2. B: 1f1, gone f1.
        assertThat(counts(counts))
                .isDeepEqualTo(new double[][] {{0, 1, 1, 0}, {0, 0, 0, 2}, {0, 0, 0, 0}, {0, 1, 0, 1}});
        assertThat(counts.currentState("A")).hasValue("gone f2+");
        MarkovChain chain = counts.estimate(DirichletPrior.symmetric(0.5));
        // Impossible moves stay impossible, and unseen ones are even among the possible.
        assertThat(chain.probability(0, 0)).isZero();
        assertThat(chain.probability(2, 1)).isEqualTo(0.5);
        assertThat(chain.probability(2, 2)).isEqualTo(0.5);
        assertThat(chain.probability(1, 3)).isEqualTo(2.5 / 3);
    }

    @Test
    void spendTiers() {
        MigrationStates states = MigrationStates.bySpend(List.of(1, 50));
        TransitionCounts counts = TransitionCounts.of(log(), HALF_YEAR, states, TimeScale.MONTHS, 1);
        assertThat(states.names()).containsExactly("< 1", "1 to 50", ">= 50");
        // A: 10, 20, 0, 60, 0, 0. B: 100 − 80, 0.
        assertThat(counts(counts)).isDeepEqualTo(new double[][] {{1, 0, 1}, {2, 1, 0}, {1, 0, 0}});
        assertThatThrownBy(() -> MigrationStates.bySpend(List.of(5, 5))).hasMessageContaining("rise");
    }

    @Test
    void tiersOfAnAttribute() {
        TransactionLog log = TransactionLog.of(List.of(
                Transaction.parse("A", "2024-01-31", "10").withAttribute("tier", "basic"),
                Transaction.parse("A", "2024-03-31", "10").withAttribute("tier", "gold"),
                Transaction.parse("A", "2024-04-30", "10"),
                Transaction.parse("B", "2024-05-31", "10")));
        MigrationStates states = MigrationStates.byAttribute("tier", List.of("basic", "gold"));
        TransitionCounts counts = TransitionCounts.of(log, HALF_YEAR, states, TimeScale.MONTHS, 1);
        assertThat(counts(counts)).isDeepEqualTo(new double[][] {{1, 1}, {0, 3}});
        assertThat(counts.currentState("A")).hasValue("gold");
        assertThat(counts.currentState("B")).isEmpty();
        assertThatThrownBy(() -> TransitionCounts.of(
                        log, HALF_YEAR, MigrationStates.byAttribute("tier", List.of("basic")), TimeScale.MONTHS, 1))
                .hasMessageContaining("'gold'");
    }

    @Test
    void whatWasNeverSeenIsThePriorsOrUnknown() {
        TransitionCounts counts =
                TransitionCounts.of(log(), HALF_YEAR, MigrationStates.byRecency(2), TimeScale.MONTHS, 1);
        assertThatThrownBy(() -> counts.estimate(DirichletPrior.none()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gone");
        MarkovChain given =
                counts.estimate(DirichletPrior.of(List.of(List.of(0, 0, 7), List.of(0, 0, 0), List.of(1, 0, 9))));
        assertThat(given.probability(0, 0)).isEqualTo(0.25);
        assertThat(given.probability(0, 2)).isZero();
        assertThat(given.probability(2, 0)).isEqualTo(0.1);
        assertThatThrownBy(() -> counts.estimate(DirichletPrior.of(List.of(List.of(1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 states");
    }

    /** A month that begins on a day that others lack, over a leap February. */
    @Test
    void monthsAreCountedFromTheEnd() {
        LocalDate end = LocalDate.of(2024, 3, 30);
        PeriodGrid grid = PeriodGrid.of(end, LocalDate.of(2023, 12, 1), TimeScale.MONTHS, 1);
        int[] back =
                List.of("2024-03-30", "2024-02-29", "2024-02-28", "2024-01-31", "2024-01-30", "2023-12-31").stream()
                        .mapToInt(day ->
                                grid.periodsBack((int) LocalDate.parse(day).toEpochDay()))
                        .toArray();
        assertThat(back).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void drawsOfAChainHaveTheMomentsOfTheirRows() {
        MigrationPosterior posterior = TransitionCounts.ofMatrix(
                        List.of("a", "b"), List.of(List.of(3, 9), List.of(0, 0.1)))
                .posterior(DirichletPrior.of(List.of(List.of(0, 0), List.of(0.1, 0))));
        int draws = 20_000;
        double sum = 0;
        double squares = 0;
        double rare = 0;
        for (MarkovChain chain : posterior.sample(draws, 1)) {
            sum += chain.probability(0, 0);
            squares += chain.probability(0, 0) * chain.probability(0, 0);
            rare += chain.probability(1, 0);
        }
        double variance = 0.25 * 0.75 / 13;
        assertThat(sum / draws).isCloseTo(0.25, within(4 * Math.sqrt(variance / draws)));
        assertThat(squares / draws - Math.pow(sum / draws, 2)).isCloseTo(variance, within(0.05 * variance));
        assertThat(rare / draws).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / 1.2 / draws)));
        assertThat(posterior.mean().probability(0, 1)).isEqualTo(0.75);
    }

    @Test
    void intervalsOfValues() {
        // One row is known for certain; the value of a is R + v (p V_a + (1 − p) V_b), with p ~ Beta(30, 70).
        TransitionCounts counts =
                TransitionCounts.ofMatrix(List.of("a", "b"), List.of(List.of(30, 70), List.of(0, 50)));
        MigrationPosterior posterior = counts.posterior(DirichletPrior.none());
        MigrationModel model = MigrationModel.of(posterior.mean(), List.of(10, 0), 0.25);
        List<StateValue> values = posterior.values(model, 0.95, 20_000, 3);
        assertThat(values).isEqualTo(posterior.values(model, 0.95, 20_000, 3));
        StateValue a = values.get(0);
        // V = 10/(1 − p/1.25), by the delta method: dV/dp = V²/(10 × 1.25).
        double value = 10 / (1 - 0.3 / 1.25);
        double slope = value * value / 12.5;
        double error = slope * Math.sqrt(0.3 * 0.7 / 101);
        assertThat(a.state()).isEqualTo("a");
        assertThat(a.mean()).isCloseTo(value, within(0.1));
        assertThat(a.standardError()).isCloseTo(error, within(0.05 * error));
        assertThat(a.lower()).isCloseTo(value - 1.96 * error, within(0.3 * error));
        assertThat(a.upper()).isCloseTo(value + 1.96 * error, within(0.3 * error));
        assertThat(values.get(1)).isEqualTo(new StateValue("b", 0, 0, 0, 0));
        assertThatThrownBy(() -> posterior.values(model, 1, 100, 3)).hasMessageContaining("level");
        assertThatThrownBy(() -> posterior.values(model, 0.9, 1, 3)).hasMessageContaining("draws");
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> DirichletPrior.symmetric(0)).hasMessageContaining("pseudoCount");
        assertThatThrownBy(() -> MigrationStates.byRecency(0)).hasMessageContaining("last");
        assertThatThrownBy(
                        () -> TransitionCounts.of(log(), HALF_YEAR, MigrationStates.byRecency(1), TimeScale.MONTHS, 0))
                .hasMessageContaining("length");
        assertThatThrownBy(() -> TransitionCounts.of(
                        log(), HALF_YEAR, MigrationStates.byRecency(1), TimeScale.MONTHS, 1, id -> -1))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> MarkovChain.of(List.of("a", "a"), List.of(List.of(1, 0), List.of(0, 1))))
                .hasMessageContaining("states");
        assertThatThrownBy(() -> MarkovChain.of(List.of("a", "b"), List.of(List.of(1, 0.1), List.of(0, 1))))
                .hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> MarkovChain.of(List.of("a", "b"), List.of(List.of(1.1, -0.1), List.of(0, 1))))
                .hasMessageContaining("[0, 1]");
        MarkovChain chain = MarkovChain.of(List.of("a"), List.of(List.of(1)));
        assertThatThrownBy(() -> chain.indexOf("b")).hasMessageContaining("'b'");
        MigrationModel model = MigrationModel.of(chain, List.of(BigDecimal.ONE), 0);
        assertThat(model.value(9)).containsExactly(10);
        assertThatThrownBy(model::value).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> MigrationModel.of(chain, List.of(1), -0.1)).hasMessageContaining("discountPerPeriod");
        assertThatThrownBy(() -> MigrationModel.of(chain, List.of(1, 2), 0.1)).hasMessageContaining("contribution");
        assertThatThrownBy(
                        () -> MigrationModel.of(chain, List.of(1e300), 1e-300).value())
                .isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> MigrationModel.of(chain, List.of(1e308), 0).value(100))
                .isInstanceOf(ModelException.class);
    }
}
