// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;

/**
 * A fitted model whose parameters depend on attributes of the customer.
 *
 * <p>Batch methods take the attributes of every row from the base. Scalar methods, which see no attributes, answer for a customer whose
 * numbers are all 0 and whose categories are the reference levels; {@link #ofProfile} and {@link #ofCustomer} give the model of anybody
 * else.
 */
public interface CovariateDependent {

    /**
     * Returns the covariates.
     *
     * @return an unmodifiable map from the attribute's name to its levels, the reference first; no levels if it is a number
     */
    Map<String, List<String>> covariates();

    /**
     * Returns the model of customers of a profile, as of those who are yet to come.
     *
     * @param profile the value of every covariate by name; other attributes are passed over
     * @return the model
     * @throws IllegalArgumentException if a covariate is missing, is no number where it has to be one, or has a level that the fit has not
     *     seen
     */
    FittedTransactionModel ofProfile(Map<String, String> profile);

    /**
     * Returns the model of a customer.
     *
     * @param base the customers with their attributes
     * @param row the row, from 0
     * @return the model
     * @throws org.clv4j.core.data.DataException if a covariate is missing, is no number where it has to be one, or has a level that the
     *     fit has not seen
     */
    FittedTransactionModel ofCustomer(CustomerBase base, int row);
}
