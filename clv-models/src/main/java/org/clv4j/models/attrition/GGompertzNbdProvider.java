// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link GGompertzNbd} known by its name. */
public final class GGompertzNbdProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public GGompertzNbdProvider() {
        super(GGompertzNbd.NAME, "GGompertz/NBD", GGompertzNbd.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return GGompertzNbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return GGompertzNbd.Fitted.of(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return GGompertzNbd.Fitted.ofReport(report);
    }
}
