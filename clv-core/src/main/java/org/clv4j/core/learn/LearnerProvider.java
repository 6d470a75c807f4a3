// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/**
 * How a learner is known: its name, and how to make one, new or from a file. Found by {@link java.util.ServiceLoader}, so that a user's own
 * learner needs no change elsewhere.
 */
public interface LearnerProvider {

    /**
     * Returns the learner's name in files and commands.
     *
     * @return the name, as {@code ols}; that of {@link Learner#name()}
     */
    String name();

    /**
     * Returns the learner's name for people.
     *
     * @return the title, as {@code Ordinary least squares}
     */
    String title();

    /**
     * Returns the learner with its defaults.
     *
     * @return the learner
     */
    Learner learner();

    /**
     * Makes a fitted learner again.
     *
     * @param state what {@link RestorableLearner#state()} said
     * @param report what {@link FittedLearner#report()} said; the covariance of the estimates is not kept by files
     * @return a learner that predicts the same bits
     * @throws IllegalArgumentException if the state is not that of such a learner
     */
    RestorableLearner ofState(ModelState state, FitReport report);
}
