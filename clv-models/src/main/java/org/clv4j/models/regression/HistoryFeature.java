// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.ModelState;

/**
 * A feature that a customer's own history tells, without anything learned from others.
 *
 * <p>Immutable and thread-safe, if its function is.
 */
public final class HistoryFeature implements Feature, FittedFeature {

    private final String name;
    private final List<String> columns;
    private final Values values;

    private HistoryFeature(String name, List<String> columns, Values values) {
        this.name = Objects.requireNonNull(name, "name");
        this.columns = columns;
        this.values = Objects.requireNonNull(values, "values");
    }

    /** What a history tells as a number. */
    @FunctionalInterface
    public interface Value {

        /**
         * Computes the value of a customer.
         *
         * @param history what is known of her
         * @return the value, finite, or NaN if it is missing
         */
        double of(CustomerHistory history);
    }

    /** What a history tells as several numbers. */
    @FunctionalInterface
    interface Values {
        void into(CustomerHistory history, double[] out);
    }

    /**
     * Returns a feature of one column.
     *
     * @param name the name of the feature and of its column
     * @param value what it is
     * @return the feature
     */
    public static HistoryFeature of(String name, Value value) {
        Objects.requireNonNull(value, "value");
        return new HistoryFeature(name, List.of(name), (history, out) -> out[0] = value.of(history));
    }

    static HistoryFeature of(String name, List<String> columns, Values values) {
        return new HistoryFeature(name, List.copyOf(columns), values);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FittedFeature fit(CustomerHistories earliest) {
        return this;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public double[][] values(CustomerHistories histories) {
        double[][] all = new double[columns.size()][histories.size()];
        double[] one = new double[columns.size()];
        for (int row = 0; row < histories.size(); row++) {
            values.into(histories.history(row), one);
            for (int j = 0; j < one.length; j++) {
                all[j][row] = one[j];
            }
        }
        return all;
    }

    @Override
    public ModelState state() {
        return ModelState.builder().build();
    }

    @Override
    public String toString() {
        return name;
    }
}
