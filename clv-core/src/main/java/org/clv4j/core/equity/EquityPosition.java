// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.time.LocalDate;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.ValuationTerms;

/**
 * What customers are worth on a day, as one end of an {@linkplain EquityBridging bridge}: who they are, the model that values them, and
 * the terms. The date is the end of the base's observation, from which the horizon counts.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class EquityPosition {

    private final CustomerBase base;
    private final TransactionSpendModel.Fitted model;
    private final ValuationTerms terms;
    private final LocalDate date;

    private EquityPosition(
            CustomerBase base, TransactionSpendModel.Fitted model, ValuationTerms terms, LocalDate date) {
        this.base = base;
        this.model = model;
        this.terms = terms;
        this.date = date;
    }

    /**
     * Returns a position.
     *
     * @param base the customers, made of transactions
     * @param model a transaction and a spend model: a {@link TransactionSpendModel.Fitted}. Models in one piece, of contracts, and mixed
     *     ones are refused: their value has no factors, and no expectation of a window within the horizon
     * @param terms the terms
     * @return the position
     * @throws ModelException if the model is of another kind, was fitted in another time unit, or a customer has a contract
     * @throws DataException if the base has no date, as one that was built from summaries
     */
    public static EquityPosition of(CustomerBase base, FittedClvModel model, ValuationTerms terms) {
        Objects.requireNonNull(terms, "terms");
        if (!(model instanceof TransactionSpendModel.Fitted fitted)) {
            throw new ModelException("a bridge needs a transaction model and a spend model, but the model was "
                    + model.name() + "; models in one piece, and models of contracts, have no factors to tell apart");
        }
        MixedModel.requireNoContracts(base);
        fitted.transactions().requireTimeScale(base);
        LocalDate date = base.observation()
                .orElseThrow(() -> new DataException("a bridge needs customers made of dated transactions, because its"
                        + " length is the time between two observations; summaries have no date"))
                .end();
        return new EquityPosition(base, fitted, terms, date);
    }

    /**
     * Returns the customers.
     *
     * @return the base
     */
    public CustomerBase base() {
        return base;
    }

    /**
     * Returns the model.
     *
     * @return the fitted transaction and spend model
     */
    public TransactionSpendModel.Fitted model() {
        return model;
    }

    /**
     * Returns the terms.
     *
     * @return the terms
     */
    public ValuationTerms terms() {
        return terms;
    }

    /**
     * Returns the day of the valuation.
     *
     * @return the end of the observation
     */
    public LocalDate date() {
        return date;
    }
}
