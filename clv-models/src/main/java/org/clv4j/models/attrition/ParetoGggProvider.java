// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link ParetoGgg} known by its name. */
public final class ParetoGggProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ParetoGggProvider() {
        super(ParetoGgg.NAME, "Pareto/GGG", ParetoGgg.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return ParetoGgg.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return ParetoGgg.Fitted.of(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return ParetoGgg.Fitted.ofReport(report);
    }
}
