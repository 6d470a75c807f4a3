// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;

/** Makes {@link ShiftedBetaGeometric} known by its name. */
public final class ShiftedBetaGeometricProvider extends CovariateRetentionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ShiftedBetaGeometricProvider() {
        super(ShiftedBetaGeometric.FAMILY, "sBG");
    }

    @Override
    public RetentionModel model() {
        return ShiftedBetaGeometric.withDefaults();
    }

    @Override
    public RetentionModel model(Covariates covariates) {
        return ShiftedBetaGeometric.withDefaults().withCovariates(covariates);
    }

    @Override
    FittedRetentionModel stated(Map<String, Double> values, Map<String, List<String>> covariates) {
        return ShiftedBetaGeometric.Fitted.ofParameters(values, covariates);
    }

    @Override
    FittedRetentionModel reported(FitReport report) {
        return ShiftedBetaGeometric.Fitted.ofReport(report);
    }
}
