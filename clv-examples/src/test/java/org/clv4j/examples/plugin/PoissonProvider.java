// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.plugin;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link PoissonModel} known by its name. */
// snippet:provider
public final class PoissonProvider implements ModelProvider.OfTransactions {

    @Override
    public String name() {
        return "poisson";
    }

    @Override
    public String title() {
        return "Poisson";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return List.of(ParameterDomain.positive("lambda", "repeat purchases of a customer a period"));
    }

    @Override
    public PoissonModel model() {
        return new PoissonModel();
    }

    @Override
    public PoissonModel.Fitted ofParameters(Map<String, Double> values) {
        return PoissonModel.Fitted.of(ModelCatalog.checkParameters(this, values).get("lambda"));
    }

    @Override
    public PoissonModel.Fitted ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return PoissonModel.Fitted.ofReport(report);
    }
}
// end
