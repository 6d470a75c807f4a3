// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Values hold from their date to the day before the next; what is not known is an error that says what is missing. */
class CovariatePathsTest {

    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    @Test
    void aValueHoldsFromItsDateUntilTheNext() {
        CovariatePaths paths = CovariatePaths.shared(List.of("season"))
                .add(MONDAY, List.of(0))
                .add(MONDAY.plusDays(7), List.of(1))
                .add(MONDAY.plusDays(14), List.of(1.0))
                .add(MONDAY.plusDays(21), List.of(2))
                .build();
        assertThat(values(paths, "anybody", MONDAY.plusDays(6), MONDAY.plusDays(27)))
                .containsExactly("2024-01-07 [0.0]", "2024-01-08 [1.0]", "2024-01-22 [2.0]");
        assertThat(values(paths, "anybody", MONDAY.plusDays(8), MONDAY.plusDays(20)))
                .containsExactly("2024-01-09 [1.0]");
        assertThat(paths.knownUntil()).isEqualTo(MONDAY.plusDays(27));
        assertThat(paths.names()).containsExactly("season");
        assertThat(paths.isHoldingLast()).isFalse();
    }

    @Test
    void sharedAndCustomersPathsGoTogether() {
        CovariatePaths season = CovariatePaths.shared(List.of("season", "price"))
                .add(MONDAY.plusDays(3), List.of(1, 9.5))
                .add(MONDAY, List.of(0, 10))
                .build()
                .holdingLast();
        CovariatePaths campaigns = CovariatePaths.ofCustomers(List.of("mail"))
                .defaults(List.of(0))
                .add("a", MONDAY.plusDays(2), List.of(1))
                .add("a", MONDAY.plusDays(3), List.of(0))
                .build();
        CovariatePaths both = season.and(campaigns);
        assertThat(both.names()).containsExactly("season", "price", "mail");
        assertThat(both.knownUntil()).isEqualTo(MONDAY.plusDays(3));
        assertThat(values(both.holdingLast(), "a", MONDAY, MONDAY.plusDays(9)))
                .containsExactly(
                        "2024-01-01 [0.0, 10.0, 0.0]", "2024-01-03 [0.0, 10.0, 1.0]", "2024-01-04 [1.0, 9.5, 0.0]");
        assertThat(values(both.holdingLast(), "b", MONDAY.plusDays(1), LocalDate.MAX))
                .containsExactly("2024-01-02 [0.0, 10.0, 0.0]", "2024-01-04 [1.0, 9.5, 0.0]");
        assertThatThrownBy(() -> both.and(campaigns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mail'");
    }

    @Test
    void theLastRowLastsAsLongAsTheLongestStep() {
        CovariatePaths months = CovariatePaths.ofCustomers(List.of("v"))
                .add("a", LocalDate.of(2023, 10, 1), List.of(1))
                .add("a", LocalDate.of(2023, 11, 1), List.of(2))
                .add("b", LocalDate.of(2023, 12, 1), List.of(3))
                .build();
        assertThat(months.knownUntil()).isEqualTo("2023-12-31");
        assertThat(months.holdingLast().knownUntil()).isEqualTo(LocalDate.MAX);
        assertThat(months.withKnownUntil(LocalDate.of(2024, 3, 3)).knownUntil()).isEqualTo("2024-03-03");
        assertThatThrownBy(() -> months.withKnownUntil(LocalDate.of(2023, 11, 30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2023-12-01");
        CovariatePaths one =
                CovariatePaths.shared(List.of("v")).add(MONDAY, List.of(1)).build();
        assertThat(one.knownUntil()).isEqualTo(MONDAY);
    }

    @Test
    void whatIsNotKnownIsAnErrorThatNamesTheDay() {
        CovariatePaths paths = CovariatePaths.ofCustomers(List.of("mail"))
                .add("a", MONDAY, List.of(1))
                .add("a", MONDAY.plusDays(7), List.of(0))
                .build();
        assertThatThrownBy(() -> paths.path("a", MONDAY, MONDAY.plusDays(14)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("until 2024-01-15")
                .hasMessageContaining("until 2024-01-14")
                .hasMessageContaining("customer a");
        assertThatThrownBy(() -> paths.path("a", MONDAY.minusDays(1), MONDAY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2023-12-31")
                .hasMessageContaining("starts on 2024-01-01")
                .hasMessageContaining("customer a");
        assertThatThrownBy(() -> paths.path("b", MONDAY, MONDAY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no row")
                .hasMessageContaining("customer b");
        assertThatThrownBy(() -> paths.path("a", MONDAY, MONDAY.minusDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badRowsAreNamed() {
        CovariatePaths.Builder builder = CovariatePaths.ofCustomers(List.of("mail", "price"))
                .add("a", MONDAY, List.of(1, 2))
                .add("b", MONDAY, List.of(1, 2), 17);
        assertThatThrownBy(() -> builder.add("c", MONDAY, List.of(1, Double.NaN)))
                .isInstanceOf(DataException.class)
                .hasMessage("`price` of row 3 (customer c, 2024-01-01) must be a finite number, but was NaN");
        assertThatThrownBy(() -> builder.add("c", MONDAY, List.of(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 3")
                .hasMessageContaining("[mail, price]");
        builder.add("b", MONDAY, List.of(3, 4), 19);
        assertThatThrownBy(builder::build)
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "`date` of line 19 (customer b, 2024-01-01) must be there once a customer, but is also that of"
                                + " line 17 (customer b, 2024-01-01)");
        assertThatThrownBy(() -> builder.add(MONDAY, List.of(1, 2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.defaults(List.of(1))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> CovariatePaths.shared(List.of("v")).build()).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> CovariatePaths.shared(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CovariatePaths.shared(List.of("v", "v")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'v'");
        assertThatThrownBy(() -> CovariatePaths.shared(List.of("v")).add("a", MONDAY, List.of(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Any rows, in any order: each day has the value of the latest row up to it. */
    @Property(tries = 300)
    void everyDayHasTheValueOfTheLatestRow(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 60) Integer> days,
            @ForAll @IntRange(max = 60) int from,
            @ForAll @IntRange(max = 30) int length) {
        TreeMap<Integer, Double> expected = new TreeMap<>();
        CovariatePaths.Builder builder =
                CovariatePaths.ofCustomers(List.of("v")).defaults(List.of(-1)).add("z", MONDAY, List.of(5));
        for (int day : days) {
            if (expected.putIfAbsent(day, day % 3.0) == null) {
                builder.add("a", MONDAY.plusDays(day), List.of(day % 3.0));
            }
        }
        CovariatePaths.Path path =
                builder.build().holdingLast().path("a", MONDAY.plusDays(from), MONDAY.plusDays(from + length));
        int piece = 0;
        for (int day = from; day <= from + length; day++) {
            if (piece + 1 < path.pieces()
                    && path.startDay(piece + 1) == MONDAY.plusDays(day).toEpochDay()) {
                piece++;
                assertThat(path.value(piece, 0)).isNotEqualTo(path.value(piece - 1, 0));
            }
            assertThat(path.value(piece, 0))
                    .isEqualTo(
                            expected.floorEntry(day) == null
                                    ? -1
                                    : expected.floorEntry(day).getValue());
        }
        assertThat(piece).isEqualTo(path.pieces() - 1);
    }

    private static List<String> values(CovariatePaths paths, String id, LocalDate from, LocalDate until) {
        CovariatePaths.Path path = paths.path(id, from, until);
        List<String> values = new ArrayList<>();
        for (int piece = 0; piece < path.pieces(); piece++) {
            List<Double> of = new ArrayList<>();
            for (int covariate = 0; covariate < paths.names().size(); covariate++) {
                of.add(path.value(piece, covariate));
            }
            values.add(LocalDate.ofEpochDay(path.startDay(piece)) + " " + of);
        }
        return values;
    }
}
