// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Collection;
import java.util.Optional;
import org.clv4j.core.model.ModelState;

/** Makes features known by their names, new or from a file. Found by {@link java.util.ServiceLoader}. */
public interface FeatureProvider {

    /**
     * Returns the names of the features.
     *
     * @return the names, for messages; a name that takes something ends with a colon and what it takes, as {@code attribute:NAME}
     */
    Collection<String> names();

    /**
     * Finds a feature.
     *
     * @param name the name
     * @return the feature, or empty if this provider does not know it
     */
    Optional<Feature> feature(String name);

    /**
     * Makes a fitted feature again.
     *
     * @param name the name of a feature that {@link #feature(String)} finds
     * @param state what {@link FittedFeature#state()} said
     * @return a feature that computes the same columns, bit for bit
     * @throws IllegalArgumentException if the state is not that of such a feature
     */
    FittedFeature ofState(String name, ModelState state);
}
