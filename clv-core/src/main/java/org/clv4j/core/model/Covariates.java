// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which attributes of the customers a model of purchases takes as covariates, and on which of its two processes each acts: the rate of
 * purchases, dropout, or both.
 *
 * <p>An attribute whose every value is a number is taken as a number; any other is a category, of which the most frequent level is the
 * reference. Of a {@link RetentionModel} leaving is the only process, on which all covariates act. Immutable and thread-safe.
 */
public final class Covariates {

    /** The key under which the provenance of a fit says whether its covariates tell anything. */
    public static final String TEST = "test of the covariates";

    /** What a covariate acts on. */
    public enum Effect {
        /** The rate of purchases alone. */
        PURCHASES,
        /** Dropout alone. */
        DROPOUT,
        /** Both, each by an effect of its own. */
        BOTH,
        /** Both, by one effect. */
        EQUAL
    }

    private final Map<String, Effect> effects;
    private final Set<String> categories;
    private final double penalty;

    private Covariates(Map<String, Effect> effects, Set<String> categories, double penalty) {
        this.effects = Collections.unmodifiableMap(effects);
        this.categories = Collections.unmodifiableSet(categories);
        this.penalty = penalty;
    }

    /**
     * Returns covariates that act on both processes, each by an effect of its own.
     *
     * @param names the names of the attributes
     * @return the covariates
     * @throws IllegalArgumentException if a name is blank
     */
    public static Covariates of(String... names) {
        return new Covariates(Map.of(), Set.of(), 0).with(Effect.BOTH, names);
    }

    /**
     * Returns a copy in which some covariates, old or new, act as stated.
     *
     * @param effect what they act on
     * @param names the names of the attributes
     * @return the copy
     * @throws IllegalArgumentException if a name is blank
     */
    public Covariates with(Effect effect, String... names) {
        Map<String, Effect> more = new LinkedHashMap<>(effects);
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("`names` must not be blank");
            }
            more.put(name, effect);
        }
        return new Covariates(more, categories, penalty);
    }

    /**
     * Returns a copy that takes some covariates as categories, though their values are numbers.
     *
     * @param names the names of the attributes
     * @return the copy
     * @throws IllegalArgumentException if one is no covariate
     */
    public Covariates withCategories(String... names) {
        Set<String> more = new TreeSet<>(categories);
        for (String name : names) {
            if (!effects.containsKey(name)) {
                throw new IllegalArgumentException(
                        "`names` must be covariates, of which there are " + effects.keySet() + ", but had " + name);
            }
            more.add(name);
        }
        return new Covariates(effects, more, penalty);
    }

    /**
     * Returns a copy that takes from the log-likelihood half of the penalty times the squared effect, for every effect, of one standard
     * deviation of the covariate. That is a normal prior of variance 1/penalty, whatever the number of customers.
     *
     * @param newPenalty the penalty; finite, at least 0, which is none
     * @return the copy
     * @throws IllegalArgumentException if the penalty is out of its range
     */
    public Covariates withPenalty(double newPenalty) {
        if (!(newPenalty >= 0 && newPenalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`penalty` must be finite and at least 0, but was " + newPenalty);
        }
        return new Covariates(effects, categories, newPenalty);
    }

    /**
     * Returns the covariates and what each acts on.
     *
     * @return an unmodifiable map in the order in which they were named
     */
    public Map<String, Effect> effects() {
        return effects;
    }

    /**
     * Returns the covariates that are categories though their values may be numbers.
     *
     * @return the names, unmodifiable
     */
    public Set<String> categories() {
        return categories;
    }

    /**
     * Returns the penalty of effects.
     *
     * @return the penalty, at least 0
     */
    public double penalty() {
        return penalty;
    }

    /** Returns the covariates with what they act on. */
    @Override
    public String toString() {
        return "Covariates" + effects + (penalty == 0 ? "" : ", penalty " + penalty);
    }
}
