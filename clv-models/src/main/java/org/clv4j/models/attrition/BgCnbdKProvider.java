// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link BgCnbdK} known by its name. */
public final class BgCnbdKProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public BgCnbdKProvider() {
        super(BgCnbdK.NAME, "BG/CNBD-k", BgCnbdK.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return BgCnbdK.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return BgCnbdK.Fitted.ofParameters(values);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return BgCnbdK.Fitted.ofReport(report);
    }
}
