// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a fitted model must keep to predict again, where named parameters alone do not say it: columns of numbers and lists of texts by
 * name. A model file has it as it is, number for number.
 *
 * <p>Names of parts have the part's name and a slash before them, as in {@code learner/coefficients}, so that the state of one thing can hold
 * that of another.
 *
 * <p>This class is immutable and thread-safe; no array of a caller is kept, and none of its own is given away.
 */
public final class ModelState {

    private static final String OF = "/";

    private final Map<String, double[]> numbers;
    private final Map<String, List<String>> texts;

    private ModelState(Builder builder) {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.numbers));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.texts));
    }

    /**
     * Starts a state.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the names of the columns of numbers.
     *
     * @return the names in the order in which they came; unmodifiable
     */
    public List<String> numberNames() {
        return List.copyOf(numbers.keySet());
    }

    /**
     * Returns the names of the lists of texts.
     *
     * @return the names in the order in which they came; unmodifiable
     */
    public List<String> textNames() {
        return List.copyOf(texts.keySet());
    }

    /**
     * Tells whether there is anything by a name.
     *
     * @param name the name
     * @return whether numbers or texts have it
     */
    public boolean has(String name) {
        return numbers.containsKey(name) || texts.containsKey(name);
    }

    /**
     * Returns a column of numbers.
     *
     * @param name its name
     * @return the numbers, finite, in a fresh array
     * @throws IllegalArgumentException if there is none by this name
     */
    public double[] numbers(String name) {
        return found(numbers.get(name), name).clone();
    }

    /**
     * Returns the number of a column that has only one.
     *
     * @param name its name
     * @return the number, finite
     * @throws IllegalArgumentException if there is none by this name, or more than one
     */
    public double number(String name) {
        double[] column = found(numbers.get(name), name);
        if (column.length != 1) {
            throw new IllegalArgumentException("`" + name + "` must be one number, but was " + column.length);
        }
        return column[0];
    }

    /**
     * Returns a list of texts.
     *
     * @param name its name
     * @return the texts, unmodifiable
     * @throws IllegalArgumentException if there is none by this name
     */
    public List<String> texts(String name) {
        return found(texts.get(name), name);
    }

    /**
     * Returns the text of a list that has only one.
     *
     * @param name its name
     * @return the text
     * @throws IllegalArgumentException if there is none by this name, or more than one
     */
    public String text(String name) {
        List<String> list = texts(name);
        if (list.size() != 1) {
            throw new IllegalArgumentException("`" + name + "` must be one text, but was " + list.size());
        }
        return list.get(0);
    }

    private <T> T found(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("`" + name + "` is missing; there are " + names());
        }
        return value;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(numbers.keySet());
        names.addAll(texts.keySet());
        return names;
    }

    /**
     * Returns the state of a part.
     *
     * @param part the part's name
     * @return what was put in by {@link Builder#part}; empty if there was nothing
     */
    public ModelState part(String part) {
        String prefix = part + OF;
        Builder builder = builder();
        numbers.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                builder.numbers(name.substring(prefix.length()), values);
            }
        });
        texts.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                builder.texts(name.substring(prefix.length()), values);
            }
        });
        return builder.build();
    }

    /** Two states are equal if they hold the same numbers, bit for bit, and texts by the same names. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ModelState that)) {
            return false;
        }
        return texts.equals(that.texts)
                && numbers.keySet().equals(that.numbers.keySet())
                && numbers.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), that.numbers.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = texts.hashCode();
        for (Map.Entry<String, double[]> entry : numbers.entrySet()) {
            hash += Objects.hash(entry.getKey(), Arrays.hashCode(entry.getValue()));
        }
        return hash;
    }

    @Override
    public String toString() {
        return "ModelState" + names();
    }

    /** Collects a state. Not thread-safe. */
    public static final class Builder {

        private final Map<String, double[]> numbers = new LinkedHashMap<>();
        private final Map<String, List<String>> texts = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a column of numbers.
         *
         * @param name its name; not blank, not there yet
         * @param values the numbers, copied; finite
         * @return this builder
         * @throws IllegalArgumentException if the name cannot be used or a number is not finite
         */
        public Builder numbers(String name, double... values) {
            checkNew(name);
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw new IllegalArgumentException(
                            "`" + name + "` must be finite, but was " + values[i] + " at " + i);
                }
            }
            numbers.put(name, values.clone());
            return this;
        }

        /**
         * Adds a list of texts.
         *
         * @param name its name; not blank, not there yet
         * @param values the texts, copied
         * @return this builder
         * @throws IllegalArgumentException if the name cannot be used
         */
        public Builder texts(String name, List<String> values) {
            checkNew(name);
            texts.put(name, List.copyOf(values));
            return this;
        }

        /**
         * Adds one text.
         *
         * @param name its name; not blank, not there yet
         * @param value the text
         * @return this builder
         * @throws IllegalArgumentException if the name cannot be used
         */
        public Builder text(String name, String value) {
            return texts(name, List.of(value));
        }

        /**
         * Adds the state of a part, to be had by {@link ModelState#part}.
         *
         * @param part the part's name; not blank
         * @param state its state
         * @return this builder
         * @throws IllegalArgumentException if a name is there already
         */
        public Builder part(String part, ModelState state) {
            state.numbers.forEach((name, values) -> numbers(part + OF + name, values));
            state.texts.forEach((name, values) -> texts(part + OF + name, values));
            return this;
        }

        private void checkNew(String name) {
            if (name.isBlank() || numbers.containsKey(name) || texts.containsKey(name)) {
                throw new IllegalArgumentException("`name` must be new and not blank, but was '" + name + "'");
            }
        }

        /**
         * Builds the state.
         *
         * @return the state
         */
        public ModelState build() {
            return new ModelState(this);
        }
    }
}
