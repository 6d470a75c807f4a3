// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;

/**
 * What every customer of a base is worth under given terms, by one model.
 *
 * <ul>
 *   <li>current value: the margin realised so far, Σ (amount − cost) where the cost is known, Σ amount × margin elsewhere;
 *   <li>future value (the column {@link ValueColumn#CLV}): the present value of the margin still to come;
 *   <li>lifetime value: current + future.
 * </ul>
 *
 * <p>Rows are those of the base, in its order: a value never loses its customer. All values are finite. This class is
 * immutable and thread-safe.
 */
public final class CustomerValues {

    private final String model;
    private final CustomerBase base;
    private final ValuationTerms terms;
    private final Map<ValueColumn, double[]> columns;
    private final double[] currentValue;
    private final List<String> warnings;

    private CustomerValues(Builder builder) {
        model = builder.model;
        base = builder.base;
        terms = builder.terms;
        columns = new EnumMap<>(builder.columns);
        warnings = List.copyOf(builder.warnings);
        currentValue = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            currentValue[row] = realisedMargin(base, row, terms.margin());
        }
    }

    private static double realisedMargin(CustomerBase base, int row, Margin margin) {
        BigDecimal withCost = base.totalAmountWithCost(row);
        if (withCost.signum() == 0 && base.totalCost(row).signum() == 0) {
            return base.totalAmountAsDouble(row) * margin.fraction();
        }
        BigDecimal withoutCost = base.totalAmount(row).subtract(withCost);
        return withCost.subtract(base.totalCost(row)).doubleValue() + withoutCost.doubleValue() * margin.fraction();
    }

    /**
     * Starts a result; for authors of models.
     *
     * @param model the name of the model
     * @param base the customers
     * @param terms the terms
     * @return a builder that needs at least the column {@link ValueColumn#CLV}
     */
    public static Builder builder(String model, CustomerBase base, ValuationTerms terms) {
        return new Builder(model, base, terms);
    }

    /**
     * Returns the name of the model.
     *
     * @return the name, as {@code bg-nbd × gamma-gamma}
     */
    public String model() {
        return model;
    }

    /**
     * Returns the customers.
     *
     * @return the base whose rows these values belong to
     */
    public CustomerBase base() {
        return base;
    }

    /**
     * Returns the terms of the valuation.
     *
     * @return the terms
     */
    public ValuationTerms terms() {
        return terms;
    }

    /**
     * Returns the number of customers.
     *
     * @return the number of rows
     */
    public int size() {
        return base.size();
    }

    /**
     * Returns what a reader of the values should know, as that an average-order model assumes continuation.
     *
     * @return the warnings, unmodifiable
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Tells whether the model defines a column.
     *
     * @param column the column
     * @return true if {@link #get(ValueColumn, int)} answers
     */
    public boolean has(ValueColumn column) {
        return columns.containsKey(column);
    }

    /**
     * Returns a value of a customer.
     *
     * @param column the column
     * @param row the row of the base, from 0
     * @return the value, finite
     * @throws IllegalArgumentException if the model does not define the column
     */
    public double get(ValueColumn column, int row) {
        return require(column)[row];
    }

    /**
     * Returns a column.
     *
     * @param column the column
     * @return a fresh array, one value a row of the base
     * @throws IllegalArgumentException if the model does not define the column
     */
    public double[] column(ValueColumn column) {
        return require(column).clone();
    }

    private double[] require(ValueColumn column) {
        double[] values = columns.get(column);
        if (values == null) {
            throw new IllegalArgumentException("`" + column + "` is not defined by the model " + model);
        }
        return values;
    }

    /**
     * Returns the margin realised so far.
     *
     * @param row the row of the base, from 0
     * @return the current value
     */
    public double currentValue(int row) {
        return currentValue[row];
    }

    /**
     * Returns the present value of the margin still to come within the horizon.
     *
     * @param row the row of the base, from 0
     * @return the future value: the column {@link ValueColumn#CLV}
     */
    public double futureValue(int row) {
        return get(ValueColumn.CLV, row);
    }

    /**
     * Returns current and future value together.
     *
     * @param row the row of the base, from 0
     * @return the lifetime value
     */
    public double lifetimeValue(int row) {
        return currentValue(row) + futureValue(row);
    }

    /**
     * Returns a customer's values by id; made for scripts.
     *
     * @param customerId the customer's id
     * @return the future value, or empty if the base has no such customer
     */
    public Optional<Double> futureValueOf(String customerId) {
        int row = base.indexOf(customerId);
        return row < 0 ? Optional.empty() : Optional.of(futureValue(row));
    }

    /** Collects the columns of a valuation. Not thread-safe. */
    public static final class Builder {

        private final String model;
        private final CustomerBase base;
        private final ValuationTerms terms;
        private final Map<ValueColumn, double[]> columns = new EnumMap<>(ValueColumn.class);
        private List<String> warnings = List.of();

        private Builder(String model, CustomerBase base, ValuationTerms terms) {
            this.model = Objects.requireNonNull(model, "model");
            this.base = Objects.requireNonNull(base, "base");
            this.terms = Objects.requireNonNull(terms, "terms");
        }

        /**
         * Adds a column.
         *
         * @param column the column
         * @param values one finite value a row of the base; copied
         * @return this builder
         * @throws IllegalArgumentException if the length is not the base's size, or a value is not finite
         */
        public Builder column(ValueColumn column, double[] values) {
            if (values.length != base.size()) {
                throw new IllegalArgumentException("`" + column + "` must have " + base.size()
                        + " values, one a customer, but had " + values.length);
            }
            for (int row = 0; row < values.length; row++) {
                if (!Double.isFinite(values[row])) {
                    throw new IllegalArgumentException("`" + column + "` must be finite, but was " + values[row]
                            + " (customer " + base.id(row) + ", model " + model + ")");
                }
            }
            columns.put(column, Arrays.copyOf(values, values.length));
            return this;
        }

        /**
         * States what a reader should know.
         *
         * @param newWarnings one line each
         * @return this builder
         */
        public Builder warnings(List<String> newWarnings) {
            warnings = newWarnings;
            return this;
        }

        /**
         * Builds the values.
         *
         * @return the values
         * @throws IllegalStateException if the column {@link ValueColumn#CLV} is missing
         */
        public CustomerValues build() {
            if (!columns.containsKey(ValueColumn.CLV)) {
                throw new IllegalStateException("a valuation needs the column " + ValueColumn.CLV);
            }
            return new CustomerValues(this);
        }
    }
}
