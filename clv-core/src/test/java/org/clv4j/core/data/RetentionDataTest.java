// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionDataTest {

    @Test
    void cohortsBecomeCounts() {
        RetentionData data = RetentionData.ofCohorts(List.of(List.of(1000, 800, 640.5), List.of(500, 500)), 12);
        assertThat(data.lost()).containsExactly(0, 200, 159.5);
        assertThat(data.censored()).containsExactly(0, 500, 640.5);
        assertThat(data.customers()).isEqualTo(1500);
        assertThat(data.timeScale()).contains(TimeScale.YEARS);
    }

    @Test
    void contractsBecomeTheSameCounts() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(
                        Contract.ofRenewals("a", 0).ended(),
                        Contract.ofRenewals("b", 2).withAttribute("plan", "gold"),
                        Contract.ofRenewals("c", 1).ended(),
                        Contract.ofRenewals("d", 0)),
                TimeScale.MONTHS);
        RetentionData data = RetentionData.ofContracts(base);
        assertThat(data.lost()).containsExactly(0, 1, 1);
        assertThat(data.censored()).containsExactly(1, 0, 1);
        assertThat(data.where("plan", "gold").censored()).containsExactly(0, 0, 1);
        assertThat(data.where("plan", null).customers()).isEqualTo(3);
        assertThat(data.attribute("plan", 1)).contains("gold");
        assertThat(data.attributeNames()).containsExactly("plan");
    }

    @Test
    void whoLeftLaterWasStillThere() {
        RetentionData early =
                RetentionData.ofCohorts(List.of(List.of(10, 7, 4, 3)), 1).until(2);
        assertThat(early.lost()).containsExactly(0, 3, 3);
        assertThat(early.censored()).containsExactly(0, 0, 4);
        assertThat(RetentionData.ofCohorts(List.of(List.of(10, 7)), 1).until(0).censored())
                .containsExactly(10);
    }

    @Test
    void whatIsNoCohortIsRefused() {
        assertThatThrownBy(() -> RetentionData.ofCohorts(List.of(List.of(3, 2), List.of(3, 4)), 12))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cohort 2 after 1 periods")
                .hasMessageContaining("4.0");
        assertThatThrownBy(() -> RetentionData.ofCohorts(List.of(List.of()), 12))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> RetentionData.ofCohorts(List.of(List.of(Double.NaN)), 12))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> RetentionData.ofCohorts(List.of(List.of(1)), 0))
                .hasMessageContaining("`periodMonths`");
    }

    @Test
    void termsOfDifferentLengthAreRefused() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(Contract.ofRenewals("a", 1), Contract.ofRenewals("b", 1).withTermMonths(12)), TimeScale.MONTHS);
        assertThatThrownBy(() -> RetentionData.ofContracts(base))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("customer b")
                .hasMessageContaining("12 months");
    }
}
