// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link BgBb} known by its name. */
public final class BgBbProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public BgBbProvider() {
        super(BgBb.NAME, "BG/BB", BgBb.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return BgBb.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return BgBb.Fitted.of(values[0], values[1], values[2], values[3]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return BgBb.Fitted.ofReport(report);
    }
}
