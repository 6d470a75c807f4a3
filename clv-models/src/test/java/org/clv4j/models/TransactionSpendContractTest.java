// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models;

import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.testkit.ClvModelContract;

/** The composition of the two models that most users start with. */
class TransactionSpendContractTest extends ClvModelContract {

    @Override
    protected ClvModel model() {
        return TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults());
    }
}
