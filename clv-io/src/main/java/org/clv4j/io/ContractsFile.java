// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads contracts: one row a customer, with a header. How far a contract has come is told by a start and an end (empty or {@code open} as
 * long as it runs), or by a number and by whether the customer left. Columns that are not {@linkplain #withColumn stated} are guessed from
 * the header; all others become attributes, and an empty field an absent one.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class ContractsFile {

    /** What a column of the file holds. */
    public enum Field {
        /** The customer's id. */
        CUSTOMER,
        /** The first day. */
        START,
        /** The last day or the day after; empty or {@code open} while the contract runs. */
        END,
        /** How often the contract was renewed. */
        RENEWALS,
        /** How many terms were completed: the renewals, and of a customer who left one more. */
        TENURE,
        /** Whether the customer left: yes or no, true or false, 1 or 0. */
        LEFT,
        /** The amount of a bill. */
        FEE,
        /** What was billed so far. */
        REALISED;

        /** Returns the name of the field, as {@code start}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names by which columns are known, in lower case, letters and digits only. */
    private static final Map<Field, Set<String>> GUESSES = new EnumMap<>(Map.of(
            Field.CUSTOMER, Set.of("customer", "customerid", "id", "subscriber", "subscriberid", "member", "memberid"),
            Field.START, Set.of("start", "startdate", "since", "begin", "begindate"),
            Field.END, Set.of("end", "enddate", "until", "cancelled", "canceled"),
            Field.RENEWALS, Set.of("renewals"),
            Field.TENURE, Set.of("tenure"),
            Field.LEFT, Set.of("left", "churn", "churned", "ended"),
            Field.FEE, Set.of("fee", "price"),
            Field.REALISED, Set.of("realised", "realized", "billed")));

    private static final Set<String> OPEN = Set.of("", "open", "-", "none", "null", "na", "n/a");
    private static final Set<String> YES = Set.of("yes", "y", "true", "1");
    private static final Set<String> NO = Set.of("no", "n", "false", "0");
    /** Lines that a note names. */
    private static final int MOST_LINES = 12;

    private final Map<Field, String> columns;
    private final @Nullable Delimiter delimiter;
    private final @Nullable String dateFormat;
    private final int termMonths;
    private final int billingMonths;
    private final BadRowPolicy policy;

    private ContractsFile(
            Map<Field, String> columns,
            @Nullable Delimiter delimiter,
            @Nullable String dateFormat,
            int termMonths,
            int billingMonths,
            BadRowPolicy policy) {
        this.columns = columns;
        this.delimiter = delimiter;
        this.dateFormat = dateFormat;
        this.termMonths = termMonths;
        this.billingMonths = billingMonths;
        this.policy = policy;
    }

    /**
     * Returns a reader that guesses columns, delimiter and form of dates, takes terms of one month, and refuses files with bad rows.
     *
     * @return the reader
     */
    public static ContractsFile withDefaults() {
        return new ContractsFile(Map.of(), null, null, 1, 1, BadRowPolicy.ERROR);
    }

    /**
     * Returns a copy that takes a field from a column.
     *
     * @param field what the column holds
     * @param column its name, or its number from 1
     * @return the copy
     */
    public ContractsFile withColumn(Field field, String column) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(columns);
        more.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(column, "column"));
        return new ContractsFile(
                Collections.unmodifiableMap(more), delimiter, dateFormat, termMonths, billingMonths, policy);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param newDelimiter the delimiter
     * @return the copy
     */
    public ContractsFile withDelimiter(Delimiter newDelimiter) {
        return new ContractsFile(
                columns,
                Objects.requireNonNull(newDelimiter, "delimiter"),
                dateFormat,
                termMonths,
                billingMonths,
                policy);
    }

    /**
     * Returns a copy with a stated form of dates.
     *
     * @param pattern the pattern, as {@code dd.MM.yyyy}
     * @return the copy
     * @throws IllegalArgumentException if it is none, or has no year, month and day
     */
    public ContractsFile withDateFormat(String pattern) {
        DateParser.ofPattern(pattern);
        return new ContractsFile(columns, delimiter, pattern, termMonths, billingMonths, policy);
    }

    /**
     * Returns a copy with another term.
     *
     * @param newTermMonths the length of a term in months; at least 1
     * @param newBillingMonths the time from one bill to the next in months; a divisor of the term
     * @return the copy
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ContractsFile withTerm(int newTermMonths, int newBillingMonths) {
        Contract.ofRenewals("any", 0).withTermMonths(newTermMonths).withBillingMonths(newBillingMonths);
        return new ContractsFile(columns, delimiter, dateFormat, newTermMonths, newBillingMonths, policy);
    }

    /**
     * Returns a copy with another policy for bad rows.
     *
     * @param newPolicy the policy
     * @return the copy
     */
    public ContractsFile withBadRows(BadRowPolicy newPolicy) {
        return new ContractsFile(
                columns,
                delimiter,
                dateFormat,
                termMonths,
                billingMonths,
                Objects.requireNonNull(newPolicy, "badRows"));
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @return the contracts
     * @throws DataException if the file cannot be read as contracts, or has bad rows that the policy refuses
     */
    public ContractData readFile(Path file) {
        return read(TextInput.ofFile(file));
    }

    /**
     * Reads an input.
     *
     * @param input the input
     * @return the contracts
     * @throws DataException if the input cannot be read as contracts, or has bad rows that the policy refuses
     */
    public ContractData read(TextInput input) {
        try (Table table = Table.open(input, delimiter, 2)) {
            return new Reading(table).read();
        }
    }

    /** A row that cannot be read. */
    private static final class BadField extends Exception {
        private static final long serialVersionUID = 1L;
        private final int column;
        private final String rule;

        BadField(int column, String rule) {
            super(rule);
            this.column = column;
            this.rule = rule;
        }
    }

    /** The reading of one file. */
    private final class Reading {
        private final Table table;
        private final Header header;
        private final BadRows badRows = new BadRows(policy);
        private final Map<Field, Integer> columnOf = new EnumMap<>(Field.class);
        private final List<String> notes = new ArrayList<>();
        private final Map<String, Long> lineOfId = new HashMap<>();
        private final AmountParser numbers = new AmountParser(false);
        private final Map<Field, List<Long>> blanks = new EnumMap<>(Field.class);
        private final Map<Field, DateParser> dates = new EnumMap<>(Field.class);
        private final int[] attributes;

        Reading(Table table) {
            this.table = table;
            header = new Header(table.name(), table.sample().get(0));
            header.requireUnique();
            for (Field field : Field.values()) {
                find(field);
            }
            requireColumns();
            for (Field field : List.of(Field.START, Field.END)) {
                findDates(field);
            }
            attributes = IntStream.range(0, header.columns())
                    .filter(column -> !columnOf.containsValue(column)
                            && !header.name(column).isEmpty())
                    .toArray();
        }

        private void find(Field field) {
            String stated = columns.get(field);
            if (stated != null) {
                columnOf.put(field, header.find(field.toString(), stated));
                return;
            }
            Set<String> names = known(field);
            boolean some = IntStream.range(0, header.columns())
                    .anyMatch(column -> names.contains(Header.normal(header.name(column))));
            if (some) {
                int column = header.guess(field.toString(), names);
                columnOf.put(field, column);
                notes.add(table.name() + ": taken as " + field + ": " + header.name(column));
            }
        }

        private void requireColumns() {
            if (!columnOf.containsKey(Field.CUSTOMER)) {
                header.guess(Field.CUSTOMER.toString(), known(Field.CUSTOMER));
            }
            List<Field> ways = List.of(Field.START, Field.RENEWALS, Field.TENURE).stream()
                    .filter(columnOf::containsKey)
                    .collect(Collectors.toList());
            if (ways.isEmpty()) {
                throw new DataException(
                        table.name() + " must tell how far contracts have come: name the column of their start"
                                + " (--start), of their renewals (--renewals) or of the terms completed (--tenure)");
            }
            if (ways.size() > 1) {
                throw new DataException(table.name() + " tells how far contracts have come by " + ways.get(0)
                        + " and by " + ways.get(1) + "; take one of the columns out");
            }
            boolean dated = ways.get(0) == Field.START;
            if (!dated && !columnOf.containsKey(Field.LEFT)) {
                throw new DataException(table.name() + " must tell who left: name the column (--left)");
            }
            if (dated && columnOf.containsKey(Field.LEFT)) {
                throw new DataException(
                        table.name() + " has a start and a column of who left; the end of a contract tells that");
            }
            if (!dated && columnOf.containsKey(Field.END)) {
                throw new DataException(
                        table.name() + " has an end but no start; name the column of the start (--start)");
            }
        }

        private void findDates(Field field) {
            Integer column = columnOf.get(field);
            if (column == null) {
                return;
            }
            List<String> some = table.sample().subList(1, table.sample().size()).stream()
                    .filter(row -> row.size() > column)
                    .map(row -> row.get(column))
                    .filter(text -> !isOpen(text))
                    .collect(Collectors.toList());
            if (dateFormat != null) {
                dates.put(field, DateParser.ofPattern(dateFormat));
            } else if (!some.isEmpty()) {
                dates.put(field, DateParser.detect(table.name(), some));
            } else {
                dates.put(field, DateParser.ofPattern("yyyy-MM-dd"));
            }
        }

        ContractData read() {
            List<Contract> contracts = new ArrayList<>();
            RowReader rows = table.rows();
            rows.next();
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
                try {
                    contracts.add(contract(rows));
                } catch (BadField e) {
                    badRows.add(
                            table.name(),
                            rows.line(),
                            header.name(e.column),
                            rows.cell(e.column).toString(),
                            e.rule);
                }
            }
            badRows.check(BadRows.ADVICE);
            if (contracts.isEmpty()) {
                throw new DataException(table.name() + " has no contracts that could be read");
            }
            blanks.forEach((field, lines) -> notes.add(blank(field, lines)));
            return new ContractData(contracts, badRows.kept(), badRows.count(), notes);
        }

        private int columnOf(Field field) {
            return Objects.requireNonNull(columnOf.get(field));
        }

        private String blank(Field field, List<Long> lines) {
            String some = lines.stream().limit(MOST_LINES).map(Object::toString).collect(Collectors.joining(", "));
            return table.name() + ": `" + header.name(columnOf(field)) + "` is blank for " + lines.size()
                    + (lines.size() == 1 ? " customer, taken as 0 (line " : " customers, taken as 0 (lines ") + some
                    + (lines.size() > MOST_LINES ? ", …)" : ")");
        }

        private Contract contract(RowReader rows) throws BadField {
            int id = columnOf(Field.CUSTOMER);
            String customer = rows.cell(id).toString();
            if (customer.isBlank()) {
                throw new BadField(id, "must not be blank");
            }
            Long earlier = lineOfId.putIfAbsent(customer, rows.line());
            if (earlier != null) {
                throw new BadField(id, "must be unique (line " + earlier + " has it too)");
            }
            Contract contract = (columnOf.containsKey(Field.START) ? dated(rows, customer) : counted(rows, customer))
                    .withTermMonths(termMonths)
                    .withBillingMonths(billingMonths);
            if (columnOf.containsKey(Field.FEE)) {
                contract = contract.withFee(amount(rows, Field.FEE, false));
            }
            if (columnOf.containsKey(Field.REALISED)) {
                contract = contract.withRealised(amount(rows, Field.REALISED, true));
            }
            for (int column : attributes) {
                if (rows.cell(column).length() > 0) {
                    contract = contract.withAttribute(
                            header.name(column), rows.cell(column).toString());
                }
            }
            return contract;
        }

        private Contract dated(RowReader rows, String customer) throws BadField {
            LocalDate start = date(rows, Field.START);
            Contract contract = Contract.since(customer, start);
            Integer end = columnOf.get(Field.END);
            if (end == null || isOpen(rows.cell(end).toString())) {
                return contract;
            }
            LocalDate last = date(rows, Field.END);
            if (!last.isAfter(start)) {
                throw new BadField(end, "must be after the start " + start);
            }
            return contract.withEnd(last);
        }

        private LocalDate date(RowReader rows, Field field) throws BadField {
            int column = columnOf(field);
            DateParser parser = Objects.requireNonNull(dates.get(field));
            LocalDate date = parser.parse(rows.cell(column));
            if (date == null) {
                throw new BadField(column, DateParser.RULE + " as " + parser);
            }
            return date;
        }

        private Contract counted(RowReader rows, String customer) throws BadField {
            boolean left = left(rows);
            if (columnOf.containsKey(Field.RENEWALS)) {
                Contract contract = Contract.ofRenewals(customer, count(rows, Field.RENEWALS, 0));
                return left ? contract.ended() : contract;
            }
            int terms = count(rows, Field.TENURE, left ? 1 : 0);
            return left ? Contract.ofRenewals(customer, terms - 1).ended() : Contract.ofRenewals(customer, terms);
        }

        private boolean left(RowReader rows) throws BadField {
            int column = columnOf(Field.LEFT);
            String text = rows.cell(column).toString().toLowerCase(Locale.ROOT);
            if (YES.contains(text)) {
                return true;
            }
            if (NO.contains(text)) {
                return false;
            }
            throw new BadField(column, "must be yes or no");
        }

        private int count(RowReader rows, Field field, int least) throws BadField {
            int column = columnOf(field);
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number != null && AmountParser.isSane(number)) {
                try {
                    int count = number.intValueExact();
                    if (count >= least) {
                        return count;
                    }
                } catch (ArithmeticException e) {
                    throw new BadField(column, "must be a whole number");
                }
            }
            throw new BadField(
                    column, "must be a whole number of at least " + least + (least == 1 ? " of one who left" : ""));
        }

        private BigDecimal amount(RowReader rows, Field field, boolean mayBeBlank) throws BadField {
            int column = columnOf(field);
            if (mayBeBlank && rows.cell(column).length() == 0) {
                blanks.computeIfAbsent(field, unused -> new ArrayList<>()).add(rows.line());
                return BigDecimal.ZERO;
            }
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number == null) {
                throw new BadField(column, AmountParser.RULE);
            }
            if (!AmountParser.isSane(number)) {
                throw new BadField(column, AmountParser.RULE_SIZE);
            }
            if (field == Field.FEE && number.signum() < 0) {
                throw new BadField(column, "must be at least 0");
            }
            return number;
        }
    }

    private static Set<String> known(Field field) {
        return Objects.requireNonNull(GUESSES.get(field));
    }

    private static boolean isOpen(String text) {
        return OPEN.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
