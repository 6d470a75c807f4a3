// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Objects;

/**
 * A parameter of a model: its name and the open interval it lies in.
 *
 * @param name the name, as in the model's paper
 * @param lower the lower bound, exclusive; may be negative infinity
 * @param upper the upper bound, exclusive; may be positive infinity
 * @param meaning what it stands for, in a few words
 */
public record ParameterDomain(String name, double lower, double upper, String meaning) {

    /**
     * Creates a domain.
     *
     * @param name the name, as in the model's paper
     * @param lower the lower bound, exclusive
     * @param upper the upper bound, exclusive; may be positive infinity
     * @param meaning what it stands for, in a few words
     * @throws IllegalArgumentException if the bounds are out of order
     */
    public ParameterDomain {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
        if (!(lower < upper)) {
            throw new IllegalArgumentException(
                    "`lower` of `" + name + "` must be below " + upper + ", but was " + lower);
        }
    }

    /**
     * Returns the domain of a positive parameter.
     *
     * @param name the name
     * @param meaning what it stands for
     * @return the domain (0, ∞)
     */
    public static ParameterDomain positive(String name, String meaning) {
        return new ParameterDomain(name, 0, Double.POSITIVE_INFINITY, meaning);
    }

    /**
     * Returns the domain of a parameter that may be 0.
     *
     * @param name the name
     * @param meaning what it stands for
     * @return the domain [0, ∞)
     */
    public static ParameterDomain nonNegative(String name, String meaning) {
        return new ParameterDomain(name, -Double.MIN_VALUE, Double.POSITIVE_INFINITY, meaning);
    }

    /**
     * Returns the domain of a parameter that may be any number.
     *
     * @param name the name
     * @param meaning what it stands for
     * @return the domain (−∞, ∞)
     */
    public static ParameterDomain real(String name, String meaning) {
        return new ParameterDomain(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, meaning);
    }

    /**
     * Checks a value.
     *
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is not finite or not inside the domain
     */
    public double check(double value) {
        if (!contains(value)) {
            throw new IllegalArgumentException("`" + name + "` must be " + range() + ", but was " + value);
        }
        return value;
    }

    /**
     * Tells whether a value is in the domain.
     *
     * @param value the value
     * @return whether it is between the bounds and finite
     */
    public boolean contains(double value) {
        return value > lower && value < upper && Double.isFinite(value);
    }

    private String range() {
        if (upper < Double.POSITIVE_INFINITY) {
            return "in (" + lower + ", " + upper + ")";
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return "finite";
        }
        return lower == -Double.MIN_VALUE ? "finite and at least 0" : "finite and above " + lower;
    }
}
