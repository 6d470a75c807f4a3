// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Map;

/**
 * How existing customers bring others.
 *
 * <p>Of those who are referred a share would not have come otherwise (type 1): each is worth a new customer and the acquisition cost that
 * was saved. The others (type 2) would have come anyway, and save the acquisition cost only. Planned cohorts are customers who come
 * without a referral, so that nobody is counted twice: who would have come anyway is in a cohort or in nothing.
 *
 * @param referredPerOrder how many customers an order brings on average; finite, above 0
 * @param typeOneShare the share of them who would not have come otherwise; in [0, 1]
 * @param savedAcquisitionCost what acquiring one of them otherwise costs, less what the referral costs; finite, at least 0
 * @param attributes what will be known of them: the covariates of a model that has some
 */
public record ReferralProgramme(
        double referredPerOrder, double typeOneShare, double savedAcquisitionCost, Map<String, String> attributes) {

    /**
     * Creates a programme.
     *
     * @param referredPerOrder how many customers an order brings on average; finite, above 0
     * @param typeOneShare the share of them who would not have come otherwise; in [0, 1]
     * @param savedAcquisitionCost what acquiring one of them otherwise costs; finite, at least 0
     * @param attributes what will be known of them; copied
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ReferralProgramme {
        StatementChecks.positive(referredPerOrder, "referredPerOrder");
        StatementChecks.share(typeOneShare, "typeOneShare");
        StatementChecks.nonNegative(savedAcquisitionCost, "savedAcquisitionCost");
        attributes = Map.copyOf(attributes);
    }

    /**
     * Returns a programme that brings customers of whom nothing is known.
     *
     * @param referredPerOrder how many customers an order brings on average; finite, above 0
     * @param typeOneShare the share of them who would not have come otherwise; in [0, 1]
     * @param savedAcquisitionCost what acquiring one of them otherwise costs; finite, at least 0
     * @return the programme
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static ReferralProgramme of(double referredPerOrder, double typeOneShare, double savedAcquisitionCost) {
        return new ReferralProgramme(referredPerOrder, typeOneShare, savedAcquisitionCost, Map.of());
    }
}
