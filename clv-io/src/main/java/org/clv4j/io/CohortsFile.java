// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.jspecify.annotations.Nullable;

/**
 * Reads how many customers of cohorts were left after each renewal. Two forms are known by their header:
 *
 * <ul>
 *   <li>long: a row a cohort and period, in columns {@code period} (also {@code year}, {@code month}, {@code renewals}) and
 *       {@code survivors} (also {@code customers}, {@code active}); or {@code survival_pct} in per cent, or {@code survival} as a part, of
 *       cohorts of a stated size;
 *   <li>wide: a row a cohort, with the periods 0, 1, 2, … as the names of the columns; what is not known yet is empty.
 * </ul>
 *
 * <p>Either may have the columns {@code segment} and {@code cohort}: the cohorts of a segment belong together, segments are apart. Other
 * columns are passed over.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class CohortsFile {

    private static final Set<String> PERIOD =
            Set.of("period", "year", "month", "quarter", "week", "renewals", "t", "age");
    private static final Set<String> SURVIVORS = Set.of("survivors", "customers", "active", "remaining");
    private static final Set<String> PERCENT = Set.of("survivalpct", "survivalpercent", "pct", "percent");
    private static final Set<String> PART = Set.of("survival", "s");
    private static final double LARGEST_SIZE = 1e15;

    private final @Nullable Delimiter delimiter;
    private final double cohortSize;

    private CohortsFile(@Nullable Delimiter delimiter, double cohortSize) {
        this.delimiter = delimiter;
        this.cohortSize = cohortSize;
    }

    /**
     * Returns a reader that detects the delimiter and takes cohorts of 1,000 where only percentages are known.
     *
     * @return the reader
     */
    public static CohortsFile withDefaults() {
        return new CohortsFile(null, 1000);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param newDelimiter the delimiter
     * @return the copy
     */
    public CohortsFile withDelimiter(Delimiter newDelimiter) {
        return new CohortsFile(Objects.requireNonNull(newDelimiter, "delimiter"), cohortSize);
    }

    /**
     * Returns a copy with another size of cohorts of which only percentages are known. Estimates do not depend on it; their standard errors
     * do.
     *
     * @param customers the number of customers; above 0
     * @return the copy
     * @throws IllegalArgumentException if the number is out of its range
     */
    public CohortsFile withCohortSize(double customers) {
        if (!(customers > 0 && customers <= LARGEST_SIZE)) {
            throw new IllegalArgumentException("`cohortSize` must be in (0, 1e15], but was " + customers);
        }
        return new CohortsFile(delimiter, customers);
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @param periodMonths the months from one renewal to the next
     * @return the data of each segment in the order of the file; of {@code ""} alone if it has no segments
     * @throws DataException if the file cannot be read as cohorts
     */
    public Map<String, RetentionData> readFile(Path file, int periodMonths) {
        return read(TextInput.ofFile(file), periodMonths);
    }

    /**
     * Reads an input.
     *
     * @param input the input
     * @param periodMonths the months from one renewal to the next
     * @return the data of each segment in the order of the input; of {@code ""} alone if it has no segments
     * @throws DataException if the input cannot be read as cohorts
     */
    public Map<String, RetentionData> read(TextInput input, int periodMonths) {
        Map<String, Map<String, Map<Integer, Double>>> segments;
        try (Table table = Table.open(input, delimiter, 2)) {
            segments = new Reading(table).read();
        }
        Map<String, RetentionData> data = new LinkedHashMap<>();
        segments.forEach((segment, cohorts) -> {
            List<List<Double>> survivors = new ArrayList<>();
            cohorts.forEach((cohort, periods) -> survivors.add(gapless(input, segment, cohort, periods)));
            try {
                data.put(segment, RetentionData.ofCohorts(survivors, periodMonths));
            } catch (DataException e) {
                throw new DataException(
                        input.name() + (segment.isEmpty() ? "" : ", segment " + segment) + ": " + e.getMessage(), e);
            }
        });
        return data;
    }

    private static List<Double> gapless(TextInput input, String segment, String cohort, Map<Integer, Double> periods) {
        for (int period = 0; period < periods.size(); period++) {
            if (!periods.containsKey(period)) {
                throw new DataException(input.name() + " must have every period from 0 on, but "
                        + (segment.isEmpty() && cohort.isEmpty() ? "the cohort" : (segment + " " + cohort).strip())
                        + " has no period " + period);
            }
        }
        return List.copyOf(periods.values());
    }

    /** The reading of one file. */
    private final class Reading {
        private final Table table;
        private final Header header;
        private final BadRows badRows = new BadRows(BadRowPolicy.ERROR);
        private final AmountParser numbers = new AmountParser(false);
        private final Map<String, Map<String, Map<Integer, Double>>> segments = new LinkedHashMap<>();
        private final int segment;
        private final int cohort;

        Reading(Table table) {
            this.table = table;
            header = new Header(table.name(), table.sample().get(0));
            header.requireUnique();
            segment = header.indexOf("segment");
            cohort = header.indexOf("cohort");
        }

        Map<String, Map<String, Map<Integer, Double>>> read() {
            int period = column(PERIOD);
            if (period >= 0) {
                readLong(period);
            } else {
                readWide();
            }
            badRows.check("correct the file");
            if (segments.isEmpty()) {
                throw new DataException(table.name() + " has a header but no cohorts");
            }
            return segments;
        }

        private int column(Set<String> names) {
            return IntStream.range(0, header.columns())
                    .filter(column -> names.contains(Header.normal(header.name(column))))
                    .findFirst()
                    .orElse(-1);
        }

        private void readLong(int period) {
            int survivors = column(SURVIVORS);
            int percent = column(PERCENT);
            int part = column(PART);
            int value = survivors >= 0 ? survivors : percent >= 0 ? percent : part;
            double unit = survivors >= 0 ? 1 : percent >= 0 ? cohortSize / 100 : cohortSize;
            if (value < 0) {
                throw new DataException(table.name() + " must have a column survivors, survival_pct or survival beside "
                        + header.name(period));
            }
            RowReader rows = table.rows();
            rows.next();
            while (rows.next()) {
                if (!hasAllColumns(rows)) {
                    continue;
                }
                Integer number = wholeNumber(rows, period);
                Double left = number(rows, value);
                if (number == null || left == null) {
                    continue;
                }
                if (periods(rows).putIfAbsent(number, left * unit) != null) {
                    bad(rows, period, "must be unique in its cohort");
                }
            }
        }

        private void readWide() {
            Map<Integer, Integer> columnOf = new TreeMap<>();
            for (int column = 0; column < header.columns(); column++) {
                if (Header.isNumber(header.name(column))) {
                    columnOf.put(Integer.parseInt(header.name(column).strip()), column);
                }
            }
            if (!columnOf.containsKey(0)) {
                throw new DataException(table.name()
                        + " must have a column of periods (period, year or month), or columns named" + " 0, 1, 2, …");
            }
            RowReader rows = table.rows();
            rows.next();
            while (rows.next()) {
                if (!hasAllColumns(rows)) {
                    continue;
                }
                Map<Integer, Double> survivors = cohort >= 0 ? periods(rows) : periodsOfLine(rows);
                columnOf.forEach((period, column) -> {
                    if (rows.cell(column).length() > 0) {
                        Double left = number(rows, column);
                        if (left != null && survivors.putIfAbsent(period, left) != null) {
                            bad(rows, column, "must be unique in its cohort");
                        }
                    }
                });
            }
        }

        private Map<Integer, Double> periods(RowReader rows) {
            return cohortOf(rows, cohort < 0 ? "" : rows.cell(cohort).toString());
        }

        private Map<Integer, Double> periodsOfLine(RowReader rows) {
            return cohortOf(rows, "line " + rows.line());
        }

        private Map<Integer, Double> cohortOf(RowReader rows, String name) {
            String part = segment < 0 ? "" : rows.cell(segment).toString();
            return segments.computeIfAbsent(part, unused -> new LinkedHashMap<>())
                    .computeIfAbsent(name, unused -> new TreeMap<>());
        }

        private boolean hasAllColumns(RowReader rows) {
            if (rows.columns() == header.columns()) {
                return true;
            }
            badRows.add(
                    table.name(),
                    rows.line(),
                    "columns",
                    Integer.toString(rows.columns()),
                    "must be " + header.columns() + " as in the first line");
            return false;
        }

        private @Nullable Integer wholeNumber(RowReader rows, int column) {
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number != null && AmountParser.isSane(number) && number.signum() >= 0) {
                try {
                    return number.intValueExact();
                } catch (ArithmeticException e) {
                    // Reported below, as any other value that is no whole number.
                }
            }
            bad(rows, column, "must be a whole number of at least 0");
            return null;
        }

        private @Nullable Double number(RowReader rows, int column) {
            BigDecimal number = numbers.parse(rows.cell(column));
            if (number == null || !AmountParser.isSane(number) || number.signum() < 0) {
                bad(rows, column, "must be a number of at least 0");
                return null;
            }
            return number.doubleValue();
        }

        private void bad(RowReader rows, int column, String rule) {
            badRows.add(
                    table.name(),
                    rows.line(),
                    header.name(column),
                    rows.cell(column).toString(),
                    rule);
        }
    }
}
