// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.RetentionModel;

/** Makes {@link BetaDiscreteWeibull} known by its name. */
public final class BetaDiscreteWeibullProvider extends RetentionProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public BetaDiscreteWeibullProvider() {
        super(BetaDiscreteWeibull.NAME, "BdW", BetaDiscreteWeibull.FAMILY.parameters());
    }

    @Override
    public RetentionModel model() {
        return BetaDiscreteWeibull.withDefaults();
    }

    @Override
    FittedRetentionModel stated(double... values) {
        return BetaDiscreteWeibull.Fitted.of(values[0], values[1], values[2]);
    }

    @Override
    FittedRetentionModel reported(FitReport report) {
        return BetaDiscreteWeibull.Fitted.ofReport(report);
    }
}
