// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.PredictionProvider;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link RegressionModel} known by its name. */
public final class RegressionProvider implements PredictionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public RegressionProvider() {}

    @Override
    public String name() {
        return RegressionModel.NAME;
    }

    @Override
    public String title() {
        return "Regression";
    }

    /** Returns no parameters: those of a fit are its learner's coefficients. */
    @Override
    public List<ParameterDomain> parameters() {
        return List.of();
    }

    @Override
    public List<ParameterDomain> parametersAmong(Collection<String> names) {
        return names.stream()
                .map(name -> ParameterDomain.real(name, "what the learner found"))
                .toList();
    }

    @Override
    public RegressionModel model() {
        return RegressionModel.ofOneYear();
    }

    @Override
    public RegressionModel model(Learner learner, PredictionTask task) {
        return RegressionModel.of(learner, task);
    }

    /**
     * Refuses: parameters alone are no regression.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public RegressionModel.Fitted ofParameters(Map<String, Double> values) {
        throw new IllegalArgumentException("a regression cannot be stated by parameters; fit it, or read a saved one");
    }

    /**
     * Refuses: a report alone is no regression.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public RegressionModel.Fitted ofReport(FitReport report) {
        throw new IllegalArgumentException("the regression has no state");
    }

    @Override
    public RegressionModel.Fitted ofState(ModelState state, FitReport report) {
        return RegressionModel.Fitted.ofState(state, report);
    }
}
