// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionModel;

/** What the providers of the family have in common: a name, a title, parameters, and two ways to make the fitted model. */
abstract class RetentionProvider implements ModelProvider.OfRetention {

    private final String name;
    private final String title;
    private final List<ParameterDomain> parameters;

    RetentionProvider(String name, String title, List<ParameterDomain> parameters) {
        this.name = name;
        this.title = title;
        this.parameters = parameters;
    }

    /** Makes the fitted model of checked parameters in the model's order. */
    abstract FittedRetentionModel stated(double... values);

    /** Makes the fitted model of a report whose parameters are checked. */
    abstract FittedRetentionModel reported(FitReport report);

    @Override
    public abstract RetentionModel model();

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<ParameterDomain> parameters() {
        return parameters;
    }

    @Override
    public FittedRetentionModel ofParameters(Map<String, Double> values) {
        return stated(ModelCatalog.checkParameters(this, values).values().stream()
                .mapToDouble(value -> value)
                .toArray());
    }

    @Override
    public FittedRetentionModel ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return reported(report);
    }
}
