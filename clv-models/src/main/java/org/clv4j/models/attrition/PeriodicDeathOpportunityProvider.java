// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link PeriodicDeathOpportunity} known by its name. */
public final class PeriodicDeathOpportunityProvider extends AttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public PeriodicDeathOpportunityProvider() {
        super(PeriodicDeathOpportunity.NAME, "PDO", PeriodicDeathOpportunity.PARAMETERS);
    }

    @Override
    public TransactionModel model() {
        return PeriodicDeathOpportunity.withDefaults();
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return PeriodicDeathOpportunity.Fitted.of(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return PeriodicDeathOpportunity.Fitted.ofReport(report);
    }
}
