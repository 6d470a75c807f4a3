// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Named columns of numbers, one row a customer: what learners learn from and predict with.
 *
 * <p>A value is finite, or NaN for one that is missing if the table was told to allow that. Infinity is refused.
 *
 * <p>This class is immutable and thread-safe; no array of a caller is kept, and none of the table is given away.
 */
public final class FeatureTable {

    private final List<String> names;
    private final Map<String, Integer> indices;
    private final double[][] columns;
    private final int rows;
    private final boolean missing;

    /** Takes the columns without a copy. */
    private FeatureTable(List<String> names, double[][] columns, int rows) {
        this.names = List.copyOf(names);
        this.columns = columns;
        this.rows = rows;
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (String name : names) {
            byName.put(name, byName.size());
        }
        this.indices = Collections.unmodifiableMap(byName);
        this.missing = Arrays.stream(columns).anyMatch(FeatureTable::hasMissing);
    }

    private static boolean hasMissing(double[] column) {
        for (double value : column) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a table without missing values.
     *
     * @param columns the columns by name, in their order; all of the same length, every value finite
     * @return the table
     * @throws IllegalArgumentException if there is no column, lengths differ, a name is blank or begins with a parenthesis, or a value
     *     is not finite; the message names column and row
     */
    public static FeatureTable of(Map<String, double[]> columns) {
        Builder builder = builder();
        columns.forEach(builder::column);
        return builder.build();
    }

    /**
     * Starts a table.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of rows.
     *
     * @return the number, at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the names of the columns.
     *
     * @return the names in their order, unmodifiable
     */
    public List<String> names() {
        return names;
    }

    /**
     * Tells whether a value is missing anywhere.
     *
     * @return whether there is a NaN
     */
    public boolean hasMissing() {
        return missing;
    }

    /**
     * Returns a value.
     *
     * @param row the row, from 0
     * @param column the index of the column, from 0
     * @return the value; NaN if it is missing
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double value(int row, int column) {
        return columns[column][row];
    }

    /**
     * Returns where a column stands.
     *
     * @param name the column
     * @return its index, from 0
     * @throws IllegalArgumentException if there is no such column
     */
    public int index(String name) {
        Integer index = indices.get(Objects.requireNonNull(name, "name"));
        if (index == null) {
            throw new IllegalArgumentException(
                    "`name` must be a column of the table, but was '" + name + "'; there are " + names);
        }
        return index;
    }

    /**
     * Returns a column.
     *
     * @param name the column
     * @return its values in a fresh array
     * @throws IllegalArgumentException if there is no such column
     */
    public double[] column(String name) {
        return columns[index(name)].clone();
    }

    /**
     * Copies a row.
     *
     * @param row the row, from 0
     * @param out receives the values in the order of the columns; at least as long as there are columns
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void rowInto(int row, double[] out) {
        for (int j = 0; j < columns.length; j++) {
            out[j] = columns[j][row];
        }
    }

    /**
     * Adds a multiple of a column to sums: {@code out[i] += factor · value(from + i, column)}, in the arithmetic of plain doubles. What
     * linear predictors of many rows are made of, without a copy of the column.
     *
     * @param column the index of the column, from 0
     * @param factor what each value is multiplied by
     * @param from the first row
     * @param to the row after the last
     * @param out sums, changed in the first {@code to − from} cells; NaN where a value is missing
     * @throws IndexOutOfBoundsException if there is no such column, the range is not in the table or does not fit
     */
    public void addMultipleInto(int column, double factor, int from, int to, double[] out) {
        Objects.checkFromToIndex(from, to, rows);
        Objects.checkFromToIndex(0, to - from, out.length);
        double[] values = columns[column];
        int count = to - from;
        for (int i = 0; i < count; i++) {
            out[i] += factor * values[from + i];
        }
    }

    /**
     * Returns the table of some columns.
     *
     * @param wanted the names, in the order wanted
     * @return the table
     * @throws IllegalArgumentException if one is not a column of this table, or wanted twice
     */
    public FeatureTable select(Collection<String> wanted) {
        List<String> list = List.copyOf(wanted);
        if (list.equals(names)) {
            return this;
        }
        double[][] chosen = new double[list.size()][];
        for (int j = 0; j < chosen.length; j++) {
            chosen[j] = columns[index(list.get(j))];
            if (list.indexOf(list.get(j)) != j) {
                throw new IllegalArgumentException(
                        "`wanted` must name a column once, but named '" + list.get(j) + "' again");
            }
        }
        return new FeatureTable(list, chosen, rows);
    }

    /**
     * Returns the table of a range of rows.
     *
     * @param from the first row
     * @param to the row after the last
     * @return the table
     * @throws IndexOutOfBoundsException if the range is not in the table
     */
    public FeatureTable rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        double[][] part = new double[columns.length][];
        for (int j = 0; j < part.length; j++) {
            part[j] = Arrays.copyOfRange(columns[j], from, to);
        }
        return new FeatureTable(names, part, to - from);
    }

    /**
     * Returns the table of some rows.
     *
     * @param chosen the rows, in the order wanted; one may be wanted again
     * @return the table
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public FeatureTable selectRows(int[] chosen) {
        double[][] part = new double[columns.length][chosen.length];
        for (int j = 0; j < part.length; j++) {
            for (int i = 0; i < chosen.length; i++) {
                part[j][i] = columns[j][chosen[i]];
            }
        }
        return new FeatureTable(names, part, chosen.length);
    }

    @Override
    public String toString() {
        return "FeatureTable[" + rows + " rows of " + names + "]";
    }

    /** Collects the columns of a table. Not thread-safe. */
    public static final class Builder {

        private final Map<String, double[]> columns = new LinkedHashMap<>();
        private boolean missingAllowed;

        private Builder() {}

        /**
         * Allows NaN for values that are missing; without this they are refused.
         *
         * @return this builder
         */
        public Builder allowingMissing() {
            missingAllowed = true;
            return this;
        }

        /**
         * Adds a column.
         *
         * @param name the name; not blank, not there yet, without a parenthesis at its beginning, which learners keep for themselves
         * @param values the values, copied; as many as the other columns have
         * @return this builder
         * @throws IllegalArgumentException if the name cannot be used or the length is not that of the other columns
         */
        public Builder column(String name, double[] values) {
            Objects.requireNonNull(name, "name");
            if (name.isBlank() || name.startsWith("(")) {
                throw new IllegalArgumentException(
                        "`name` must not be blank nor begin with a parenthesis, but was '" + name + "'");
            }
            for (Map.Entry<String, double[]> other : columns.entrySet()) {
                if (other.getValue().length != values.length) {
                    throw new IllegalArgumentException("column '" + name + "' must have as many rows as '"
                            + other.getKey() + "', which has " + other.getValue().length + ", but had "
                            + values.length);
                }
            }
            if (columns.putIfAbsent(name, values.clone()) != null) {
                throw new IllegalArgumentException("`name` must be new to the table, but '" + name + "' is there");
            }
            return this;
        }

        /**
         * Builds the table.
         *
         * @return the table
         * @throws IllegalArgumentException if there is no column, or a value is not finite; the message names column and row
         */
        public FeatureTable build() {
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table must have at least one column");
            }
            columns.forEach((name, values) -> {
                for (int i = 0; i < values.length; i++) {
                    boolean allowed = Double.isFinite(values[i]) || (missingAllowed && Double.isNaN(values[i]));
                    if (!allowed) {
                        throw new IllegalArgumentException("column '" + name + "' must be finite"
                                + (missingAllowed ? " or NaN" : "") + ", but was " + values[i] + " in row " + i);
                    }
                }
            });
            int rows = columns.values().iterator().next().length;
            // The columns were copied when they came; a builder that goes on must not write into the table.
            double[][] copy = columns.values().stream().map(double[]::clone).toArray(double[][]::new);
            return new FeatureTable(List.copyOf(columns.keySet()), copy, rows);
        }
    }
}
