// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.clv4j.core.data.RetentionData;
import org.junit.jupiter.api.Test;

class SurvivalTableTest {

    private static final RetentionData DATA = RetentionData.ofCohorts(List.of(List.of(100, 60, 27)), 12);

    @Test
    void whatWasObservedStandsBesideTheModel() {
        SurvivalTable table = SurvivalTable.of(DATA, new Halving(), 1, 3, 0.9);
        assertThat(table.model()).isEqualTo("halving");
        assertThat(table.rows()).hasSize(4);
        SurvivalTable.Row first = table.rows().get(0);
        assertThat(first.survival()).isEqualTo(1);
        assertThat(first.retentionRate()).isEmpty();
        assertThat(first.atRisk()).isEqualTo(100);
        SurvivalTable.Row second = table.rows().get(1);
        assertThat(second.calibration()).isTrue();
        assertThat(second.observed()).hasValue(0.6);
        assertThat(second.survival()).isEqualTo(0.5);
        assertThat(second.retentionRate()).hasValue(0.5);
        KaplanMeier.Interval interval = KaplanMeier.of(DATA).interval(1, 0.9).orElseThrow();
        assertThat(second.lower()).hasValue(interval.lower());
        assertThat(second.upper()).hasValue(interval.upper());
        assertThat(table.rows().get(2).calibration()).isFalse();
        assertThat(table.rows().get(2).atRisk()).isEqualTo(60);
        SurvivalTable.Row last = table.rows().get(3);
        assertThat(last.observed()).isEmpty();
        assertThat(last.survival()).isEqualTo(0.125);
        assertThat(last.calibration()).isFalse();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SurvivalTable.of(DATA, new Halving(), -1, 3, 0.9))
                .hasMessageContaining("`calibration`");
        assertThatThrownBy(() -> SurvivalTable.of(DATA, new Halving(), 1, -3, 0.9))
                .hasMessageContaining("`renewals`");
        assertThatThrownBy(() -> SurvivalTable.of(DATA, new Halving(), 1, 3, 1.1))
                .hasMessageContaining("`level`");
    }
}
