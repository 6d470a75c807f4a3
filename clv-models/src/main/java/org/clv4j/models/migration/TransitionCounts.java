// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.migration.MigrationStates.Activity;

/**
 * How often customers moved from one state to another between consecutive periods.
 *
 * <p>Periods are counted back from the end of the observation, so that the last one is whole and ends with it; a customer is followed
 * from the period of its first purchase to the last. A transaction with an amount above 0 is a purchase; others, as refunds, count in
 * spend only. Transactions before the observation or after its end are passed over.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class TransitionCounts {

    private final List<String> states;
    private final boolean[][] possible;
    private final double[][] counts;
    private final Map<String, Integer> current;

    private TransitionCounts(
            List<String> states, boolean[][] possible, double[][] counts, Map<String, Integer> current) {
        this.states = states;
        this.possible = possible;
        this.counts = counts;
        this.current = current;
    }

    /**
     * Counts the moves in a log.
     *
     * @param log the transactions
     * @param observation the window; a holdout is passed over
     * @param states what counts as a state
     * @param unit the time unit of periods
     * @param length the number of units in a period, as 4 for four weeks; at least 1
     * @return the counts
     * @throws IllegalArgumentException if the length is out of range, or a transaction has an attribute that is no state
     */
    public static TransitionCounts of(
            TransactionLog log, Observation observation, MigrationStates states, TimeScale unit, int length) {
        return of(log, observation, states, unit, length, customerId -> 1);
    }

    /**
     * Counts the moves in a log, those of each customer with a weight.
     *
     * @param log the transactions
     * @param observation the window; a holdout is passed over
     * @param states what counts as a state
     * @param unit the time unit of periods
     * @param length the number of units in a period, as 4 for four weeks; at least 1
     * @param weight from a customer's id to its weight; finite, at least 0
     * @return the counts
     * @throws IllegalArgumentException if the length or a weight is out of range, or a transaction has an attribute that is no state
     */
    public static TransitionCounts of(
            TransactionLog log,
            Observation observation,
            MigrationStates states,
            TimeScale unit,
            int length,
            ToDoubleFunction<String> weight) {
        Numbers.between(length, 1, 100_000, "length");
        double[][] counts = new double[states.names().size()][states.names().size()];
        Map<String, Integer> current = new LinkedHashMap<>();
        LocalDate earliest = log.firstDate().orElse(observation.end());
        PeriodGrid grid = PeriodGrid.of(observation.end(), earliest, unit, length);
        rowsByCustomer(log, observation).forEach((customer, rows) -> {
            int state = follow(
                    log, rows, grid, states, counts, Numbers.nonNegative(weight.applyAsDouble(customer), "weight"));
            if (state >= 0) {
                current.put(customer, state);
            }
        });
        boolean[][] possible = new boolean[counts.length][counts.length];
        for (int from = 0; from < counts.length; from++) {
            for (int to = 0; to < counts.length; to++) {
                possible[from][to] = states.isPossible(from, to);
            }
        }
        return new TransitionCounts(states.names(), possible, counts, current);
    }

    private static Map<String, List<Integer>> rowsByCustomer(TransactionLog log, Observation observation) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < log.size(); row++) {
            LocalDate day = log.date(row);
            boolean before = observation.start().filter(day::isBefore).isPresent();
            if (!before && !day.isAfter(observation.end())) {
                rows.computeIfAbsent(log.customerId(row), unused -> new ArrayList<>())
                        .add(row);
            }
        }
        return rows;
    }

    /** Counts the moves of a customer and returns its present state. */
    private static int follow(
            TransactionLog log,
            List<Integer> rows,
            PeriodGrid grid,
            MigrationStates states,
            double[][] counts,
            double weight) {
        // Rows of a day keep their order: the later one has the later attribute.
        rows.sort(Comparator.comparing(log::date));
        int state = -1;
        int next = 0;
        for (int period = back(log, rows, grid, 0); period >= 0; period--) {
            boolean bought = false;
            BigDecimal spend = BigDecimal.ZERO;
            String level = null;
            for (; next < rows.size() && back(log, rows, grid, next) == period; next++) {
                int row = rows.get(next);
                bought |= log.amount(row).signum() > 0;
                spend = spend.add(log.amount(row));
                level = states.attribute()
                        .map(name -> log.transaction(row).attributes().get(name))
                        .orElse(level);
            }
            int after = states.next(state, new Activity(bought, spend.doubleValue(), level));
            if (state >= 0) {
                counts[state][after] += weight;
            }
            state = after;
        }
        return state;
    }

    private static int back(TransactionLog log, List<Integer> rows, PeriodGrid grid, int index) {
        return grid.periodsBack(Math.toIntExact(log.date(rows.get(index)).toEpochDay()));
    }

    /**
     * Returns counts that were made elsewhere. All moves are taken for possible.
     *
     * @param states the names of the states; at least one, each once
     * @param rows one row a state: how often customers moved to each state; finite, at least 0
     * @return the counts
     * @throws IllegalArgumentException if a row has not one number a state, or a count is out of range
     */
    public static TransitionCounts ofMatrix(List<String> states, List<? extends List<? extends Number>> rows) {
        List<String> names = MarkovChain.distinct(states);
        int size = names.size();
        if (rows.size() != size) {
            throw new IllegalArgumentException(
                    "`rows` must have " + size + " rows, one a state, but had " + rows.size());
        }
        double[][] counts = new double[size][];
        boolean[][] possible = new boolean[size][size];
        for (int from = 0; from < size; from++) {
            counts[from] = Numbers.finite(rows.get(from), size, "rows");
            for (int to = 0; to < size; to++) {
                Numbers.nonNegative(counts[from][to], "rows");
                possible[from][to] = true;
            }
        }
        return new TransitionCounts(names, possible, counts, Map.of());
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
     * Returns how often customers moved.
     *
     * @param from the index of the state before
     * @param to the index of the state a period later
     * @return the sum of the weights of the moves
     * @throws IndexOutOfBoundsException if there is no such state
     */
    public double count(int from, int to) {
        return counts[from][to];
    }

    /**
     * Returns how many moves were seen.
     *
     * @return the sum of all counts
     */
    public double total() {
        double total = 0;
        for (double[] row : counts) {
            for (double count : row) {
                total += count;
            }
        }
        return total;
    }

    /**
     * Returns the state of a customer at the end of the observation.
     *
     * @param customerId the customer's id
     * @return the name of the state; empty if the customer has none, or the counts were made elsewhere
     */
    public Optional<String> currentState(String customerId) {
        return Optional.ofNullable(current.get(customerId)).map(states::get);
    }

    /**
     * Estimates the chain: counts and pseudo-counts, divided by their sum.
     *
     * @param prior the pseudo-counts
     * @return the chain, the mean of the posterior
     * @throws ModelException if nobody was seen in a state and the prior says nothing of it
     */
    public MarkovChain estimate(DirichletPrior prior) {
        return posterior(prior).mean();
    }

    /**
     * Returns what is known of the chain.
     *
     * @param prior the pseudo-counts
     * @return the posterior distribution
     * @throws ModelException if nobody was seen in a state and the prior says nothing of it
     * @throws IllegalArgumentException if the prior has another number of states
     */
    public MigrationPosterior posterior(DirichletPrior prior) {
        prior.size().filter(size -> size != counts.length).ifPresent(size -> {
            throw new IllegalArgumentException("`prior` must have " + counts.length + " states, but had " + size);
        });
        double[][] shapes = new double[counts.length][counts.length];
        for (int from = 0; from < counts.length; from++) {
            double sum = 0;
            for (int to = 0; to < counts.length; to++) {
                shapes[from][to] = possible[from][to] ? counts[from][to] + prior.pseudoCount(from, to) : 0;
                sum += shapes[from][to];
            }
            if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                throw new ModelException("nobody was seen in the state " + states.get(from)
                        + " and in the period after it, so that its moves are unknown; give a prior, or fewer states");
            }
        }
        return new MigrationPosterior(states, shapes);
    }
}
