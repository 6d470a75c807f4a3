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
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.PaymentTiming;
import org.junit.jupiter.api.Test;

/** The product-limit estimate against its definition, and what stands beyond its end. */
class KaplanMeierTest {

    /** Two cohorts, one of them shorter, so that customers are censored in the middle. */
    private static final RetentionData DATA =
            RetentionData.ofCohorts(List.of(List.of(100, 80, 72, 60, 54), List.of(50, 30, 24)), 1);

    @Test
    void theEstimateFollowsItsDefinition() {
        KaplanMeier estimate = KaplanMeier.of(DATA);
        assertThat(estimate.opportunities()).isEqualTo(4);
        assertThat(estimate.atRisk(1)).isEqualTo(150);
        assertThat(estimate.lost(1)).isEqualTo(40);
        assertThat(estimate.atRisk(2)).isEqualTo(110);
        assertThat(estimate.lost(2)).isEqualTo(14);
        assertThat(estimate.atRisk(3)).isEqualTo(72);
        assertThat(estimate.hazard(3)).isEqualTo(12 / 72.0);
        double third = 110 / 150.0 * (96 / 110.0) * (60 / 72.0);
        assertThat(estimate.survival(0)).isEqualTo(1);
        assertThat(estimate.survival(3)).isCloseTo(third, within(1e-15));
        double greenwood = 40 / (150.0 * 110) + 14 / (110.0 * 96) + 12 / (72.0 * 60);
        assertThat(estimate.variance(3)).isCloseTo(third * third * greenwood, within(1e-15));
        KaplanMeier.Interval interval = estimate.interval(3, 0.95).orElseThrow();
        double width = 1.959963984540054 * Math.sqrt(greenwood) / Math.log(third);
        assertThat(interval.lower()).isCloseTo(Math.pow(third, Math.exp(-width)), within(1e-12));
        assertThat(interval.upper()).isCloseTo(Math.pow(third, Math.exp(width)), within(1e-12));
        assertThat(interval.lower()).isLessThan(third);
        assertThat(interval.upper()).isBetween(third, 1.0);
    }

    /** Of whole cohorts without censoring Greenwood's variance is that of a binomial share. */
    @Test
    void withoutCensoringTheVarianceIsThatOfAShare() {
        KaplanMeier estimate = KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(200, 130, 101, 77)), 12));
        for (int n = 1; n <= 3; n++) {
            double share = new double[] {200, 130, 101, 77}[n] / 200;
            assertThat(estimate.survival(n)).isCloseTo(share, within(1e-15));
            assertThat(estimate.variance(n)).isCloseTo(share * (1 - share) / 200, within(1e-15));
        }
    }

    @Test
    void beyondTheDataThereIsNoEstimate() {
        KaplanMeier estimate = KaplanMeier.of(DATA);
        assertThatThrownBy(() -> estimate.survival(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`renewals`")
                .hasMessageContaining("from 0 to 4")
                .hasMessageContaining("withTail");
        assertThatThrownBy(() -> estimate.survival(-1)).hasMessageContaining("`renewals`");
        assertThatThrownBy(() -> estimate.hazard(0)).hasMessageContaining("`opportunity` must be from 1 to 4");
        assertThatThrownBy(() -> estimate.interval(2, Double.NaN)).hasMessageContaining("`level`");
        assertThatThrownBy(() -> estimate.withTail(ConstantRetention.Fitted.of(0.8), 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(10)), 1)))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void whereNobodyOrEverybodyHasLeftThereIsNoInterval() {
        KaplanMeier estimate = KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(40, 40, 10, 0)), 1));
        assertThat(estimate.interval(1, 0.9)).isEmpty();
        assertThat(estimate.variance(1)).isZero();
        assertThat(estimate.interval(2, 0.9)).isPresent();
        assertThat(estimate.survival(3)).isZero();
        assertThat(estimate.variance(3)).isZero();
        assertThat(estimate.interval(3, 0.9)).isEmpty();
        // The third opportunity was faced by 10 customers only.
        assertThat(estimate.lastReliable()).isEqualTo(2);
    }

    @Test
    void theTailGoesOnByItsModel() {
        ShiftedBetaGeometric.Fitted tail = ShiftedBetaGeometric.withDefaults().fit(DATA);
        KaplanMeier estimate = KaplanMeier.of(DATA);
        KaplanMeier.Continued model = estimate.withTail(tail);
        assertThat(model.tailFrom()).isEqualTo(4);
        assertThat(model.tail()).isSameAs(tail);
        assertThat(model.parameters()).containsKeys("survival.4", "tail.alpha");
        checkSums(model);
        for (int n = 0; n <= 4; n++) {
            assertThat(model.survival(n)).isCloseTo(estimate.survival(n), within(1e-15));
        }
        assertThat(model.survival(9)).isCloseTo(estimate.survival(4) * tail.survivalAfter(4, 5), within(1e-15));
        assertThat(model.survivalAfter(6, 3)).isCloseTo(tail.survivalAfter(6, 3), within(1e-15));
        checkSums(estimate.withTail(ConstantRetention.Fitted.of(0.9), 2));
        checkSums(estimate.withTail(tail, 0));
        assertThat(estimate.withTail(tail, 0).discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN))
                .isEqualTo(tail.discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN));
        assertThat(estimate.withTail(ConstantRetention.Fitted.of(1), 2).expectedLifetime(0))
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
        KaplanMeier.Continued model = estimate.withTail(ConstantRetention.Fitted.of(0.9));
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
