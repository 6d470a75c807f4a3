// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.util.OptionalDouble;

/**
 * How an estimate stands between what a customer did and what customers do: few observations may be chance, and count for less.
 *
 * @param observations how many purchases the customer's own figure is over
 * @param own the customer's own figure; empty if there is none
 * @param population the figure of a customer about whom nothing is known; empty if the model has none
 * @param expected the model's estimate
 * @param weight the part of the own figure in the estimate, (expected − population)/(own − population), in [0, 1]; empty if one of them is
 *     missing, the two are the same, or the estimate does not lie between, because it depends on more than the own figure: as a rate does
 *     if the customer may have left long ago
 */
public record Shrinkage(
        int observations, OptionalDouble own, OptionalDouble population, double expected, OptionalDouble weight) {

    private static final double SAME = 1e-9;

    static Shrinkage of(int observations, OptionalDouble own, OptionalDouble population, double expected) {
        return new Shrinkage(observations, own, population, expected, weight(own, population, expected));
    }

    private static OptionalDouble weight(OptionalDouble own, OptionalDouble population, double expected) {
        if (own.isEmpty() || population.isEmpty()) {
            return OptionalDouble.empty();
        }
        double from = population.getAsDouble();
        double to = own.getAsDouble();
        if (!(Math.abs(to - from) > SAME * Math.max(Math.abs(from), Math.abs(to)))) {
            return OptionalDouble.empty();
        }
        double weight = (expected - from) / (to - from);
        return weight >= -SAME && weight <= 1 + SAME
                ? OptionalDouble.of(Math.min(1, Math.max(0, weight)))
                : OptionalDouble.empty();
    }
}
