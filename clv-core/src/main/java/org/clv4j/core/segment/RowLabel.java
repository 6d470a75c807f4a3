// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import org.clv4j.core.data.CustomerBase;
import org.jspecify.annotations.Nullable;

/** The segment of a customer, as a function of a row. */
@FunctionalInterface
public interface RowLabel {

    /**
     * Returns the label of a row.
     *
     * @param base the customers
     * @param row the row, from 0
     * @return the label; null where there is none
     */
    @Nullable
    String of(CustomerBase base, int row);
}
