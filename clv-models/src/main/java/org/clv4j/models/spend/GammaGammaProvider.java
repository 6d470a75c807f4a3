// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link GammaGamma} known by its name. */
public final class GammaGammaProvider implements ModelProvider.OfSpend {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public GammaGammaProvider() {}

    @Override
    public String name() {
        return GammaGamma.NAME;
    }

    @Override
    public String title() {
        return "Gamma-Gamma";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return GammaGamma.PARAMETERS;
    }

    @Override
    public GammaGamma model() {
        return GammaGamma.withDefaults();
    }

    @Override
    public GammaGamma.Fitted ofParameters(Map<String, Double> values) {
        double[] ordered = ModelCatalog.checkParameters(this, values).values().stream()
                .mapToDouble(value -> value)
                .toArray();
        return GammaGamma.Fitted.of(ordered[0], ordered[1], ordered[2]);
    }

    @Override
    public GammaGamma.Fitted ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return GammaGamma.Fitted.ofReport(report);
    }
}
