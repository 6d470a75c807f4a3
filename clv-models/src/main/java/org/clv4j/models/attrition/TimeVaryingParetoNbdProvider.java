// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link TimeVaryingParetoNbd} known by its name. */
public final class TimeVaryingParetoNbdProvider implements ModelProvider.OfTransactions, PathProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TimeVaryingParetoNbdProvider() {}

    @Override
    public String name() {
        return TimeVaryingParetoNbd.NAME;
    }

    @Override
    public String title() {
        return "Pareto/NBD with time-varying covariates";
    }

    /** {@inheritDoc} There are no effects without covariates; {@link #parametersAmong} knows them by their names. */
    @Override
    public List<ParameterDomain> parameters() {
        return ParetoNbd.PARAMETERS;
    }

    @Override
    public List<ParameterDomain> parametersAmong(Collection<String> names) {
        return CovariateEffects.among(parameters(), names);
    }

    /** {@inheritDoc} Without paths there is nothing to fit, as it says. */
    @Override
    public TransactionModel model() {
        return base -> {
            throw new ModelException(TimeVaryingParetoNbd.NAME
                    + " needs the histories of its covariates; without any, use " + ParetoNbd.NAME);
        };
    }

    @Override
    public TransactionModel model(CovariatePaths paths) {
        return TimeVaryingParetoNbd.of(paths);
    }

    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values) {
        return TimeVaryingParetoNbd.Fitted.ofParameters(ModelCatalog.checkParameters(this, values), null);
    }

    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values, CovariatePaths paths) {
        return TimeVaryingParetoNbd.Fitted.ofParameters(ModelCatalog.checkParameters(this, values), null)
                .withPaths(paths);
    }

    @Override
    public FittedTransactionModel ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return TimeVaryingParetoNbd.Fitted.ofReport(report);
    }
}
