// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link MbgNbd} known by its name. */
public final class MbgNbdProvider extends CovariateAttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MbgNbdProvider() {
        super(CovariateFamily.MBG_NBD, "MBG/NBD");
    }

    @Override
    public TransactionModel model() {
        return MbgNbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return MbgNbd.Fitted.of(values[0], values[1], values[2], values[3]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return MbgNbd.Fitted.ofReport(report);
    }
}
