// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final LocalDate DAY = LocalDate.of(1997, 1, 31);
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Transaction FULL = Transaction.of("C17", DAY, new BigDecimal("19.95"))
            .withCurrency(EUR)
            .withOrderId("O1")
            .withCost(new BigDecimal("12.00"))
            .withProduct("CD")
            .withAttribute("store", "Leeds");

    @Test
    void keepsWhatIsKnown() {
        assertThat(FULL.customerId()).isEqualTo("C17");
        assertThat(FULL.date()).isEqualTo(DAY);
        assertThat(FULL.instant()).isEmpty();
        assertThat(FULL.amount()).isEqualTo("19.95");
        assertThat(FULL.currency()).isEqualTo(EUR);
        assertThat(FULL.orderId()).contains("O1");
        assertThat(FULL.cost()).contains(new BigDecimal("12.00"));
        assertThat(FULL.margin()).contains(new BigDecimal("7.95"));
        assertThat(FULL.product()).contains("CD");
        assertThat(FULL.attributes()).containsOnlyKeys("store");
        assertThat(FULL).hasToString("Transaction[C17, 1997-01-31, 19.95 EUR]");
    }

    @Test
    void costAndMarginAreTheSameThing() {
        Transaction byMargin = Transaction.parse("a", "2024-01-01", "10").withMargin(new BigDecimal("2.5"));
        assertThat(byMargin)
                .isEqualTo(Transaction.parse("a", "2024-01-01", "10").withCost(new BigDecimal("7.5")));
        assertThat(Transaction.parse("a", "2024-01-01", "10").margin()).isEmpty();
    }

    @Test
    void anInstantBelongsToTheDayOfItsZone() {
        Instant lateEvening = Instant.parse("2024-06-30T23:30:00Z");
        assertThat(Transaction.ofInstant("a", lateEvening, ZoneId.of("UTC"), BigDecimal.ONE)
                        .date())
                .isEqualTo(LocalDate.of(2024, 6, 30));
        Transaction inParis = Transaction.ofInstant("a", lateEvening, ZoneId.of("Europe/Paris"), BigDecimal.ONE);
        assertThat(inParis.date()).isEqualTo(LocalDate.of(2024, 7, 1));
        assertThat(inParis.instant()).contains(lateEvening);
    }

    @Test
    void equalityIsOfAllFieldsAndOfMoneyByValue() {
        assertThat(FULL)
                .isEqualTo(FULL.withCost(new BigDecimal("12")))
                .isNotEqualTo(FULL.withCost(new BigDecimal("12.01")))
                .isNotEqualTo(FULL.withCurrency(Transaction.NO_CURRENCY))
                .isNotEqualTo(FULL.withOrderId("O2"))
                .isNotEqualTo(FULL.withProduct("LP"))
                .isNotEqualTo(FULL.withAttribute("store", "York"))
                .isNotEqualTo(Transaction.of("C17", DAY, new BigDecimal("19.95")))
                .isNotEqualTo("C17");
        Transaction plain = Transaction.parse("a", "2024-01-01", "12.0");
        assertThat(plain)
                .isEqualTo(Transaction.parse("a", "2024-01-01", "12.00"))
                .hasSameHashCodeAs(Transaction.parse("a", "2024-01-01", "12.00"))
                .isNotEqualTo(Transaction.parse("a", "2024-01-01", "12.01"))
                .isNotEqualTo(Transaction.parse("b", "2024-01-01", "12.0"))
                .isNotEqualTo(Transaction.parse("a", "2024-01-02", "12.0"))
                .isNotEqualTo(plain.withCost(BigDecimal.ONE));
        assertThat(Transaction.parse("a", "2024-01-01", "0.00"))
                .isEqualTo(Transaction.parse("a", "2024-01-01", "0"))
                .hasSameHashCodeAs(Transaction.parse("a", "2024-01-01", "0"));
    }

    @Test
    void badValuesAreNamed() {
        assertThatThrownBy(() -> Transaction.of("", DAY, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`customerId`");
        assertThatThrownBy(() -> Transaction.of("a", null, BigDecimal.ONE))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("date");
        assertThatThrownBy(() -> Transaction.of("a", DAY, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("amount");
        assertThatThrownBy(() -> Transaction.parse("a", "31.1.1997", "1")).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> Transaction.parse("a", "1997-01-31", "abc")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> FULL.withOrderId(" ")).hasMessageContaining("`orderId`");
        assertThatThrownBy(() -> FULL.withProduct(" ")).hasMessageContaining("`product`");
        assertThatThrownBy(() -> FULL.withCost(new BigDecimal("1e1000000000"))).hasMessageContaining("`cost`");
        assertThatThrownBy(() -> FULL.withMargin(new BigDecimal("1e-1000000000")))
                .hasMessageContaining("`margin`");
        assertThatThrownBy(() ->
                        Transaction.parse("a", "1997-01-31", "1e1000000000").withMargin(BigDecimal.ONE))
                .hasMessageContaining("`amount`");
    }
}
