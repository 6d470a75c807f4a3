// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * States of customers and the probabilities of moving between them from one period to the next. Where a customer goes depends on
 * where it is, not on how it came there.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MarkovChain {

    /** Rows of a table that was rounded to a few digits are refused; those of doubles are not. */
    private static final double ROUNDING = 1e-9;

    private final List<String> states;
    private final double[][] moves;

    private MarkovChain(List<String> states, double[][] moves) {
        this.states = states;
        this.moves = moves;
    }

    /**
     * Returns a chain.
     *
     * @param states the names of the states; at least one, each once
     * @param rows one row a state: the probabilities of being in each state a period later; each in [0, 1], their sum 1 to 1e-9
     * @return the chain; rows are scaled to a sum of 1
     * @throws IllegalArgumentException if a state is named twice, a row has not one number a state, or is no distribution
     */
    public static MarkovChain of(List<String> states, List<? extends List<? extends Number>> rows) {
        List<String> names = distinct(states);
        if (rows.size() != names.size()) {
            throw new IllegalArgumentException(
                    "`rows` must have " + names.size() + " rows, one a state, but had " + rows.size());
        }
        double[][] moves = new double[names.size()][];
        for (int from = 0; from < moves.length; from++) {
            moves[from] = Numbers.finite(rows.get(from), moves.length, "rows");
        }
        return ofMoves(names, moves);
    }

    static List<String> distinct(List<String> states) {
        List<String> names = List.copyOf(states);
        if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("`states` must be at least one, each once, but was " + names);
        }
        return names;
    }

    /** Takes over the matrix. */
    static MarkovChain ofMoves(List<String> states, double[][] moves) {
        for (int from = 0; from < moves.length; from++) {
            double sum = 0;
            for (double probability : moves[from]) {
                sum += Numbers.probability(probability, "rows");
            }
            if (!(Math.abs(sum - 1) <= ROUNDING)) {
                throw new IllegalArgumentException(
                        "`rows` must sum to 1, but that of " + states.get(from) + " summed to " + sum);
            }
            for (int to = 0; to < moves.length; to++) {
                moves[from][to] /= sum;
            }
        }
        return new MarkovChain(states, moves);
    }

    /**
     * Returns the states.
     *
     * @return their names, unmodifiable
     */
    public List<String> states() {
        return states;
    }

    /**
     * Returns the number of states.
     *
     * @return the number, at least 1
     */
    public int size() {
        return states.size();
    }

    /**
     * Returns the index of a state.
     *
     * @param state its name
     * @return the index, from 0
     * @throws IllegalArgumentException if there is no such state
     */
    public int indexOf(String state) {
        int index = states.indexOf(state);
        if (index < 0) {
            throw new IllegalArgumentException("`state` must be one of " + states + ", but was '" + state + "'");
        }
        return index;
    }

    /**
     * Returns the probability of a move.
     *
     * @param from the index of the state now
     * @param to the index of the state in one period
     * @return the probability, in [0, 1]
     * @throws IndexOutOfBoundsException if there is no such state
     */
    public double probability(int from, int to) {
        return moves[from][to];
    }

    /**
     * Returns where a customer may be after some periods.
     *
     * @param from the index of the state now
     * @param periods the number of periods; at least 0
     * @return a fresh array, the probability of each state; sums to 1
     * @throws IllegalArgumentException if the number is negative
     */
    public double[] distributionAfter(int from, int periods) {
        Numbers.between(periods, 0, MigrationModel.LONGEST, "periods");
        double[] distribution = new double[size()];
        distribution[from] = 1;
        for (int t = 0; t < periods; t++) {
            double[] next = new double[size()];
            for (int i = 0; i < size(); i++) {
                for (int j = 0; j < size(); j++) {
                    next[j] += distribution[i] * moves[i][j];
                }
            }
            distribution = next;
        }
        return distribution;
    }

    /**
     * Returns how long it takes a customer to come to a state for the first time.
     *
     * @param from the index of the state now
     * @param to the index of the state that is waited for
     * @return the expected number of periods, 0 if the customer is there; empty if it may never come, so that the mean is infinite
     */
    public OptionalDouble expectedPeriodsUntil(int from, int to) {
        if (from == to) {
            return OptionalDouble.of(0);
        }
        List<Integer> before = List.copyOf(reachable(from, to));
        for (int state : before) {
            if (reachable(state, null).stream().noneMatch(reached -> reached == to)) {
                return OptionalDouble.empty();
            }
        }
        int size = before.size();
        double[][] part = new double[size][size];
        double[] arriving = new double[size];
        double[] ones = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                part[i][j] = moves[before.get(i)][before.get(j)];
            }
            arriving[i] = moves[before.get(i)][to];
            ones[i] = 1;
        }
        return OptionalDouble.of(Resolvent.ofPart(part, arriving).solve(ones)[before.indexOf(from)]);
    }

    /** The states that can come after one, itself included, without passing another. */
    private Set<Integer> reachable(int from, @Nullable Integer without) {
        TreeSet<Integer> reached = new TreeSet<>(Set.of(from));
        List<Integer> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            int state = open.remove(open.size() - 1);
            for (int to = 0; to < size(); to++) {
                if (moves[state][to] > 0 && (without == null || to != without) && reached.add(to)) {
                    open.add(to);
                }
            }
        }
        return reached;
    }

    /** The matrix itself; not to be changed. */
    double[][] moves() {
        return moves;
    }

    /** Returns the states and the rows. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MarkovChain[");
        for (int from = 0; from < size(); from++) {
            text.append(from == 0 ? "" : ", ")
                    .append(states.get(from))
                    .append(" → ")
                    .append(Arrays.toString(moves[from]));
        }
        return text.append(']').toString();
    }
}
