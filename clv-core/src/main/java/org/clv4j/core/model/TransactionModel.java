// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import org.clv4j.core.data.CustomerBase;

/** A model of when and how often customers buy, before it has seen data. Implementations are immutable and thread-safe. */
public interface TransactionModel {

    /**
     * Fits the model to a customer base.
     *
     * @param base the customers
     * @return the fitted model, with its report
     * @throws ModelException if the base cannot identify the model
     */
    FittedTransactionModel fit(CustomerBase base);
}
