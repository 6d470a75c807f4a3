// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link MarkovModel} known by its name. */
public final class MarkovProvider implements ModelProvider.OfClv {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MarkovProvider() {}

    @Override
    public String name() {
        return MarkovModel.NAME;
    }

    @Override
    public String title() {
        return "Markov migration by recency";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return MarkovModel.defaultParameters();
    }

    /** {@inheritDoc} There is a probability for each recency of the model. */
    @Override
    public List<ParameterDomain> parametersAmong(Collection<String> names) {
        return MarkovModel.parametersAmong(names);
    }

    @Override
    public MarkovModel model() {
        return MarkovModel.withDefaults();
    }

    @Override
    public MarkovModel.Fitted ofParameters(Map<String, Double> values) {
        return MarkovModel.Fitted.ofChecked(ModelCatalog.checkParameters(this, values));
    }

    @Override
    public MarkovModel.Fitted ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return MarkovModel.Fitted.ofReport(report);
    }
}
