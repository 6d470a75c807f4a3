// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.models.migration.RecencyMigration.StoppingPolicy;
import org.junit.jupiter.api.Test;

/** The example of Pfeifer and Carraway (2000), with its printed digits. */
class PfeiferCarrawayTest {

    private static final RecencyMigration EXAMPLE = RecencyMigration.of(List.of(.3, .2, .15, .05), 40, 4, .2);
    private static final double HALF_A_DIGIT = 0.0005;

    @Test
    void endlessValuesAreThePrintedOnes() {
        assertThat(EXAMPLE.model().value())
                .containsExactly(new double[] {52.320, 5.554, 1.251, -1.820, 0}, within(HALF_A_DIGIT));
    }

    @Test
    void valuesOfFourPeriodsAreThePrintedOnes() {
        assertThat(EXAMPLE.model().value(4))
                .containsExactly(new double[] {50.115, 4.220, .592, -1.980, 0}, within(HALF_A_DIGIT));
    }

    @Test
    void whoIsNotMailedFromRecencyFourOnIsWorthThePrintedValues() {
        assertThat(EXAMPLE.model(4).value())
                .containsExactly(new double[] {53.149, 6.621, 2.644, 0, 0}, within(HALF_A_DIGIT));
    }

    @Test
    void stoppingAtRecencyFourIsBest() {
        assertThat(EXAMPLE.policies()).extracting(StoppingPolicy::stopFrom).containsExactly(1, 2, 3, 4, 5);
        StoppingPolicy best = EXAMPLE.bestPolicy();
        assertThat(best.stopFrom()).isEqualTo(4);
        assertThat(EXAMPLE.policies()).contains(best).allSatisfy(policy -> assertThat(
                        policy.values().get(0))
                .isLessThanOrEqualTo(best.values().get(0)));
        // Not mailed at all: the purchase just made, and no more.
        assertThat(EXAMPLE.policies().get(0).values()).containsExactly(40.0, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void policyIterationFindsTheSame() {
        MigrationModel mailed = EXAMPLE.model();
        List<List<MigrationDecision.Action>> actions = new ArrayList<>();
        for (int state = 0; state < 5; state++) {
            MigrationDecision.Action stop =
                    new MigrationDecision.Action("stop", state == 0 ? 40 : 0, List.of(0.0, 0.0, 0.0, 0.0, 1.0));
            List<Double> moves = new ArrayList<>();
            for (int to = 0; to < 5; to++) {
                moves.add(mailed.chain().probability(state, to));
            }
            actions.add(
                    state == 4
                            ? List.of(stop)
                            : List.of(stop, new MigrationDecision.Action("mail", mailed.reward()[state], moves)));
        }
        MigrationDecision.Policy best =
                MigrationDecision.of(mailed.chain().states(), actions, .2).best();
        assertThat(best.actions()).containsExactly("mail", "mail", "mail", "stop", "stop");
        assertThat(best.values().stream().mapToDouble(value -> value).toArray())
                .containsExactly(EXAMPLE.model(4).value(), within(1e-12));
        assertThat(best.iterations()).isPositive();
    }

    @Test
    void theVarianceIsThatOfThePaths() {
        // Two periods from recency 1: 36 now; bought (.3) 36/1.2, or −4/1.2.
        double spread = .3 * .7 * 40 * 40 / 1.44;
        assertThat(EXAMPLE.model().variance(0)).containsOnly(0);
        assertThat(EXAMPLE.model().variance(1)[0]).isCloseTo(spread, within(1e-12));
        assertThat(EXAMPLE.model().variance()[0]).isGreaterThan(spread);
        assertThat(EXAMPLE.model().variance()[4]).isZero();
    }

    @Test
    void theResidualValueLeavesOutThePresent() {
        assertThat(EXAMPLE.model().residualValue()[0]).isCloseTo(52.320 - 36, within(HALF_A_DIGIT));
        assertThat(EXAMPLE.model().residualValue(4)[1]).isCloseTo(4.220 + 4, within(HALF_A_DIGIT));
        assertThat(EXAMPLE.model().residualValue(0)).containsOnly(0);
    }

    @Test
    void theTimeUntilGone() {
        MarkovChain chain = EXAMPLE.model().chain();
        int gone = chain.indexOf(RecencyMigration.GONE);
        assertThat(chain.expectedPeriodsUntil(gone, gone)).hasValue(0);
        assertThat(chain.expectedPeriodsUntil(gone, 0)).isEmpty();
        assertThat(chain.expectedPeriodsUntil(0, 0)).hasValue(0);
        // Recency 4: one period, and with .05 a new start.
        double fromOne = chain.expectedPeriodsUntil(0, gone).orElseThrow();
        assertThat(chain.expectedPeriodsUntil(3, gone).orElseThrow()).isCloseTo(1 + .05 * fromOne, within(1e-12));
        // From recency 1 by hand: each attempt lasts at most 4 periods and fails with probability .4522.
        double still = .7 * .8 * .85 * .95;
        double length = 1 + .7 + .7 * .8 + .7 * .8 * .85;
        assertThat(fromOne).isCloseTo(length / still, within(1e-12));
        // A state beyond which customers may be lost is not reached for sure.
        assertThat(chain.expectedPeriodsUntil(0, 3)).isPresent();
        assertThat(chain.expectedPeriodsUntil(3, 0)).isEmpty();
    }

    @Test
    void thePlaceAfterSomePeriods() {
        MarkovChain chain = EXAMPLE.model().chain();
        assertThat(chain.distributionAfter(0, 0)).containsExactly(1, 0, 0, 0, 0);
        assertThat(chain.distributionAfter(0, 2))
                .containsExactly(new double[] {.3 * .3 + .7 * .2, .3 * .7, .7 * .8, 0, 0}, within(1e-15));
    }

    @Test
    void whoIsGoneMayComeBack() {
        MigrationModel back = EXAMPLE.withReturnProbability(.01).model();
        double[] value = back.value();
        // Not mailed, so at no cost.
        assertThat(value[4]).isPositive();
        assertThat(value[4]).isCloseTo((.01 * value[0] + .99 * value[4]) / 1.2, within(1e-12));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> RecencyMigration.of(List.of(), 40, 4, .2))
                .hasMessageContaining("purchaseProbabilities");
        assertThatThrownBy(() -> RecencyMigration.of(List.of(1.2), 40, 4, .2)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> RecencyMigration.of(List.of(.2), Double.NaN, 4, .2))
                .hasMessageContaining("contribution");
        assertThatThrownBy(() -> RecencyMigration.of(List.of(.2), 40, -1, .2)).hasMessageContaining("marketing");
        assertThatThrownBy(() -> RecencyMigration.of(List.of(.2), 40, 4, 0)).hasMessageContaining("discountPerPeriod");
        assertThatThrownBy(() -> EXAMPLE.model(0)).hasMessageContaining("stopFrom");
        assertThatThrownBy(() -> EXAMPLE.model(6)).hasMessageContaining("stopFrom");
        assertThatThrownBy(() -> EXAMPLE.model().value(-1)).hasMessageContaining("periods");
        assertThatThrownBy(() -> EXAMPLE.model().value(1_000_001)).hasMessageContaining("periods");
    }
}
