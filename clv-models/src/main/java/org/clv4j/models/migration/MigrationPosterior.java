// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clv4j.models.internal.kernel.Sampling;

/**
 * What counts and a prior tell of a chain: a Dirichlet distribution for each row. Draws from it show how far values can be trusted.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MigrationPosterior {

    private final List<String> states;
    private final double[][] shapes;

    MigrationPosterior(List<String> states, double[][] shapes) {
        this.states = states;
        this.shapes = shapes;
    }

    /**
     * How far the value of a state can be trusted, the rewards taken as known.
     *
     * @param state the state's name
     * @param mean the posterior mean of the value
     * @param standardError the posterior standard deviation of the value
     * @param lower the lower end of the interval
     * @param upper the upper end of the interval
     */
    public record StateValue(String state, double mean, double standardError, double lower, double upper) {

        /**
         * Creates a value.
         *
         * @param state the state's name
         * @param mean the posterior mean of the value
         * @param standardError the posterior standard deviation of the value
         * @param lower the lower end of the interval
         * @param upper the upper end of the interval
         */
        public StateValue {}
    }

    /**
     * Returns the mean of the chain.
     *
     * @return the chain whose rows are the shapes divided by their sum
     */
    public MarkovChain mean() {
        double[][] moves = new double[shapes.length][shapes.length];
        for (int from = 0; from < shapes.length; from++) {
            double sum = Arrays.stream(shapes[from]).sum();
            for (int to = 0; to < shapes.length; to++) {
                moves[from][to] = shapes[from][to] / sum;
            }
        }
        return MarkovChain.ofMoves(states, moves);
    }

    /**
     * Draws chains.
     *
     * @param draws how many; in [1, 1000000]
     * @param seed the seed; the same one gives the same chains
     * @return the chains, unmodifiable
     * @throws IllegalArgumentException if the number is out of range
     */
    public List<MarkovChain> sample(int draws, long seed) {
        Numbers.between(draws, 1, 1_000_000, "draws");
        Sampling random = Sampling.ofSeed(seed);
        List<MarkovChain> chains = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            chains.add(draw(random));
        }
        return List.copyOf(chains);
    }

    private MarkovChain draw(Sampling random) {
        double[][] moves = new double[shapes.length][];
        for (int from = 0; from < shapes.length; from++) {
            moves[from] = dirichlet(shapes[from], random);
        }
        return MarkovChain.ofMoves(states, moves);
    }

    /** A draw by breaking a stick: each part is a beta-distributed part of what is left. */
    private static double[] dirichlet(double[] shapes, Sampling random) {
        double[] parts = new double[shapes.length];
        double rest = 1;
        for (int i = 0; i < shapes.length; i++) {
            if (shapes[i] > 0) {
                double others = restOfShapes(shapes, i);
                double fraction = others > 0 ? random.beta(shapes[i], others) : 1;
                parts[i] = rest * fraction;
                rest *= 1 - fraction;
            }
        }
        return parts;
    }

    private static double restOfShapes(double[] shapes, int after) {
        double rest = 0;
        for (int i = after + 1; i < shapes.length; i++) {
            rest += shapes[i];
        }
        return rest;
    }

    /**
     * Returns how far the values without end of a model can be trusted, given how few moves were seen.
     *
     * @param model the rewards and the discount rate; its chain is replaced by draws
     * @param level the probability of the interval, as 0.95; in (0, 1)
     * @param draws the number of draws; in [2, 1000000]
     * @param seed the seed; the same one gives the same figures
     * @return one value a state, unmodifiable
     * @throws IllegalArgumentException if a number is out of range, or the states differ
     */
    public List<StateValue> values(MigrationModel model, double level, int draws, long seed) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("`level` must be in (0, 1), but was " + level);
        }
        Numbers.between(draws, 2, 1_000_000, "draws");
        double[][] drawn = new double[states.size()][draws];
        Sampling random = Sampling.ofSeed(seed);
        for (int draw = 0; draw < draws; draw++) {
            double[] value = model.withChain(draw(random)).value();
            for (int state = 0; state < value.length; state++) {
                drawn[state][draw] = value[state];
            }
        }
        List<StateValue> values = new ArrayList<>();
        for (int state = 0; state < drawn.length; state++) {
            values.add(summary(states.get(state), drawn[state], level));
        }
        return List.copyOf(values);
    }

    private static StateValue summary(String state, double[] drawn, double level) {
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double squares = Arrays.stream(drawn)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double standardError = Math.sqrt(squares / (drawn.length - 1));
        Resolvent.requireFinite(new double[] {mean, standardError});
        Arrays.sort(drawn);
        return new StateValue(
                state, mean, standardError, quantile(drawn, (1 - level) / 2), quantile(drawn, (1 + level) / 2));
    }

    private static double quantile(double[] sorted, double probability) {
        double place = probability * (sorted.length - 1);
        int below = Math.min((int) place, sorted.length - 2);
        return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
