// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryFileTest {

    private static SummaryData read(SummaryFile reader, String text) {
        return reader.read(Texts.input(text), TimeScale.WEEKS);
    }

    @Test
    void readsSummariesWithAttributes() {
        CustomerBase base = read(
                        SummaryFile.withDefaults(),
                        """
                        customer_id,frequency,recency,age,monetary_value,weight,region
                        A,2,1.5,3.25,12.5,2,North
                        B,0,0,4.0,,,
                        """)
                .base();

        assertThat(base.summary(0).attributes()).containsEntry("region", "North");
        assertThat(base.frequency(0)).isEqualTo(2);
        assertThat(base.recency(0)).isEqualTo(1.5);
        assertThat(base.age(0)).isEqualTo(3.25);
        assertThat(base.monetaryValue(0)).isEqualTo(12.5);
        assertThat(base.weight(0)).isEqualTo(2);
        assertThat(base.summary(1)).isEqualTo(CustomerSummary.of("B", 0, 0, 4));
    }

    @Test
    void needsNoMonetaryValue() {
        CustomerBase base = read(SummaryFile.withDefaults(), "customer_id frequency recency age\nA 2.0 1 3\n")
                .base();

        assertThat(base.summary(0)).isEqualTo(CustomerSummary.of("A", 2, 1, 3));
    }

    @Test
    void readsWhatSummaryCsvWrites() {
        CustomerBase base = read(
                        SummaryFile.withDefaults(),
                        "customer_id,frequency,recency,age,monetary_value\nA,2,30.428571428571427,38.857142857142854,0.1\n")
                .base();
        String written = Texts.written(output -> SummaryCsv.write(base, output));

        assertThat(written)
                .isEqualTo(
                        """
                        customer_id,first_date,last_date,frequency,recency,age,monetary_value,transactions,total_amount
                        A,,,2,30.428571428571427,38.857142857142854,0.1,,
                        """);
        assertThat(read(SummaryFile.withDefaults(), written).base().summary(0)).isEqualTo(base.summary(0));
    }

    @ParameterizedTest
    @CsvSource({
        "'A,1.5,1,3', frequency, '1.5'",
        "'A,x,1,3', frequency, 'x'",
        "'A,-1,1,3', row, 'A -1 1 3'",
        "'A,1,4,3', row, 'A 1 4 3'",
        "'A,1,NaN,3', recency, 'NaN'",
        "',1,1,3', customer_id, ''",
        "'A,1,1', columns, '3'",
    })
    void namesTheFieldOfABadRow(String row, String field, String value) {
        String text = "customer_id,frequency,recency,age\nZ,0,0,1\n" + row + "\n";

        assertThatThrownBy(() -> read(SummaryFile.withDefaults(), text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3: `" + field + "`")
                .hasMessageContaining("'" + value + "'");
        SummaryData data = read(SummaryFile.withDefaults().withBadRows(BadRowPolicy.SKIP), text);
        assertThat(data.base().size()).isEqualTo(1);
        assertThat(data.badRowCount()).isEqualTo(1);
    }

    @Test
    void refusesTheSameCustomerTwiceAndMissingColumns() {
        assertThatThrownBy(
                        () -> read(SummaryFile.withDefaults(), "customer_id,frequency,recency,age\nA,0,0,1\nA,0,0,1\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("line 2 has it too");
        assertThatThrownBy(() -> read(SummaryFile.withDefaults(), "customer_id,frequency,recency\nA,0,0\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`age`");
        assertThatThrownBy(() -> read(SummaryFile.withDefaults(), "customer_id,age,recency,age\nA,0,0,1\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'age' in columns 2 and 4");
        assertThatThrownBy(() -> read(SummaryFile.withDefaults(), "customer_id,frequency,recency,age\n"))
                .isInstanceOf(DataException.class);
    }
}
