// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.internal.NormalQuantile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaplanMeierTest {

    /** Three cohorts of 100, seen for 3, 2 and 1 renewals. */
    private static final KaplanMeier OBSERVED = KaplanMeier.of(
            RetentionData.ofCohorts(List.of(List.of(100, 80, 60, 45), List.of(100, 70, 56), List.of(100, 90)), 12));

    @Test
    void whoWasSeenShorterCountsAsLongAsSeen() {
        assertThat(OBSERVED.last()).isEqualTo(3);
        assertThat(OBSERVED.atRisk(1)).isEqualTo(300);
        assertThat(OBSERVED.atRisk(2)).isEqualTo(150);
        assertThat(OBSERVED.atRisk(3)).isEqualTo(60);
        assertThat(OBSERVED.lost(2)).isEqualTo(34);
        assertThat(OBSERVED.survival(0)).isEqualTo(1);
        assertThat(OBSERVED.survival(1)).isCloseTo(0.8, within(1e-15));
        assertThat(OBSERVED.survival(2)).isCloseTo(0.8 * 116 / 150, within(1e-15));
        assertThat(OBSERVED.survival(3)).isCloseTo(0.8 * 116 / 150 * 0.75, within(1e-15));
        assertThat(OBSERVED.retentionRate(3).value()).isEqualTo(0.75);
        assertThat(OBSERVED.atRisk(4)).isZero();
    }

    @Test
    void errorsAreGreenwoods() {
        double sum = 60.0 / (300 * 240) + 34.0 / (150 * 116);
        double survival = 0.8 * 116 / 150;
        assertThat(OBSERVED.standardError(2)).isCloseTo(survival * Math.sqrt(sum), within(1e-15));
        KaplanMeier.Interval interval = OBSERVED.interval(2, 0.95).orElseThrow();
        double width = 1.959963984540054 * Math.sqrt(sum) / -Math.log(survival);
        assertThat(interval.lower()).isCloseTo(Math.pow(survival, Math.exp(width)), within(1e-14));
        assertThat(interval.upper()).isCloseTo(Math.pow(survival, Math.exp(-width)), within(1e-14));
    }

    @Test
    void withoutCensoringTheErrorIsBinomial() {
        KaplanMeier one = KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(50, 40, 10, 0)), 1));
        assertThat(one.standardError(2)).isCloseTo(Math.sqrt(0.2 * 0.8 / 50), within(1e-15));
        assertThat(one.survival(3)).isZero();
        assertThat(one.standardError(3)).isZero();
        assertThat(one.interval(3, 0.9)).isEmpty();
        assertThat(one.interval(0, 0.9)).isEmpty();
    }

    @Test
    void nothingIsSaidBeyondWhatWasObserved() {
        assertThatThrownBy(() -> OBSERVED.survival(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 3");
        assertThatThrownBy(() -> OBSERVED.interval(4, 0.95)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OBSERVED.standardError(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OBSERVED.atRisk(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OBSERVED.interval(1, 1)).hasMessageContaining("`level`");
        RetentionData nobody = RetentionData.ofCohorts(List.of(), 1);
        assertThatThrownBy(() -> KaplanMeier.of(nobody)).isInstanceOf(DataException.class);
    }

    @Test
    void fewCustomersAreNotRelied() {
        assertThat(OBSERVED.lastReliable()).isEqualTo(3);
        KaplanMeier small = KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(40, 40, 10, 0)), 1));
        assertThat(small.last()).isEqualTo(3);
        assertThat(small.lastReliable()).isEqualTo(2);
        assertThat(KaplanMeier.of(RetentionData.ofCohorts(List.of(List.of(10, 3)), 1))
                        .lastReliable())
                .isZero();
    }

    /** Quantiles of the normal distribution at these doubles, from 30 digits. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.674489750196081743",
        "0.8, 1.28155156554460059",
        "0.9, 1.64485362695147282",
        "0.95, 1.95996398454005386",
        "0.99, 2.57582930354890045",
        "0.999999, 4.89163847569293177",
        "0.999999999999, 7.13050989287927245",
        "0.0001, 0.000125331414059666907"
    })
    void theNormalQuantileIsPrecise(double level, double quantile) {
        assertThat(NormalQuantile.twoSided(level)).isCloseTo(quantile, withinPercentage(1e-11));
    }
}
