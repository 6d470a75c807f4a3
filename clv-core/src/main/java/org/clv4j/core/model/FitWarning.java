// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Objects;

/**
 * Something about a fit that its reader must know.
 *
 * @param condition the condition, for programs
 * @param message what it means here, for people; one line
 */
public record FitWarning(Condition condition, String message) {

    /** The conditions that a fit can warn of. */
    public enum Condition {
        /** The optimiser stopped before the gradient vanished, or chains have not mixed; the parameters are not what was asked for. */
        NOT_CONVERGED,
        /** A parameter ran to the edge of its domain; the data are better described by a simpler model. */
        BOUNDARY,
        /** The curvature at the optimum is close to singular: the data hardly tell some parameters apart. */
        WEAKLY_IDENTIFIED,
        /** The shape q of a Gamma-Gamma model is at most 1: the mean spend of a new customer is infinite. */
        INFINITE_MEAN_SPEND,
        /** Some customers were left out of the fit. */
        CUSTOMERS_LEFT_OUT,
        /** The model takes for granted that customers go on as before. */
        CONTINUATION_ASSUMED
    }

    /**
     * Creates a warning.
     *
     * @param condition the condition, for programs
     * @param message what it means here, for people; one line
     */
    public FitWarning {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(message, "message");
    }

    /** Returns condition and message on one line. */
    @Override
    public String toString() {
        return condition + ": " + message;
    }

    /**
     * Parses what {@link #toString()} wrote.
     *
     * @param line the line
     * @return the warning
     * @throws IllegalArgumentException if the line names no condition
     */
    public static FitWarning parse(String line) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException("`warning` must be 'CONDITION: message', but was '" + line + "'");
        }
        String name = line.substring(0, colon);
        for (Condition condition : Condition.values()) {
            if (condition.name().equals(name)) {
                return new FitWarning(condition, line.substring(colon + 2));
            }
        }
        throw new IllegalArgumentException("`warning` must begin with a known condition, but was '" + line + "'");
    }
}
