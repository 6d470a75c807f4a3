// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;

/** Makes {@link HierarchicalParetoNbd} known by its name. */
public final class HierarchicalParetoNbdProvider extends CovariateAttritionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public HierarchicalParetoNbdProvider() {
        super(CovariateFamily.HIERARCHICAL_PARETO_NBD, "Hierarchical Bayes Pareto/NBD");
    }

    @Override
    public TransactionModel model() {
        return HierarchicalParetoNbd.withDefaults();
    }

    @Override
    public TransactionModel model(Covariates covariates) {
        return HierarchicalParetoNbd.withDefaults().withCovariates(covariates);
    }

    @Override
    FittedTransactionModel stated(double... values) {
        return HierarchicalParetoNbd.Fitted.of(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    FittedTransactionModel reported(FitReport report) {
        return HierarchicalParetoNbd.Fitted.ofReport(report);
    }
}
