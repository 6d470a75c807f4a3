// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.equity.EquityStatementAmount;
import org.clv4j.core.equity.EquityStatementLine;
import org.clv4j.core.equity.EquityStatementPart;

/** The lines and sums of a statement by name, in the order in which files have them. */
final class StatementLines {

    private StatementLines() {}

    static Map<String, EquityStatementAmount> of(EquityStatementPart part) {
        Map<String, EquityStatementAmount> lines = new LinkedHashMap<>();
        for (EquityStatementLine line : EquityStatementLine.values()) {
            lines.put(line.toString(), part.line(line));
            if (line == EquityStatementLine.REFERRAL) {
                lines.put("future_value", part.futureValue());
                lines.put("lifetime_value", part.lifetimeValue());
            } else if (line == EquityStatementLine.FUTURE_COHORTS) {
                lines.put("gross_equity", part.grossEquity());
            } else if (line == EquityStatementLine.COHORT_ACQUISITION_COST) {
                lines.put("net_future_value", part.netFutureValue());
            }
        }
        lines.put("net_equity", part.netEquity());
        return lines;
    }
}
