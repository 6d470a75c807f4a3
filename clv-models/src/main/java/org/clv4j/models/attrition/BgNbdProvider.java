// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Makes {@link BgNbd} known by its name. */
public final class BgNbdProvider implements ModelProvider.OfTransactions {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public BgNbdProvider() {}

    @Override
    public String name() {
        return BgNbd.NAME;
    }

    @Override
    public String title() {
        return "BG/NBD";
    }

    @Override
    public List<ParameterDomain> parameters() {
        return BgNbd.PARAMETERS;
    }

    @Override
    public BgNbd model() {
        return BgNbd.withDefaults();
    }

    @Override
    public BgNbd.Fitted ofParameters(Map<String, Double> values) {
        double[] ordered = ModelCatalog.checkParameters(this, values).values().stream()
                .mapToDouble(value -> value)
                .toArray();
        return BgNbd.Fitted.of(ordered[0], ordered[1], ordered[2], ordered[3]);
    }

    @Override
    public BgNbd.Fitted ofReport(FitReport report) {
        ModelCatalog.checkParameters(this, report.parameters());
        return BgNbd.Fitted.ofReport(report);
    }
}
