// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final LocalDate START = LocalDate.of(1997, 1, 1);
    private static final LocalDate END = LocalDate.of(1997, 9, 30);
    private static final LocalDate HOLDOUT = LocalDate.of(1998, 6, 30);

    @Test
    void keepsItsDays() {
        Observation window = Observation.of(START, END).withHoldoutEnd(HOLDOUT);
        assertThat(window.start()).contains(START);
        assertThat(window.end()).isEqualTo(END);
        assertThat(window.holdoutEnd()).contains(HOLDOUT);
        assertThat(Observation.until(END).start()).isEmpty();
        assertThat(Observation.until(END).holdoutEnd()).isEmpty();
        assertThat(Observation.untilIso("1997-09-30")).isEqualTo(Observation.until(END));
        assertThat(Observation.of(END, END).end()).isEqualTo(END);
    }

    @Test
    void differsInEveryDay() {
        Observation window = Observation.of(START, END).withHoldoutEnd(HOLDOUT);
        assertThat(window)
                .isEqualTo(Observation.of(START, END).withHoldoutEnd(HOLDOUT))
                .hasSameHashCodeAs(Observation.of(START, END).withHoldoutEnd(HOLDOUT))
                .isNotEqualTo(Observation.of(START, END))
                .isNotEqualTo(Observation.until(END).withHoldoutEnd(HOLDOUT))
                .isNotEqualTo(Observation.of(START, END.plusDays(1)).withHoldoutEnd(HOLDOUT))
                .isNotEqualTo("window");
        assertThat(window).hasToString("[1997-01-01, 1997-09-30], holdout to 1998-06-30");
        assertThat(Observation.until(END)).hasToString("(…, 1997-09-30]");
    }

    @Test
    void refusesDaysOutOfOrder() {
        assertThatThrownBy(() -> Observation.of(END, END.minusDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`end`")
                .hasMessageContaining("1997-09-29");
        assertThatThrownBy(() -> Observation.until(END).withHoldoutEnd(END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`holdoutEnd`")
                .hasMessageContaining("1997-09-30");
        assertThatThrownBy(() -> Observation.until(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("end");
        assertThatThrownBy(() -> Observation.untilIso("30.9.1997")).isInstanceOf(DateTimeParseException.class);
    }
}
