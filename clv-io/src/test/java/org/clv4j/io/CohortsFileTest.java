// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortsFileTest {

    private static Map<String, RetentionData> read(String text) {
        return CohortsFile.withDefaults().read(Texts.input(text), 12);
    }

    @Test
    void percentagesAreOfCohortsOfAStatedSize() {
        Map<String, RetentionData> data =
                read("segment,year,survival_pct,use\nHigh,0,100,c\nLow,0,100.0,c\nHigh,1,86.9,c\n");
        assertThat(data).containsOnlyKeys("High", "Low");
        assertThat(data.get("High").lost()).containsExactly(0, 131);
        assertThat(data.get("High").censored()).containsExactly(0, 869);
        RetentionData small = CohortsFile.withDefaults()
                .withCohortSize(10)
                .read(Texts.input("period,survival\n0,1\n1,0.5\n"), 1)
                .get("");
        assertThat(small.lost()).containsExactly(0, 5);
        assertThat(small.periodMonths()).isEqualTo(1);
    }

    @Test
    void longAndWideTellTheSame() {
        RetentionData wide = read("cohort,0,1,2\n2021,10,8,7\n2022,10,6,\n").get("");
        RetentionData other = read("cohort,period,survivors\n2022,0,10\n2021,0,10\n2021,1,8\n2021,2,7\n2022,1,6\n")
                .get("");
        assertThat(wide.lost()).containsExactly(other.lost()).containsExactly(0, 6, 1);
        assertThat(wide.censored()).containsExactly(other.censored()).containsExactly(0, 6, 7);
        assertThat(read("0,1\n5,4\n3,3\n").get("").customers()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    period,survivors;0,5;2,3        | no period 1
                    period,survivors;0,5;1,6        | no more than
                    period,survivors;0,5;0,5        | unique
                    period,survivors;0,x            | `survivors`
                    period,survivors;-1,5           | `period`
                    period,size;0,5                 | survival_pct
                    a,b;1,2                         | columns named
                    period,survivors                | no cohorts
                    cohort,0,1;a,5,4;a,6,6          | unique
                    """)
    void whatIsNoCohortIsRefused(String text, String reason) {
        assertThatThrownBy(() -> read(text.strip().replace(";", "\n") + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(reason);
    }
}
