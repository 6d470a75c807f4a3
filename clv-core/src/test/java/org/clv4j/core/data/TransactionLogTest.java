// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionLogTest {

    private static final LocalDate DAY = LocalDate.of(1997, 1, 1);
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");

    @Provide
    Arbitrary<List<BigDecimal>> amounts() {
        // At most 10 digits before the point and 8 after: together what every log can hold.
        return Combinators.combine(
                        Arbitraries.longs().between(-9_999_999_999L, 9_999_999_999L),
                        Arbitraries.integers().between(-3, 8))
                .as((unscaled, scale) ->
                        new BigDecimal(BigInteger.valueOf(scale < 0 ? unscaled / 10_000 : unscaled), scale))
                .list()
                .ofMaxSize(60);
    }

    @Property
    void amountsAndTheirTotalAreExact(@ForAll("amounts") List<BigDecimal> amounts) {
        TransactionLog.Builder builder = TransactionLog.builder();
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal amount : amounts) {
            builder.add("a", DAY, amount);
            sum = sum.add(amount);
        }
        TransactionLog log = builder.build();
        assertThat(log.size()).isEqualTo(amounts.size());
        for (int row = 0; row < amounts.size(); row++) {
            assertThat(log.amount(row)).isEqualByComparingTo(amounts.get(row));
        }
        assertThat(log.total()).isEqualByComparingTo(sum);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000000000",
                "-1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "12345678901234567.89",
                "0.0000000000000000001",
                "1.2345678901234567891",
                "1e18",
                "1e1000000000",
                "1e-1000000000",
                "-1e1000000000",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void amountsOfMoreThan18DigitsAreRefused(String amount) {
        TransactionLog.Builder builder = TransactionLog.builder().add("c0", DAY, new BigDecimal("1.5"));
        assertThatThrownBy(() -> builder.add("c1", DAY, new BigDecimal(amount)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`amount`")
                .hasMessageContaining("row 2")
                .hasMessageContaining("c1")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
        // What was refused left nothing behind.
        TransactionLog log =
                builder.add("c2", DAY, new BigDecimal("99999999999999999.9")).build();
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.customerCount()).isEqualTo(2);
        assertThat(log.total()).isEqualByComparingTo("100000000000000001.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999999",
                "-999999999999999999",
                "0.999999999999999999",
                "1.000000000000000000000000000000000",
                "0e1000000000",
                "0e-1000000000",
                "1e17"
            })
    void amountsOf18DigitsAreKept(String amount) {
        TransactionLog log =
                TransactionLog.builder().add("a", DAY, new BigDecimal(amount)).build();
        assertThat(log.amount(0)).isEqualByComparingTo(amount.contains("0e") ? "0" : amount);
    }

    @Test
    void aFinerAmountIsRefusedWhereTheEarlierOnesWouldNotFit() {
        TransactionLog.Builder builder = TransactionLog.builder().add("a", DAY, new BigDecimal("999999999999999999"));
        assertThatThrownBy(() -> builder.add("b", DAY, new BigDecimal("0.5"))).isInstanceOf(DataException.class);
        assertThat(builder.add("c", DAY, BigDecimal.TEN).build().total()).isEqualByComparingTo("1000000000000000009");
    }

    @Test
    void rowsComeBackAsTransactions() {
        List<Transaction> rows = List.of(
                Transaction.of("b", DAY.plusDays(3), new BigDecimal("19.95"))
                        .withCurrency(EUR)
                        .withOrderId("o1")
                        .withCost(new BigDecimal("7.123456789"))
                        .withProduct("CD")
                        .withAttribute("store", "Leeds"),
                Transaction.of("a", DAY, new BigDecimal("-3")).withCurrency(EUR),
                Transaction.ofInstant("b", Instant.parse("2024-01-01T12:00:00Z"), ZoneId.of("UTC"), BigDecimal.ZERO)
                        .withCurrency(EUR)
                        .withAttribute("till", "3"));
        TransactionLog log = TransactionLog.of(rows);
        List<Transaction> back = new ArrayList<>();
        for (int row = 0; row < log.size(); row++) {
            back.add(log.transaction(row));
        }
        assertThat(back).isEqualTo(rows);
        assertThat(log.currency()).isEqualTo(EUR);
        assertThat(log.customerCount()).isEqualTo(2);
        assertThat(log.firstDate()).contains(DAY);
        assertThat(log.lastDate()).contains(LocalDate.of(2024, 1, 1));
        assertThat(log.cost(0)).contains(new BigDecimal("7.123456789"));
        assertThat(log.cost(1)).isEmpty();
        assertThat(log.customerId(2)).isEqualTo("b");
        assertThat(log.date(1)).isEqualTo(DAY);
    }

    @Test
    void anEmptyLogIsEmpty() {
        TransactionLog log = TransactionLog.of(List.of());
        assertThat(log.size()).isZero();
        assertThat(log.firstDate()).isEmpty();
        assertThat(log.lastDate()).isEmpty();
        assertThat(log.total()).isEqualByComparingTo("0");
        assertThat(log.currency()).isEqualTo(Transaction.NO_CURRENCY);
        assertThat(CustomerBase.of(log, Observation.until(DAY), TimeScale.WEEKS).size())
                .isZero();
    }

    @Test
    void manyRowsGrowTheColumns() {
        TransactionLog.Builder builder = TransactionLog.builder();
        for (int i = 0; i < 1000; i++) {
            builder.add("c" + i % 10, DAY.plusDays(i), BigDecimal.valueOf(i));
        }
        assertThat(builder.size()).isEqualTo(1000);
        TransactionLog log = builder.build();
        assertThat(log.customerCount()).isEqualTo(10);
        assertThat(log.customerId(999)).isEqualTo("c9");
        assertThat(log.date(999)).isEqualTo(DAY.plusDays(999));
        assertThat(log.total()).isEqualByComparingTo("499500");
    }

    @Test
    void aSecondCurrencyIsAnErrorThatNamesItsRow() {
        TransactionLog.Builder builder = TransactionLog.builder()
                .add(Transaction.parse("a", "2024-01-01", "1").withCurrency(EUR));
        assertThatThrownBy(() ->
                        builder.add(Transaction.parse("b", "2024-01-02", "1").withCurrency(USD)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`currency`")
                .hasMessageContaining("row 2")
                .hasMessageContaining("EUR")
                .hasMessageContaining("USD");
        assertThatThrownBy(() -> builder.add(Transaction.parse("b", "2024-01-02", "1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("XXX");
        assertThat(builder.build().size()).isEqualTo(1);
    }

    @Test
    void rowsWithoutCurrencyAreInTheStatedOne() {
        TransactionLog log = TransactionLog.builder()
                .currency(EUR)
                .add(Transaction.parse("a", "2024-01-01", "1"))
                .add("b", DAY, BigDecimal.ONE)
                .add(Transaction.parse("c", "2024-01-01", "1").withCurrency(EUR))
                .build();
        assertThat(log.currency()).isEqualTo(EUR);
        assertThat(log.transaction(0).currency()).isEqualTo(EUR);
        // Stated after the rows, it is theirs too.
        assertThat(TransactionLog.builder()
                        .add("b", DAY, BigDecimal.ONE)
                        .currency(USD)
                        .build()
                        .currency())
                .isEqualTo(USD);
        assertThatThrownBy(() -> TransactionLog.builder()
                        .add(Transaction.parse("a", "2024-01-01", "1").withCurrency(EUR))
                        .currency(USD))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("EUR")
                .hasMessageContaining("USD");
        assertThatThrownBy(() -> TransactionLog.builder()
                        .currency(EUR)
                        .add(Transaction.parse("a", "2024-01-01", "1").withCurrency(USD)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void aCurrencyAfterRowsWithoutOneIsRefused() {
        assertThatThrownBy(() -> TransactionLog.builder()
                        .add("b", DAY, BigDecimal.ONE)
                        .add(Transaction.parse("a", "2024-01-01", "1").withCurrency(EUR)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("XXX");
    }

    @Test
    void aRefusedRowDoesNotDecideTheCurrency() {
        TransactionLog.Builder builder = TransactionLog.builder();
        assertThatThrownBy(() ->
                        builder.add(Transaction.parse("a", "2024-01-01", "1e30").withCurrency(USD)))
                .isInstanceOf(DataException.class);
        assertThat(builder.add(Transaction.parse("a", "2024-01-01", "1").withCurrency(EUR))
                        .build()
                        .currency())
                .isEqualTo(EUR);
    }

    @Test
    void messagesNameTheLineOfTheSource() {
        TransactionLog.Builder builder = TransactionLog.builder();
        // Rows of a source and others, across the growth of the columns.
        for (int i = 0; i < 20; i++) {
            builder.add("c", DAY.plusDays(i), BigDecimal.ONE, 100 + i);
        }
        for (int i = 20; i < 60; i++) {
            builder.add("c", DAY.plusDays(i), BigDecimal.ONE);
        }
        TransactionLog log = builder.add("d", DAY, new BigDecimal("-1"), 7000).build();
        assertThat(log.describe(0)).isEqualTo("line 100 (customer c, 1997-01-01)");
        assertThat(log.describe(45)).startsWith("line 46 ");
        assertThatThrownBy(() -> CustomerBase.of(log, Observation.until(DAY.plusDays(90)), TimeScale.WEEKS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 7000")
                .hasMessageContaining("customer d")
                .hasMessageContaining("-1");
    }

    @Test
    void aBuilderIsGoodForOneLog() {
        TransactionLog.Builder builder = TransactionLog.builder().customer(Customer.of("x"));
        TransactionLog log = builder.build();
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.add("a", DAY, BigDecimal.ONE)).isInstanceOf(IllegalStateException.class);
        builder.customer(Customer.of("y"));
        assertThat(log.customers()).containsOnlyKeys("x");
        assertThatThrownBy(() -> TransactionLog.builder().add(" ", DAY, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`customerId`");
        assertThatThrownBy(() -> TransactionLog.builder().add("a", null, BigDecimal.ONE))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("date");
    }
}
