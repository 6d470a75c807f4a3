// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.jspecify.annotations.Nullable;

/**
 * Reads customers who come summarised: {@code customer_id,frequency,recency,age[,monetary_value][,weight]}, with a header.
 * Further columns become attributes; an empty one is absent. What {@link SummaryCsv} writes can be read; the dates, transactions and totals in
 * it describe transactions, not customers, and are passed over.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class SummaryFile {

    private final @Nullable Delimiter delimiter;
    private final BadRowPolicy policy;

    private SummaryFile(@Nullable Delimiter delimiter, BadRowPolicy policy) {
        this.delimiter = delimiter;
        this.policy = policy;
    }

    /**
     * Returns a reader that detects the delimiter and refuses files with bad rows.
     *
     * @return the reader
     */
    public static SummaryFile withDefaults() {
        return new SummaryFile(null, BadRowPolicy.ERROR);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param newDelimiter the delimiter
     * @return the copy
     */
    public SummaryFile withDelimiter(Delimiter newDelimiter) {
        return new SummaryFile(Objects.requireNonNull(newDelimiter, "delimiter"), policy);
    }

    /**
     * Returns a copy with another policy for bad rows.
     *
     * @param newPolicy the policy
     * @return the copy
     */
    public SummaryFile withBadRows(BadRowPolicy newPolicy) {
        return new SummaryFile(delimiter, Objects.requireNonNull(newPolicy, "badRows"));
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @param timeScale the unit of recency and age
     * @return the customers
     * @throws DataException if the file cannot be read as summaries, or has bad rows that the policy refuses
     */
    public SummaryData readFile(Path file, TimeScale timeScale) {
        return read(TextInput.ofFile(file), timeScale);
    }

    /**
     * Reads an input.
     *
     * @param input the input
     * @param timeScale the unit of recency and age
     * @return the customers
     * @throws DataException if the input cannot be read as summaries, or has bad rows that the policy refuses
     */
    public SummaryData read(TextInput input, TimeScale timeScale) {
        Objects.requireNonNull(timeScale, "timeScale");
        try (Table table = Table.open(input, delimiter, 4)) {
            return new Reading(table, new BadRows(policy)).read(timeScale);
        }
    }

    /** Normalised names of what {@link SummaryCsv} writes of the transactions, which is no attribute of a customer. */
    private static final Set<String> OF_TRANSACTIONS = Set.of("firstdate", "lastdate", "transactions", "totalamount");

    /** The reading of one file. */
    private static final class Reading {
        private final Table table;
        private final BadRows badRows;
        private final Header header;
        private final int id;
        private final int frequency;
        private final int recency;
        private final int age;
        private final int monetaryValue;
        private final int weight;
        private final int[] attributes;
        private final Map<String, Long> lineOfId = new HashMap<>();
        private final AmountParser numbers = new AmountParser(false);

        Reading(Table table, BadRows badRows) {
            this.table = table;
            this.badRows = badRows;
            header = new Header(table.name(), table.sample().get(0));
            header.requireUnique();
            id = header.find("customer_id", "customer_id");
            frequency = header.find("frequency", "frequency");
            recency = header.find("recency", "recency");
            age = header.find("age", "age");
            monetaryValue = header.indexOf("monetaryvalue");
            weight = header.indexOf("weight");
            Set<Integer> own = new HashSet<>(Arrays.asList(id, frequency, recency, age, monetaryValue, weight));
            attributes = IntStream.range(0, header.columns())
                    .filter(column -> !own.contains(column)
                            && !header.name(column).isEmpty()
                            && !OF_TRANSACTIONS.contains(Header.normal(header.name(column))))
                    .toArray();
        }

        SummaryData read(TimeScale timeScale) {
            List<CustomerSummary> summaries = new ArrayList<>();
            RowReader rows = table.rows();
            rows.next();
            while (rows.next()) {
                CustomerSummary summary = summary(rows);
                if (summary != null) {
                    summaries.add(summary);
                }
            }
            badRows.check(BadRows.ADVICE);
            if (summaries.isEmpty()) {
                throw new DataException(table.name() + " has no customers that could be read");
            }
            List<String> notes = table.isDelimiterDetected()
                    ? List.of(table.name() + ": taken as delimiter " + table.delimiter())
                    : List.of();
            return new SummaryData(
                    CustomerBase.ofSummaries(summaries, timeScale), badRows.kept(), badRows.count(), notes);
        }

        private @Nullable CustomerSummary summary(RowReader rows) {
            if (rows.columns() != header.columns()) {
                bad(
                        rows,
                        "columns",
                        Integer.toString(rows.columns()),
                        "must be " + header.columns() + " as in the first line");
                return null;
            }
            String customer = rows.cell(id).toString();
            if (customer.isEmpty()) {
                bad(rows, "customer_id", customer, "must not be blank");
                return null;
            }
            Long earlier = lineOfId.putIfAbsent(customer, rows.line());
            if (earlier != null) {
                bad(rows, "customer_id", customer, "must be unique (line " + earlier + " has it too)");
                return null;
            }
            Integer x = wholeNumber(rows, frequency);
            Double tx = number(rows, recency, null);
            Double t = number(rows, age, null);
            Double z = number(rows, monetaryValue, 0.0);
            Double w = number(rows, weight, 1.0);
            if (x == null || tx == null || t == null || z == null || w == null) {
                return null;
            }
            try {
                return new CustomerSummary(customer, x, tx, t, z, w, attributes(rows));
            } catch (IllegalArgumentException e) {
                bad(rows, "row", String.join(" ", rows.texts()), "must be a summary: " + e.getMessage());
                return null;
            }
        }

        private @Nullable Integer wholeNumber(RowReader rows, int column) {
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number != null && AmountParser.isSane(number)) {
                try {
                    return number.intValueExact();
                } catch (ArithmeticException e) {
                    // Reported below, as any other value that is no whole number.
                }
            }
            bad(rows, header.name(column), rows.cell(column).toString(), "must be a whole number");
            return null;
        }

        /** Parses a number; a column that the file does not have, or an optional cell that is empty, has the default. */
        private @Nullable Double number(RowReader rows, int column, @Nullable Double absent) {
            if (absent != null && (column < 0 || rows.cell(column).length() == 0)) {
                return absent;
            }
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number == null) {
                bad(rows, header.name(column), rows.cell(column).toString(), "must be a number");
                return null;
            }
            // As exact as that of the decimal, and much faster for numbers of 17 digits.
            return Double.parseDouble(rows.cell(column).toString());
        }

        private Map<String, String> attributes(RowReader rows) {
            if (attributes.length == 0) {
                return Map.of();
            }
            Map<String, String> values = new TreeMap<>();
            for (int column : attributes) {
                if (rows.cell(column).length() > 0) {
                    values.put(header.name(column), rows.cell(column).toString());
                }
            }
            return values;
        }

        private void bad(RowReader rows, String field, String value, String rule) {
            badRows.add(table.name(), rows.line(), field, value, rule);
        }
    }
}
