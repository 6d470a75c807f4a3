// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionFileTest {

    private static final TransactionFile READER = TransactionFile.withDefaults();

    @TempDir
    Path folder;

    private static TransactionData read(TransactionFile reader, String text) {
        return reader.readAll(List.of(Texts.input(text)));
    }

    private static TransactionLog log(TransactionFile reader, String text) {
        return read(reader, text).log();
    }

    private static void refused(TransactionFile reader, String text, String... parts) {
        assertThatThrownBy(() -> read(reader, text))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    /** The value of the earliest day counts, wherever its row stands; a blank says nothing. */
    @Test
    void takesAttributesFromTheEarliestRow() {
        TransactionData data = read(
                READER.withAttributes(List.of("channel", "size")),
                """
                id,customer,date,amount,channel,size
                1,a,2020-02-01,5,shop,
                2,a,2020-01-01,5,web,
                3,b,2020-01-01,5,shop,L
                4,b,2020-03-01,5,shop,
                """);
        assertThat(data.log().customers().get("a").attributes()).isEqualTo(Map.of("channel", "web"));
        assertThat(data.log().customers().get("b").attributes()).isEqualTo(Map.of("channel", "shop", "size", "L"));
        assertThat(data.notes())
                .contains("channel: 1 customer has more than one value; that of the earliest day is taken")
                .noneMatch(note -> note.startsWith("size"));
        refused(
                READER.withAttributes(List.of("colour")),
                "customer,date,amount\na,2020-01-01,5\n",
                "'colour'",
                "attribute");
    }

    @Test
    void guessesColumnsAndSaysSo() {
        TransactionData data = read(READER, "InvoiceNo,Customer ID,InvoiceDate,Total\n1, 0017 ,2010-12-01,5.50\n");

        assertThat(data.log().transaction(0))
                .isEqualTo(Transaction.of("0017", LocalDate.of(2010, 12, 1), new BigDecimal("5.5")));
        assertThat(data.notes())
                .containsExactly(
                        "test.csv: taken as customer in column 'Customer ID', date in column 'InvoiceDate', amount"
                                + " in column 'Total', delimiter comma, dates as yyyy-MM-dd");
        assertThat(data.badRows()).isEmpty();
    }

    @Test
    void takesColumnsByNameInAnyCaseOrByNumber() {
        String text = "who;when;what;amount\nA;2020-01-02;x;3\n";
        TransactionFile byName = READER.withCustomer("WHO").withDate("when").withAmount("4");

        assertThat(log(byName, text).transaction(0)).isEqualTo(Transaction.parse("A", "2020-01-02", "3"));
        refused(byName.withCustomer("nobody"), text, "'nobody'", "`customer`", "who, when, what, amount");
        refused(byName.withAmount("5"), text, "column 5", "4 columns");
        refused(byName.withAmount("2"), text, "three columns");
    }

    @Test
    void refusesAnAmbiguousOrMissingGuess() {
        refused(
                READER,
                "customer,client,date,amount\nA,B,2020-01-01,1\n",
                "more than one column",
                "`customer`",
                "customer, client, date, amount");
        refused(READER, "customer,date,price\nA,2020-01-01,1\n", "`amount`", "customer, date, price");
        refused(READER, "customer,date\nA,2020-01-01\n", "`amount`");
    }

    @Test
    void refusesADuplicateHeaderUnlessColumnsAreNumbered() {
        String text = "customer,date,amount,amount\nA,2020-01-01,1,2\n";

        refused(READER, text, "'amount'", "columns 3 and 4");
        refused(READER.withCustomer("customer").withDate("date").withAmount("amount"), text, "columns 3 and 4");
        assertThat(log(READER.withCustomer("1").withDate("2").withAmount("4"), text)
                        .amount(0))
                .isEqualByComparingTo("2");
    }

    @Test
    void readsRunsOfBlanksWithCarriageReturns() {
        String text = String.join(
                "\r\n",
                " customer_id  date number_of_cds  dollar_value",
                " 00001 19970101  1   11.77",
                "",
                " 00002\t19970112  1   12.00",
                "");
        TransactionData data = read(READER, text);

        assertThat(data.log().size()).isEqualTo(2);
        assertThat(data.log().customerId(0)).isEqualTo("00001");
        assertThat(data.log().amount(1)).isEqualByComparingTo("12");
        assertThat(data.notes().get(0)).contains("delimiter whitespace", "dates as yyyyMMdd");
    }

    @ParameterizedTest
    @CsvSource({"TAB,'\t'", "SEMICOLON,;", "COMMA,','"})
    void detectsTheDelimiter(Delimiter delimiter, String character) {
        String text = "customer,date,amount\nA,2020-01-01,1\n\"B,;\t\",2020-01-02,2\n".replace(",", character);
        TransactionData data = read(READER, text);

        assertThat(data.notes().get(0)).contains("delimiter " + delimiter);
        assertThat(data.log().size()).isEqualTo(2);
        assertThat(log(READER.withDelimiter(delimiter), text).size()).isEqualTo(2);
    }

    @Test
    void keepsQuotedFieldsWhole() {
        String text =
                """
                customer,date,amount,note
                "Smith, ""J""\",2020-01-01,1,"two
                lines"
                B,2020-01-02,2,
                """;
        TransactionLog log = log(READER, text);

        assertThat(log.customerId(0)).isEqualTo("Smith, \"J\"");
        assertThat(log.size()).isEqualTo(2);
    }

    @Test
    void needsNumbersWithoutAHeader() {
        String text = "A 2020-01-01 1.5\nB 2020-01-02 2\n";
        TransactionFile numbered = READER.withCustomer("1").withDate("2").withAmount("3");

        assertThat(log(numbered.withHeader(false), text).size()).isEqualTo(2);
        assertThat(read(numbered, text).notes().get(0)).contains("no header");
        assertThat(log(numbered, text).size()).isEqualTo(2);
        refused(READER, text, "date where names", "--no-header");
        refused(READER.withHeader(false), text, "`customer`", "by number");
        refused(READER.withHeader(false).withCustomer("who"), text, "'who'");
    }

    @ParameterizedTest
    @CsvSource({
        "2010-12-01,2010-12-13,yyyy-MM-dd",
        "2010-12-01 08:26:00,2010-12-13 8:26,yyyy-MM-dd",
        "2010-12-01T08:26:00.123Z,2010-12-13T08:26:00+01:00,yyyy-MM-dd",
        "20101201,20101213,yyyyMMdd",
        "2010/12/01,2010/12/13,yyyy/MM/dd",
        "01/12/2010,13/12/2010,dd/MM/yyyy",
        "12/1/2010,12/13/2010,MM/dd/yyyy",
        "12/1/2010 8:26 AM,12/13/2010 11:05 PM,MM/dd/yyyy",
        "01.12.2010,13.12.2010,dd.MM.yyyy",
        "01-12-2010,13-12-2010,dd-MM-yyyy",
    })
    void detectsTheFormOfDates(String first, String second, String form) {
        TransactionData data = read(READER, "customer,date,amount\nA," + first + ",1\nA," + second + ",1\n");

        assertThat(data.notes().get(0)).endsWith("dates as " + form);
        assertThat(data.log().date(0)).isEqualTo("2010-12-01");
        assertThat(data.log().date(1)).isEqualTo("2010-12-13");
    }

    @Test
    void asksForTheFormatWhereDayAndMonthCannotBeToldApart() {
        String text = "customer,date,amount\nA,01/02/2010,1\nB,03/04/2010,1\n";

        refused(READER, text, "day or the month first", "01/02/2010", "--date-format");
        assertThat(log(READER.withDateFormat("dd/MM/yyyy"), text).date(0)).isEqualTo("2010-02-01");
        assertThat(log(READER.withDateFormat("MM/dd/yyyy"), text).date(0)).isEqualTo("2010-01-02");
        // Both orders are proved: the file mixes them.
        refused(READER, "customer,date,amount\nA,13/02/2010,1\nB,02/13/2010,1\n", "day or the month first");
        refused(READER, "customer,date,amount\nA,soon,1\n", "'soon'", "--date-format");
    }

    @Test
    void readsDatesByAPattern() {
        String text = "customer;date;amount\nA;3 Dez 10;1\n";

        refused(READER.withDateFormat("d MMM yy"), text, "line 2", "`date`", "3 Dez 10");
        assertThat(log(READER.withDateFormat("d MMM yy"), text.replace("Dez", "dec"))
                        .date(0))
                .isEqualTo("2010-12-03");
        refused(READER.withDateFormat("yyyy-MM-dd"), "customer,date,amount\nA,2010-02-30,1\n", "2010-02-30");
        assertThatThrownBy(() -> READER.withDateFormat("yyyy-MM"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yyyy-MM");
        assertThatThrownBy(() -> READER.withDateFormat("what?")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAmountsExactly() {
        TransactionLog log = log(
                READER,
                "customer,date,amount\nA,2020-01-01,0.10\nA,2020-01-02,-5\nA,2020-01-03,+1E+2\nA,2020-01-04,.5\n");

        assertThat(log.total()).isEqualByComparingTo("95.6");
        assertThat(log.amount(0)).isEqualByComparingTo("0.1");
    }

    @Test
    void readsADecimalComma() {
        String text = "customer;date;amount\nA;2020-01-01;1,5\nA;2020-01-02;2,345\n";

        assertThat(read(READER, text).notes().get(0)).contains("decimal comma");
        assertThat(log(READER, text).total()).isEqualByComparingTo("3.845");
        // 2,345 alone could be two thousand.
        refused(READER, text.replace("1,5", "1"), "line 3", "2,345");
        assertThat(log(READER.withDecimalComma(true), text.replace("1,5", "1")).total())
                .isEqualByComparingTo("3.345");
        refused(READER.withDecimalComma(false), text, "line 2", "1,5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "1e999999999",
                "1 000",
                "$5",
                "",
                "NaN",
                "--1",
                "1.2.3",
                "٣",
                "99999999999999999999",
                "0x1p3",
                "1e"
            })
    void refusesABadAmount(String amount) {
        refused(
                READER.withDelimiter(Delimiter.COMMA),
                "customer,date,amount\nA,2020-01-01,5\nB,2020-01-02," + amount + "\n",
                "test.csv, line 3: `amount`",
                "'" + amount + "'");
    }

    @Test
    void namesTheFirstBadRowAndCountsTheOthers() {
        String text = "customer,date,amount\n,2020-01-01,5\nB,2020-13-01,5\nC,2020-01-01,5\nD,2020-01-01,5,6\n";

        refused(READER, text, "line 2: `customer` must not be blank", "2 more rows are bad", "--bad-rows skip");
        TransactionData data = read(READER.withBadRows(BadRowPolicy.SKIP), text);
        assertThat(data.log().size()).isEqualTo(1);
        assertThat(data.badRowCount()).isEqualTo(3);
        assertThat(data.badRows()).extracting(BadRow::line).containsExactly(2L, 3L, 5L);
        assertThat(data.badRows()).extracting(BadRow::field).containsExactly("customer", "date", "columns");
        assertThat(data.badRows().get(1))
                .hasToString("test.csv, line 3: `date` must be a date as yyyy-MM-dd, but was '2020-13-01'");
    }

    @Test
    void refusesAFileWithoutAnythingToRead() {
        refused(READER, "", "it is empty");
        refused(READER, "\n \n", "it is empty");
        refused(READER, "customer,date,amount\n", "no transactions");
        refused(READER.withBadRows(BadRowPolicy.SKIP), "customer,date,amount\nA,2020-01-01,x\n", "no row", "line 2");
    }

    @Test
    void refusesWhatIsNotText() {
        byte[] binary = {'P', 'K', 3, 4, 0, 0, 1, 2};
        byte[] latin = "customer,date,amount\nJosé,2020-01-01,1\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] damaged = {0x1f, (byte) 0x8b, 8, 0, 1};

        assertThatThrownBy(() -> READER.readAll(List.of(Texts.input(binary))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> READER.readAll(List.of(Texts.input(latin))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> READER.readAll(List.of(Texts.input(damaged))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> READER.readFile(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> READER.readFile(folder.resolve("missing.csv")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void refusesAnUnclosedQuoteThatRunsOn() {
        refused(READER, "customer,date,amount\n\"A\"x,2020-01-01,1\n", "quotes");
    }

    @Test
    void readsGzipByContentAndPassesOverTheByteOrderMark() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("\uFEFFcustomer,date,amount\nÄ,2020-01-01,1\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("no-extension"), bytes.toByteArray());

        assertThat(READER.readFile(file).log().customerId(0)).isEqualTo("Ä");
    }

    @Test
    void readsSeveralFilesIntoOneLog() {
        TransactionData data = READER.withCurrency(Currency.getInstance("EUR"))
                .readAll(List.of(
                        Texts.input("customer,date,amount\nA,2020-01-01,1\n"),
                        Texts.input("date;client;total\n02.01.2020;A;2,5\n13.01.2020;B;3\n")));

        assertThat(data.log().size()).isEqualTo(3);
        assertThat(data.log().customerCount()).isEqualTo(2);
        assertThat(data.log().currency().getCurrencyCode()).isEqualTo("EUR");
        assertThat(data.notes()).hasSize(2);
    }

    @Test
    void keepsManyIdsApart() {
        StringBuilder text = new StringBuilder("customer,date,amount\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("id-").append(i * 7919 % 9_973).append(",2020-01-01,1\n");
        }

        assertThat(log(READER, text.toString()).customerCount()).isEqualTo(9_973);
    }

    @Test
    void namesTheLineOfARefund() {
        TransactionLog log = log(READER, "customer,date,amount\nA,2020-01-01,1\n\nA,2020-01-02,-1\n");

        assertThatThrownBy(() -> org.clv4j.core.data.CustomerBase.of(
                        log,
                        org.clv4j.core.data.Observation.untilIso("2020-12-31"),
                        org.clv4j.core.data.TimeScale.WEEKS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 4");
    }
}
