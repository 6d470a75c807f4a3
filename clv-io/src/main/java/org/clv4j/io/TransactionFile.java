// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TransactionLog;
import org.jspecify.annotations.Nullable;

/**
 * Reads transactions from delimited text: one row a transaction, with a column each for customer, date and amount.
 *
 * <p>What is not stated is found out from the file, where that is safe, and reported in {@link TransactionData#notes()}:
 *
 * <ul>
 *   <li>columns, from the names in the header; a name that could mean two columns is an error that lists them;
 *   <li>the delimiter, from the first lines;
 *   <li>whether there is a header: without one the columns must be given by number;
 *   <li>the form of the dates, from the first 10,000 rows: year first, or day and month in an order that the data prove.
 *       Dates that could be read both ways are an error that asks for the format;
 *   <li>a decimal comma, if no amount has a point and some comma cannot stand between thousands.
 * </ul>
 *
 * <p>Ids are kept as they are written, without blanks around them. Amounts are exact decimals. A time of day after the date is
 * checked and left out: the day as written counts. A row that cannot be read is a {@link BadRow}.
 *
 * <p>Memory is that of the log; a row costs no garbage. This class is immutable and thread-safe; the {@code with…} methods
 * return copies.
 */
public final class TransactionFile {

    private static final Set<String> CUSTOMER_NAMES = Set.of(
            "customer",
            "customerid",
            "customerno",
            "customernumber",
            "customerkey",
            "cust",
            "custid",
            "client",
            "clientid",
            "user",
            "userid",
            "buyer",
            "buyerid",
            "member",
            "memberid",
            "account",
            "accountid",
            "shopper",
            "shopperid");
    private static final Set<String> DATE_NAMES = Set.of(
            "date",
            "orderdate",
            "invoicedate",
            "transactiondate",
            "purchasedate",
            "saledate",
            "salesdate",
            "paymentdate",
            "datetime",
            "orderdatetime",
            "timestamp",
            "day",
            "orderedat",
            "purchasedat",
            "createdat");
    private static final Set<String> AMOUNT_NAMES = Set.of(
            "amount",
            "total",
            "value",
            "spend",
            "dollarvalue",
            "dollars",
            "revenue",
            "sales",
            "totalamount",
            "orderamount",
            "ordertotal",
            "ordervalue",
            "invoiceamount",
            "invoicetotal",
            "purchaseamount",
            "transactionamount",
            "transactionvalue",
            "paymentamount",
            "salesamount",
            "totalprice",
            "totalvalue",
            "grandtotal");

    private static final TransactionFile DEFAULTS = new TransactionFile(new Options());

    private final Options options;

    private TransactionFile(Options options) {
        this.options = options;
    }

    /** The settings; null where the file is to tell. Written before they are shared, never after. */
    private static final class Options implements Cloneable {
        private @Nullable String customer;
        private @Nullable String date;
        private @Nullable String amount;
        private @Nullable Delimiter delimiter;
        private @Nullable Boolean header;
        private @Nullable String dateFormat;
        private @Nullable Boolean decimalComma;
        private @Nullable Currency currency;
        private BadRowPolicy badRows = BadRowPolicy.ERROR;
        private List<String> attributes = List.of();
        private @Nullable String product;
        private List<String> lineAttributes = List.of();

        @Override
        protected Options clone() {
            try {
                return (Options) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A setting to change in a copy. */
    private interface Change {
        void apply(Options options);
    }

    private TransactionFile with(Change change) {
        Options copy = options.clone();
        change.apply(copy);
        return new TransactionFile(copy);
    }

    /**
     * Returns a reader that finds everything out by itself, refuses files with bad rows and states no currency.
     *
     * @return the reader
     */
    public static TransactionFile withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that takes the customer's id from a column.
     *
     * @param column the column's name, or its number from 1
     * @return the copy
     */
    public TransactionFile withCustomer(String column) {
        Objects.requireNonNull(column, "customer");
        return with(copy -> copy.customer = column);
    }

    /**
     * Returns a copy that takes the date from a column.
     *
     * @param column the column's name, or its number from 1
     * @return the copy
     */
    public TransactionFile withDate(String column) {
        Objects.requireNonNull(column, "date");
        return with(copy -> copy.date = column);
    }

    /**
     * Returns a copy that takes the amount from a column, or from two whose product it is.
     *
     * @param column the column's name, or its number from 1; two with a {@code *} between them, as {@code Quantity*UnitPrice}
     * @return the copy
     */
    public TransactionFile withAmount(String column) {
        Objects.requireNonNull(column, "amount");
        return with(copy -> copy.amount = column);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param delimiter the delimiter
     * @return the copy
     */
    public TransactionFile withDelimiter(Delimiter delimiter) {
        Objects.requireNonNull(delimiter, "delimiter");
        return with(copy -> copy.delimiter = delimiter);
    }

    /**
     * Returns a copy that knows whether the first row names the columns.
     *
     * @param header true if it does; false if it is data, and columns are given by number
     * @return the copy
     */
    public TransactionFile withHeader(boolean header) {
        return with(copy -> copy.header = header);
    }

    /**
     * Returns a copy with a stated date format.
     *
     * @param pattern a pattern of {@link java.time.format.DateTimeFormatter} with English names, as {@code dd.MM.yyyy}. Years
     *     of two digits ({@code yy}) are those from 2000 to 2099
     * @return the copy
     * @throws IllegalArgumentException if the pattern is none, or lacks year, month or day
     */
    public TransactionFile withDateFormat(String pattern) {
        DateParser.ofPattern(pattern);
        return with(copy -> copy.dateFormat = pattern);
    }

    /**
     * Returns a copy that knows whether amounts have a decimal comma.
     *
     * @param decimalComma true for {@code 12,50}; false for {@code 12.50}
     * @return the copy
     */
    public TransactionFile withDecimalComma(boolean decimalComma) {
        return with(copy -> copy.decimalComma = decimalComma);
    }

    /**
     * Returns a copy that states the currency of all amounts.
     *
     * @param currency the currency
     * @return the copy
     */
    public TransactionFile withCurrency(Currency currency) {
        Objects.requireNonNull(currency, "currency");
        return with(copy -> copy.currency = currency);
    }

    /**
     * Returns a copy with another policy for bad rows.
     *
     * @param policy the policy
     * @return the copy
     */
    public TransactionFile withBadRows(BadRowPolicy policy) {
        Objects.requireNonNull(policy, "badRows");
        return with(copy -> copy.badRows = policy);
    }

    /**
     * Returns a copy that takes attributes of the customers from columns, as a region or a first channel. A customer has the value of
     * her earliest day; that some have others later stands in the notes.
     *
     * @param columns the columns' names, which become those of the attributes
     * @return the copy
     */
    public TransactionFile withAttributes(List<String> columns) {
        List<String> names = List.copyOf(columns);
        return with(copy -> copy.attributes = names);
    }

    /**
     * Returns a copy that takes what was bought from a column.
     *
     * @param column the column's name, or its number from 1
     * @return the copy
     */
    public TransactionFile withProduct(String column) {
        Objects.requireNonNull(column, "product");
        return with(copy -> copy.product = column);
    }

    /**
     * Returns a copy that takes attributes of the transactions from columns, as a channel.
     *
     * @param columns the columns' names, which become those of the attributes
     * @return the copy
     */
    public TransactionFile withLineAttributes(List<String> columns) {
        List<String> names = List.copyOf(columns);
        return with(copy -> copy.lineAttributes = names);
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @return the transactions
     * @throws DataException if the file cannot be read as transactions, or has bad rows that the policy refuses
     */
    public TransactionData readFile(Path file) {
        return readAll(List.of(TextInput.ofFile(file)));
    }

    /**
     * Reads several inputs into one log. Each may have a form of its own.
     *
     * @param inputs the inputs; at least one
     * @return the transactions, in the order of the inputs
     * @throws DataException if an input cannot be read as transactions, or has bad rows that the policy refuses
     */
    public TransactionData readAll(Collection<TextInput> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("`inputs` must hold at least one input, but was empty");
        }
        TransactionLog.Builder log = TransactionLog.builder();
        if (options.currency != null) {
            log.currency(options.currency);
        }
        BadRows badRows = new BadRows(options.badRows);
        List<String> notes = new ArrayList<>();
        TextPool ids = new TextPool();
        FirstValues attributes = new FirstValues(options.attributes);
        for (TextInput input : inputs) {
            try (Table table = Table.open(input, options.delimiter, 3)) {
                new Reading(table, log, badRows, ids, attributes).read(notes);
            }
        }
        badRows.check(BadRows.ADVICE);
        if (log.size() == 0) {
            String names =
                    String.join(", ", inputs.stream().map(TextInput::name).toList());
            throw new DataException(
                    badRows.count() == 0
                            ? names + " has a header but no transactions"
                            : "no row of " + names + " could be read; the first: "
                                    + badRows.kept().get(0));
        }
        attributes.addTo(log, notes);
        return new TransactionData(log.build(), badRows.kept(), badRows.count(), notes);
    }

    /** The reading of one file. */
    private final class Reading {
        private final Table table;
        private final TransactionLog.Builder log;
        private final BadRows badRows;
        private final TextPool ids;
        private final FirstValues attributes;

        Reading(Table table, TransactionLog.Builder log, BadRows badRows, TextPool ids, FirstValues attributes) {
            this.table = table;
            this.log = log;
            this.badRows = badRows;
            this.ids = ids;
            this.attributes = attributes;
        }

        void read(List<String> notes) {
            List<String> first = table.sample().get(0);
            boolean hasHeader = hasHeader(first);
            Header header = new Header(
                    table.name(),
                    hasHeader ? first : first.stream().map(unused -> "").toList());
            if (hasHeader && !byNumber()) {
                header.requireUnique();
            }
            int customer = column(header, "customer", options.customer, CUSTOMER_NAMES);
            int date = column(header, "date", options.date, DATE_NAMES);
            int[] factors = amountColumns(header);
            int amount = factors[0];
            requireDistinct(customer, date, amount);
            List<List<String>> data =
                    table.sample().subList(hasHeader ? 1 : 0, table.sample().size());
            if (data.isEmpty()) {
                return;
            }
            DateParser dates = options.dateFormat == null
                    ? DateParser.detect(table.name(), columnOf(data, date))
                    : DateParser.ofPattern(options.dateFormat);
            boolean comma = options.decimalComma == null
                    ? AmountParser.detectDecimalComma(columnsOf(data, factors))
                    : options.decimalComma;
            report(notes, header, hasHeader, new int[] {customer, date, amount}, dates, comma);
            readRows(header, hasHeader, customer, date, factors, dates, new AmountParser(comma));
        }

        /** The column of the amount, or two whose product it is. */
        private int[] amountColumns(Header header) {
            String stated = options.amount;
            int times = stated == null ? -1 : stated.indexOf('*');
            if (stated == null || times <= 0 || header.has(stated)) {
                return new int[] {column(header, "amount", stated, AMOUNT_NAMES)};
            }
            return new int[] {
                header.find("amount", stated.substring(0, times).strip()),
                header.find("amount", stated.substring(times + 1).strip())
            };
        }

        private boolean byNumber() {
            return isNumber(options.customer) && isNumber(options.date) && isNumber(options.amount);
        }

        private boolean isNumber(@Nullable String stated) {
            return stated != null && Header.isNumber(stated);
        }

        private boolean hasHeader(List<String> first) {
            if (options.header != null) {
                return options.header;
            }
            boolean data = first.stream().anyMatch(this::looksLikeDate);
            if (data && !byNumber()) {
                throw new DataException("the first line of " + table.name()
                        + " has a date where names of columns should be; say that there is no header (--no-header) and"
                        + " give the columns by number");
            }
            return !data;
        }

        private boolean looksLikeDate(String text) {
            return options.dateFormat == null
                    ? DateParser.looksLikeDate(text)
                    : DateParser.ofPattern(options.dateFormat).parse(text) != null;
        }

        private int column(Header header, String field, @Nullable String stated, Set<String> known) {
            if (stated != null) {
                return header.find(field, stated);
            }
            if (options.header != null && !options.header) {
                throw new DataException("without a header the column of `" + field + "` must be given by number");
            }
            return header.guess(field, known);
        }

        private void requireDistinct(int customer, int date, int amount) {
            if (customer == date || customer == amount || date == amount) {
                throw new DataException("`customer`, `date` and `amount` must be three columns of " + table.name()
                        + ", but were columns " + (customer + 1) + ", " + (date + 1) + " and " + (amount + 1));
            }
        }

        private List<String> columnsOf(List<List<String>> rows, int[] columns) {
            return IntStream.of(columns)
                    .boxed()
                    .flatMap(column -> columnOf(rows, column).stream())
                    .toList();
        }

        private List<String> columnOf(List<List<String>> rows, int column) {
            return rows.stream()
                    .filter(row -> row.size() > column)
                    .map(row -> row.get(column))
                    .toList();
        }

        private void report(
                List<String> notes, Header header, boolean hasHeader, int[] columns, DateParser dates, boolean comma) {
            List<String> parts = new ArrayList<>();
            if (options.customer == null) {
                parts.add("customer in column '" + header.name(columns[0]) + "'");
            }
            if (options.date == null) {
                parts.add("date in column '" + header.name(columns[1]) + "'");
            }
            if (options.amount == null) {
                parts.add("amount in column '" + header.name(columns[2]) + "'");
            }
            if (table.isDelimiterDetected()) {
                parts.add("delimiter " + table.delimiter());
            }
            if (options.header == null && !hasHeader) {
                parts.add("no header");
            }
            if (options.dateFormat == null) {
                parts.add("dates as " + dates);
            }
            if (options.decimalComma == null && comma) {
                parts.add("decimal comma");
            }
            if (!parts.isEmpty()) {
                notes.add(table.name() + ": taken as " + String.join(", ", parts));
            }
        }

        private void readRows(
                Header header,
                boolean hasHeader,
                int customer,
                int date,
                int[] factors,
                DateParser dates,
                AmountParser amounts) {
            RowReader rows = table.rows();
            if (hasHeader) {
                rows.next();
            }
            int[] ofAttributes = options.attributes.stream()
                    .mapToInt(name -> header.find("attribute", name))
                    .toArray();
            int[] ofLines = options.lineAttributes.stream()
                    .mapToInt(name -> header.find("attribute", name))
                    .toArray();
            int[] product = options.product == null ? new int[0] : new int[] {header.find("product", options.product)};
            rows.keep(Stream.of(new int[] {customer, date}, factors, ofAttributes, ofLines, product)
                    .flatMapToInt(IntStream::of)
                    .distinct()
                    .toArray());
            // Of a product, the factor that is at fault has a name of its own.
            String[] fields = IntStream.of(factors)
                    .mapToObj(column -> factors.length == 1 || !hasHeader ? "amount" : header.name(column))
                    .toArray(String[]::new);
            while (rows.next()) {
                if (rows.columns() != header.columns()) {
                    badRows.add(
                            table.name(),
                            rows.line(),
                            "columns",
                            Integer.toString(rows.columns()),
                            "must be " + header.columns() + " as in the first line");
                    continue;
                }
                LocalDate day = readRow(rows, rows.cell(customer), dates, rows.cell(date), amounts, factors, fields);
                if (day == null) {
                    continue;
                }
                for (int i = 0; i < ofAttributes.length; i++) {
                    attributes.add(i, ids.get(rows.cell(customer)), day.toEpochDay(), rows.cell(ofAttributes[i]));
                }
                for (int i = 0; i < ofLines.length; i++) {
                    String value = ids.get(rows.cell(ofLines[i]));
                    if (!value.isBlank()) {
                        log.attribute(options.lineAttributes.get(i), value);
                    }
                }
                if (product.length > 0) {
                    String bought = ids.get(rows.cell(product[0]));
                    if (!bought.isBlank()) {
                        log.product(bought);
                    }
                }
            }
        }

        /** Reads a row; returns its day, or nothing if it is bad. */
        private @Nullable LocalDate readRow(
                RowReader rows,
                Cell customer,
                DateParser dates,
                Cell date,
                AmountParser amounts,
                int[] factors,
                String[] fields) {
            if (customer.length() == 0) {
                bad(rows, "customer", customer, "must not be blank");
                return null;
            }
            LocalDate day = dates.parse(date);
            if (day == null) {
                bad(rows, "date", date, DateParser.RULE + " as " + dates);
                return null;
            }
            BigDecimal value = BigDecimal.ONE;
            for (int i = 0; i < factors.length; i++) {
                Cell factor = rows.cell(factors[i]);
                BigDecimal one = amounts.parse(factor);
                if (one == null) {
                    bad(rows, fields[i], factor, AmountParser.RULE + (amounts.isDecimalComma() ? " with a comma" : ""));
                    return null;
                }
                value = factors.length == 1 ? one : value.multiply(one);
            }
            if (!AmountParser.isSane(value)) {
                bad(rows, "amount", stated(rows, factors), AmountParser.RULE_SIZE);
            } else if (add(rows, ids.get(customer), day, value, factors)) {
                return day;
            }
            return null;
        }

        private String stated(RowReader rows, int[] factors) {
            return IntStream.of(factors)
                    .mapToObj(factor -> rows.cell(factor).toString())
                    .collect(Collectors.joining("*"));
        }

        private boolean add(RowReader rows, String customer, LocalDate day, BigDecimal value, int[] factors) {
            try {
                log.add(customer, day, value, rows.line());
                return true;
            } catch (DataException e) {
                bad(
                        rows,
                        "amount",
                        stated(rows, factors),
                        "must have at most 18 digits at the scale of the finest amount before it");
                return false;
            }
        }

        private void bad(RowReader rows, String field, CharSequence cell, String rule) {
            badRows.add(table.name(), rows.line(), field, cell.toString(), rule);
        }
    }
}
