// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link ParetoNbd} known by its name. */
public final class ParetoNbdProvider extends CovariateAttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ParetoNbdProvider() {
        super(CovariateFamily.PARETO_NBD, "Pareto/NBD");
    }

    @Override
    public TransactionModel model() {
        return ParetoNbd.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return ParetoNbd.Fitted.of(values[0], values[1], values[2], values[3]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return ParetoNbd.Fitted.ofReport(report);
    }
}
