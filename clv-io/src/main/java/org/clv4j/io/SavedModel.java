// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.jspecify.annotations.Nullable;

/**
 * What a saved model holds: a transaction model, with or without a spend model, or a model of value that is in one piece.
 * {@link ModelJson} reads and writes it. This class is immutable and thread-safe.
 */
public final class SavedModel {

    private final @Nullable FittedTransactionModel transactions;
    private final @Nullable FittedSpendModel spend;
    private final @Nullable FittedClvModel whole;

    private SavedModel(
            @Nullable FittedTransactionModel transactions,
            @Nullable FittedSpendModel spend,
            @Nullable FittedClvModel whole) {
        this.transactions = transactions;
        this.spend = spend;
        this.whole = whole;
    }

    /**
     * Returns a transaction model without a spend model.
     *
     * @param transactions the model of when customers buy
     * @return the model
     */
    public static SavedModel ofTransactions(FittedTransactionModel transactions) {
        return new SavedModel(Objects.requireNonNull(transactions, "transactions"), null, null);
    }

    /**
     * Returns a transaction model with a spend model.
     *
     * @param transactions the model of when customers buy
     * @param spend the model of how much they spend
     * @return the model
     */
    public static SavedModel ofTransactionsAndSpend(FittedTransactionModel transactions, FittedSpendModel spend) {
        return new SavedModel(
                Objects.requireNonNull(transactions, "transactions"), Objects.requireNonNull(spend, "spend"), null);
    }

    /**
     * Returns a model of value that is in one piece.
     *
     * @param model the model
     * @return the model
     */
    public static SavedModel ofClv(FittedClvModel model) {
        return new SavedModel(null, null, Objects.requireNonNull(model, "model"));
    }

    /**
     * Returns the transaction model.
     *
     * @return the model, or empty if the model is in one piece
     */
    public Optional<FittedTransactionModel> transactions() {
        return Optional.ofNullable(transactions);
    }

    /**
     * Returns the spend model.
     *
     * @return the model, or empty if there is none
     */
    public Optional<FittedSpendModel> spend() {
        return Optional.ofNullable(spend);
    }

    /**
     * Returns the model of value: the one piece, or transaction and spend model together.
     *
     * @return the model, or empty if a transaction model stands alone
     */
    public Optional<FittedClvModel> clv() {
        if (transactions != null && spend != null) {
            return Optional.of(TransactionSpendModel.Fitted.of(transactions, spend));
        }
        return Optional.ofNullable(whole);
    }

    /**
     * Returns the model's name.
     *
     * @return the name, as {@code bg-nbd × gamma-gamma}
     */
    public String name() {
        return clv().map(FittedClvModel::name)
                .orElseGet(() -> transactions().orElseThrow().name());
    }

    /**
     * Returns how the parts of the model were fitted.
     *
     * @return the reports of the parts that were estimated; unmodifiable
     */
    public List<FitReport> reports() {
        List<FitReport> reports = new ArrayList<>();
        transactions().flatMap(FittedTransactionModel::report).ifPresent(reports::add);
        spend().flatMap(FittedSpendModel::report).ifPresent(reports::add);
        if (whole != null) {
            reports.addAll(whole.reports());
        }
        return List.copyOf(reports);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
    }
}
