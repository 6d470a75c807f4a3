// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.jspecify.annotations.Nullable;

/**
 * What a saved model holds: a transaction model, with or without a spend model; a model of retention; or a model of value that is in one
 * piece.
 * {@link ModelJson} reads and writes it. This class is immutable and thread-safe.
 */
public final class SavedModel {

    private final @Nullable FittedTransactionModel transactions;
    private final @Nullable FittedSpendModel spend;
    private final @Nullable FittedRetentionModel retention;
    private final @Nullable FittedClvModel whole;

    private SavedModel(
            @Nullable FittedTransactionModel transactions,
            @Nullable FittedSpendModel spend,
            @Nullable FittedRetentionModel retention,
            @Nullable FittedClvModel whole) {
        this.transactions = transactions;
        this.spend = spend;
        this.retention = retention;
        this.whole = whole;
    }

    /**
     * Returns a transaction model without a spend model.
     *
     * @param transactions the model of when customers buy
     * @return the model
     */
    public static SavedModel ofTransactions(FittedTransactionModel transactions) {
        return new SavedModel(Objects.requireNonNull(transactions, "transactions"), null, null, null);
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
                Objects.requireNonNull(transactions, "transactions"),
                Objects.requireNonNull(spend, "spend"),
                null,
                null);
    }

    /**
     * Returns a model of retention.
     *
     * @param model the model of how long customers under contract stay
     * @return the model
     */
    public static SavedModel ofRetention(FittedRetentionModel model) {
        return new SavedModel(null, null, Objects.requireNonNull(model, "model"), null);
    }

    /**
     * Returns a model of value that is in one piece.
     *
     * @param model the model
     * @return the model
     */
    public static SavedModel ofClv(FittedClvModel model) {
        return new SavedModel(null, null, null, Objects.requireNonNull(model, "model"));
    }

    /**
     * Returns the model of retention.
     *
     * @return the model, or empty if it is of another kind
     */
    public Optional<FittedRetentionModel> retention() {
        return Optional.ofNullable(retention);
    }

    /**
     * Returns the transaction model.
     *
     * @return the model, or empty if it is of another kind
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
     * Returns the model of value: the one piece, transaction and spend model together, or the value of contracts by a model of retention.
     *
     * @return the model, or empty if a transaction model stands alone
     */
    public Optional<FittedClvModel> clv() {
        if (transactions != null && spend != null) {
            return Optional.of(TransactionSpendModel.Fitted.of(transactions, spend));
        }
        if (retention != null) {
            return Optional.of(ContractModel.Fitted.of(retention));
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
        retention().flatMap(FittedRetentionModel::report).ifPresent(reports::add);
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
