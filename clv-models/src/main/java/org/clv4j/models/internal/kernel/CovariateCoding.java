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
import java.util.TreeMap;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
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

    private final Map<String, List<String>> levels;
    private final List<String> names = new ArrayList<>();

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
     * @param base the customers
     * @param covariates the covariates
     * @return the coding
     * @throws DataException if a customer lacks an attribute
     * @throws ModelException if nobody has an attribute, all have the same value, or a category has too many levels
     */
    public static CovariateCoding learn(CustomerBase base, Covariates covariates) {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        for (String name : covariates.effects().keySet()) {
            if (!base.attributeNames().contains(name)) {
                throw new ModelException("no customer has the covariate `" + name + "`; there "
                        + (base.attributeNames().isEmpty() ? "are no attributes" : "is " + base.attributeNames()));
            }
            levels.put(name, levels(base, name, covariates.categories().contains(name)));
        }
        return new CovariateCoding(levels);
    }

    private static List<String> levels(CustomerBase base, String name, boolean isCategory) {
        Map<String, Double> weights = new TreeMap<>();
        boolean isNumber = !isCategory;
        for (int row = 0; row < base.size(); row++) {
            String value = required(base, name, row);
            isNumber = isNumber && number(value) != null;
            if (weights.size() <= MOST_LEVELS) {
                weights.merge(value, base.weight(row), Double::sum);
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

    private static String required(CustomerBase base, String name, int row) {
        return base.attribute(name, row)
                .orElseThrow(() -> new DataException("customer " + base.id(row) + " (row " + (row + 1)
                        + ") has no `" + name + "`, which the model needs of everybody; give it a value, or a level of"
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
     * Codes a customer.
     *
     * @param base the customers
     * @param row the row
     * @param out receives the columns
     * @throws DataException if an attribute is missing, or has no meaning for the coding
     */
    public void code(CustomerBase base, int row, double[] out) {
        int column = 0;
        for (Map.Entry<String, List<String>> entry : levels.entrySet()) {
            String value = required(base, entry.getKey(), row);
            if (!code(entry.getValue(), value, column, out)) {
                throw new DataException(
                        refusal(entry, value) + " (customer " + base.id(row) + ", row " + (row + 1) + ")");
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
