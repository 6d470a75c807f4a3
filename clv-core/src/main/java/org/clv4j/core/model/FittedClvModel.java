// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;

/** A fitted model that values customers. Implementations are immutable and thread-safe. */
public interface FittedClvModel {

    /**
     * Returns the model's name.
     *
     * @return the name, as {@code average-order} or {@code bg-nbd × gamma-gamma}
     */
    String name();

    /**
     * Values every customer of a base.
     *
     * @param base the customers; not necessarily those of the fit
     * @param terms the terms of the valuation
     * @return the values, finite, one row a customer in the order of the base
     * @throws ModelException if the model cannot value under these terms; the message says why
     */
    CustomerValues value(CustomerBase base, ValuationTerms terms);

    /**
     * Values every customer of a base, on threads and with progress as told.
     *
     * @param base the customers; not necessarily those of the fit
     * @param terms the terms of the valuation
     * @param execution how the work is run; the result does not depend on it. A model that has no use for it passes it over
     * @return the values, finite, one row a customer in the order of the base
     * @throws ModelException if the model cannot value under these terms; the message says why
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    default CustomerValues value(CustomerBase base, ValuationTerms terms, Execution execution) {
        return value(base, terms);
    }

    /**
     * Returns how the parts of the model were fitted.
     *
     * @return the reports of the parts that were estimated; unmodifiable
     */
    List<FitReport> reports();
}
