// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

/** A Markov chain whose stationary distribution is a posterior. Used by one thread at a time. */
public interface MarkovChain {

    /**
     * Moves everything once.
     *
     * @param adapting whether step sizes may be learnt; a chain that goes on learning has no stationary distribution
     */
    void sweep(boolean adapting);

    /**
     * Writes the parameters where the chain is.
     *
     * @param out receives the parameters
     */
    void parameters(double[] out);
}
