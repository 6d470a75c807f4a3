// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link Nbd} known by its name. */
public final class NbdProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public NbdProvider() {
        super(Nbd.NAME, "NBD", Nbd.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return Nbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return Nbd.Fitted.of(values[0], values[1]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return Nbd.Fitted.ofReport(report);
    }
}
