// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.NextPurchase;

/**
 * Customers whose probability to be there is the part of their time until the last purchase, to the power of what they bought, and who then
 * buy x times in a unit of time for ever.
 */
class Lapsing implements FittedTransactionModel, NextPurchase {

    /** Customers who go on to spend what they spent. */
    static final class SameSpend implements FittedSpendModel {

        @Override
        public String name() {
            return "same";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.empty();
        }

        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            return frequency == 0 ? 1 : monetaryValue;
        }
    }

    @Override
    public String name() {
        return "lapsing";
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public Optional<FitReport> report() {
        return Optional.empty();
    }

    @Override
    public double logLikelihood(int frequency, double recency, double age) {
        return 0;
    }

    @Override
    public double probabilityAlive(int frequency, double recency, double age) {
        return Math.pow(recency / age, frequency);
    }

    @Override
    public double probabilityActive(int frequency, double recency, double age, double horizon) {
        return probabilityAlive(frequency, recency, age) * -Math.expm1(-frequency * horizon);
    }

    @Override
    public double expectedTransactions(int frequency, double recency, double age, double horizon) {
        return probabilityAlive(frequency, recency, age) * frequency * horizon;
    }

    @Override
    public double expectedTransactionsOfNewCustomer(double horizon) {
        return 0;
    }

    @Override
    public double discountedExpectedTransactions(
            int frequency, double recency, double age, double horizon, double continuousRate) {
        return probabilityAlive(frequency, recency, age)
                * frequency
                * (continuousRate == 0 ? horizon : -Math.expm1(-continuousRate * horizon) / continuousRate);
    }

    @Override
    public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
        return 1.0 / frequency - horizon / Math.expm1(frequency * horizon);
    }

    @Override
    public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
        return -Math.log1p(-probability) / frequency;
    }
}
