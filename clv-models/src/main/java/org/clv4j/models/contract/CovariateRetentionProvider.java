// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionCovariateProvider;
import org.clv4j.core.model.RetentionModel;

/** What the providers of models that can have covariates have in common. */
abstract class CovariateRetentionProvider implements ModelProvider.OfRetention, RetentionCovariateProvider {

    private final ContractFamily family;
    private final String title;

    CovariateRetentionProvider(ContractFamily family, String title) {
        this.family = family;
        this.title = title;
    }

    /** Makes the fitted model of checked parameters and effects. */
    abstract FittedRetentionModel stated(Map<String, Double> values, Map<String, List<String>> covariates);

    /** Makes the fitted model of a report whose parameters are checked. */
    abstract FittedRetentionModel reported(FitReport report);

    @Override
    public abstract RetentionModel model();

    @Override
    public abstract RetentionModel model(Covariates covariates);

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<ParameterDomain> parameters() {
        return family.parameters();
    }

    @Override
    public List<ParameterDomain> parametersAmong(Collection<String> names) {
        return ContractEffects.among(family, names);
    }

    /** {@inheritDoc} Effects are taken as those of numbers: the levels of a category are known to a fitted model only. */
    @Override
    public FittedRetentionModel ofParameters(Map<String, Double> values) {
        Map<String, List<String>> covariates = new LinkedHashMap<>();
        for (String effect : ContractEffects.columnsAmong(family, values.keySet())) {
            if (effect.contains("=")) {
                throw new IllegalArgumentException("the effect of `" + effect
                        + "` is that of a level of a category, whose other levels only a fitted model knows");
            }
            covariates.put(effect, List.of());
        }
        return ofParameters(values, covariates);
    }

    @Override
    public FittedRetentionModel ofParameters(Map<String, Double> values, Map<String, List<String>> covariates) {
        return stated(ModelCatalog.checkParameters(this, values), covariates);
    }

    @Override
    public FittedRetentionModel ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return reported(report);
    }
}
