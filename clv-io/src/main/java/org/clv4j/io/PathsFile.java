// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads histories of covariates: {@code customer_id,date,NAME,…} with a header, or without customer_id for paths that all customers share.
 * Every other column with a name is a covariate. A value holds from its date until the day before the customer's next.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class PathsFile {

    private final @Nullable Delimiter delimiter;
    private final @Nullable String dateFormat;
    private final @Nullable Double defaultValue;

    private PathsFile(@Nullable Delimiter delimiter, @Nullable String dateFormat, @Nullable Double defaultValue) {
        this.delimiter = delimiter;
        this.dateFormat = dateFormat;
        this.defaultValue = defaultValue;
    }

    /**
     * Returns a reader that detects the delimiter and the form of the dates, and gives no values before a path's first date.
     *
     * @return the reader
     */
    public static PathsFile withDefaults() {
        return new PathsFile(null, null, null);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param newDelimiter the delimiter
     * @return the copy
     */
    public PathsFile withDelimiter(Delimiter newDelimiter) {
        return new PathsFile(Objects.requireNonNull(newDelimiter, "delimiter"), dateFormat, defaultValue);
    }

    /**
     * Returns a copy with a stated form of dates.
     *
     * @param pattern a pattern of {@link java.time.format.DateTimeFormatter}, as {@code dd.MM.yyyy}
     * @return the copy
     * @throws IllegalArgumentException if it is none, or has no year, month and day
     */
    public PathsFile withDateFormat(String pattern) {
        DateParser.ofPattern(pattern);
        return new PathsFile(delimiter, pattern, defaultValue);
    }

    /**
     * Returns a copy in which all covariates have a value before a path's first date, and for customers without a path.
     *
     * @param value the value; finite
     * @return the copy
     * @throws IllegalArgumentException if the value is not finite
     */
    public PathsFile withDefaultValue(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("`value` must be finite, but was " + value);
        }
        return new PathsFile(delimiter, dateFormat, value);
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @return the paths
     * @throws DataException if the file cannot be read, has a bad row, names a column twice or has two rows of a customer and date
     */
    public CovariatePaths readFile(Path file) {
        return read(TextInput.ofFile(file));
    }

    /**
     * Reads an input.
     *
     * @param input the input
     * @return the paths
     * @throws DataException if the input cannot be read, has a bad row, names a column twice or has two rows of a customer and date
     */
    public CovariatePaths read(TextInput input) {
        try (Table table = Table.open(input, delimiter, 2)) {
            return new Reading(table).read();
        }
    }

    /** The reading of one file. */
    private final class Reading {
        private final Table table;
        private final BadRows badRows = new BadRows(BadRowPolicy.ERROR);
        private final AmountParser numbers = new AmountParser(false);
        private final Header header;
        private final int id;
        private final int date;
        private final int[] covariates;
        private final DateParser dates;
        private final CovariatePaths.Builder paths;

        Reading(Table table) {
            this.table = table;
            header = new Header(table.name(), table.sample().get(0));
            header.requireUnique();
            id = header.indexOf("customerid");
            date = header.find("date", "date");
            covariates = IntStream.range(0, header.columns())
                    .filter(column -> column != id
                            && column != date
                            && !header.name(column).isEmpty())
                    .toArray();
            if (covariates.length == 0) {
                throw new DataException(
                        table.name() + " has no column of a covariate beside those of customer and date");
            }
            List<String> names = IntStream.of(covariates).mapToObj(header::name).collect(Collectors.toList());
            paths = id < 0 ? CovariatePaths.shared(names) : CovariatePaths.ofCustomers(names);
            if (defaultValue != null) {
                paths.defaults(Collections.nCopies(names.size(), defaultValue));
            }
            dates = dateFormat == null
                    ? DateParser.detect(table.name(), someDates())
                    : DateParser.ofPattern(dateFormat);
        }

        private List<String> someDates() {
            List<String> some = new ArrayList<>();
            for (List<String> row : table.sample().subList(1, table.sample().size())) {
                if (row.size() > date) {
                    some.add(row.get(date));
                }
            }
            if (some.isEmpty()) {
                throw new DataException(table.name() + " has a header but no rows");
            }
            return some;
        }

        CovariatePaths read() {
            RowReader rows = table.rows();
            rows.next();
            while (rows.next()) {
                add(rows);
            }
            badRows.check("correct the file");
            try {
                return paths.build();
            } catch (DataException e) {
                throw new DataException(table.name() + ": " + e.getMessage(), e);
            }
        }

        private void add(RowReader rows) {
            if (rows.columns() != header.columns()) {
                bad(
                        rows,
                        "columns",
                        Integer.toString(rows.columns()),
                        "must be " + header.columns() + " as in the first line");
                return;
            }
            String customer = id < 0 ? null : rows.cell(id).toString();
            if (customer != null && customer.isBlank()) {
                bad(rows, header.name(id), customer, "must not be blank");
                return;
            }
            LocalDate day = dates.parse(rows.cell(date));
            if (day == null) {
                bad(rows, header.name(date), rows.cell(date).toString(), DateParser.RULE + " as " + dates);
                return;
            }
            List<Double> values = new ArrayList<>(covariates.length);
            for (int column : covariates) {
                BigDecimal number = numbers.parse(rows.cell(column));
                double value = number == null ? Double.NaN : number.doubleValue();
                if (!Double.isFinite(value)) {
                    bad(rows, header.name(column), rows.cell(column).toString(), "must be a finite number");
                    return;
                }
                values.add(value);
            }
            paths.add(customer, day, values, rows.line());
        }

        private void bad(RowReader rows, String field, String value, String rule) {
            badRows.add(table.name(), rows.line(), field, value, rule);
        }
    }
}
