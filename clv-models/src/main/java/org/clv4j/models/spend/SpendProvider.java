// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;

/** What the providers of spend models have in common: a name, a title, parameters, and two ways to make the fitted model. */
abstract class SpendProvider implements ModelProvider.OfSpend {

    private final String name;
    private final String title;
    private final List<ParameterDomain> parameters;

    SpendProvider(String name, String title, List<ParameterDomain> parameters) {
        this.name = name;
        this.title = title;
        this.parameters = parameters;
    }

    /** Makes the fitted model of checked parameters in the model's order. */
    abstract FittedSpendModel stated(double... values);

    /** Makes the fitted model of a report whose parameters are checked. */
    abstract FittedSpendModel reported(FitReport report);

    @Override
    public abstract SpendModel model();

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
    public FittedSpendModel ofParameters(Map<String, Double> values) {
        return stated(ModelCatalog.checkParameters(this, values).values().stream()
                .mapToDouble(value -> value)
                .toArray());
    }

    @Override
    public FittedSpendModel ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return reported(report);
    }
}
