// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What to do with a customer in each state: where each state has actions to choose from, finds those that are worth most, by policy
 * iteration (Howard). The best policy is best from every state at once.
 *
 * <p>An iteration takes one decomposition, cubic in the number of states; few are needed.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MigrationDecision {

    /** An action replaces another only if it is worth more than rounding can tell. */
    private static final double ROUNDING = 1e-12;

    private final List<String> states;
    private final List<List<Action>> actions;
    private final double discount;

    private MigrationDecision(List<String> states, List<List<Action>> actions, double discount) {
        this.states = states;
        this.actions = actions;
        this.discount = discount;
    }

    /**
     * What can be done in a state.
     *
     * @param name the action's name
     * @param reward what the period earns, costs deducted; finite
     * @param probabilities the probabilities of being in each state a period later; they sum to 1
     */
    public record Action(String name, double reward, List<Double> probabilities) {

        /**
         * Creates an action.
         *
         * @param name the action's name
         * @param reward what the period earns, costs deducted; finite
         * @param probabilities the probabilities of being in each state a period later; they sum to 1
         * @throws IllegalArgumentException if the reward is not finite
         */
        public Action {
            Objects.requireNonNull(name, "name");
            Numbers.finite(reward, "reward");
            probabilities = List.copyOf(probabilities);
        }
    }

    /**
     * An action for every state.
     *
     * @param actions the names of the actions, one a state; unmodifiable
     * @param values what a customer in each state is worth under them, without end; unmodifiable
     * @param iterations how often the policy was improved
     */
    public record Policy(List<String> actions, List<Double> values, int iterations) {

        /**
         * Creates a policy.
         *
         * @param actions the names of the actions, one a state
         * @param values what a customer in each state is worth under them
         * @param iterations how often the policy was improved
         */
        public Policy {
            actions = List.copyOf(actions);
            values = List.copyOf(values);
        }
    }

    /**
     * Returns a decision.
     *
     * @param states the names of the states; at least one, each once
     * @param actions the actions of each state; at least one a state
     * @param discountPerPeriod the effective discount rate of a period; finite, above 0
     * @return the decision
     * @throws IllegalArgumentException if a state has no action, the probabilities of one are no distribution, or the rate is out of range
     */
    public static MigrationDecision of(
            List<String> states, List<? extends List<Action>> actions, double discountPerPeriod) {
        List<String> names = MarkovChain.distinct(states);
        if (actions.size() != names.size() || actions.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "`actions` must have at least one action for each of the states " + names + ", but was " + actions);
        }
        if (!(discountPerPeriod > 0 && discountPerPeriod < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`discountPerPeriod` must be finite and above 0, but was " + discountPerPeriod);
        }
        List<List<Action>> copy = new ArrayList<>();
        for (List<Action> some : actions) {
            copy.add(List.copyOf(some));
            for (Action action : some) {
                requireDistribution(action, names.size());
            }
        }
        return new MigrationDecision(names, List.copyOf(copy), discountPerPeriod);
    }

    private static void requireDistribution(Action action, int size) {
        double sum = 0;
        for (double probability : Numbers.finite(action.probabilities(), size, "probabilities")) {
            sum += Numbers.probability(probability, "probabilities");
        }
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException(
                    "`probabilities` of the action " + action.name() + " must sum to 1, but summed to " + sum);
        }
    }

    /**
     * Finds the best policy.
     *
     * @return the policy; among equal actions of a state the one named first
     * @throws org.clv4j.core.model.ModelException if a value is beyond what a double holds
     */
    public Policy best() {
        int[] chosen = new int[states.size()];
        double[] values = model(chosen).value();
        for (int iterations = 0; ; iterations++) {
            int[] better = chosen.clone();
            if (!improve(better, values)) {
                return policy(chosen, values, iterations);
            }
            double[] after = model(better).value();
            // Each policy is worth more than the one before it, so that none comes twice; where it is not, rounding
            // decided.
            if (!(Arrays.stream(after).sum() > Arrays.stream(values).sum())) {
                return policy(chosen, values, iterations);
            }
            chosen = better;
            values = after;
        }
    }

    private boolean improve(int[] chosen, double[] values) {
        double scale = 0;
        for (double value : values) {
            scale = Math.max(scale, Math.abs(value));
        }
        boolean improved = false;
        for (int state = 0; state < chosen.length; state++) {
            double best = worth(state, chosen[state], values) + ROUNDING * scale;
            for (int action = 0; action < actions.get(state).size(); action++) {
                double worth = worth(state, action, values);
                if (worth > best) {
                    best = worth;
                    chosen[state] = action;
                    improved = true;
                }
            }
        }
        return improved;
    }

    private double worth(int state, int index, double[] values) {
        Action action = actions.get(state).get(index);
        double next = 0;
        for (int to = 0; to < values.length; to++) {
            next += action.probabilities().get(to) * values[to];
        }
        return action.reward() + next / (1 + discount);
    }

    private MigrationModel model(int[] chosen) {
        double[][] moves = new double[states.size()][];
        List<Double> rewards = new ArrayList<>();
        for (int state = 0; state < chosen.length; state++) {
            Action action = actions.get(state).get(chosen[state]);
            moves[state] = Numbers.finite(action.probabilities(), states.size(), "probabilities");
            rewards.add(action.reward());
        }
        return MigrationModel.of(MarkovChain.ofMoves(states, moves), rewards, discount);
    }

    private Policy policy(int[] chosen, double[] values, int iterations) {
        List<String> names = new ArrayList<>();
        List<Double> worth = new ArrayList<>();
        for (int state = 0; state < chosen.length; state++) {
            names.add(actions.get(state).get(chosen[state]).name());
            worth.add(values[state]);
        }
        return new Policy(names, worth, iterations);
    }
}
