// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.List;

/**
 * The equity of one segment, or of all customers.
 *
 * <p>Values are exact sums of customer values rounded to six decimals: the segments of a breakdown add up to the total to the
 * last digit.
 *
 * @param labels the segment's value of each dimension of its breakdown; empty for the total
 * @param customers how many customers the segment has (the sum of their weights)
 * @param revenue Σ realised revenue
 * @param currentValue Σ realised margin
 * @param futureValue Σ present value of the margin still to come
 * @param customersWithAcquisitionCost how many customers' acquisition cost is known
 * @param acquisitionCost Σ known acquisition cost
 * @param share the segment's part of the total lifetime value; 0 if that is 0
 */
public record SegmentEquity(
        List<String> labels,
        double customers,
        BigDecimal revenue,
        BigDecimal currentValue,
        BigDecimal futureValue,
        double customersWithAcquisitionCost,
        BigDecimal acquisitionCost,
        double share) {

    /**
     * Creates a segment's equity.
     *
     * @param labels the segment's value of each dimension; copied
     * @param customers the sum of the customers' weights
     * @param revenue Σ realised revenue
     * @param currentValue Σ realised margin
     * @param futureValue Σ present value of the margin still to come
     * @param customersWithAcquisitionCost how many customers' acquisition cost is known
     * @param acquisitionCost Σ known acquisition cost
     * @param share the segment's part of the total lifetime value; 0 if that is 0
     */
    public SegmentEquity {
        labels = List.copyOf(labels);
    }

    /**
     * Returns realised and future margin together.
     *
     * @return Σ lifetime value
     */
    public BigDecimal lifetimeValue() {
        return currentValue.add(futureValue);
    }

    /**
     * Returns the customer equity: lifetime value net of the acquisition cost that is known.
     *
     * @return Σ lifetime value − Σ acquisition cost
     */
    public BigDecimal equity() {
        return lifetimeValue().subtract(acquisitionCost);
    }

    /**
     * Returns the segment's name.
     *
     * @return the labels joined by " / "; "total" without labels
     */
    public String name() {
        return labels.isEmpty() ? "total" : String.join(" / ", labels);
    }
}
