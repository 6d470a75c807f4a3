// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.List;

/**
 * Customers worth winning back, those with most at risk first; made by {@link WinBack}.
 *
 * @param basis what the values were computed by
 * @param horizon the time from now within which P(active) is meant, in the base's unit
 * @param customers the customers, by {@link WinBackCustomer#valueAtRisk}, the largest first; of the same, by id
 * @param found how many customers passed the filters, by weight, also if only the first of them are listed
 * @param valueAtRisk Σ value at risk of those who passed, by weight
 * @param equityAtRisk Σ equity at risk of those who passed, by weight
 * @param warnings what a reader must know
 */
public record WinBackList(
        ValuationBasis basis,
        double horizon,
        List<WinBackCustomer> customers,
        double found,
        double valueAtRisk,
        double equityAtRisk,
        List<String> warnings) {

    /**
     * Creates a list.
     *
     * @param basis what the values were computed by
     * @param horizon the time from now within which P(active) is meant
     * @param customers the customers in their order; copied
     * @param found how many customers passed the filters
     * @param valueAtRisk Σ value at risk of those who passed
     * @param equityAtRisk Σ equity at risk of those who passed
     * @param warnings what a reader must know; copied
     */
    public WinBackList {
        customers = List.copyOf(customers);
        warnings = List.copyOf(warnings);
    }
}
