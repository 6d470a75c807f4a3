// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.function.IntFunction;
import org.clv4j.core.model.Execution;

/**
 * Runs several chains. Each is a task of its own with its own stream of random numbers, so that the draws do not depend on the number of
 * threads. Chains go on in rounds of some sweeps, between which the work can be cancelled and tells how far it has come.
 *
 * @param chains how many chains, at least 1
 * @param burnIn sweeps a chain that learn step sizes and are not kept
 * @param kept draws a chain
 * @param thinning sweeps a draw that is kept
 */
public record MarkovChains(int chains, int burnIn, int kept, int thinning) {

    /** So many likelihoods of single customers make a round of some ten milliseconds. */
    private static final int ROUND = 20_000;

    /**
     * Creates the settings.
     *
     * @param chains how many chains, at least 1
     * @param burnIn sweeps a chain that learn step sizes and are not kept
     * @param kept draws a chain
     * @param thinning sweeps a draw that is kept
     */
    public MarkovChains {}

    /**
     * Returns how many sweeps all chains make.
     *
     * @return the number of sweeps
     */
    public long sweeps() {
        return chains * (burnIn + (long) kept * thinning);
    }

    /**
     * Runs the chains.
     *
     * @param work what is being done, for the progress
     * @param parameters how many parameters a chain has
     * @param size how many customers a sweep looks at
     * @param execution how the work is run
     * @param chain makes the chain of a number
     * @return the draws by parameter, chain and number
     */
    public double[][][] run(
            String work, int parameters, int size, Execution execution, IntFunction<MarkovChain> chain) {
        double[][][] draws = new double[parameters][chains][kept];
        MarkovChain[] running = new MarkovChain[chains];
        long sweeps = burnIn + (long) kept * thinning;
        int round = Math.max(1, ROUND / Math.max(1, size));
        for (long from = 0; from < sweeps; from += round) {
            long start = from;
            execution.step(work, start, sweeps);
            execution.run(chains, (worker, number) -> {
                if (start == 0) {
                    running[number] = chain.apply(number);
                }
                double[] at = new double[parameters];
                for (long sweep = start; sweep < Math.min(sweeps, start + round); sweep++) {
                    running[number].sweep(sweep < burnIn);
                    long after = sweep + 1 - burnIn;
                    if (after > 0 && after % thinning == 0) {
                        running[number].parameters(at);
                        for (int i = 0; i < at.length; i++) {
                            draws[i][number][(int) (after / thinning - 1)] = at[i];
                        }
                    }
                }
            });
        }
        return draws;
    }
}
