// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.ValuationTerms;

/** A fitted model that says between which bounds a customer's value will come out. */
public interface ValueIntervals extends FittedClvModel {

    /**
     * Returns the probability with which an interval holds what comes.
     *
     * @return the level, in (0, 1), or empty if the model was fitted without intervals
     */
    OptionalDouble intervalLevel();

    /**
     * Predicts the bounds of every customer's value.
     *
     * @param base the customers
     * @param terms the terms of the valuation
     * @return one interval a customer in the order of the base, in the unit of {@link #value}; unmodifiable
     * @throws ModelException if the model was fitted without intervals, or cannot value under these terms; the message says why
     */
    List<Interval> valueIntervals(CustomerBase base, ValuationTerms terms);
}
