// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.time.LocalDate;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.testkit.ClvModelContract;

class MarkovContractTest extends ClvModelContract {

    @Override
    protected ClvModel model() {
        return MarkovModel.withDefaults();
    }

    /** Transactions, not summaries: the fit needs days. */
    @Override
    protected CustomerBase fittingBase(int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.of(BgNbd.Fitted.of(0.6, 4, 0.8, 2.4), GammaGamma.Fitted.of(6.25, 3.74, 15.44), TimeScale.WEEKS)
                .simulateInto(
                        log,
                        "c",
                        0,
                        customers,
                        LocalDate.of(2023, 1, 1),
                        LocalDate.of(2023, 6, 30),
                        LocalDate.of(2023, 12, 31),
                        seed);
        return CustomerBase.of(log.build(), Observation.untilIso("2023-12-31"), TimeScale.WEEKS);
    }
}
