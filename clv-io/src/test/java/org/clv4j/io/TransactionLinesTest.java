// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TransactionLog;
import org.junit.jupiter.api.Test;

/** What files say of single lines: products, attributes, quantity and price. */
class TransactionLinesTest {

    private static final TransactionFile READER = TransactionFile.withDefaults();

    private static TransactionData read(TransactionFile reader, String text) {
        return reader.readAll(List.of(Texts.input(text)));
    }

    private static void refused(TransactionFile reader, String text, String... parts) {
        assertThatThrownBy(() -> read(reader, text))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void productsAndAttributesOfEachLine() {
        TransactionLog log = read(
                        READER.withProduct("article").withLineAttributes(List.of("channel", "store")),
                        """
                        customer_id,date,amount,article,channel,store
                        a,2020-01-01,5,tea,web,
                        a,2020-01-01,6,mug,shop,Leeds
                        b,2020-01-02,7,,web,
                        b,2020-01-03,8,"  ","  ",York
                        """)
                .log();
        assertThat(log.attributeNames()).containsExactly("channel", "store");
        assertThat(log.transaction(0).product()).contains("tea");
        assertThat(log.transaction(0).attributes()).isEqualTo(Map.of("channel", "web"));
        assertThat(log.transaction(1).attributes()).isEqualTo(Map.of("channel", "shop", "store", "Leeds"));
        assertThat(log.transaction(2).product()).isEmpty();
        // Blanks are nothing.
        assertThat(log.transaction(3).product()).isEmpty();
        assertThat(log.transaction(3).attributes()).isEqualTo(Map.of("store", "York"));
        // Without being asked for, none is read.
        assertThat(read(READER, "customer_id,date,amount,article\na,2020-01-01,5,tea\n")
                        .log()
                        .transaction(0)
                        .product())
                .isEmpty();
    }

    /** A row that is left out says nothing of the row before it. */
    @Test
    void badRowsDoNotShiftProducts() {
        TransactionData data = read(
                READER.withProduct("p").withLineAttributes(List.of("c")).withBadRows(BadRowPolicy.SKIP),
                """
                customer_id,date,amount,p,c
                a,2020-01-01,5,,
                b,2020-01-01,x,lamp,web
                c,2020-13-01,5,pot,shop
                ,2020-01-01,5,jar,post
                d,2020-01-04,5,tea,web
                """);
        assertThat(data.badRowCount()).isEqualTo(3);
        TransactionLog log = data.log();
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.transaction(0).product()).isEmpty();
        assertThat(log.transaction(0).attributes()).isEmpty();
        assertThat(log.transaction(1).product()).isEqualTo(Optional.of("tea"));
        assertThat(log.transaction(1).attributes()).isEqualTo(Map.of("c", "web"));
    }

    @Test
    void columnsThatAreNotThereAreNamed() {
        String text = "customer_id,date,amount\na,2020-01-01,5\n";
        refused(READER.withProduct("article"), text, "'article' for `product`", "customer_id, date, amount");
        refused(READER.withLineAttributes(List.of("channel")), text, "'channel' for `attribute`");
        refused(READER.withAmount("Quantity*amount"), text, "'Quantity' for `amount`");
        refused(READER.withAmount("amount*Price"), text, "'Price' for `amount`");
        refused(READER.withAmount("amount*"), text, "`amount`");
    }

    private static final TransactionFile TIMES = READER.withAmount("Quantity*UnitPrice");

    @Test
    void amountsAreExactProducts() {
        TransactionLog log = read(
                        TIMES,
                        """
                        InvoiceNo,CustomerID,InvoiceDate,Quantity,UnitPrice
                        1,a,2020-01-01,3,0.1
                        2,a,2020-01-02,-2,12.345
                        3,b,2020-01-02,0.5,0.30
                        4,b,2020-01-03,0,7
                        """)
                .log();
        for (int row = 0; row < 4; row++) {
            assertThat(log.amount(row))
                    .isEqualByComparingTo(
                            new BigDecimal(List.of("0.3", "-24.69", "0.15", "0").get(row)));
        }
        // By number, with blanks around the star, and from a column whose own name has one.
        assertThat(read(
                                READER.withCustomer("1")
                                        .withDate("2")
                                        .withAmount("3 * 4")
                                        .withHeader(false),
                                "a,2020-01-01,3,2.5\nb,2020-01-02,1,1\n")
                        .log()
                        .amount(0))
                .isEqualByComparingTo("7.5");
        assertThat(read(READER.withAmount("a*b"), "customer_id,date,a*b,a,b\nx,2020-01-01,5,2,3\n")
                        .log()
                        .amount(0))
                .isEqualByComparingTo("5");
    }

    /** The price tells that there is a decimal comma, though quantities are whole. */
    @Test
    void decimalCommasOfEitherFactor() {
        TransactionData data =
                read(TIMES, "CustomerID;InvoiceDate;Quantity;UnitPrice\na;2020-01-01;3;12,50\nb;2020-01-02;2;3,05\n");
        assertThat(data.log().amount(0)).isEqualByComparingTo("37.5");
        assertThat(data.notes()).anyMatch(note -> note.contains("decimal comma"));
    }

    @Test
    void badFactorsAreNamedByTheirColumns() {
        String head = "CustomerID,InvoiceDate,Quantity,UnitPrice\na,2020-01-01,1,1\n";
        refused(TIMES, head + "a,2020-01-02,2,abc\n", "line 3: `UnitPrice` must be a decimal number", "'abc'");
        refused(TIMES, head + "a,2020-01-02,two,5\n", "line 3: `Quantity` must be a decimal number", "'two'");
        refused(TIMES, head + "a,2020-01-02,,5\n", "line 3: `Quantity`", "''");
        refused(
                TIMES,
                head + "a,2020-01-02,1e17,1e17\n",
                "line 3: `amount` must have at most 18 digits",
                "'1e17*1e17'");
        refused(
                TIMES,
                head + "a,2020-01-02,1000000000,100000000\na,2020-01-02,0.5,0.25\n",
                "`amount` must have at most 18 digits");
        refused(READER, "customer_id,date,amount\na,2020-01-01,abc\n", "line 2: `amount` must be", "'abc'");
    }
}
