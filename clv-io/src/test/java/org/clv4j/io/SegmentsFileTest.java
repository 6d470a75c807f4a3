// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.DataException;
import org.junit.jupiter.api.Test;

class SegmentsFileTest {

    private static List<Customer> read(SegmentsFile reader, String text) {
        return reader.read(Texts.input(text));
    }

    @Test
    void takesTheFirstColumnOrCustomerIdForTheId() {
        Customer expected = Customer.of("A").withAttribute("region", "North");

        assertThat(read(SegmentsFile.withDefaults(), "who;region\nA;North\nB;\n"))
                .containsExactly(expected, Customer.of("B"));
        assertThat(read(SegmentsFile.withDefaults(), "region,Customer ID\nNorth,A\n"))
                .containsExactly(expected);
    }

    @Test
    void readsAcquisitionCosts() {
        SegmentsFile reader = SegmentsFile.withDefaults().withAcquisitionCost("cac");

        assertThat(read(reader, "customer_id,cac\nA,12.50\nB,\n"))
                .containsExactly(Customer.of("A").withAcquisitionCost(new BigDecimal("12.50")), Customer.of("B"));
        for (String bad : List.of("-1", "x", "1e999999999")) {
            assertThatThrownBy(() -> read(reader, "customer_id,cac\nA," + bad + "\n"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("line 2: `cac`")
                    .hasMessageContaining(bad);
        }
        assertThatThrownBy(() -> read(reader, "customer_id,cost\nA,1\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'cac'");
    }

    @Test
    void refusesDuplicatesBlanksAndRaggedRows() {
        for (String text : List.of(
                "customer_id,region,region\nA,1,2\n",
                "customer_id,region\nA,1\nA,2\n",
                "customer_id,region\n,1\n",
                "customer_id,region\nA,1,2\n",
                "customer_id,region\n")) {
            assertThatThrownBy(() -> read(SegmentsFile.withDefaults(), text)).isInstanceOf(DataException.class);
        }
    }
}
