// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;

/** Makes {@link ParetoTypeII} known by its name. */
public final class ParetoTypeIIProvider extends RetentionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ParetoTypeIIProvider() {
        super(ParetoTypeII.NAME, "Pareto II", ParetoTypeII.FAMILY.parameters());
    }

    @Override
    public RetentionModel model() {
        return ParetoTypeII.withDefaults();
    }

    @Override
    FittedRetentionModel stated(double... values) {
        return ParetoTypeII.Fitted.of(values[0], values[1]);
    }

    @Override
    FittedRetentionModel reported(FitReport report) {
        return ParetoTypeII.Fitted.ofReport(report);
    }
}
