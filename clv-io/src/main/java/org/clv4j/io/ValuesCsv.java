// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValueColumn;

/**
 * Writes what a model says of each customer, a row a customer in the order of the base. A column that the model does not
 * define stays empty.
 *
 * <p>The columns are those of the base, {@code customer_id}, {@code frequency}, {@code recency}, {@code age}, {@code
 * monetary_value} and {@code weight}, and those that a model computes: each {@link ValueColumn} by its name, {@value
 * #LOG_LIKELIHOOD}, and what a history tells beyond values: {@value #PROBABILITY_ALIVE_AT_HORIZON}, {@value
 * #EXPECTED_TIME_TO_NEXT_PURCHASE}, {@value #NEXT_PURCHASE_DATE}, {@value #PURCHASE_RATE} and {@value #DROPOUT_RATE}; and the bounds of a
 * value, {@value #CLV_LOWER} and {@value #CLV_UPPER}. This class is immutable and thread-safe; {@code with…} methods return copies.
 */
public final class ValuesCsv {

    /** The column of each customer's log-likelihood under a transaction model. */
    public static final String LOG_LIKELIHOOD = "log_likelihood";

    /** The column of the probability that a customer is alive now and at the end of the horizon. */
    public static final String PROBABILITY_ALIVE_AT_HORIZON = "p_alive_at_horizon";

    /** The column of the expected time to the next purchase, given that it is made within the horizon. */
    public static final String EXPECTED_TIME_TO_NEXT_PURCHASE = "expected_time_to_next_purchase";

    /**
     * The column of the day of the expected next purchase: the calibration end and the computed time to that purchase. Empty for a
     * base that was not made from dated transactions.
     */
    public static final String NEXT_PURCHASE_DATE = "next_purchase_date";

    /** The column of the expected purchases a period while alive. */
    public static final String PURCHASE_RATE = "purchase_rate";

    /** The column of the expected dropout rate a period, or dropout probability a purchase. */
    public static final String DROPOUT_RATE = "dropout_rate";

    /** The column of the value that a customer's comes out at least at, with the probability of the model's intervals. */
    public static final String CLV_LOWER = "clv_lower";

    /** The column of the value that a customer's comes out at most at, with the probability of the model's intervals. */
    public static final String CLV_UPPER = "clv_upper";

    /** What is computed beyond values, and has to be asked for. */
    private static final List<String> FURTHER_COLUMNS = List.of(
            LOG_LIKELIHOOD,
            PROBABILITY_ALIVE_AT_HORIZON,
            EXPECTED_TIME_TO_NEXT_PURCHASE,
            NEXT_PURCHASE_DATE,
            PURCHASE_RATE,
            DROPOUT_RATE,
            CLV_LOWER,
            CLV_UPPER);

    private static final List<String> BASE_COLUMNS =
            List.of("customer_id", "frequency", "recency", "age", "monetary_value", "weight");

    /** What only contracts have, and has to be asked for. */
    private static final Set<ValueColumn> OF_CONTRACTS =
            EnumSet.of(ValueColumn.CONTRACTED_VALUE, ValueColumn.RENEWAL_VALUE);

    private final List<String> columns;

    private ValuesCsv(List<String> columns) {
        this.columns = columns;
    }

    /**
     * Returns a writer of the usual columns: those of the base but weight, and each {@link ValueColumn} but those of contracts.
     *
     * @return the writer
     */
    public static ValuesCsv withDefaults() {
        List<String> columns = new ArrayList<>(BASE_COLUMNS);
        columns.remove("weight");
        for (ValueColumn column : EnumSet.complementOf(EnumSet.copyOf(OF_CONTRACTS))) {
            columns.add(column.toString());
        }
        return new ValuesCsv(List.copyOf(columns));
    }

    /**
     * Returns a copy with other columns.
     *
     * @param newColumns their names, in the order of the file; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is none, or one is not known
     */
    public ValuesCsv withColumns(List<String> newColumns) {
        if (newColumns.isEmpty()) {
            throw new IllegalArgumentException("`columns` must name at least one column, but was empty");
        }
        List<String> known = knownColumns();
        for (String column : newColumns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(
                        "`columns` must be of " + String.join(", ", known) + ", but one was '" + column + "'");
            }
        }
        return new ValuesCsv(List.copyOf(newColumns));
    }

    /**
     * Returns the names of all columns that can be written.
     *
     * @return the names, unmodifiable
     */
    public static List<String> knownColumns() {
        List<String> known = new ArrayList<>(BASE_COLUMNS);
        for (ValueColumn column : ValueColumn.values()) {
            known.add(column.toString());
        }
        known.addAll(FURTHER_COLUMNS);
        return List.copyOf(known);
    }

    /**
     * Returns the names of the columns that a model computes besides each {@link ValueColumn}; they are written only if asked for.
     *
     * @return the names, unmodifiable
     */
    public static List<String> furtherColumns() {
        return FURTHER_COLUMNS;
    }

    /**
     * Returns the columns.
     *
     * @return their names, in the order of the file; unmodifiable
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * Writes values.
     *
     * @param values the values of the customers
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public void write(CustomerValues values, TextOutput output) {
        Map<String, double[]> computed = new HashMap<>();
        for (ValueColumn column : ValueColumn.values()) {
            if (values.has(column)) {
                computed.put(column.toString(), values.column(column));
            }
        }
        writeColumns(values.base(), computed, output);
    }

    /**
     * Writes columns that were computed one by one.
     *
     * @param base the customers
     * @param computed the columns by name, one finite value a row of the base, for {@value #NEXT_PURCHASE_DATE} the time to that
     *     day in the unit of the base; a column that is not there stays empty
     * @param output where to write
     * @throws IllegalArgumentException if a column has another length than the base
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public void writeColumns(CustomerBase base, Map<String, double[]> computed, TextOutput output) {
        Objects.requireNonNull(base, "base");
        computed.forEach((name, column) -> {
            if (column.length != base.size()) {
                throw new IllegalArgumentException("`" + name + "` must have " + base.size()
                        + " values, one a customer, but had " + column.length);
            }
        });
        List<IntFunction<String>> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(cell(column, base, computed.get(column)));
        }
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(columns);
            String[] record = new String[cells.size()];
            for (int row = 0; row < base.size(); row++) {
                for (int i = 0; i < record.length; i++) {
                    record[i] = cells.get(i).apply(row);
                }
                csv.writeRecord(record);
            }
            csv.flush();
        });
    }

    private static IntFunction<String> cell(
            String column, CustomerBase base, double @org.jspecify.annotations.Nullable [] computed) {
        return switch (column) {
            case "customer_id" -> base::id;
            case "frequency" -> row -> Integer.toString(base.frequency(row));
            case "recency" -> row -> Numbers.shortest(base.recency(row));
            case "age" -> row -> Numbers.shortest(base.age(row));
            case "monetary_value" -> row -> Numbers.shortest(base.monetaryValue(row));
            case "weight" -> row -> Numbers.shortest(base.weight(row));
            case NEXT_PURCHASE_DATE ->
                computed == null || base.observation().isEmpty()
                        ? row -> ""
                        : row -> base.timeScale()
                                .plus(base.observation().get().end(), computed[row])
                                .toString();
            default -> computed == null ? row -> "" : row -> Numbers.shortest(computed[row]);
        };
    }
}
