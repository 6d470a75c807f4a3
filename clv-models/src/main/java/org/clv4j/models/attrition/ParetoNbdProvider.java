// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Map;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link ParetoNbd} known by its name. */
public final class ParetoNbdProvider extends CovariateAttritionProvider implements PathProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ParetoNbdProvider() {
        super(CovariateFamily.PARETO_NBD, "Pareto/NBD");
    }

    @Override
    public TransactionModel model() {
        return ParetoNbd.withDefaults();
    }

    @Override
    public TransactionModel model(CovariatePaths paths) {
        return TimeVaryingParetoNbd.of(paths);
    }

    @Override
    public FittedTransactionModel ofParameters(Map<String, Double> values, CovariatePaths paths) {
        return TimeVaryingParetoNbd.Fitted.ofParameters(ModelCatalog.checkParameters(this, values), null)
                .withPaths(paths);
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return ParetoNbd.Fitted.of(values[0], values[1], values[2], values[3]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return ParetoNbd.Fitted.ofReport(report);
    }
}
