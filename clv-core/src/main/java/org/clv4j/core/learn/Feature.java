// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import org.clv4j.core.data.CustomerHistories;

/**
 * Something that histories tell of customers, as one or several columns of numbers: before it has seen data, it holds options only.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface Feature {

    /**
     * Returns the name by which reports, files and commands know the feature.
     *
     * @return the name, as {@code recency} or {@code product-mix}
     */
    String name();

    /**
     * Learns what the columns are: levels of categories, parameters of models. A feature without such things returns what computes it.
     *
     * @param earliest the customers as of the earliest day of the training, so that nothing that is learned comes from after any such day
     * @return the feature with what was learned
     */
    FittedFeature fit(CustomerHistories earliest);
}
