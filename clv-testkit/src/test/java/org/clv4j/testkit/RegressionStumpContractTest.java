// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import org.clv4j.core.learn.LearnerProvider;

/** A learner of one's own passes the contract. */
class RegressionStumpContractTest extends LearnerContract {

    /** Another test puts broken learners here. */
    LearnerProvider provider = new RegressionStump();

    @Override
    protected LearnerProvider provider() {
        return provider;
    }
}
