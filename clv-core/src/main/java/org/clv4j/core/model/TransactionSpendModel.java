// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * A transaction model and a spend model make a model of value: CLV = discounted expected transactions × expected spend × margin.
 *
 * <p>The product takes spend to be independent of frequency and of dropout. This class is immutable and thread-safe.
 */
public final class TransactionSpendModel implements ClvModel {

    private final TransactionModel transactions;
    private final SpendModel spend;

    private TransactionSpendModel(TransactionModel transactions, SpendModel spend) {
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.spend = Objects.requireNonNull(spend, "spend");
    }

    /**
     * Composes two models.
     *
     * @param transactions the model of when customers buy
     * @param spend the model of how much they spend
     * @return the model of what they are worth
     */
    public static TransactionSpendModel of(TransactionModel transactions, SpendModel spend) {
        return new TransactionSpendModel(transactions, spend);
    }

    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        MixedModel.requireNoContracts(base);
        return Fitted.of(transactions.fit(base, execution), spend.fit(base, execution));
    }

    /** A fitted transaction model with a fitted spend model. This class is immutable and thread-safe. */
    public static final class Fitted implements FittedClvModel {

        private final FittedTransactionModel transactions;
        private final FittedSpendModel spend;

        private Fitted(FittedTransactionModel transactions, FittedSpendModel spend) {
            this.transactions = Objects.requireNonNull(transactions, "transactions");
            this.spend = Objects.requireNonNull(spend, "spend");
        }

        /**
         * Composes two fitted models.
         *
         * @param transactions the model of when customers buy
         * @param spend the model of how much they spend
         * @return the model of what they are worth
         */
        public static Fitted of(FittedTransactionModel transactions, FittedSpendModel spend) {
            return new Fitted(transactions, spend);
        }

        /**
         * Returns the model of when customers buy.
         *
         * @return the fitted transaction model
         */
        public FittedTransactionModel transactions() {
            return transactions;
        }

        /**
         * Returns the model of how much customers spend.
         *
         * @return the fitted spend model
         */
        public FittedSpendModel spend() {
            return spend;
        }

        @Override
        public String name() {
            return transactions.name() + " × " + spend.name();
        }

        @Override
        public List<FitReport> reports() {
            return Stream.of(transactions.report(), spend.report())
                    .flatMap(report -> report.stream())
                    .collect(Collectors.toUnmodifiableList());
        }

        /**
         * Values every customer of a base.
         *
         * <p>The result has P(alive), the discounted expected transactions, the expected spend and the CLV; for a finite
         * horizon also P(active) and the expected transactions.
         *
         * @param base the customers, in the time unit of the fit
         * @param terms the terms
         * @return the values
         * @throws ModelException if the time units differ, the spend model has no finite expectation for a customer, the
         *     horizon is infinite and the transaction model has no {@link ResidualTransactions}, or the base has customers under
         *     contract; see {@link MixedModel}
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            return value(base, terms, Execution.sequential());
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms, Execution execution) {
            MixedModel.requireNoContracts(base);
            transactions.requireTimeScale(base);
            CustomerValues.Builder values = CustomerValues.builder(name(), base, terms);
            double[] column = new double[base.size()];
            execution.fill(
                    "computing " + ValueColumn.PROBABILITY_ALIVE,
                    column,
                    (from, to, out) -> transactions.probabilityAliveInto(base, from, to, out));
            values.column(ValueColumn.PROBABILITY_ALIVE, column);
            if (!terms.horizon().isInfinite()) {
                double horizon = terms.horizon().periods();
                execution.fill(
                        "computing " + ValueColumn.PROBABILITY_ACTIVE,
                        column,
                        (from, to, out) -> transactions.probabilityActiveInto(base, from, to, horizon, out));
                values.column(ValueColumn.PROBABILITY_ACTIVE, column);
                execution.fill(
                        "computing " + ValueColumn.EXPECTED_TRANSACTIONS,
                        column,
                        (from, to, out) -> transactions.expectedTransactionsInto(base, from, to, horizon, out));
                values.column(ValueColumn.EXPECTED_TRANSACTIONS, column);
            }
            double[] discounted = discountedTransactions(transactions, base, terms, execution);
            values.column(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, discounted);
            execution.fill(
                    "computing " + ValueColumn.EXPECTED_SPEND,
                    column,
                    (from, to, out) -> spend.expectedSpendInto(base, from, to, out));
            values.column(ValueColumn.EXPECTED_SPEND, column);
            double margin = terms.margin().fraction();
            for (int row = 0; row < column.length; row++) {
                column[row] *= discounted[row] * margin;
            }
            values.column(ValueColumn.CLV, column);
            return values.warnings(warnings()).build();
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            for (FitReport report : reports()) {
                report.warnings().forEach(warning -> warnings.add(report.model() + ": " + warning.message()));
            }
            return warnings;
        }
    }

    /**
     * Returns the discounted expected transactions of every customer under the terms' horizon, rate and timing.
     *
     * @param model the fitted transaction model
     * @param base the customers
     * @param terms the terms
     * @return a fresh array, one value a row
     * @throws ModelException if the horizon is infinite and the model has no {@link ResidualTransactions}
     */
    public static double[] discountedTransactions(
            FittedTransactionModel model, CustomerBase base, ValuationTerms terms) {
        return discountedTransactions(model, base, terms, Execution.sequential());
    }

    /**
     * Returns the discounted expected transactions of every customer, on threads and with progress as told.
     *
     * @param model the fitted transaction model
     * @param base the customers
     * @param terms the terms
     * @param execution how the work is run; the result does not depend on it
     * @return a fresh array, one value a row
     * @throws ModelException if the horizon is infinite and the model has no {@link ResidualTransactions}
     */
    public static double[] discountedTransactions(
            FittedTransactionModel model, CustomerBase base, ValuationTerms terms, Execution execution) {
        double[] discounted = new double[base.size()];
        execution.fill(
                "computing " + ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS,
                discounted,
                discounting(model, base, terms));
        return discounted;
    }

    /**
     * Returns what computes the discounted expected transactions of rows of a base under the terms' horizon, rate and timing.
     *
     * @param model the fitted transaction model
     * @param base the customers
     * @param terms the terms
     * @return computes a range of rows
     * @throws ModelException if the horizon is infinite and the model has no {@link ResidualTransactions}
     */
    public static Execution.Filler discounting(FittedTransactionModel model, CustomerBase base, ValuationTerms terms) {
        double rate = terms.continuousRate(base.timeScale());
        if (terms.horizon().isInfinite()) {
            if (!(model instanceof ResidualTransactions residual)) {
                throw new ModelException(
                        "the model " + model.name() + " has no infinite-horizon expectation; state a finite horizon");
            }
            return (from, to, out) -> residual.discountedExpectedResidualTransactionsInto(base, from, to, rate, out);
        }
        double horizon = terms.horizon().periods();
        if (terms.timing() == CashFlowTiming.AT_PURCHASE) {
            return (from, to, out) -> model.discountedExpectedTransactionsInto(base, from, to, horizon, rate, out);
        }
        if (rate == 0) {
            return (from, to, out) -> model.expectedTransactionsInto(base, from, to, horizon, out);
        }
        return (from, to, out) -> discountByPeriod(model, base, terms, rate, from, to, out);
    }

    /** Σ over the periods i of (expected transactions up to i − up to i − 1) × discount factor of period i. */
    private static void discountByPeriod(
            FittedTransactionModel model,
            CustomerBase base,
            ValuationTerms terms,
            double rate,
            int from,
            int to,
            double[] discounted) {
        double horizon = terms.horizon().periods();
        double offset =
                switch (terms.timing()) {
                    case PERIOD_BEGIN -> 1;
                    case PERIOD_MID -> 0.5;
                    default -> 0;
                };
        double[] before = new double[to - from];
        double[] upTo = new double[to - from];
        Arrays.fill(discounted, 0, to - from, 0);
        for (long period = 1; period - 1 < horizon; period++) {
            model.expectedTransactionsInto(base, from, to, Math.min((double) period, horizon), upTo);
            double factor = Math.exp(-rate * (period - offset));
            if (factor == 0) {
                return;
            }
            for (int row = 0; row < to - from; row++) {
                discounted[row] += (upTo[row] - before[row]) * factor;
            }
            double[] swap = before;
            before = upTo;
            upTo = swap;
        }
    }
}
