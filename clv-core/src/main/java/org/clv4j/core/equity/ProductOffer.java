// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

/**
 * A product that existing customers do not take yet and begin to take at a constant rate. From then on each of their orders is larger.
 *
 * @param name the product's name; not blank
 * @param adoptionRate h, the rate a period at which a customer who has not got it takes it; finite, above 0
 * @param revenue what it adds to the revenue of an order; finite, at least 0
 * @param contribution what it adds to the margin of an order, in money; finite, at least 0
 */
public record ProductOffer(String name, double adoptionRate, double revenue, double contribution) {

    /**
     * Creates an offer.
     *
     * @param name the product's name; not blank
     * @param adoptionRate h, the rate a period at which a customer takes it; finite, above 0
     * @param revenue what it adds to the revenue of an order; finite, at least 0
     * @param contribution what it adds to the margin of an order, in money; finite, at least 0
     * @throws IllegalArgumentException if the name is blank or a number is out of its range
     */
    public ProductOffer {
        if (name.isBlank()) {
            throw new IllegalArgumentException("`name` must not be blank");
        }
        StatementChecks.positive(adoptionRate, "adoptionRate");
        StatementChecks.nonNegative(revenue, "revenue");
        StatementChecks.nonNegative(contribution, "contribution");
    }
}
