// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.historical;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link AverageOrderModel} known by its name. */
public final class AverageOrderProvider implements ModelProvider.OfClv {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public AverageOrderProvider() {}

    @Override
    public String name() {
        return AverageOrderModel.NAME;
    }

    @Override
    public String title() {
        return "Average order value";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return AverageOrderModel.PARAMETERS;
    }

    @Override
    public AverageOrderModel model() {
        return AverageOrderModel.withDefaults();
    }

    @Override
    public AverageOrderModel.Fitted ofParameters(Map<String, Double> values) {
        double[] ordered = ModelCatalog.checkParameters(this, values).values().stream()
                .mapToDouble(value -> value)
                .toArray();
        return AverageOrderModel.Fitted.of(ordered[0], ordered[1]);
    }

    @Override
    public AverageOrderModel.Fitted ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return AverageOrderModel.Fitted.ofReport(report);
    }
}
