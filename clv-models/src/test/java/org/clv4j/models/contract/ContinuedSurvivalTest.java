// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.retention.KaplanMeier;
import org.clv4j.core.value.PaymentTiming;
import org.junit.jupiter.api.Test;

/** What stands beyond the end of what was observed. */
class ContinuedSurvivalTest {

    /** Two cohorts, one of them shorter, so that customers are censored in the middle. */
    private static final RetentionData DATA =
            RetentionData.ofCohorts(List.of(List.of(100, 80, 72, 60, 54), List.of(50, 30, 24)), 1);

    @Test
    void theTailBeginsWithinWhatWasObserved() {
        KaplanMeier estimate = KaplanMeier.of(DATA);
        assertThatThrownBy(() -> ContinuedSurvival.of(estimate, ConstantRetention.Fitted.of(0.8), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`from` must be from 0 to 4");
    }

    @Test
    void theTailGoesOnByItsModel() {
        ShiftedBetaGeometric.Fitted tail = ShiftedBetaGeometric.withDefaults().fit(DATA);
        KaplanMeier estimate = KaplanMeier.of(DATA);
        ContinuedSurvival model = ContinuedSurvival.of(estimate, tail);
        assertThat(model.tailFrom()).isEqualTo(4);
        assertThat(model.tail()).isSameAs(tail);
        assertThat(model.parameters()).containsKeys("survival.4", "tail.alpha");
        checkSums(model);
        for (int n = 0; n <= 4; n++) {
            assertThat(model.survival(n)).isCloseTo(estimate.survival(n), within(1e-15));
        }
        assertThat(model.survival(9)).isCloseTo(estimate.survival(4) * tail.survivalAfter(4, 5), within(1e-15));
        assertThat(model.survivalAfter(6, 3)).isCloseTo(tail.survivalAfter(6, 3), within(1e-15));
        checkSums(ContinuedSurvival.of(estimate, ConstantRetention.Fitted.of(0.9), 2));
        checkSums(ContinuedSurvival.of(estimate, tail, 0));
        assertThat(ContinuedSurvival.of(estimate, tail, 0).discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN))
                .isEqualTo(tail.discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN));
        assertThat(ContinuedSurvival.of(estimate, ConstantRetention.Fitted.of(1), 2)
                        .expectedLifetime(0))
                .isEmpty();
    }

    /** All of its sums against terms one by one. */
    private static void checkSums(FittedRetentionModel model) {
        for (int renewals : new int[] {0, 2, 4, 7}) {
            double value = 0;
            double moment = 0;
            for (int t = 0; t < 600; t++) {
                double term = model.survivalAfter(renewals, t) * Math.pow(1.1, -t);
                value += term;
                moment += t * term;
                if (t == 2 || t == 20) {
                    assertThat(model.discountedExpectedLifetime(renewals, t + 1, 0.1, PaymentTiming.BEGIN))
                            .isCloseTo(value, within(1e-12));
                }
            }
            assertThat(model.discountedExpectedLifetime(renewals, 0.1, PaymentTiming.BEGIN))
                    .isCloseTo(value, within(1e-12));
            assertThat(model.discountedExpectedLifetime(renewals, 0.1, PaymentTiming.RESIDUAL))
                    .isCloseTo(value - 1, within(1e-12));
            assertThat(model.retentionElasticity(renewals, 0.1, PaymentTiming.BEGIN))
                    .isCloseTo(moment / value, within(1e-11));
        }
    }

    @Test
    void whereAllHaveLeftNothingFollows() {
        KaplanMeier estimate = KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(90, 60, 0)), 1));
        ContinuedSurvival model = ContinuedSurvival.of(estimate, ConstantRetention.Fitted.of(0.9));
        assertThat(model.survival(1)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(model.survival(2)).isZero();
        assertThat(model.survival(5)).isZero();
        assertThat(model.expectedLifetime(0)).hasValue(1 + model.survival(1));
        assertThat(model.discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN))
                .isCloseTo(1 + 2 / 3.0 / 1.1, within(1e-15));
        assertThat(model.retentionElasticity(0, 0.1, PaymentTiming.BEGIN))
                .isCloseTo(2 / 3.3 / (1 + 2 / 3.3), within(1e-15));
        for (int i = 0; i < 50; i++) {
            assertThat(model.drawLeaving(0, new Random(i))).isBetween(1, 2);
        }
    }
}
