// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.List;
import java.util.Objects;

/**
 * How much worse predictions get when features are permuted.
 *
 * @param name the feature, or the name of a group
 * @param features the features that were permuted together
 * @param mean the mean increase of the loss over the repeats; below 0 if predictions got better
 * @param standardDeviation the standard deviation of the increase over the repeats, with n − 1; 0 if there was one
 */
public record FeatureImportance(String name, List<String> features, double mean, double standardDeviation) {

    /**
     * Creates an importance.
     *
     * @param name the feature, or the name of a group
     * @param features the features that were permuted together, copied
     * @param mean the mean increase of the loss over the repeats; finite
     * @param standardDeviation the standard deviation of the increase over the repeats; finite, at least 0
     * @throws IllegalArgumentException if a number is out of its range
     */
    public FeatureImportance {
        Objects.requireNonNull(name, "name");
        features = List.copyOf(features);
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("`mean` must be finite, but was " + mean);
        }
        if (!(standardDeviation >= 0 && standardDeviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`standardDeviation` must be finite and at least 0, but was " + standardDeviation);
        }
    }
}
