// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import org.clv4j.core.model.FitReport;

/** Makes {@link MeanSpend} known by its name. */
public final class MeanSpendProvider extends SpendProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MeanSpendProvider() {
        super(MeanSpend.NAME, "Own mean", MeanSpend.PARAMETERS);
    }

    @Override
    public MeanSpend model() {
        return MeanSpend.withDefaults();
    }

    @Override
    MeanSpend.Fitted stated(double... values) {
        return MeanSpend.Fitted.of(values[0]);
    }

    @Override
    MeanSpend.Fitted reported(FitReport report) {
        return MeanSpend.Fitted.ofReport(report);
    }
}
