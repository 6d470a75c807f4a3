// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.RestoringProvider;

/** Provides a {@link ClvModel} that a {@link Learner} makes. */
public interface PredictionProvider extends RestoringProvider {

    /**
     * Returns the model of a learner.
     *
     * @param learner what learns
     * @param task what is to be learned
     * @return the model
     */
    ClvModel model(Learner learner, PredictionTask task);
}
