// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementLine;

/**
 * What a scenario makes of equity. Realised and sunk amounts are the same before and after.
 *
 * @param scenario the changes
 * @param before the statement without them
 * @param after the statement with them; its terms have the changed margin and discount rate
 */
public record ScenarioResult(Scenario scenario, EquityStatement before, EquityStatement after) {

    /**
     * Creates a result.
     *
     * @param scenario the changes
     * @param before the statement without them
     * @param after the statement with them
     */
    public ScenarioResult {}

    /**
     * Returns the net future value without the changes.
     *
     * @return the contribution, net of costs to come
     */
    public BigDecimal equityBefore() {
        return before.total().netFutureValue().contribution();
    }

    /**
     * Returns the net future value with the changes.
     *
     * @return the contribution, net of costs to come
     */
    public BigDecimal equityAfter() {
        return after.total().netFutureValue().contribution();
    }

    /**
     * Returns what the changes are worth.
     *
     * @return equity after − before: also the difference of net equity, since what is realised and sunk stays
     */
    public BigDecimal difference() {
        return equityAfter().subtract(equityBefore());
    }

    /**
     * Returns what the changes do to a line.
     *
     * @param line the line
     * @return its contribution after − before
     */
    public BigDecimal difference(EquityStatementLine line) {
        return after.total()
                .line(line)
                .contribution()
                .subtract(before.total().line(line).contribution());
    }
}
