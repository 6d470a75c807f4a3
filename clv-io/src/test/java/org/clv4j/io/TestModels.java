// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/** Models that do next to nothing, so that files can be tested without the real ones. */
public final class TestModels {

    private static final ParameterDomain ANY =
            new ParameterDomain("any", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "any number");

    private TestModels() {}

    /** Knows a name, parameters and perhaps a report. */
    record Fitted(String name, Map<String, Double> parameters, Optional<FitReport> report)
            implements FittedTransactionModel {
        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return -1;
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return 0.5;
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return 0.25;
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return horizon;
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return horizon;
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return horizon;
        }
    }

    /** Knows a name, parameters and perhaps a report. */
    record FittedAmounts(String name, Map<String, Double> parameters, Optional<FitReport> report)
            implements FittedSpendModel {
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            return 10;
        }
    }

    /** A model of value that has a report alone. */
    record FittedWhole(FitReport report) implements FittedClvModel {
        @Override
        public String name() {
            return "test-whole";
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            return CustomerValues.builder(name(), base, terms)
                    .column(ValueColumn.CLV, new double[base.size()])
                    .build();
        }

        @Override
        public List<FitReport> reports() {
            return List.of(report);
        }
    }

    /** Provides {@code test-purchases}. */
    public static final class Purchases implements ModelProvider.OfTransactions {
        /** Creates the provider. */
        public Purchases() {}

        @Override
        public String name() {
            return "test-purchases";
        }

        @Override
        public String title() {
            return "Purchases";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of(ParameterDomain.positive("r", "rate"), ANY);
        }

        @Override
        public TransactionModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            return new Fitted(name(), values, Optional.empty());
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            return new Fitted(name(), report.parameters(), Optional.of(report));
        }
    }

    /** Provides {@code test-amounts}. */
    public static final class Amounts implements ModelProvider.OfSpend {
        /** Creates the provider. */
        public Amounts() {}

        @Override
        public String name() {
            return "test-amounts";
        }

        @Override
        public String title() {
            return "Amounts";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of(ParameterDomain.positive("p", "shape"));
        }

        @Override
        public SpendModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedSpendModel ofParameters(Map<String, Double> values) {
            return new FittedAmounts(name(), values, Optional.empty());
        }

        @Override
        public FittedSpendModel ofReport(FitReport report) {
            return new FittedAmounts(name(), report.parameters(), Optional.of(report));
        }
    }

    /** Provides {@code test-whole}. */
    public static final class Whole implements ModelProvider.OfClv {
        /** Creates the provider. */
        public Whole() {}

        @Override
        public String name() {
            return "test-whole";
        }

        @Override
        public String title() {
            return "Whole";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of(ParameterDomain.positive("mean", "mean"));
        }

        @Override
        public ClvModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedClvModel ofParameters(Map<String, Double> values) {
            return new FittedWhole(FitReport.builder(name(), values).build());
        }

        @Override
        public FittedClvModel ofReport(FitReport report) {
            return new FittedWhole(report);
        }
    }
}
