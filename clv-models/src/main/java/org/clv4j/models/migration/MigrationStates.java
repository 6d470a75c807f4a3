// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a state, so that {@link TransitionCounts} can follow customers through a log. A customer is in one state at the end of
 * each period, from the period of its first purchase on.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MigrationStates {

    /** What a customer did in a period. */
    record Activity(boolean bought, double spend, @Nullable String level) {}

    /** Where a customer goes. */
    private interface Rule {
        /** Returns the state after a period; −1 before and after it means none yet. */
        int next(int before, Activity activity);
    }

    private final List<String> names;
    private final Optional<String> attribute;
    private final Rule rule;
    private final boolean[][] possible;

    private MigrationStates(List<String> names, Optional<String> attribute, boolean[][] possible, Rule rule) {
        this.names = names;
        this.attribute = attribute;
        this.possible = possible;
        this.rule = rule;
    }

    /**
     * Defines states by recency: 1 for who bought in the period, 2 for who last bought in the one before, … and {@code gone}. From each
     * state there are two moves: to recency 1, or one further. A customer who is gone may come back.
     *
     * @param last the last recency before a customer is gone; in [1, 1000]
     * @return the states {@code 1} … {@code last}, {@code gone}
     * @throws IllegalArgumentException if the recency is out of range
     */
    public static MigrationStates byRecency(int last) {
        return byRecencyAndFrequency(last, 1);
    }

    /**
     * Defines states by recency, as {@link #byRecency(int)}, and by the number of periods with a purchase so far.
     *
     * @param last the last recency before a customer is gone; in [1, 1000]
     * @param most the number from which on frequencies are not told apart; in [1, 100]. 1 leaves recency alone
     * @return the states, as {@code 1 f1}, {@code 1 f2+}, {@code 2 f1}, … {@code gone f2+}
     * @throws IllegalArgumentException if a number is out of range
     */
    public static MigrationStates byRecencyAndFrequency(int last, int most) {
        Numbers.between(last, 1, 1000, "last");
        Numbers.between(most, 1, 100, "most");
        List<String> names = new ArrayList<>();
        for (int recency = 1; recency <= last + 1; recency++) {
            String name = recency <= last ? Integer.toString(recency) : RecencyMigration.GONE;
            for (int frequency = 1; frequency <= most; frequency++) {
                names.add(most == 1 ? name : name + " f" + frequency + (frequency == most ? "+" : ""));
            }
        }
        Rule rule = (before, activity) -> {
            if (before < 0) {
                return activity.bought() ? 0 : -1;
            }
            int recency = before / most;
            int frequency = before % most;
            return activity.bought()
                    ? Math.min(frequency + 1, most - 1)
                    : Math.min(recency + 1, last) * most + frequency;
        };
        boolean[][] possible = new boolean[names.size()][names.size()];
        for (int state = 0; state < names.size(); state++) {
            possible[state][rule.next(state, new Activity(true, 0, null))] = true;
            possible[state][rule.next(state, new Activity(false, 0, null))] = true;
        }
        return new MigrationStates(List.copyOf(names), Optional.empty(), possible, rule);
    }

    /**
     * Defines states by what a customer spends in a period.
     *
     * @param thresholds the lower bounds of the tiers but the lowest, rising; finite. A first one just above 0 tells who buys at all
     * @return the states, from {@code < first} to {@code >= last}
     * @throws IllegalArgumentException if there is no threshold, or they do not rise
     */
    public static MigrationStates bySpend(List<? extends Number> thresholds) {
        double[] bounds = Numbers.finite(thresholds, thresholds.size(), "thresholds");
        if (bounds.length == 0) {
            throw new IllegalArgumentException("`thresholds` must be at least one, but was empty");
        }
        List<String> names = new ArrayList<>(List.of("< " + thresholds.get(0)));
        for (int tier = 0; tier < bounds.length; tier++) {
            if (tier > 0 && !(bounds[tier] > bounds[tier - 1])) {
                throw new IllegalArgumentException("`thresholds` must rise, but was " + thresholds);
            }
            names.add(
                    tier + 1 < bounds.length
                            ? thresholds.get(tier) + " to " + thresholds.get(tier + 1)
                            : ">= " + thresholds.get(tier));
        }
        return new MigrationStates(List.copyOf(names), Optional.empty(), all(names.size()), (before, activity) -> {
            if (before < 0 && !activity.bought()) {
                return -1;
            }
            int tier = 0;
            while (tier < bounds.length && activity.spend() >= bounds[tier]) {
                tier++;
            }
            return tier;
        });
    }

    /**
     * Defines states by an attribute of transactions, as the tier of a loyalty scheme. The value of a customer's latest transaction that
     * has one counts; who has none yet is in no state.
     *
     * @param attribute the attribute's name
     * @param levels its values; at least one, each once
     * @return the states, which are the values
     * @throws IllegalArgumentException if a value is named twice
     */
    public static MigrationStates byAttribute(String attribute, List<String> levels) {
        List<String> names = MarkovChain.distinct(levels);
        return new MigrationStates(names, Optional.of(attribute), all(names.size()), (before, activity) -> {
            String level = activity.level();
            if (level == null) {
                return before;
            }
            int state = names.indexOf(level);
            if (state < 0) {
                throw new IllegalArgumentException(
                        "`" + attribute + "` must be one of " + names + ", but was '" + level + "'");
            }
            return state;
        });
    }

    private static boolean[][] all(int size) {
        boolean[][] all = new boolean[size][size];
        for (boolean[] row : all) {
            Arrays.fill(row, true);
        }
        return all;
    }

    /**
     * Returns the states.
     *
     * @return their names, unmodifiable
     */
    public List<String> names() {
        return names;
    }

    /**
     * Tells whether a customer can move from one state to another in a period. Recency 3 is followed by 1 or 4, never by 2.
     *
     * @param from the index of the state now
     * @param to the index of the state in one period
     * @return true if the definition admits the move
     * @throws IndexOutOfBoundsException if there is no such state
     */
    public boolean isPossible(int from, int to) {
        return possible[from][to];
    }

    Optional<String> attribute() {
        return attribute;
    }

    int next(int before, Activity activity) {
        return rule.next(before, activity);
    }
}
