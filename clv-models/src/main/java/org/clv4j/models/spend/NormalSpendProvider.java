// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import org.clv4j.core.model.FitReport;

/** Makes {@link NormalSpend} known by its name. */
public final class NormalSpendProvider extends SpendProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public NormalSpendProvider() {
        super(NormalSpend.NAME, "Normal", NormalSpend.PARAMETERS);
    }

    @Override
    public NormalSpend model() {
        return NormalSpend.withDefaults();
    }

    @Override
    NormalSpend.Fitted stated(double... values) {
        return NormalSpend.Fitted.of(values[0], values[1], values[2]);
    }

    @Override
    NormalSpend.Fitted reported(FitReport report) {
        return NormalSpend.Fitted.ofReport(report);
    }
}
