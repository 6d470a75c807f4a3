// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import org.clv4j.core.model.ModelState;

/**
 * A fitted learner that can be saved: its {@link LearnerProvider} makes it again from its state and its report, and the copy predicts the same
 * bits.
 */
public interface RestorableLearner extends FittedLearner {

    /**
     * Returns all that predictions need.
     *
     * @return the state
     */
    ModelState state();
}
