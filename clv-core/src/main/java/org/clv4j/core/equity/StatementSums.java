// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;

/** The exact sums of one part of a statement. */
final class StatementSums {

    private final ExactSum customers = new ExactSum();
    private final ExactSum futureCustomers = new ExactSum();
    private final Map<EquityStatementLine, ExactSum> revenue = new EnumMap<>(EquityStatementLine.class);
    private final Map<EquityStatementLine, ExactSum> contribution = new EnumMap<>(EquityStatementLine.class);

    private ExactSum revenue(EquityStatementLine line) {
        return revenue.computeIfAbsent(line, unused -> new ExactSum());
    }

    private ExactSum contribution(EquityStatementLine line) {
        return contribution.computeIfAbsent(line, unused -> new ExactSum());
    }

    /** What is known of a customer, and what was realised. */
    void addCustomer(CustomerBase base, int row, double currentValue) {
        double weight = base.weight(row);
        customers.add(weight);
        if (weight == 1) {
            revenue(EquityStatementLine.CURRENT_VALUE).add(base.totalAmount(row));
        } else {
            revenue(EquityStatementLine.CURRENT_VALUE).add(base.totalAmountAsDouble(row), weight);
        }
        contribution(EquityStatementLine.CURRENT_VALUE).add(currentValue, weight);
        base.acquisitionCost(row).ifPresent(cost -> contribution(EquityStatementLine.ACQUISITION_COST)
                .add((weight == 1 ? cost : cost.multiply(new BigDecimal(weight))).negate()));
    }

    void addFutureCustomers(double number) {
        futureCustomers.add(number);
    }

    void add(EquityStatementLine line, double revenueEach, double contributionEach, double weight) {
        revenue(line).add(revenueEach, weight);
        contribution(line).add(contributionEach, weight);
    }

    EquityStatementPart toPart(List<String> labels) {
        Map<EquityStatementLine, EquityStatementAmount> lines = new EnumMap<>(EquityStatementLine.class);
        for (EquityStatementLine line : EquityStatementLine.values()) {
            lines.put(
                    line,
                    new EquityStatementAmount(
                            revenue(line).value(), contribution(line).value()));
        }
        return new EquityStatementPart(
                labels, customers.value().doubleValue(), futureCustomers.value().doubleValue(), lines);
    }
}
