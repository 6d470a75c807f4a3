// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.List;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.model.ModelState;

/** A {@link Feature} that knows its columns. Implementations are immutable and thread-safe. */
public interface FittedFeature {

    /**
     * Returns the feature's name.
     *
     * @return the name
     */
    String name();

    /**
     * Returns the names of the columns.
     *
     * @return the names in their order, at least one; unmodifiable
     */
    List<String> columns();

    /**
     * Computes the columns.
     *
     * @param histories the customers, as of any day
     * @return one array a column, in the order of {@link #columns()}, each with a value a customer: finite, or NaN for one that is missing
     */
    double[][] values(CustomerHistories histories);

    /**
     * Returns what was learned.
     *
     * @return the state; empty if nothing was
     */
    ModelState state();
}
