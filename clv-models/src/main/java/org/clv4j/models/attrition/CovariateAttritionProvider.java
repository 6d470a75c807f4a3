// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;

/** What the providers of models that can have covariates have in common. */
abstract class CovariateAttritionProvider extends AttritionProvider implements CovariateProvider {

    private final CovariateFamily family;

    CovariateAttritionProvider(CovariateFamily family, String title) {
        super(family.name(), title, family.parameters());
        this.family = family;
    }

    @Override
    public TransactionModel model(Covariates covariates) {
        return CovariateModel.of(family, covariates, Priors.NONE, model());
    }

    @Override
    public List<ParameterDomain> parametersAmong(Collection<String> names) {
        return CovariateEffects.among(parameters(), names);
    }

    /** {@inheritDoc} Effects are taken as those of numbers: the levels of a category are known to a fitted model only. */
    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values) {
        Map<String, List<String>> covariates = new LinkedHashMap<>();
        for (String effect : CovariateEffects.namesAmong(values.keySet())) {
            if (effect.contains("=")) {
                throw new IllegalArgumentException("the effect of `" + effect
                        + "` is that of a level of a category, whose other levels only a fitted model knows");
            }
            covariates.put(effect, List.of());
        }
        return ofParameters(values, covariates);
    }

    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values, Map<String, List<String>> covariates) {
        return covariates.isEmpty()
                ? super.ofParameters(values)
                : CovariateModel.Fitted.of(family, ModelCatalog.checkParameters(this, values), covariates);
    }

    @Override
    public FittedTransactionModel ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return report.covariates().isEmpty() ? reported(report) : CovariateModel.Fitted.ofReport(family, report);
    }
}
