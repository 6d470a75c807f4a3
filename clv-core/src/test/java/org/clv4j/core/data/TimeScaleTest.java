// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimeScaleTest {

    @Test
    void weeksAreDaysBySevenExactly() {
        LocalDate start = LocalDate.of(1997, 1, 1);
        for (int days = 0; days < 1000; days++) {
            assertThat(TimeScale.WEEKS.between(start, start.plusDays(days))).isEqualTo(days / 7.0);
            assertThat(TimeScale.DAYS.between(start, start.plusDays(days))).isEqualTo(days);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Anniversaries are whole, however long the month.
        "2023-01-15, 2023-01-15, 0",
        "2023-01-15, 2023-02-15, 1",
        "2023-02-15, 2023-03-15, 1",
        "2023-01-15, 2024-01-15, 12",
        // The anniversary of a missing day is the last day of its month.
        "2023-01-31, 2023-02-28, 1",
        "2024-01-31, 2024-02-29, 1",
        "2023-01-31, 2023-03-31, 2",
        "2023-01-31, 2023-04-30, 3",
        "2023-01-30, 2023-02-28, 1",
        "2024-02-29, 2024-03-29, 1",
        "2023-08-31, 2023-09-30, 1",
        // What is left over counts as a part of its own month.
        "2023-01-15, 2023-01-16, 0.03225806451612903",
        "2023-01-31, 2023-02-14, 0.5",
        "2023-01-31, 2023-03-01, 1.032258064516129",
        "2023-06-01, 2023-06-16, 0.5",
    })
    void monthsCountAnniversaries(LocalDate start, LocalDate end, double months) {
        assertThat(TimeScale.MONTHS.between(start, end)).isCloseTo(months, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "2023-01-15, 2024-01-15, 1",
        "2024-01-15, 2025-01-15, 1",
        "2024-02-29, 2025-02-28, 1",
        "2024-02-29, 2028-02-29, 4",
        "2023-03-01, 2024-02-29, 0.9972677595628415",
        "2023-01-01, 2023-07-02, 0.4986301369863014",
        "2024-01-01, 2024-07-01, 0.4972677595628415",
    })
    void yearsCountAnniversaries(LocalDate start, LocalDate end, double years) {
        assertThat(TimeScale.YEARS.between(start, end)).isCloseTo(years, within(1e-15));
    }

    @Property
    void timeGrowsStrictlyWithTheEnd(
            @ForAll TimeScale scale,
            @ForAll @IntRange(min = -30_000, max = 60_000) int startDay,
            @ForAll @IntRange(max = 2_000) int length) {
        LocalDate start = LocalDate.ofEpochDay(startDay);
        double time = scale.between(start, start.plusDays(length));
        assertThat(time).isNotNegative();
        assertThat(scale.between(start, start.plusDays(length + 1L))).isGreaterThan(time);
        assertThat(scale.periodIndex(start, start.plusDays(length))).isEqualTo((long) Math.floor(time));
    }

    @Property
    void wholeMonthsAreFoundFromEveryDay(
            @ForAll @IntRange(min = -30_000, max = 60_000) int startDay, @ForAll @IntRange(max = 600) int months) {
        LocalDate start = LocalDate.ofEpochDay(startDay);
        assertThat(TimeScale.MONTHS.between(start, start.plusMonths(months))).isEqualTo(months);
        assertThat(TimeScale.MONTHS.periodIndex(start, start.plusMonths(months)))
                .isEqualTo(months);
        if (months > 0) {
            assertThat(TimeScale.MONTHS.periodIndex(
                            start, start.plusMonths(months).minusDays(1)))
                    .isEqualTo(months - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endBeforeStartIsRefused(TimeScale scale) {
        assertThatThrownBy(() -> scale.between(LocalDate.of(2023, 1, 2), LocalDate.of(2023, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`end`")
                .hasMessageContaining("2023-01-01");
    }

    @ParameterizedTest
    @EnumSource
    void parsesItsOwnName(TimeScale scale) {
        assertThat(TimeScale.parse(scale.toString())).isSameAs(scale);
        assertThat(TimeScale.parse(" " + scale.name() + " ")).isSameAs(scale);
        assertThat(scale.toString()).isEqualTo(scale.singular() + "s");
    }

    @Test
    void refusesUnknownNames() {
        assertThatThrownBy(() -> TimeScale.parse("fortnights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`timeScale`")
                .hasMessageContaining("'fortnights'");
    }

    @Test
    void onlyDaysAndWeeksHaveADayGrid() {
        assertThat(TimeScale.DAYS.daysPerPeriod()).isEqualTo(1);
        assertThat(TimeScale.WEEKS.daysPerPeriod()).isEqualTo(7);
        assertThat(TimeScale.MONTHS.hasDayGrid()).isFalse();
        assertThatThrownBy(TimeScale.YEARS::daysPerPeriod)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("year");
        assertThat(TimeScale.WEEKS.periodsPerYear() * 7).isEqualTo(TimeScale.DAYS.periodsPerYear());
        assertThat(TimeScale.MONTHS.periodsPerYear()).isEqualTo(12);
        assertThat(TimeScale.YEARS.periodsPerYear()).isEqualTo(1);
    }

    /** The date a time leads to is the first at least so far away. */
    @Property
    void plusIsTheInverseOfBetween(
            @ForAll TimeScale scale,
            @ForAll @IntRange(max = 800) int startDay,
            @ForAll @IntRange(min = 1, max = 3000) int days) {
        LocalDate start = LocalDate.of(2023, 1, 1).plusDays(startDay);
        LocalDate end = start.plusDays(days);
        double time = scale.between(start, end);
        double before = scale.between(start, end.minusDays(1));
        assertThat(scale.plus(start, time)).isEqualTo(end);
        assertThat(scale.plus(start, (time + before) / 2)).isEqualTo(end);
        assertThat(scale.plus(start, Math.nextUp(before))).isEqualTo(end);
        assertThat(scale.plus(start, 0)).isEqualTo(start);
    }

    @Test
    void plusRefusesWhatLeadsToNoDate() {
        for (TimeScale scale : TimeScale.values()) {
            for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
                assertThatThrownBy(() -> scale.plus(LocalDate.of(2024, 1, 1), bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("`time`")
                        .hasMessageContaining(String.valueOf(bad));
            }
            assertThat(scale.plus(LocalDate.of(2024, 1, 1), 1e6)).isAfter(LocalDate.of(4700, 1, 1));
        }
    }
}
