// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A set of changes from now on, each a factor on a {@link Lever}. Immutable and thread-safe; {@code with} returns a copy. */
public final class Scenario {

    private static final Scenario NONE = new Scenario(new EnumMap<>(Lever.class));

    private final Map<Lever, Double> factors;

    private Scenario(Map<Lever, Double> factors) {
        this.factors = Collections.unmodifiableMap(factors);
    }

    /**
     * Returns the scenario in which nothing changes.
     *
     * @return the scenario
     */
    public static Scenario none() {
        return NONE;
    }

    /**
     * Returns a copy with a change, in place of one of the same lever before.
     *
     * @param lever what changes
     * @param factor what it is multiplied by, as 1.1 for 10 % more; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if the factor is out of its range
     */
    public Scenario with(Lever lever, double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`factor` of " + lever + " must be finite and above 0, but was " + factor);
        }
        Map<Lever, Double> more = new EnumMap<>(Lever.class);
        more.putAll(factors);
        if (factor == 1) {
            more.remove(lever);
        } else {
            more.put(lever, factor);
        }
        return new Scenario(more);
    }

    /**
     * Returns the changes.
     *
     * @return an unmodifiable map from lever to factor, without those that are 1, in the order of the levers
     */
    public Map<Lever, Double> factors() {
        return factors;
    }

    /**
     * Returns the factor on a lever.
     *
     * @param lever the lever
     * @return its factor; 1 if it does not change
     */
    public double factor(Lever lever) {
        return factors.getOrDefault(lever, 1.0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scenario that && factors.equals(that.factors);
    }

    @Override
    public int hashCode() {
        return factors.hashCode();
    }

    /** Returns the changes in words, as {@code retention × 1.1, margin × 0.9}. */
    @Override
    public String toString() {
        return factors.isEmpty()
                ? "no change"
                : factors.entrySet().stream()
                        .map(change -> change.getKey() + " × " + change.getValue())
                        .collect(Collectors.joining(", "));
    }
}
