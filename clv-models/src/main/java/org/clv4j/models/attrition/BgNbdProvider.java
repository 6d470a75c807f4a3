// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link BgNbd} known by its name. */
public final class BgNbdProvider extends CovariateAttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public BgNbdProvider() {
        super(CovariateFamily.BG_NBD, "BG/NBD");
    }

    @Override
    public TransactionModel model() {
        return BgNbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return BgNbd.Fitted.of(values[0], values[1], values[2], values[3]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return BgNbd.Fitted.ofReport(report);
    }
}
