// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of an {@link EquityStatement} for all customers, or for a segment of them. Immutable and thread-safe.
 *
 * <p>A line is a sum of customers' amounts, each rounded to six decimals: the parts of a breakdown add up to the total to the last digit,
 * line by line, and so do the sums that follow from the lines.
 */
public final class EquityStatementPart {

    private final List<String> labels;
    private final double customers;
    private final double futureCustomers;
    private final Map<EquityStatementLine, EquityStatementAmount> lines;

    EquityStatementPart(
            List<String> labels,
            double customers,
            double futureCustomers,
            Map<EquityStatementLine, EquityStatementAmount> lines) {
        this.labels = List.copyOf(labels);
        this.customers = customers;
        this.futureCustomers = futureCustomers;
        this.lines = Collections.unmodifiableMap(new EnumMap<>(lines));
    }

    /**
     * Returns the values of the dimensions that make the segment.
     *
     * @return one label a dimension; empty for the total
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the name of the part.
     *
     * @return the labels joined by " / "; "total" without labels
     */
    public String name() {
        return labels.isEmpty() ? "total" : String.join(" / ", labels);
    }

    /**
     * Returns the number of existing customers.
     *
     * @return the sum of their weights
     */
    public double customers() {
        return customers;
    }

    /**
     * Returns the number of customers of the planned cohorts.
     *
     * @return the sum over the cohorts
     */
    public double futureCustomers() {
        return futureCustomers;
    }

    /**
     * Returns a line.
     *
     * @param line which
     * @return its amount; 0 if the plan has nothing to do with it
     */
    public EquityStatementAmount line(EquityStatementLine line) {
        return lines.getOrDefault(line, EquityStatementAmount.ZERO);
    }

    private EquityStatementAmount sum(List<EquityStatementLine> which) {
        EquityStatementAmount sum = EquityStatementAmount.ZERO;
        for (EquityStatementLine line : which) {
            sum = sum.plus(line(line));
        }
        return sum;
    }

    /**
     * Returns what existing customers have brought so far.
     *
     * @return the line {@link EquityStatementLine#CURRENT_VALUE}
     */
    public EquityStatementAmount currentValue() {
        return line(EquityStatementLine.CURRENT_VALUE);
    }

    /**
     * Returns the present value of what existing customers will bring: repeat purchases, expansion and referral.
     *
     * @return the sum of the lines
     */
    public EquityStatementAmount futureValue() {
        return sum(EquityStatementLine.FUTURE);
    }

    /**
     * Returns current and future value of existing customers together.
     *
     * @return the sum
     */
    public EquityStatementAmount lifetimeValue() {
        return currentValue().plus(futureValue());
    }

    /**
     * Returns lifetime value and future cohorts together, before all costs but those that the margin covers.
     *
     * @return the sum
     */
    public EquityStatementAmount grossEquity() {
        return lifetimeValue().plus(line(EquityStatementLine.FUTURE_COHORTS));
    }

    /**
     * Returns what is still to come, net of what it still costs: future value and future cohorts, less their service and acquisition cost.
     * This is the figure that decisions of today can change: it has nothing realised and nothing sunk.
     *
     * @return the sum
     */
    public EquityStatementAmount netFutureValue() {
        return futureValue()
                .plus(line(EquityStatementLine.FUTURE_COHORTS))
                .plus(sum(EquityStatementLine.COSTS_TO_COME));
    }

    /**
     * Returns gross equity less all costs, those of acquiring existing customers included as far as they are known.
     *
     * @return the sum
     */
    public EquityStatementAmount netEquity() {
        return currentValue().plus(netFutureValue()).plus(line(EquityStatementLine.ACQUISITION_COST));
    }
}
