// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.DataException;
import org.clv4j.io.ContractsFile.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractsFileTest {

    private static ContractData read(ContractsFile reader, String text) {
        return reader.read(Texts.input(text));
    }

    @Test
    void contractsWithDatesRunUntilTheirEnd() {
        ContractData data = read(
                ContractsFile.withDefaults().withTerm(12, 1),
                "customer_id,start,end,fee,plan\na,2024-01-15,,9.99,gold\nb,2023-02-01,2024-01-31,5,\nc,2023-02-01,open,0,x\n");
        assertThat(data.contracts())
                .containsExactly(
                        Contract.since("a", LocalDate.of(2024, 1, 15))
                                .withTermMonths(12)
                                .withBillingMonths(1)
                                .withFee(new BigDecimal("9.99"))
                                .withAttribute("plan", "gold"),
                        Contract.since("b", LocalDate.of(2023, 2, 1))
                                .withEnd(LocalDate.of(2024, 1, 31))
                                .withTermMonths(12)
                                .withBillingMonths(1)
                                .withFee(new BigDecimal("5")),
                        Contract.since("c", LocalDate.of(2023, 2, 1))
                                .withTermMonths(12)
                                .withBillingMonths(1)
                                .withAttribute("plan", "x"));
        assertThat(data.notes()).anySatisfy(note -> assertThat(note).contains("taken as start: start"));
    }

    @Test
    void tenuresAndRenewalsTellTheSame() {
        List<Contract> byTenure = read(ContractsFile.withDefaults(), "id;Tenure;Churn\na;3;Yes\nb;3;No\nc;0;no\n")
                .contracts();
        List<Contract> byRenewals = read(ContractsFile.withDefaults(), "id;renewals;left\na;2;1\nb;3;0\nc;0;false\n")
                .contracts();
        assertThat(byTenure).isEqualTo(byRenewals);
        assertThat(byTenure.get(0).state().left()).isTrue();
        assertThat(byTenure.get(0).state().opportunities()).isEqualTo(3);
    }

    @Test
    void columnsCanBeStated() {
        ContractData data = read(
                ContractsFile.withDefaults()
                        .withColumn(Field.CUSTOMER, "who")
                        .withColumn(Field.TENURE, "2")
                        .withColumn(Field.LEFT, "gone")
                        .withColumn(Field.FEE, "monthly")
                        .withColumn(Field.REALISED, "total"),
                "who,months,gone,monthly,total\na,2,no,10,21.50\nb,0,no,7, \nc,4,yes,1,\n");
        assertThat(data.contracts().get(0).state().realised()).isEqualByComparingTo("21.50");
        assertThat(data.contracts().get(1).state().realised()).isZero();
        assertThat(data.notes()).containsExactly("test.csv: `total` is blank for 2 customers, taken as 0 (lines 3, 4)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    id,tenure,left;a,-1,no         | `tenure` | -1
                    id,tenure,left;a,0,yes         | `tenure` | at least 1 of one who left
                    id,tenure,left;a,1.5,no        | `tenure` | whole number
                    id,tenure,left;a,3,perhaps     | `left`   | yes or no
                    id,tenure,left,fee;a,3,no,-1   | `fee`    | at least 0
                    id,tenure,left,fee;a,3,no,     | `fee`    | decimal number
                    id,tenure,left;,3,no           | `id`     | blank
                    id,tenure,left;a,3,no;a,3,no   | `id`     | line 2 has it too
                    id,tenure,left;a,3             | `columns` | must be 3
                    id,start,end;a,2024-01-02,2024-01-02;b,2024-01-01,2025-01-01 | `end` | after the start
                    id,start;a,2024-02-30;b,2024-01-02 | `start` | 2024-02-30
                    """)
    void badRowsAreNamed(String text, String field, String reason) {
        String lines = text.strip().replace(";", "\n") + "\n";
        assertThatThrownBy(() -> read(ContractsFile.withDefaults(), lines))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(field)
                .hasMessageContaining(reason);
    }

    @Test
    void badRowsCanBeSkipped() {
        ContractData data =
                read(ContractsFile.withDefaults().withBadRows(BadRowPolicy.SKIP), "id,tenure,left\na,x,no\nb,2,no\n");
        assertThat(data.contracts()).hasSize(1);
        assertThat(data.badRowCount()).isEqualTo(1);
        assertThat(data.badRows().get(0).toString()).contains("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    id,fee;a,3                        | how far contracts have come
                    id,tenure;a,3                     | who left
                    id,tenure,renewals,left;a,3,2,no  | one of the columns
                    id,tenure,left,end;a,3,no,        | end but no start
                    id,start,left;a,2024-01-01,no     | end of a contract tells
                    name,tenure,left;a,3,no           | customer
                    """)
    void columnsMustFitTogether(String text, String reason) {
        assertThatThrownBy(() -> read(ContractsFile.withDefaults(), text.strip().replace(";", "\n") + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(reason);
    }
}
