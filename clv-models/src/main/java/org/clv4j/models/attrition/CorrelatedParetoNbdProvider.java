// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link CorrelatedParetoNbd} known by its name. */
public final class CorrelatedParetoNbdProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public CorrelatedParetoNbdProvider() {
        super(CorrelatedParetoNbd.NAME, "Pareto/NBD with correlated rates", CorrelatedParetoNbd.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return CorrelatedParetoNbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return CorrelatedParetoNbd.Fitted.of(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return CorrelatedParetoNbd.Fitted.ofReport(report);
    }
}
