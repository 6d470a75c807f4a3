// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ChangeableRates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.ResidualTransactions;

/** A transaction model whose customers behave in another way from now on; of the future it knows orders only. */
final class ChangedTransactions implements FittedTransactionModel, ResidualTransactions {

    private final FittedTransactionModel model;
    private final ChangeableRates rates;
    private final RateChange change;

    ChangedTransactions(FittedTransactionModel model, ChangeableRates rates, RateChange change) {
        this.model = model;
        this.rates = rates;
        this.change = change;
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
    public double logLikelihood(int frequency, double recency, double age) {
        return model.logLikelihood(frequency, recency, age);
    }

    @Override
    public double probabilityAlive(int frequency, double recency, double age) {
        return model.probabilityAlive(frequency, recency, age);
    }

    @Override
    public double probabilityActive(int frequency, double recency, double age, double horizon) {
        throw new ModelException("what a change makes of the probability to buy is not known");
    }

    @Override
    public double expectedTransactions(int frequency, double recency, double age, double horizon) {
        return rates.changedTransactions(frequency, recency, age, change, horizon, 0);
    }

    @Override
    public double expectedTransactionsOfNewCustomer(double horizon) {
        return expectedTransactions(0, 0, 0, horizon);
    }

    @Override
    public double discountedExpectedTransactions(
            int frequency, double recency, double age, double horizon, double continuousRate) {
        return rates.changedTransactions(frequency, recency, age, change, horizon, continuousRate);
    }

    @Override
    public double discountedExpectedResidualTransactions(
            int frequency, double recency, double age, double continuousRate) {
        return rates.changedTransactions(frequency, recency, age, change, Double.POSITIVE_INFINITY, continuousRate);
    }

    @Override
    public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        rates.changedTransactionsInto(base, from, to, change, horizon, 0, out);
    }

    @Override
    public void discountedExpectedTransactionsInto(
            CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
        rates.changedTransactionsInto(base, from, to, change, horizon, continuousRate, out);
    }

    @Override
    public void discountedExpectedResidualTransactionsInto(
            CustomerBase base, int from, int to, double continuousRate, double[] out) {
        rates.changedTransactionsInto(base, from, to, change, Double.POSITIVE_INFINITY, continuousRate, out);
    }
}
