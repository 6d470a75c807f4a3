// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;

/**
 * An amount of an {@link EquityStatement}.
 *
 * @param revenue what customers pay; 0 of a cost
 * @param contribution what is left of it, revenue × margin; of a cost the cost with a minus
 */
public record EquityStatementAmount(BigDecimal revenue, BigDecimal contribution) {

    /** Nothing. */
    public static final EquityStatementAmount ZERO = new EquityStatementAmount(BigDecimal.ZERO, BigDecimal.ZERO);

    /**
     * Creates an amount.
     *
     * @param revenue what customers pay
     * @param contribution what is left of it
     */
    public EquityStatementAmount {}

    /**
     * Returns the sum of two amounts.
     *
     * @param other the other
     * @return the sum, exact
     */
    public EquityStatementAmount plus(EquityStatementAmount other) {
        return new EquityStatementAmount(revenue.add(other.revenue), contribution.add(other.contribution));
    }
}
