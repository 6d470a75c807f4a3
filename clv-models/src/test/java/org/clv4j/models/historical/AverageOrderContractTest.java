// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.historical;

import org.clv4j.core.model.ClvModel;
import org.clv4j.testkit.ClvModelContract;

class AverageOrderContractTest extends ClvModelContract {

    @Override
    protected ClvModel model() {
        return AverageOrderModel.withDefaults();
    }
}
