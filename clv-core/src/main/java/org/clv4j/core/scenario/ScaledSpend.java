// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;

/** A spend model of which every future purchase is so many times as large. */
final class ScaledSpend implements FittedSpendModel {

    private final FittedSpendModel model;
    private final double factor;

    ScaledSpend(FittedSpendModel model, double factor) {
        this.model = model;
        this.factor = factor;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Map<String, Double> parameters() {
        return model.parameters();
    }

    @Override
    public Optional<FitReport> report() {
        return model.report();
    }

    @Override
    public void requireTimeScale(CustomerBase base) {
        model.requireTimeScale(base);
    }

    @Override
    public int frequencyOf(CustomerBase base, int row) {
        return model.frequencyOf(base, row);
    }

    @Override
    public double monetaryValueOf(CustomerBase base, int row) {
        return model.monetaryValueOf(base, row);
    }

    @Override
    public double expectedSpend(int frequency, double monetaryValue) {
        return factor * model.expectedSpend(frequency, monetaryValue);
    }

    @Override
    public double expectedSpendOfNewCustomer() {
        return factor * model.expectedSpendOfNewCustomer();
    }

    @Override
    public void expectedSpendInto(CustomerBase base, int from, int to, double[] out) {
        model.expectedSpendInto(base, from, to, out);
        for (int i = 0; i < to - from; i++) {
            out[i] *= factor;
        }
    }
}
