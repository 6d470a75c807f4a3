// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import java.util.Map;

/** A fitted model of retention that depends on what is known of customers. */
public interface RetentionCovariates {

    /**
     * Returns the covariates.
     *
     * @return an unmodifiable map from the attribute's name to its levels, the reference first; no levels if it is a number
     */
    Map<String, List<String>> covariates();

    /**
     * Returns the model of customers of a profile.
     *
     * @param profile the value of every covariate by name; other attributes are passed over
     * @return the model
     * @throws IllegalArgumentException if a covariate is missing, is no number where it has to be one, or has a level that the fit has not
     *     seen
     */
    FittedRetentionModel ofProfile(Map<String, String> profile);
}
