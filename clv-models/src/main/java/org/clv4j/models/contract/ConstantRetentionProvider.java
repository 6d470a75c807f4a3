// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;

/** Makes {@link ConstantRetention} known by its name. */
public final class ConstantRetentionProvider extends RetentionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ConstantRetentionProvider() {
        super(ConstantRetention.NAME, "constant retention", ConstantRetention.PARAMETERS);
    }

    @Override
    public RetentionModel model() {
        return ConstantRetention.withDefaults();
    }

    @Override
    FittedRetentionModel stated(double... values) {
        return ConstantRetention.Fitted.of(values[0]);
    }

    @Override
    FittedRetentionModel reported(FitReport report) {
        return ConstantRetention.Fitted.ofReport(report);
    }
}
