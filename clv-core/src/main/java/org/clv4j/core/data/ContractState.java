// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;

/**
 * What is known of a contract as of a day.
 *
 * @param renewals how often it was renewed so far, at least 0; of one who left, before that
 * @param elapsedMonths the time since the present term began, in [0, termMonths]; the whole term of one who left
 * @param left whether the customer did not renew: the term after these renewals was the last
 * @param leaving whether an open contract is known to end with the present term
 * @param termMonths the length of a term in months
 * @param billingMonths the time from one bill to the next in months, a divisor of the term
 * @param fee the amount of a bill
 * @param realised what was billed so far
 */
public record ContractState(
        int renewals,
        double elapsedMonths,
        boolean left,
        boolean leaving,
        int termMonths,
        int billingMonths,
        BigDecimal fee,
        BigDecimal realised) {

    /**
     * Returns the terms that were completed.
     *
     * @return the number of times at which the customer renewed or left, at least 0
     */
    public int opportunities() {
        return left ? renewals + 1 : renewals;
    }

    /**
     * Returns how long the customer has been one, or was.
     *
     * @return the time in terms, at least 0
     */
    public double tenure() {
        return renewals + elapsedMonths / termMonths;
    }
}
