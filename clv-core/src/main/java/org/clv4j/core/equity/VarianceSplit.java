// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

/**
 * Where the variance of a figure comes from. With θ the parameters of all models, N the purchases with their times, and X the figure:
 *
 * <pre>
 * Var X = Var E[X | θ]  +  E Var(E[X | N, θ] | θ)  +  E Var(X | N, θ)
 *         parameters       process                   spend
 * </pre>
 *
 * @param parameters what comes from not knowing the parameters; at least 0, and 0 where they are taken as known
 * @param process what comes from the luck of who stays and who buys when, given the parameters; at least 0
 * @param spend what comes from not knowing what purchases amount to, given parameters and purchases; at least 0, and 0 of counts
 */
public record VarianceSplit(double parameters, double process, double spend) {

    /**
     * Creates a split.
     *
     * @param parameters the part of the parameters; finite, at least 0
     * @param process the part of the purchases; finite, at least 0
     * @param spend the part of the amounts; finite, at least 0
     * @throws IllegalArgumentException if a part is out of its range
     */
    public VarianceSplit {
        check(parameters, "parameters");
        check(process, "process");
        check(spend, "spend");
    }

    private static void check(double part, String name) {
        if (!(part >= 0 && part < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and at least 0, but was " + part);
        }
    }

    /**
     * Returns the variance of the figure.
     *
     * @return the sum of the parts
     */
    public double total() {
        return parameters + process + spend;
    }
}
