// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import org.clv4j.core.model.FitReport;

/** Makes {@link GammaGamma} known by its name. */
public final class GammaGammaProvider extends SpendProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public GammaGammaProvider() {
        super(GammaGamma.NAME, "Gamma-Gamma", GammaGamma.PARAMETERS);
    }

    @Override
    public GammaGamma model() {
        return GammaGamma.withDefaults();
    }

    @Override
    GammaGamma.Fitted stated(double... values) {
        return GammaGamma.Fitted.of(values[0], values[1], values[2]);
    }

    @Override
    GammaGamma.Fitted reported(FitReport report) {
        return GammaGamma.Fitted.ofReport(report);
    }
}
