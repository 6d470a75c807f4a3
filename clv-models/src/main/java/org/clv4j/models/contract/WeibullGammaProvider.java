// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;

/** Makes {@link WeibullGamma} known by its name. */
public final class WeibullGammaProvider extends CovariateRetentionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public WeibullGammaProvider() {
        super(WeibullGamma.FAMILY, "Weibull-gamma");
    }

    @Override
    public RetentionModel model() {
        return WeibullGamma.withDefaults();
    }

    @Override
    public RetentionModel model(Covariates covariates) {
        return WeibullGamma.withDefaults().withCovariates(covariates);
    }

    @Override
    FittedRetentionModel stated(Map<String, Double> values, Map<String, List<String>> covariates) {
        return WeibullGamma.Fitted.ofParameters(values, covariates);
    }

    @Override
    FittedRetentionModel reported(FitReport report) {
        return WeibullGamma.Fitted.ofReport(report);
    }
}
