// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import org.clv4j.core.model.FitReport;

/** Makes {@link LogNormalSpend} known by its name. */
public final class LogNormalSpendProvider extends SpendProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public LogNormalSpendProvider() {
        super(LogNormalSpend.NAME, "Log-normal", LogNormalSpend.PARAMETERS);
    }

    @Override
    public LogNormalSpend model() {
        return LogNormalSpend.withDefaults();
    }

    @Override
    LogNormalSpend.Fitted stated(double... values) {
        return LogNormalSpend.Fitted.of(values[0], values[1], values[2]);
    }

    @Override
    LogNormalSpend.Fitted reported(FitReport report) {
        return LogNormalSpend.Fitted.ofReport(report);
    }
}
