// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import org.clv4j.core.data.CustomerBase;

/** A number of a customer, as a function of a row: {@code CustomerBase::frequency} is one. */
@FunctionalInterface
public interface RowFigure {

    /**
     * Returns the number of a row.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return the number; NaN where there is none
     */
    double of(CustomerBase base, int row);
}
