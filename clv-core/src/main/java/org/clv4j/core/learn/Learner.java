// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;

/**
 * Something that learns to predict a target from features. Unfitted: it holds options only, and can be fitted any number of times.
 *
 * <p>Implementations are immutable and thread-safe, and the same data give the same bits whatever the execution.
 */
public interface Learner {

    /**
     * Returns the name by which reports and files know the learner.
     *
     * @return the name, as {@code ols}
     */
    String name();

    /**
     * Learns.
     *
     * @param data features, target, weights and offsets
     * @param execution on how many threads, and who hears of the progress
     * @return what was learned
     * @throws IllegalArgumentException if a target is outside of what the learner can learn; the message names the row
     * @throws ModelException if the data do not determine what is to be learned; the message says why
     */
    FittedLearner fit(TrainingData data, Execution execution);

    /**
     * Learns on the calling thread.
     *
     * @param data features, target, weights and offsets
     * @return what was learned
     * @throws IllegalArgumentException if a target is outside of what the learner can learn; the message names the row
     * @throws ModelException if the data do not determine what is to be learned; the message says why
     */
    default FittedLearner fit(TrainingData data) {
        return fit(data, Execution.sequential());
    }
}
