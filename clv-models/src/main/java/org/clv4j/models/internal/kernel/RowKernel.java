// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

/**
 * The log-likelihood of single customers whose parameters differ, with its derivatives. Not thread-safe: every worker has its own.
 */
public interface RowKernel {

    /** At most so many customers at once. */
    int BLOCK = 256;

    /**
     * Evaluates customers of equal frequency.
     *
     * @param x their frequency
     * @param size how many they are, at most {@link #BLOCK}
     * @param recency t_x of each
     * @param age T of each
     * @param parameters by parameter, then customer; shapes of rates are the same for all
     * @param logLikelihood receives ln L of each
     * @param gradient receives its derivatives, by parameter, then customer
     */
    void evaluate(
            int x,
            int size,
            double[] recency,
            double[] age,
            double[][] parameters,
            double[] logLikelihood,
            double[][] gradient);
}
