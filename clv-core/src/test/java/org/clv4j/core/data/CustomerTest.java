// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerTest {

    private static final Customer FULL = Customer.of("C17")
            .withAttribute("region", "North")
            .withAttribute("age", "30-39")
            .withAcquisitionDate(LocalDate.of(2024, 2, 29))
            .withChannel("search")
            .withAcquisitionCost(new BigDecimal("12.50"))
            .withReferrer("C3");

    @Test
    void keepsWhatIsKnown() {
        assertThat(FULL.id()).isEqualTo("C17");
        assertThat(FULL.attributes()).containsExactly(Map.entry("age", "30-39"), Map.entry("region", "North"));
        assertThat(FULL.acquisitionDate()).contains(LocalDate.of(2024, 2, 29));
        assertThat(FULL.channel()).contains("search");
        assertThat(FULL.acquisitionCost()).contains(new BigDecimal("12.50"));
        assertThat(FULL.referrer()).contains("C3");
        assertThat(FULL).hasToString("Customer[C17]");
    }

    @Test
    void allButTheIdIsOptional() {
        Customer bare = Customer.of("a");
        assertThat(bare.attributes()).isEmpty();
        assertThat(bare.acquisitionDate()).isEmpty();
        assertThat(bare.channel()).isEmpty();
        assertThat(bare.acquisitionCost()).isEmpty();
        assertThat(bare.referrer()).isEmpty();
    }

    @Test
    void copiesDoNotChangeTheOriginal() {
        Customer changed = FULL.withAttribute("region", "South");
        assertThat(changed.attributes()).containsEntry("region", "South").containsEntry("age", "30-39");
        assertThat(FULL.attributes()).containsEntry("region", "North");
        assertThatThrownBy(() -> FULL.attributes().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalityIsOfAllFields() {
        assertThat(FULL)
                .isNotEqualTo(Customer.of("C17"))
                .isNotEqualTo(FULL.withAttribute("region", "South"))
                .isNotEqualTo(FULL.withAcquisitionDate(LocalDate.of(2024, 3, 1)))
                .isNotEqualTo(FULL.withChannel("mail"))
                .isNotEqualTo(FULL.withAcquisitionCost(BigDecimal.ONE))
                .isNotEqualTo(FULL.withReferrer("C4"))
                .isNotEqualTo("C17");
        // By value, as for transactions.
        assertThat(FULL.withAcquisitionCost(new BigDecimal("12.5")))
                .isEqualTo(FULL)
                .hasSameHashCodeAs(FULL);
    }

    @Test
    void badValuesAreNamed() {
        assertThatThrownBy(() -> Customer.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`id`");
        assertThatThrownBy(() -> Customer.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("id");
        assertThatThrownBy(() -> FULL.withAcquisitionCost(new BigDecimal("-0.01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`acquisitionCost`")
                .hasMessageContaining("-0.01")
                .hasMessageContaining("C17");
        assertThatThrownBy(() -> FULL.withAttribute("", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`name`");
        assertThatThrownBy(() -> FULL.withAttribute("x", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("value");
        assertThatThrownBy(() -> FULL.withChannel("")).hasMessageContaining("`channel`");
        assertThatThrownBy(() -> FULL.withReferrer("")).hasMessageContaining("`referrer`");
    }

    @Test
    void costsThatWouldFillTheMemoryAreRefused() {
        for (String cost : new String[] {"1e1000000000", "1e-1000000000", "1e18", "0.0000000000000000001"}) {
            assertThatThrownBy(() -> FULL.withAcquisitionCost(new BigDecimal(cost)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`acquisitionCost`");
        }
        assertThat(FULL.withAcquisitionCost(new BigDecimal("0e1000000000")).acquisitionCost())
                .isPresent();
        assertThat(FULL.withAcquisitionCost(new BigDecimal("999999999999999999.000000000000000000000"))
                        .acquisitionCost())
                .isPresent();
    }
}
