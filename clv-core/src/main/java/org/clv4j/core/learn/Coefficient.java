// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Objects;

/**
 * A coefficient and how well the data tell it.
 *
 * @param name the feature, or {@code (intercept)}
 * @param estimate the estimate; finite
 * @param standardError its standard error; finite, at least 0
 * @param statistic estimate over standard error; 0 if both are 0
 * @param pValue how probable a statistic so far from 0 would be if the coefficient were 0; in [0, 1]
 * @param interval the confidence interval
 */
public record Coefficient(
        String name, double estimate, double standardError, double statistic, double pValue, Interval interval) {

    /**
     * Creates a coefficient.
     *
     * @param name the feature, or {@code (intercept)}
     * @param estimate the estimate; finite
     * @param standardError its standard error; finite, at least 0
     * @param statistic estimate over standard error; 0 if both are 0
     * @param pValue how probable a statistic so far from 0 would be if the coefficient were 0; in [0, 1]
     * @param interval the confidence interval
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Coefficient {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(interval, "interval");
        if (!Double.isFinite(estimate)) {
            throw new IllegalArgumentException("`estimate` must be finite, but was " + estimate);
        }
        if (!(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`standardError` must be finite and at least 0, but was " + standardError);
        }
        if (!Double.isFinite(statistic)) {
            throw new IllegalArgumentException("`statistic` must be finite, but was " + statistic);
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("`pValue` must be in [0, 1], but was " + pValue);
        }
    }
}
