// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How a model is known: its name, what it is called, its parameters, and how to make one. Found by {@link
 * java.util.ServiceLoader}; files, the command and a user's own plug-ins go through it, so that a new model needs no change
 * elsewhere.
 *
 * <p>A provider implements one of {@link OfTransactions}, {@link OfSpend}, {@link OfRetention} and {@link OfClv}.
 */
public sealed interface ModelProvider
        permits ModelProvider.OfTransactions, ModelProvider.OfSpend, ModelProvider.OfRetention, ModelProvider.OfClv {

    /**
     * Returns the model's name in files and commands.
     *
     * @return the name, as {@code bg-nbd}
     */
    String name();

    /**
     * Returns the model's name for people.
     *
     * @return the title, as {@code BG/NBD}
     */
    String title();

    /**
     * Returns the parameters.
     *
     * @return the parameters in the model's order; unmodifiable
     */
    List<ParameterDomain> parameters();

    /**
     * Returns the parameters of a fitted model whose parameters have these names. A model with covariates has effects beside {@link
     * #parameters()}.
     *
     * @param names the names
     * @return the parameters in the model's order; unmodifiable
     */
    default List<ParameterDomain> parametersAmong(Collection<String> names) {
        return parameters();
    }

    /** Provides a {@link TransactionModel}. */
    non-sealed interface OfTransactions extends ModelProvider {

        /**
         * Returns the model with its defaults.
         *
         * @return the model
         */
        TransactionModel model();

        /**
         * Returns the model with stated parameters.
         *
         * @param values the parameters by name; {@link ModelCatalog} has checked names and domains
         * @return the fitted model, without a report
         */
        FittedTransactionModel ofParameters(Map<String, Double> values);

        /**
         * Returns the model that a report describes.
         *
         * @param report the report of an earlier fit
         * @return the fitted model, with that report
         */
        FittedTransactionModel ofReport(FitReport report);
    }

    /** Provides a {@link SpendModel}. */
    non-sealed interface OfSpend extends ModelProvider {

        /**
         * Returns the model with its defaults.
         *
         * @return the model
         */
        SpendModel model();

        /**
         * Returns the model with stated parameters.
         *
         * @param values the parameters by name; {@link ModelCatalog} has checked names and domains
         * @return the fitted model, without a report
         */
        FittedSpendModel ofParameters(Map<String, Double> values);

        /**
         * Returns the model that a report describes.
         *
         * @param report the report of an earlier fit
         * @return the fitted model, with that report
         */
        FittedSpendModel ofReport(FitReport report);
    }

    /** Provides a {@link RetentionModel}. */
    non-sealed interface OfRetention extends ModelProvider {

        /**
         * Returns the model with its defaults.
         *
         * @return the model
         */
        RetentionModel model();

        /**
         * Returns the model with stated parameters.
         *
         * @param values the parameters by name; {@link ModelCatalog} has checked names and domains
         * @return the fitted model, without a report
         */
        FittedRetentionModel ofParameters(Map<String, Double> values);

        /**
         * Returns the model that a report describes.
         *
         * @param report the report of an earlier fit
         * @return the fitted model, with that report
         */
        FittedRetentionModel ofReport(FitReport report);
    }

    /** Provides a {@link ClvModel} that is not made of a transaction model and a spend model. */
    non-sealed interface OfClv extends ModelProvider {

        /**
         * Returns the model with its defaults.
         *
         * @return the model
         */
        ClvModel model();

        /**
         * Returns the model with stated parameters.
         *
         * @param values the parameters by name; {@link ModelCatalog} has checked names and domains
         * @return the fitted model, without a report
         */
        FittedClvModel ofParameters(Map<String, Double> values);

        /**
         * Returns the model that a report describes.
         *
         * @param report the report of an earlier fit
         * @return the fitted model, with that report
         */
        FittedClvModel ofReport(FitReport report);
    }
}
