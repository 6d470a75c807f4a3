// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link MbgCnbdK} known by its name. */
public final class MbgCnbdKProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MbgCnbdKProvider() {
        super(MbgCnbdK.NAME, "MBG/CNBD-k", MbgCnbdK.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return MbgCnbdK.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return MbgCnbdK.Fitted.ofParameters(values);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return MbgCnbdK.Fitted.ofReport(report);
    }
}
