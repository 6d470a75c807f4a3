// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * How covariates become columns of numbers: a number is itself; a category is one column of 0 and 1 for every level but the reference.
 * Immutable.
 */
public final class CovariateCoding {

    /** More levels than this are names, not a category. */
    private static final int MOST_LEVELS = 100;
    /** Columns whose correlations have a smaller eigenvalue follow from each other. */
    private static final double DEPENDENT = 1e-10;

    private final Map<String, List<String>> levels;
    private final List<String> names = new ArrayList<>();

    /** Rows with attributes. */
    public interface Source {
        /**
         * Returns the number of rows.
         *
         * @return the number
         */
        int size();

        /**
         * Returns the names of all attributes.
         *
         * @return the names
         */
        Set<String> attributeNames();

        /**
         * Returns an attribute of a row.
         *
         * @param name the attribute
         * @param row the row, from 0
         * @return the value, or empty if it is not known
         */
        Optional<String> attribute(String name, int row);

        /**
         * Returns how many customers a row stands for.
         *
         * @param row the row, from 0
         * @return the weight, above 0
         */
        double weight(int row);

        /**
         * Says whose a row is.
         *
         * @param row the row, from 0
         * @return the words, as "customer C17"
         */
        String whose(int row);

        /**
         * Returns the customers of a base.
         *
         * @param base the base
         * @return the rows
         */
        static Source of(CustomerBase base) {
            return new OfCustomers(base);
        }

        /**
         * Returns the rows of retention data.
         *
         * @param data the data
         * @return the rows
         */
        static Source of(RetentionData data) {
            return new OfRetention(data);
        }
    }

    private record OfCustomers(CustomerBase base) implements Source {
        @Override
        public int size() {
            return base.size();
        }

        @Override
        public Set<String> attributeNames() {
            return base.attributeNames();
        }

        @Override
        public Optional<String> attribute(String name, int row) {
            return base.attribute(name, row);
        }

        @Override
        public double weight(int row) {
            return base.weight(row);
        }

        @Override
        public String whose(int row) {
            return "customer " + base.id(row);
        }
    }

    private record OfRetention(RetentionData data) implements Source {
        @Override
        public int size() {
            return data.size();
        }

        @Override
        public Set<String> attributeNames() {
            return data.attributeNames();
        }

        @Override
        public Optional<String> attribute(String name, int row) {
            return data.attribute(name, row);
        }

        @Override
        public double weight(int row) {
            return data.weight(row);
        }

        @Override
        public String whose(int row) {
            return "retention data";
        }
    }

    /** The correlation of two columns. */
    @FunctionalInterface
    public interface Correlations {
        /**
         * Returns the correlation.
         *
         * @param one a column
         * @param other a column
         * @return the correlation, 1 of a column with itself
         */
        double of(int one, int other);
    }

    private CovariateCoding(Map<String, List<String>> levels) {
        this.levels = Collections.unmodifiableMap(levels);
        levels.forEach((name, values) -> {
            if (values.isEmpty()) {
                names.add(name);
            }
            for (String level : values.subList(Math.min(1, values.size()), values.size())) {
                names.add(name + "=" + level);
            }
        });
    }

    /**
     * Makes the coding of known covariates.
     *
     * @param levels the levels of each by name, the reference first; none if it is a number
     * @return the coding
     * @throws IllegalArgumentException if a category has one level, or one twice
     */
    public static CovariateCoding of(Map<String, List<String>> levels) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        levels.forEach((name, values) -> {
            if (values.size() == 1 || values.stream().distinct().count() < values.size()) {
                throw new IllegalArgumentException(
                        "the levels of `" + name + "` must be two or more different ones, but were " + values);
            }
            copy.put(name, List.copyOf(values));
        });
        return new CovariateCoding(copy);
    }

    /**
     * Finds the coding of the attributes of a base: what is a number for every customer is a number, else a category, whose most frequent
     * level is the reference.
     *
     * @param source the customers
     * @param covariates the covariates
     * @return the coding
     * @throws DataException if a customer lacks an attribute
     * @throws ModelException if nobody has an attribute, all have the same value, or a category has too many levels
     */
    public static CovariateCoding learn(Source source, Covariates covariates) {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        for (String name : covariates.effects().keySet()) {
            if (!source.attributeNames().contains(name)) {
                throw new ModelException("no customer has the covariate `" + name + "`; there "
                        + (source.attributeNames().isEmpty() ? "are no attributes" : "is " + source.attributeNames()));
            }
            levels.put(name, levels(source, name, covariates.categories().contains(name)));
        }
        return new CovariateCoding(levels);
    }

    private static List<String> levels(Source source, String name, boolean isCategory) {
        Map<String, Double> weights = new TreeMap<>();
        boolean isNumber = !isCategory;
        for (int row = 0; row < source.size(); row++) {
            String value = required(source, name, row);
            isNumber = isNumber && number(value) != null;
            if (weights.size() <= MOST_LEVELS) {
                weights.merge(value, source.weight(row), Double::sum);
            }
        }
        if (weights.size() < 2) {
            throw new ModelException("the covariate `" + name + "` is " + weights.keySet()
                    + " for every customer, so that it tells nothing; leave it out");
        }
        if (isNumber) {
            return List.of();
        }
        if (weights.size() > MOST_LEVELS) {
            throw new ModelException("the covariate `" + name + "` is a category of more than " + MOST_LEVELS
                    + " levels; put levels together");
        }
        // The first in the order of the alphabet where several are as frequent.
        String reference = weights.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        List<String> sorted = new ArrayList<>(weights.keySet());
        sorted.remove(reference);
        sorted.add(0, reference);
        return List.copyOf(sorted);
    }

    private static String required(Source source, String name, int row) {
        return source.attribute(name, row)
                .orElseThrow(() -> new DataException(source.whose(row) + " (row " + (row + 1) + ") has no `" + name
                        + "`, which the model needs of everybody; give it a value, or a level of"
                        + " its own such as unknown"));
    }

    private static @Nullable Double number(String text) {
        try {
            double value = new BigDecimal(text.strip()).doubleValue();
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * Returns the levels of the covariates.
     *
     * @return an unmodifiable map by name, the reference first; no levels if it is a number
     */
    public Map<String, List<String>> levels() {
        return levels;
    }

    /**
     * Returns the names of the columns.
     *
     * @return the names, as {@code age} or {@code region=north}
     */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the covariate that a column belongs to.
     *
     * @param column the column's number
     * @return the covariate's name
     */
    public String covariate(int column) {
        int end = 0;
        for (Map.Entry<String, List<String>> entry : levels.entrySet()) {
            end += entry.getValue().isEmpty() ? 1 : entry.getValue().size() - 1;
            if (column < end) {
                return entry.getKey();
            }
        }
        throw new IndexOutOfBoundsException(column);
    }

    /**
     * Refuses columns of which one follows from others.
     *
     * @param correlations the correlations of the columns
     * @throws ModelException if there are such; the message names them
     */
    public void requireIndependent(Correlations correlations) {
        int width = names.size();
        double[][] matrix = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = correlations.of(i, j);
                matrix[j][i] = matrix[i][j];
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
        double[] values = eigen.getRealEigenvalues();
        for (int i = 0; i < width; i++) {
            if (values[i] < DEPENDENT) {
                List<String> involved = new ArrayList<>();
                for (int j = 0; j < width; j++) {
                    if (Math.abs(eigen.getV().getEntry(j, i)) > 1e-3) {
                        involved.add(names.get(j));
                    }
                }
                throw new ModelException(
                        "the covariates " + involved + " follow from each other; leave one of them out");
            }
        }
    }

    /**
     * Codes a customer.
     *
     * @param source the customers
     * @param row the row
     * @param out receives the columns
     * @throws DataException if an attribute is missing, or has no meaning for the coding
     */
    public void code(Source source, int row, double[] out) {
        int column = 0;
        for (Map.Entry<String, List<String>> entry : levels.entrySet()) {
            String value = required(source, entry.getKey(), row);
            if (!code(entry.getValue(), value, column, out)) {
                throw new DataException(refusal(entry, value) + " (" + source.whose(row) + ", row " + (row + 1) + ")");
            }
            column += Math.max(1, entry.getValue().size() - 1);
        }
    }

    /**
     * Codes a profile.
     *
     * @param profile the values by covariate
     * @param out receives the columns
     * @throws IllegalArgumentException if a value is missing, or has no meaning for the coding
     */
    public void code(Map<String, String> profile, double[] out) {
        int column = 0;
        for (Map.Entry<String, List<String>> entry : levels.entrySet()) {
            String value = profile.get(entry.getKey());
            if (value == null) {
                throw new IllegalArgumentException(
                        "`profile` must have " + levels.keySet() + ", but has no `" + entry.getKey() + "`");
            }
            if (!code(entry.getValue(), value, column, out)) {
                throw new IllegalArgumentException(refusal(entry, value));
            }
            column += Math.max(1, entry.getValue().size() - 1);
        }
    }

    private static boolean code(List<String> levels, String value, int column, double[] out) {
        if (levels.isEmpty()) {
            Double number = number(value);
            out[column] = number == null ? 0 : number;
            return number != null;
        }
        int level = levels.indexOf(value);
        for (int i = 1; i < levels.size(); i++) {
            out[column + i - 1] = i == level ? 1 : 0;
        }
        return level >= 0;
    }

    private static String refusal(Map.Entry<String, List<String>> covariate, String value) {
        return "`" + covariate.getKey() + "` must be "
                + (covariate.getValue().isEmpty()
                        ? "a number"
                        : "a level that the fit has seen, " + String.join(", ", covariate.getValue()))
                + ", but was '" + value + "'";
    }
}
