// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsFileTest {

    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    private static CovariatePaths read(PathsFile reader, String text) {
        return reader.read(Texts.input(text));
    }

    @Test
    void readsPathsOfCustomers() {
        CovariatePaths paths = read(
                PathsFile.withDefaults(),
                """
                customer_id,date,mail,price
                A,2024-01-08,1,9.5
                A,2024-01-01,0,10
                B,2024-01-01,0,1e1
                """);
        assertThat(paths.names()).containsExactly("mail", "price");
        assertThat(paths.knownUntil()).isEqualTo("2024-01-14");
        CovariatePaths.Path path = paths.path("A", MONDAY, MONDAY.plusDays(13));
        assertThat(path.pieces()).isEqualTo(2);
        assertThat(path.startDay(1)).isEqualTo(MONDAY.plusDays(7).toEpochDay());
        assertThat(path.value(1, 0)).isEqualTo(1);
        assertThat(path.value(1, 1)).isEqualTo(9.5);
        assertThat(paths.path("B", MONDAY, MONDAY.plusDays(13)).value(0, 1)).isEqualTo(10);
    }

    @Test
    void readsSharedPathsInAnyOrderOfColumnsAndForm() {
        CovariatePaths paths = read(
                PathsFile.withDefaults().withDateFormat("dd.MM.yyyy").withDelimiter(Delimiter.SEMICOLON),
                "season;Date\n0.5;31.01.2024\n-1;01.02.2024\n");
        assertThat(paths.names()).containsExactly("season");
        assertThat(paths.path("anybody", LocalDate.of(2024, 1, 31), LocalDate.of(2024, 2, 1))
                        .value(1, 0))
                .isEqualTo(-1);
    }

    @Test
    void aDefaultHoldsBeforeTheFirstDate() {
        CovariatePaths paths =
                read(PathsFile.withDefaults().withDefaultValue(0), "customer_id,date,mail\nA,2024-01-08,1\n");
        assertThat(paths.path("A", MONDAY, MONDAY).value(0, 0)).isEqualTo(0);
        assertThat(paths.path("Z", MONDAY, MONDAY).value(0, 0)).isEqualTo(0);
        assertThatThrownBy(() -> PathsFile.withDefaults().withDefaultValue(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`value`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A,2024-01-01,x | line 3: `mail` must be a finite number, but was 'x'",
                "A,2024-01-01, | line 3: `mail` must be a finite number, but was ''",
                "A,2024-01-01,NaN | line 3: `mail` must be a finite number, but was 'NaN'",
                "A,2024-13-01,1 | line 3: `date` must be",
                "' ,2024-01-01,1' | line 3: `customer_id` must not be blank",
                "A,2024-01-01 | line 3: `columns` must be 3",
                "B,2023-12-31,1 | line 3 (customer B, 2023-12-31) must be there once a customer, but is also that of line 2",
            })
    void badRowsNameLineFieldValueAndRule(String row, String message) {
        assertThatThrownBy(() -> read(PathsFile.withDefaults(), "customer_id,date,mail\nB,2023-12-31,1\n" + row + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer_id,mail | `date`",
                "customer_id,date | no column of a covariate",
                "date,mail,mail | 'mail'",
                "date,mail | no rows",
            })
    void badHeadersAreNamed(String header, String message) {
        assertThatThrownBy(() -> read(PathsFile.withDefaults(), header + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
