// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.ModelState;

/**
 * A feature of categories: a column a level tells which share of a customer's observations has it. Rare levels, and those that come up
 * later, are one level {@value #OTHER}; an observation without a value has the level {@value #MISSING}. The most frequent level has no column:
 * it is what the others are compared with.
 */
final class LevelsFeature implements Feature {

    /** The level of all that are rare, or new. */
    static final String OTHER = "(other)";

    /** The level of what is not known. */
    static final String MISSING = "(missing)";

    private final String name;
    private final String column;
    private final int most;
    private final double rare;
    private final Levels levels;

    /** Takes at most so many levels, each of which so large a share of the customers must have. */
    LevelsFeature(String name, String column, int most, double rare, Levels levels) {
        this.name = name;
        this.column = column;
        this.most = most;
        this.rare = rare;
        this.levels = levels;
    }

    /** The observations of a customer: how often, or with what weight, each level came; one that is not known is empty. */
    @FunctionalInterface
    interface Levels {
        void forEach(CustomerHistory history, Sink sink);
    }

    /** Takes observations. */
    @FunctionalInterface
    interface Sink {
        void accept(Optional<String> level);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FittedFeature fit(CustomerHistories earliest) {
        Map<String, Integer> customersOf = new TreeMap<>();
        for (int row = 0; row < earliest.size(); row++) {
            Map<String, Integer> own = counts(earliest.history(row));
            own.keySet().forEach(level -> customersOf.merge(level, 1, Integer::sum));
        }
        double least = Math.max(2, rare * earliest.size());
        List<String> kept = new ArrayList<>(customersOf.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList());
        if (!kept.contains(OTHER)) {
            kept.add(OTHER);
        }
        return new Fitted(kept);
    }

    FittedFeature ofState(ModelState state) {
        List<String> known = state.texts("levels");
        if (!known.contains(OTHER)) {
            throw new IllegalArgumentException(
                    "`levels` of the feature '" + name + "' must have " + OTHER + ", but were " + known);
        }
        return new Fitted(known);
    }

    private Map<String, Integer> counts(CustomerHistory history) {
        Map<String, Integer> counts = new TreeMap<>();
        levels.forEach(history, level -> counts.merge(level.orElse(MISSING), 1, Integer::sum));
        return counts;
    }

    /** Knows its levels, the most frequent first. */
    private final class Fitted implements FittedFeature {

        private final List<String> known;
        private final List<String> columns;

        Fitted(List<String> known) {
            this.known = List.copyOf(known);
            // One level alone has a column that is always the same, so that there is one.
            List<String> compared = known.size() == 1 ? known : known.subList(1, known.size());
            columns = compared.stream().map(level -> column + "=" + level).toList();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public double[][] values(CustomerHistories histories) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < known.size(); i++) {
                places.put(known.get(i), i - (known.size() - columns.size()));
            }
            int other = Objects.requireNonNull(places.get(OTHER));
            double[][] values = new double[columns.size()][histories.size()];
            for (int row = 0; row < histories.size(); row++) {
                Map<String, Integer> counts = counts(histories.history(row));
                double sum = 0;
                for (int count : counts.values()) {
                    sum += count;
                }
                for (Map.Entry<String, Integer> entry : counts.entrySet()) {
                    int place = places.getOrDefault(entry.getKey(), other);
                    if (place >= 0) {
                        values[place][row] += entry.getValue() / sum;
                    }
                }
            }
            return values;
        }

        @Override
        public ModelState state() {
            return ModelState.builder().texts("levels", known).build();
        }
    }
}
